/** Entry point of the command `cors-lint`. */
import { readFileSync } from 'node:fs';
import { main } from '../cli/main.ts';
import { nodeHost } from './host.ts';

const color = process.env.NO_COLOR === undefined && (process.stdout.isTTY || process.env.FORCE_COLOR !== undefined);
void main(process.argv.slice(2), nodeHost(), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  color,
  progress: process.stderr.isTTY,
  stdin: () => readFileSync(0, 'utf8'),
}).then((code) => {
  process.exitCode = code;
});
