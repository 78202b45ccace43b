/** Programs that write their headers by hand: servlets and filters in Jetty, handlers of the JDK's own server. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaHost, missingJava } from '../../launchers/java-host.mjs';

const host = javaHost(path.dirname(fileURLToPath(import.meta.url)), 'lab.Lab');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Jetty 12.0.25 and the JDK’s HttpServer' }],
  missing: missingJava,
  // A servlet answers a method of which it has none by 405.
  answers: ({ scope }, { method }) => {
    const own = /^([A-Z, ]+) of this servlet$/.exec(scope)?.[1].split(', ');
    return own === undefined || method === 'OPTIONS' || own.includes(method === 'HEAD' ? 'GET' : method);
  },
  start: ({ file, port }) => host.start(file, port),
  after: () => host.end(),
};
