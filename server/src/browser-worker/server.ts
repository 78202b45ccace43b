/** The language server in a web worker: it has no files, and asks the client for those and for the grammars. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { inOrder } from '../lsp/lifecycle.ts';
import { startServer } from '../lsp/server.ts';

const worker = self as unknown as DedicatedWorkerGlobalScope;
const writer = new BrowserMessageWriter(worker);
const { reader } = inOrder(new BrowserMessageReader(worker), writer);
const connection = createConnection(reader, writer);
worker.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  connection.console.error(String((event.reason as Error | undefined)?.stack ?? event.reason));
});

startServer(connection, { name: 'web worker' });
