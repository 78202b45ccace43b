/** Entry for browsers: the server is a web worker. */
import { Uri, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { MessageTransports } from 'vscode-languageclient/browser';
import { startExtension } from './start.ts';
import type { ExtensionApi } from './start.ts';

export function activate(context: ExtensionContext): ExtensionApi {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.web.js');
  let worker: Worker | undefined;
  const startWorker = async (): Promise<MessageTransports> => {
    const next = await workerOf(script);
    // A restart leaves the worker before this one running: it does not end by itself.
    worker?.terminate();
    worker = next;
    // Not the worker itself: the library asks for `instanceof Worker`, and VS Code puts a function of its own in place of that class.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  return startExtension(context, (id, name, options) => new LanguageClient(id, name, startWorker, options));
}

/**
 * A worker of the script's text. Its address would not do: VS Code's security policy lets a worker import from few origins, and
 * an extension may come from any (`vscode-remote:`, a gallery, a local server), all of which `workspace.fs` can read.
 */
async function workerOf(script: Uri): Promise<Worker> {
  const text = await workspace.fs.readFile(script);
  const address = URL.createObjectURL(new Blob([text as Uint8Array<ArrayBuffer>], { type: 'text/javascript' }));
  const worker = new Worker(address);
  // Kept, the address would hold the text for as long as the window lives. The worker has loaded it once it says something, not
  // before: VS Code starts each worker with a script of its own that imports this one.
  worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  return worker;
}
