/** Caddyfiles, each run by a real Caddy. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { requestsFrom } from '../../runner/observations.mjs';
import { startServer } from '../../launchers/processes.mjs';
import { startUpstream } from '../../launchers/upstream.mjs';

const version = spawnSync('caddy', ['version'], { encoding: 'utf8' });
let upstream;

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: `Caddy ${(version.stdout ?? '').split(' ')[0].trim()}` }],
  missing: () => (version.error ? 'Caddy is not installed: apt-get install caddy' : undefined),
  languageId: 'caddyfile',
  async prepare({ file, port }) {
    upstream ??= startUpstream();
    const text = fs
      .readFileSync(file, 'utf8')
      .replaceAll(':8080', `:${port}`)
      .replaceAll(':3000', `:${(await upstream).address().port}`);
    fs.writeFileSync(file, text);
  },
  requests: (origin) => [...requestsFrom(origin), { origin, method: 'PUT', cookie: true }],
  /** The last word of the scope is a path where the policy is about one. */
  pathOf({ scope }) {
    const path = scope.split(' ').at(-1);
    return path.startsWith('/') ? path.replace('*', 'x') : '/';
  },
  async start({ file, port }) {
    const home = `${file}.run`;
    fs.mkdirSync(home, { recursive: true });
    return startServer({
      command: 'caddy',
      args: ['run', '--adapter', 'caddyfile', '--config', file],
      port,
      env: { HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home },
    });
  },
  async after() {
    const server = await upstream;
    if (server)
      await new Promise((resolve) => {
        server.close(resolve);
      });
  },
};
