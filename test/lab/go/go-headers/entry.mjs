/** Programs of Go's own net/http, chi and gorilla/mux that write their headers by hand. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoGo } from '../../launchers/go-launcher.mjs';
import { copyPrograms, goCommand, startGoProgram } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const home = path.join(here, 'programs');
/** Routers that stand behind headers by hand. */
const files = Object.fromEntries(
  ['go.mod', 'go.sum'].map((name) => [name, fs.readFileSync(path.join(here, name), 'utf8')]),
);
const [, release = ''] =
  /go(\d+\.\d+)/.exec(spawnSync(goCommand('go'), ['version'], { encoding: 'utf8' }).stdout) ?? [];

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: `net/http of Go ${release}`, files }],
  missing: whyNoGo,
  fill: (programs) => copyPrograms(home, programs),
  start: startGoProgram,
  pathOf: ({ scope }) => /\/\S*$/.exec(scope)?.[0] ?? '/',
  /** A route for some methods is not asked with others. */
  answers({ scope }, { method }) {
    const own = /^([A-Z]+(?:, [A-Z]+)*) \//.exec(scope)?.[1].split(', ');
    return own === undefined || method === 'OPTIONS' || own.includes(method);
  },
};
