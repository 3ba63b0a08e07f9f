/** Starts the server and connects the editor to it. The server does everything else. */

import * as path from 'node:path';
import { type ConfigurationChangeEvent, type ExtensionContext, window, workspace } from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { registerCommands } from './commands';
import { SourcesTree } from './sources';
import { StatusBar } from './status';

/** The extension's views, for the tests. */
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
    workspace.onDidChangeConfiguration((change) => needsRestart(change) && restart()),
  );
  try {
    await client.start();
  } catch (error) {
    void window.showErrorMessage(`ibid: The server did not start: ${String(error)}. Check the setting ibid.server.path.`);
  }
  return { sources, status };
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** The binary from the settings, or else the one in the extension. */
function server(context: ExtensionContext): ServerOptions {
  const name = process.platform === 'win32' ? 'ibid.exe' : 'ibid';
  const bundled = context.asAbsolutePath(path.join('server', 'bin', name));
  const chosen = workspace.getConfiguration('ibid').get<string>('server.path', '');
  return { command: chosen || bundled, args: ['lsp'] };
}

function options(): LanguageClientOptions {
  return {
    // Text and HTML can be sources, where the references of a passage are requested.
    documentSelector: [
      { scheme: 'file', language: 'markdown' },
      { scheme: 'file', language: 'plaintext' },
      { scheme: 'file', language: 'html' },
      { scheme: 'file', pattern: '**/ibid.toml' },
      // Texts that the server extracts from documents such as PDFs.
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

/** Whether a setting has changed that the server reads only when it starts. */
function needsRestart(change: ConfigurationChangeEvent): boolean {
  return ['lens', 'hints', 'workspaceDiagnostics'].some((name) => change.affectsConfiguration(`ibid.${name}`));
}

function restart(): void {
  void client?.restart();
}
