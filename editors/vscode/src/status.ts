/** The item in the status bar: how the workspace stands, as the server tells it. */

import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** `ibid/status`: one workspace. */
interface Status {
  root: string;
  ready: boolean;
  sources: number;
  notes: number;
  skipped: number;
  hint: string | null;
}

export class StatusBar implements Disposable {
  private readonly item: StatusBarItem;
  private all: readonly Status[] = [];

  constructor(client: LanguageClient, private readonly onReady: () => void) {
    this.item = window.createStatusBarItem('ibid.status', StatusBarAlignment.Right, 90);
    this.item.name = 'ibid';
    this.item.command = 'ibid.openReport';
    // A list of parameters comes one by one.
    client.onNotification('ibid/status', (...all: Status[]) => this.show(all));
  }

  /** How many notes there are. */
  get notes(): number {
    return this.sum((one) => one.notes);
  }

  /** What stands in the status bar. */
  get text(): string {
    return this.item.text;
  }

  dispose(): void {
    this.item.dispose();
  }

  private sum(of: (one: Status) => number): number {
    return this.all.reduce((total, one) => total + of(one), 0);
  }

  private show(all: Status[]): void {
    this.all = all;
    const ready = all.every((one) => one.ready);
    const hint = all.find((one) => one.hint)?.hint;
    const skipped = this.sum((one) => one.skipped);
    const icon = ready ? (hint || skipped > 0 ? '$(warning)' : '$(quote)') : '$(sync~spin)';
    this.item.text = `${icon} ${count(this.sum((one) => one.sources), 'source')}`;
    this.item.tooltip = [
      `ibid ${ready ? 'has read' : 'is reading'} ${count(this.notes, 'note')}`,
      ...(skipped > 0 ? [`${count(skipped, 'file')} could not be read`] : []),
      ...(hint ? [hint] : ['Click for what is indexed']),
    ].join('\n');
    this.item.show();
    if (ready) this.onReady();
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
