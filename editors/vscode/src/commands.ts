/** The commands of the palette, and the command of the code lenses. */

import {
  ConfigurationTarget,
  type Disposable,
  EventEmitter,
  type TextDocumentContentProvider,
  Uri,
  commands,
  window,
  workspace,
} from 'vscode';
import type { LanguageClient, Location, Position } from 'vscode-languageclient/node';
import type { SourcesTree } from './sources';
import type { StatusBar } from './status';

export function registerCommands(client: LanguageClient, sources: SourcesTree, status: StatusBar): Disposable[] {
  const report = new Report(client);
  return [
    workspace.registerTextDocumentContentProvider(Report.uri.scheme, report),
    commands.registerCommand('ibid.restart', () => client.restart()),
    commands.registerCommand('ibid.showLog', () => client.outputChannel.show()),
    commands.registerCommand('ibid.checkWorkspace', () => checkWorkspace(status.notes)),
    commands.registerCommand('ibid.openReport', () => report.show()),
    commands.registerCommand('ibid.insertCitation', () => insertCitation(client, sources)),
    commands.registerCommand('ibid.refreshSources', () => sources.refresh()),
    commands.registerCommand('ibid.showReferences', (uri: string, position: Position, locations: Location[]) => {
      const { asPosition, asLocation } = client.protocol2CodeConverter;
      return commands.executeCommand(
        'editor.action.showReferences', Uri.parse(uri), asPosition(position), locations.map(asLocation));
    }),
  ];
}

/** Shows the findings of all notes. Raises `ibid.workspaceDiagnostics` if the server would check only open notes. */
async function checkWorkspace(notes: number): Promise<void> {
  const settings = workspace.getConfiguration('ibid');
  const wanted = settings.get<boolean | number>('workspaceDiagnostics', false);
  if (wanted !== true && Number(wanted) < notes) {
    await settings.update('workspaceDiagnostics', true, ConfigurationTarget.Workspace);
  }
  await commands.executeCommand('workbench.actions.view.problems');
}

/** What is indexed, and what was skipped and why: a document that can only be read. */
class Report implements TextDocumentContentProvider {
  static readonly uri = Uri.parse('ibid-report:Indexed sources.txt');

  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly client: LanguageClient) {}

  provideTextDocumentContent(): Promise<string> {
    return this.client.sendRequest<string>('ibid/report');
  }

  async show(): Promise<void> {
    this.changed.fire(Report.uri);
    await window.showTextDocument(await workspace.openTextDocument(Report.uri), { preview: true });
  }
}

/** Lets the user pick a source and cites it at the cursor, in the note's style. */
async function insertCitation(client: LanguageClient, tree: SourcesTree): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== 'markdown') {
    void window.showInformationMessage('ibid: Open a note to insert a citation.');
    return;
  }
  const sources = await tree.sources();
  const picks = sources.map(({ uri, title, authors, path }) => ({ label: title, description: authors.join(', '), detail: path, uri }));
  const picked = await window.showQuickPick(picks, { placeHolder: 'Select a source to cite', matchOnDescription: true, matchOnDetail: true });
  if (!picked) return;
  const citation = await client.sendRequest<string | null>('ibid/cite', {
    textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
    source: { uri: picked.uri },
  });
  if (citation) await editor.edit((edit) => editor.selections.forEach(({ active }) => edit.insert(active, citation)));
}
