/** The item in the status bar, which shows the state that the server reports. */

import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** The state of one workspace in `ibid/status`. */
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
    // A list arrives as separate parameters.
    client.onNotification('ibid/status', (...all: Status[]) => this.show(all));
  }

  /** The number of notes in all workspaces. */
  get notes(): number {
    return this.sum((one) => one.notes);
  }

  /** The text in the status bar. */
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
      `ibid: ${ready ? 'Read' : 'Reading'} ${count(this.notes, 'note')}`,
      ...(skipped > 0 ? [`${count(skipped, 'file')} could not be read`] : []),
      ...(hint ? [hint] : ['Click to show indexed sources']),
    ].join('\n');
    this.item.show();
    if (ready) this.onReady();
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
