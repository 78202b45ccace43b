/** Tomcat's own filter, in a Tomcat for each `web.xml`. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Only the project's `pom.xml` tells the version. */
const versionsOf = (...names) =>
  names.map((name) => ({
    label: `Tomcat ${name}`,
    host: javaHost(here, 'lab.Lab', { properties: { 'tomcat.version': name } }),
    files: { 'pom.xml': pom(name) },
  }));
const tomcat = (versions) => ({
  versions,
  missing: missingJava,
  unordered: true,
  start: ({ file, port, version }) => version.host.start(file, port),
  async after() {
    for (const { host } of versions) await host.end();
  },
});

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  tomcat(versionsOf('11.0.27', '10.1.46', '9.0.123')),
  // Old versions refuse a POST without a Content-Type whoever asks.
  { ...tomcat(versionsOf('9.0.8')), answers: (_policy, { method }) => method !== 'POST' },
];

function pom(version) {
  return `<project>
  <properties>
    <tomcat.version>${version}</tomcat.version>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.apache.tomcat</groupId>
      <artifactId>tomcat-catalina</artifactId>
      <version>\${tomcat.version}</version>
      <scope>provided</scope>
    </dependency>
  </dependencies>
</project>
`;
}
