/** HAProxy configurations, each run by a real HAProxy in front of an application. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { startServer } from '../../launchers/processes.mjs';
import { startUpstream } from '../../launchers/upstream.mjs';

const command = ['haproxy', '/usr/sbin/haproxy'].find((name) => !spawnSync(name, ['-v']).error);
const version = command && /version ([\d.]+)/.exec(spawnSync(command, ['-v'], { encoding: 'utf8' }).stdout)?.[1];
let upstream;

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: `HAProxy ${version ?? ''}` }],
  missing: () => (command === undefined ? 'HAProxy is not installed: apt-get install haproxy' : undefined),
  languageId: 'haproxy',
  async prepare({ file, port }) {
    upstream ??= startUpstream();
    const text = fs
      .readFileSync(file, 'utf8')
      .replaceAll(':8080', `:${port}`)
      .replaceAll(':3000', `:${(await upstream).address().port}`);
    fs.writeFileSync(file, text);
  },
  pathOf: ({ scope }) => (scope.startsWith('backend api') ? '/api/x' : '/'),
  start: ({ file, port }) => startServer({ command, args: ['-db', '-f', file], port }),
  async after() {
    const server = await upstream;
    if (server)
      await new Promise((resolve) => {
        server.close(resolve);
      });
  },
};
