/** Programs of Netty, each a class that says what its handler of CORS is given, with two of its releases. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const versions = ['4.2.14.Final', '4.1.127.Final'].map((netty) => ({
  label: `Netty ${netty}`,
  host: javaHost(here, 'lab.Lab', { properties: { 'netty.version': netty } }),
}));

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions,
  missing: missingJava,
  // Names are kept in sets, and the handler behind has one status for all.
  unordered: true,
  combined: true,
  ownStatuses: false,
  start: ({ file, port, version }) => version.host.start(file, port),
  async after() {
    for (const { host } of versions) await host.end();
  },
};
