/** Jetty's own filter, in a Jetty for each `web.xml`. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

const old = { group: 'org.eclipse.jetty', prefix: 'jetty-', filters: 'org.eclipse.jetty.servlets' };
const ee10 = { group: 'org.eclipse.jetty.ee10', prefix: 'jetty-ee10-', filters: 'org.eclipse.jetty.ee10.servlets' };
const versionsOf = (edition, ...names) =>
  names.map((name) => ({
    label: `Jetty ${name}`,
    filters: edition.filters,
    host: javaHost(here, 'lab.Lab', {
      properties: { 'jetty.version': name, 'jetty.group': edition.group, 'jetty.prefix': edition.prefix },
    }),
    files: { 'pom.xml': pom(edition, name) },
  }));
const jetty = (versions) => ({
  versions,
  missing: missingJava,
  /** Since Jetty 12 the class has another package. */
  async prepare({ file, version }) {
    fs.writeFileSync(
      file,
      fs
        .readFileSync(file, 'utf8')
        .replaceAll(/\borg\.eclipse\.jetty\.(?:ee10\.)?servlets(?=\.CrossOriginFilter)/g, version.filters),
    );
  },
  start: ({ file, port, version }) => version.host.start(file, port),
  async after() {
    for (const { host } of versions) await host.end();
  },
});

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  jetty(versionsOf(old, '9.4.58.v20250814', '10.0.15', '10.0.26', '11.0.26')),
  // Its static page takes no POST, and an error page takes the headers away.
  { ...jetty(versionsOf(ee10, '12.0.16', '12.1.14')), answers: (_policy, { method }) => method !== 'POST' },
];

function pom({ group, prefix }, version) {
  return `<project>
  <build>
    <plugins>
      <plugin>
        <groupId>${group}</groupId>
        <artifactId>${prefix}maven-plugin</artifactId>
        <version>${version}</version>
      </plugin>
    </plugins>
  </build>
</project>
`;
}
