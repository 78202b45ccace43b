/** Programs of Javalin, each a class that creates an application, with two of its releases. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const versions = ['6.7.0', '6.3.0'].map((javalin) => ({
  label: `Javalin ${javalin}`,
  host: javaHost(here, 'lab.Lab', { properties: { 'javalin.version': javalin } }),
  files: {
    'build.gradle.kts': `dependencies {\n    implementation("io.javalin:javalin:${javalin}")\n}\n`,
  },
}));

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions,
  missing: missingJava,
  // A refusal is 400 but for OPTIONS and for the origin null, which the model does not tell apart.
  ownStatuses: false,
  start: ({ file, port, version }) => version.host.start(file, port),
  async after() {
    for (const { host } of versions) await host.end();
  },
};
