/** Programs of Ktor, each a module of an application, with two of its releases. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const versions = ['3.1.3', '2.3.7'].map((ktor) => ({
  label: `Ktor ${ktor}`,
  host: javaHost(here, 'lab.Lab', { properties: { 'ktor.version': ktor } }),
  files: {
    'build.gradle.kts': `dependencies {\n    implementation("io.ktor:ktor-server-cors:${ktor}")\n}\n`,
  },
}));

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions,
  missing: missingJava,
  start: ({ file, port, version }) => version.host.start(file, port),
  async after() {
    for (const { host } of versions) await host.end();
  },
};
