/** Programs of Vert.x, each a class that mounts its handlers on a router, with releases before and after its answers to preflights vary. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const versionOf = (release) => ({
  label: `Vert.x ${release}`,
  host: javaHost(here, 'lab.Lab', { properties: { 'vertx.version': release } }),
  files: {
    'pom.xml':
      '<project><dependencies><dependency><groupId>io.vertx</groupId>' +
      `<artifactId>vertx-web</artifactId><version>${release}</version></dependency></dependencies></project>\n`,
  },
});
const elder = versionOf('4.5.10');
const newer = versionOf('5.1.0');

/** @type {Omit<import('../../runner/entry.mjs').Entry, 'versions'>} */
const shared = {
  missing: missingJava,
  start: ({ file, port, version }) => version.host.start(file, port),
};
const endOf =
  (...versions) =>
  async () => {
    for (const { host } of versions) await host.end();
  };

/** Patterns are written in another way from release 5 on. */
/** @type {readonly import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  { ...shared, versions: [elder, newer], after: endOf(elder, newer) },
  { ...shared, programs: 'programs-4', versions: [elder], after: endOf(elder) },
  { ...shared, programs: 'programs-5', versions: [newer], after: endOf(newer) },
];
