/** Headers written by hand in Fetch handlers: Workers, Deno and Bun style, on adapters of Node and on those servers. */
import fs from 'node:fs';
import path from 'node:path';
import { fetchServers, fetchVersions, startFetch, thrown } from '../../launchers/fetch-adapters.mjs';

const folder = path.join(import.meta.dirname, 'programs');
const programs = fs.readdirSync(folder);

/** @type {readonly import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  { versions: fetchVersions('Fetch handlers'), start: startFetch, errors: thrown },
  ...fetchServers.map(({ needs, ...server }) => ({
    ...server,
    combined: true,
    errors: thrown,
    skips: programs.filter((name) => !needs.test(fs.readFileSync(path.join(folder, name), 'utf8'))),
  })),
];
