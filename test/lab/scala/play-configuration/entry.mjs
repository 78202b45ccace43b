/** Settings of Play, each with an application of its own. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const host = javaHost(path.dirname(fileURLToPath(import.meta.url)), 'lab.Lab');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Play 3.0.11' }],
  missing: missingJava,
  pathOf: () => '/api/lab',
  start: ({ file, port }) => host.start(file, port),
  after: () => host.end(),
};
