/** Settings of Micronaut, each with an application of its own. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const host = javaHost(path.dirname(fileURLToPath(import.meta.url)), 'lab.Lab', { processors: true });

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Micronaut 4.9.3' }],
  missing: missingJava,
  pathOf: () => '/lab',
  // The controller reads, writes and deletes; an OPTIONS request that is no preflight is the router's.
  answers: (_policy, { method, origin, preflight }) =>
    method !== 'OPTIONS' || (origin !== null && preflight?.method === 'DELETE'),
  start: ({ file, port }) => host.start(file, port),
  after: () => host.end(),
};
