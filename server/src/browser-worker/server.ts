/** The language server in a web worker: it has no files, and asks the client for those and for the grammars. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from '../lsp/server.ts';

const worker = self as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
worker.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  connection.console.error(String((event.reason as Error | undefined)?.stack ?? event.reason));
});

startServer(connection, { name: 'web worker' });
