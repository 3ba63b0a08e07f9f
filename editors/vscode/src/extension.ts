/** Starts the bundled `ibid` and hands the editor's requests to it; everything else is the server's. */

import * as path from 'node:path';
import { type ConfigurationChangeEvent, type ExtensionContext, window, workspace } from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { registerCommands } from './commands';
import { SourcesTree } from './sources';
import { StatusBar } from './status';

/** What the extension shows, for the tests. */
export interface Shown {
  readonly sources: SourcesTree;
  readonly status: StatusBar;
}

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<Shown> {
  client = new LanguageClient('ibid', 'ibid', server(context), options());
  const sources = new SourcesTree(client);
  const status = new StatusBar(client, () => sources.refresh());
  context.subscriptions.push(
    client,
    status,
    window.createTreeView('ibid.sources', { treeDataProvider: sources, showCollapseAll: true }),
    ...registerCommands(client, sources, status),
    workspace.onDidSaveTextDocument(() => sources.refresh()),
    workspace.onDidChangeConfiguration((change) => changes(change) && restart()),
  );
  try {
    await client.start();
  } catch (error) {
    void window.showErrorMessage(`ibid: the server did not start: ${String(error)}. The setting ibid.server.path names the binary.`);
  }
  return { sources, status };
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** The binary the person chose, else the one packed into the extension. */
function server(context: ExtensionContext): ServerOptions {
  const name = process.platform === 'win32' ? 'ibid.exe' : 'ibid';
  const bundled = context.asAbsolutePath(path.join('server', 'bin', name));
  const chosen = workspace.getConfiguration('ibid').get<string>('server.path', '');
  return { command: chosen || bundled, args: ['lsp'] };
}

function options(): LanguageClientOptions {
  return {
    // Sources are read too: who quotes this passage is asked there.
    documentSelector: [
      { scheme: 'file', language: 'markdown' },
      { scheme: 'file', language: 'plaintext' },
      { scheme: 'file', language: 'html' },
      { scheme: 'file', pattern: '**/ibid.toml' },
      // The texts of documents that have none of their own, which the server gives.
      { scheme: 'ibid' },
    ],
    initializationOptions: () => {
      const settings = workspace.getConfiguration('ibid');
      return {
        status: true,
        showReferences: true,
        lens: settings.get('lens'),
        hints: settings.get('hints'),
        workspaceDiagnostics: settings.get('workspaceDiagnostics'),
        settings,
      };
    },
  };
}

/** Whether a setting has changed that the server is told of when it starts; it hears of the others as they change. */
function changes(change: ConfigurationChangeEvent): boolean {
  return ['lens', 'hints', 'workspaceDiagnostics'].some((name) => change.affectsConfiguration(`ibid.${name}`));
}

function restart(): void {
  void client?.restart();
}
