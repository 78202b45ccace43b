/** Entry point of the command `cors-lint`. */
import { readFileSync } from 'node:fs';
import { main } from '../cli/main.ts';
import { wantsColor } from './color.ts';
import { commandHost } from './host.ts';

// Who reads may stop before the end, as `head` does: the rest is written for nobody, and that is no failure. A full disk is one.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout) process.stderr.write(`cors-lint: The report cannot be written (${error.code}).\n`);
    process.exit(3);
  });
}

void main(process.argv.slice(2), commandHost(), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  color: wantsColor(process.env, process.stdout.isTTY),
  screen: process.stdout.isTTY,
  progress: process.stderr.isTTY,
  stdin: () => readFileSync(0),
}).then((code) => {
  process.exitCode = code;
});
