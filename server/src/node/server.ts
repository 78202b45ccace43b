/** The language server in Node, over stdio unless the arguments say otherwise (`--node-ipc`, `--socket=`, `--pipe=`). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { filesOf } from '../cli/files.ts';
import { startServer } from '../lsp/server.ts';
import { nodeHost } from './host.ts';

const transports = ['--stdio', '--node-ipc', '--socket', '--pipe'];
if (!process.argv.some((argument) => transports.some((transport) => argument.startsWith(transport))))
  process.argv.push('--stdio');

const connection = createConnection(ProposedFeatures.all);
const host = nodeHost();
const report = (error: unknown): void =>
  connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
process.on('uncaughtException', report);
process.on('unhandledRejection', report);

startServer(connection, {
  name: `Node ${process.versions.node}`,
  readGrammar: (name) => host.loadGrammar(name),
  reads: (uri) => uri.startsWith('file:'),
  readFile: async (uri) => host.readFile?.(URI.parse(uri).fsPath),
  listFolder: async (uri) => host.listFolder?.(URI.parse(uri).fsPath),
  listFiles: async ({ folder, most }) =>
    (await filesOf([URI.parse(folder).fsPath])).files.slice(0, most).map((file) => URI.file(file.path).toString()),
});
