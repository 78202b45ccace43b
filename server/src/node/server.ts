/** The language server in Node, over stdio unless the arguments say otherwise (`--node-ipc`, `--socket=`, `--pipe=`). */
import { Console } from 'node:console';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { filesOf } from '../cli/files.ts';
import { createRoots } from '../cli/roots.ts';
import { inOrder } from '../lsp/lifecycle.ts';
import { startServer } from '../lsp/server.ts';
import { listWithin, nodeHost, readWithin } from './host.ts';
import { wordsFor } from './server-words.ts';
import { openTransport } from './transport.ts';

const words = wordsFor(process.argv.slice(2), process.stdin.isTTY);
if (words !== undefined) {
  process.stdout.write(words);
  process.exit(0);
}

// Standard output belongs to the protocol.
globalThis.console = new Console(process.stderr);

const { reader, writer } = openTransport(process.argv, (reason) => {
  process.stderr.write(`cors-lint-server: ${reason}\n`);
  process.exit(1);
});
const lifecycle = inOrder(reader, writer);
const connection = createConnection(ProposedFeatures.all, lifecycle.reader, writer);
reader.onClose(() => process.exit(lifecycle.hasShutDown() ? 0 : 1));

const host = nodeHost();
const report = (error: unknown): void =>
  connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
process.on('uncaughtException', report);
process.on('unhandledRejection', report);

const fileOf = (uri: string): string => URI.parse(uri).fsPath;
startServer(connection, {
  name: `Node ${process.versions.node}`,
  readGrammar: (name) => host.loadGrammar(name),
  reads: (uri) => uri.startsWith('file:'),
  readFile: async (uri, within) =>
    within === undefined ? host.readFile?.(fileOf(uri), fileOf(uri)) : readWithin(within.map(fileOf), fileOf(uri)),
  listFolder: (uri, within) => listWithin(within.map(fileOf), fileOf(uri)),
  listFiles: async ({ folder, most }) =>
    (await filesOf([fileOf(folder)], createRoots(fileOf(folder)))).files
      .slice(0, most)
      .map((file) => URI.file(file.path).toString()),
});
