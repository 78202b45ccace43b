/** The CORS Filter, in a Tomcat for each `web.xml`. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const tomcat = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'tomcat');
const versions = [
  ['3.1', '10.1.46'],
  ['2.10', '9.0.123'],
].map(([filter, container]) => ({
  label: `CORS Filter ${filter} on Tomcat ${container}`,
  host: javaHost(tomcat, 'lab.Lab', { properties: { 'tomcat.version': container, 'filter.version': filter } }),
}));

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions,
  missing: missingJava,
  unordered: true,
  start: ({ file, port, version }) => version.host.start(file, port),
  async after() {
    for (const { host } of versions) await host.end();
  },
};
