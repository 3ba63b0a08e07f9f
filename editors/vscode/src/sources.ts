/** The tree of sources, with the quoted passages of each source and the notes that quote each passage. */

import {
  type Command,
  EventEmitter,
  type Range,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import { type LanguageClient, type Range as ProtocolRange, State } from 'vscode-languageclient/node';

/** `ibid/sources` */
export interface Source {
  kind: 'source';
  uri: string;
  title: string;
  path: string;
  authors: string[];
}

/** `ibid/quotedPassages` */
export interface Passage {
  kind: 'passage';
  source: Source;
  range: ProtocolRange;
  text: string;
  quotations: Omit<Quotation, 'kind'>[];
}

interface Quotation {
  kind: 'quotation';
  uri: string;
  range: ProtocolRange;
  note: string;
}

export type Node = Source | Passage | Quotation;

export class SourcesTree implements TreeDataProvider<Node> {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly client: LanguageClient) {}

  refresh(): void {
    this.changed.fire();
  }

  /** The sources of the workspace. */
  async sources(): Promise<Source[]> {
    if (this.client.state !== State.Running) return [];
    const found = await this.client.sendRequest<Omit<Source, 'kind'>[]>('ibid/sources');
    return found.map((source) => ({ kind: 'source', ...source }));
  }

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.sources();
      case 'source':
        return this.passages(node);
      case 'passage':
        return node.quotations.map((quotation) => ({ kind: 'quotation', ...quotation }));
      default:
        return [];
    }
  }

  getTreeItem(node: Node): TreeItem {
    switch (node.kind) {
      case 'source': {
        const item = new TreeItem(node.title, TreeItemCollapsibleState.Collapsed);
        item.description = node.authors.join(', ');
        item.tooltip = node.path;
        item.iconPath = new ThemeIcon('book');
        return item;
      }
      case 'passage': {
        const item = new TreeItem(oneLine(node.text), TreeItemCollapsibleState.Collapsed);
        item.description = `line ${node.range.start.line + 1}`;
        item.tooltip = node.text;
        item.iconPath = new ThemeIcon('quote');
        item.command = this.open(node.source.uri, node.range);
        return item;
      }
      case 'quotation': {
        const item = new TreeItem(node.note, TreeItemCollapsibleState.None);
        item.description = `line ${node.range.start.line + 1}`;
        item.iconPath = new ThemeIcon('note');
        item.command = this.open(node.uri, node.range);
        return item;
      }
    }
  }

  private async passages(source: Source): Promise<Passage[]> {
    const found = await this.client.sendRequest<Omit<Passage, 'kind' | 'source'>[] | null>('ibid/quotedPassages', {
      textDocument: { uri: source.uri },
    });
    return (found ?? []).map((passage) => ({ kind: 'passage', source, ...passage }));
  }

  private open(uri: string, range: ProtocolRange): Command {
    const selection: Range = this.client.protocol2CodeConverter.asRange(range);
    return { title: 'Open', command: 'vscode.open', arguments: [Uri.parse(uri), { selection }] };
  }
}

function oneLine(text: string): string {
  const words = text.trim().replaceAll(/\s+/g, ' ');
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}
