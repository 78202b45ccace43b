/** VCL files, each run by a real Varnish in front of an application. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { answers, startServer } from '../../launchers/processes.mjs';
import { startUpstream } from '../../launchers/upstream.mjs';

const command = ['varnishd', '/usr/sbin/varnishd'].find((name) => !spawnSync(name, ['-V']).error);
const version = command && /varnish-[\d.]+/.exec(spawnSync(command, ['-V'], { encoding: 'utf8' }).stderr)?.[0];
let upstream;

// It takes its port for a trial first: a connection made then is lost, and may keep the port from it.
const serves = async (port, said) => said.includes('said Child starts') && answers(port);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: version ?? '' }],
  missing: () => (command === undefined ? 'Varnish is not installed: apt-get install varnish' : undefined),
  async prepare({ file }) {
    upstream ??= startUpstream();
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('"3000"', `"${(await upstream).address().port}"`));
  },
  pathOf: ({ scope }) => /"\^?(\/[\w/]*)/.exec(scope)?.[1] ?? '/',
  async start({ file, port }) {
    // Its working directory has a short path, because a socket is made in it.
    const work = fs.mkdtempSync(path.join(os.tmpdir(), 'vcl-'));
    fs.chmodSync(work, 0o755);
    const server = await startServer({
      command,
      args: [
        '-F',
        '-j',
        'none',
        '-n',
        work,
        '-a',
        `127.0.0.1:${port}`,
        '-T',
        'none',
        '-s',
        'malloc,8m',
        '-p',
        'thread_pool_min=5',
        '-p',
        'thread_pools=1',
        '-f',
        file,
      ],
      port,
      seconds: 60,
      ready: serves,
    });
    return {
      ...server,
      close: async () => {
        await server.close();
        fs.rmSync(work, { recursive: true, force: true });
      },
    };
  },
  async after() {
    const server = await upstream;
    if (server)
      await new Promise((resolve) => {
        server.close(resolve);
      });
  },
};
