/** Programs of Spring MVC and WebFlux, each an application of Spring Boot, with two of its releases. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const versionsOf = (...releases) =>
  releases.map((boot) => ({
    label: `Spring Boot ${boot}`,
    host: javaHost(here, 'lab.Lab', { properties: { 'boot.version': boot } }),
    files: { 'pom.xml': pom(boot) },
  }));

/** A path below the pattern that the policy is for, or the path of its handler. */
function pathOf({ scope }) {
  const path = /\/[\w/*-]*/.exec(scope)?.[0] ?? '/lab';
  return path.replace(/\*\*$/, 'lab');
}

const spring = (versions) => ({
  versions,
  missing: missingJava,
  pathOf,
  // OPTIONS without Origin or a method asked for is answered by Spring itself, and other methods by other handlers.
  answers({ scope }, { method, origin, preflight }) {
    const own = /^[A-Z]+(?:, [A-Z]+)*(?= \/)/.exec(scope)?.[0].split(', ');
    if (method === 'OPTIONS')
      return origin !== null && preflight !== undefined && (own?.includes(preflight.method) ?? true);
    return own?.includes(method === 'HEAD' ? 'GET' : method) ?? true;
  },
  start: ({ file, port, version }) => version.host.start(file, port),
  async after() {
    for (const { host } of versions) await host.end();
  },
});

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = spring(versionsOf('3.5.6', '2.7.18'));

function pom(version) {
  return `<project>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>${version}</version>
  </parent>
</project>
`;
}
