/** Entry for browsers: the server is a web worker. */
import { Uri } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { startExtension } from './start.ts';
import type { ExtensionApi } from './start.ts';

export function activate(context: ExtensionContext): Promise<ExtensionApi> {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true);
  let worker: Worker | undefined;
  const startWorker = async (): Promise<Worker> => {
    // A restart leaves the worker before this one running: it does not end by itself.
    worker?.terminate();
    worker = new Worker(script);
    return worker;
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  return startExtension(context, (id, name, options) => new LanguageClient(id, name, startWorker, options));
}
