/** Entry for desktop and remote hosts: the server is a process of its own. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension } from './start.ts';
import type { ExtensionApi } from './start.ts';

export function activate(context: ExtensionContext): ExtensionApi {
  const module = context.asAbsolutePath('dist/server.js');
  return startExtension(
    context,
    (id, name, options) => new LanguageClient(id, name, { module, transport: TransportKind.ipc }, options),
  );
}
