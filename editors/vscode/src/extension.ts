/** Starts the bundled `ibid` and hands the editor's requests to it; everything else is the server's. */

import * as path from 'node:path';
import { type ExtensionContext, commands, window, workspace } from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  client = new LanguageClient('ibid', 'ibid', server(context), options());
  context.subscriptions.push(
    client,
    commands.registerCommand('ibid.restart', () => client?.restart()),
    commands.registerCommand('ibid.showLog', () => client?.outputChannel.show()),
  );
  try {
    await client.start();
  } catch (error) {
    void window.showErrorMessage(`ibid: the server did not start: ${String(error)}. The setting ibid.server.path names the binary.`);
  }
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
    documentSelector: [
      { scheme: 'file', language: 'markdown' },
      { scheme: 'file', pattern: '**/ibid.toml' },
    ],
  };
}
