/** Settings of KrakenD and of Ory's servers, each run by the package that carries them out, rs/cors. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGo, removeGo, whyNoGo } from '../../launchers/go-launcher.mjs';
import { requestsFrom } from '../../runner/observations.mjs';
import { startServer } from '../../launchers/processes.mjs';

const launcher = path.join(path.dirname(fileURLToPath(import.meta.url)), 'launcher');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'rs/cors 1.11.1' }],
  missing: whyNoGo,
  // Headers in lower case and in order, as browsers send them: the package refuses others.
  requests: (origin) => [
    ...requestsFrom(origin),
    { origin, method: 'PUT', cookie: true },
    { origin, method: 'OPTIONS', cookie: false, preflight: { method: 'POST', headers: ['content-type'] } },
  ],
  start: ({ file, port }) => startServer({ command: buildGo(launcher), args: [file, String(port)], port }),
  after: async () => removeGo(),
};
