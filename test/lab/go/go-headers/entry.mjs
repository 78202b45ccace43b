/** Programs of Go's own net/http that write their headers by hand. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoGo } from '../../launchers/go-launcher.mjs';
import { copyPrograms, goCommand, startGoProgram } from '../../launchers/go-programs.mjs';

const home = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
const [, release = ''] =
  /go(\d+\.\d+)/.exec(spawnSync(goCommand('go'), ['version'], { encoding: 'utf8' }).stdout) ?? [];

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: `net/http of Go ${release}`, files: { 'go.mod': 'module corslint.example/lab\n\ngo 1.22\n' } }],
  missing: whyNoGo,
  fill: (programs) => copyPrograms(home, programs),
  start: startGoProgram,
};
