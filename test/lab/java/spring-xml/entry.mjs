/** XML of Spring MVC, each with an application of its own. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const versionsOf = (tomcat, ...names) =>
  names.map((spring) => ({
    label: `Spring MVC ${spring}`,
    host: javaHost(here, 'lab.Lab', { properties: { 'spring.version': spring, 'tomcat.version': tomcat } }),
    files: { 'pom.xml': pom(spring) },
  }));
const spring = (versions) => ({
  versions,
  missing: missingJava,
  pathOf: ({ scope }) => scope.replace(/\*\*$/, scope === '/**' ? '' : 'lab'),
  // OPTIONS without Origin or a method asked for is answered by Spring itself.
  answers: (_policy, { method, origin, preflight }) =>
    method !== 'OPTIONS' || (origin !== null && preflight !== undefined),
  start: ({ file, port, version }) => version.host.start(file, port),
  async after() {
    for (const { host } of versions) await host.end();
  },
});

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  spring([...versionsOf('10.1.46', '6.2.11'), ...versionsOf('9.0.123', '5.3.39')]),
  // Patterns are not part of its schema.
  {
    ...spring(versionsOf('9.0.123', '5.2.25.RELEASE')),
    skips: ['pattern.xml', 'pattern-no-dot.xml', 'pattern-open.xml', 'pattern-ports.xml'],
  },
];

function pom(version) {
  return `<project>
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>org.springframework</groupId>
        <artifactId>spring-framework-bom</artifactId>
        <version>${version}</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
</project>
`;
}
