/** Dynamic configurations of Traefik, each run by Traefik's own headers middleware. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGo, removeGo, whyNoGo } from '../go-launcher.mjs';
import { startUpstream } from '../upstream.mjs';
import { startServer } from '../processes.mjs';

const launcher = path.join(path.dirname(fileURLToPath(import.meta.url)), 'launcher');
let upstream;

/** @type {import('../run.mjs').Entry} */
export const entry = {
  versions: [{ label: 'headers middleware of Traefik 3.7.13' }],
  missing: whyNoGo,
  upstream: 'silent',
  errors: (policy) => [{ path: `${entry.pathOf(policy)}missing`, status: 404 }],
  /** Each middleware answers below its own name. */
  pathOf: ({ scope }) => `/${scope.split(' ').at(-1)}/`,
  async start({ file, port }) {
    upstream ??= startUpstream();
    const command = buildGo(launcher);
    return startServer({ command, args: [file, String(port), `http://127.0.0.1:${(await upstream).address().port}`], port });
  },
  async after() {
    removeGo();
    const server = await upstream;
    if (server) await new Promise((resolve) => { server.close(resolve); });
  },
};
