/** The middleware of `@adonisjs/cors` with the configuration of each program, on plain Node; the rest of AdonisJS takes no part. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: '@adonisjs/cors 3.0.0', packages: { '@adonisjs/cors': '@adonisjs/cors' } },
    { label: '@adonisjs/cors 2.2.1', packages: { '@adonisjs/cors': 'adonis-cors2' } },
  ],
  start: (run) => startNode({ ...run, launcher: new URL('serve.mjs', import.meta.url) }),
  errors: () => [{ path: '/missing', status: 404 }],
};
