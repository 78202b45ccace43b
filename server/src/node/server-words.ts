/** What the command `cors-lint-server` says to somebody who calls it by hand. */
import { version } from '../cli/version.ts';

const help = `cors-lint-server: the language server of CORS Lint, for editors that speak the Language Server Protocol.

  cors-lint-server --stdio           over standard input and output
  cors-lint-server --pipe=NAME       over a named pipe or a socket of the file system
  cors-lint-server --socket=PORT     over a port of this machine
  cors-lint-server --node-ipc        over the channel of a parent in Node
  cors-lint-server --version

An editor starts it. To check files by hand: cors-lint --help
`;

/** Undefined where an editor waits for the server. Nobody types the protocol, so that a terminal gets the help. */
export function wordsFor(argv: readonly string[], isTerminal: boolean): string | undefined {
  if (argv.includes('--version') || argv.includes('-v')) return `${version}\n`;
  if (argv.includes('--help') || argv.includes('-h')) return help;
  return argv.length === 0 && isTerminal ? help : undefined;
}
