/** Settings of Spring Boot, each with an application of its own whose actuator endpoints are asked. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const host = javaHost(path.dirname(fileURLToPath(import.meta.url)), 'lab.Lab');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Spring Boot 3.5.6' }],
  missing: missingJava,
  pathOf: () => '/actuator/lab',
  // The endpoint reads, writes and deletes, and takes no PUT; OPTIONS without Origin or a method asked for is answered by Spring itself.
  answers: (_policy, { method, origin, preflight }) =>
    (method !== 'OPTIONS' && method !== 'PUT') ||
    (method === 'OPTIONS' && origin !== null && preflight?.method === 'DELETE'),
  start: ({ file, port }) => host.start(file, port),
  after: () => host.end(),
};
