/** What the lab's Fetch handlers run on, as versions of an entry: adapters of Node, and the servers that such handlers are written for. */
import fs from 'node:fs';
import path from 'node:path';
import { fileOf, installed } from './packages.mjs';
import { compiled, startNode, startServer } from './processes.mjs';

/** `what` is what runs on them: `Fetch handlers`. */
export const fetchVersions = (what) => [
  { label: `${what} on srvx ${installed('srvx')}`, adapter: 'srvx/dist/adapters/node.mjs' },
  {
    label: `${what} on @hono/node-server ${installed('@hono/node-server')}`,
    adapter: '@hono/node-server/dist/index.mjs',
  },
];

export const startFetch = ({ file, port, version }) =>
  startNode({ file, port, launcher: 'launch-fetch.mjs', args: [version.adapter] });

/** Where a program throws instead of answering. */
export const thrown = (policy, text) =>
  text.includes('/fails') ? [{ path: '/fails', status: 500, throws: true }] : [];

const cloudflare = path.join(import.meta.dirname, 'cloudflare.mjs');
const [deno, bun] = ['@deno/linux-x64-glibc', '@oven/bun-linux-x64'];

/** A binary that lies in a package as it is; npm leaves it away on other systems, and takes its right to run. */
function binary(name, file) {
  const full = fileOf(name, file);
  fs.chmodSync(full, 0o755);
  return full;
}

const lacking = (name) => () =>
  installed(name) === undefined ? `${name} is not to be had for this system` : undefined;

/** The servers themselves; `needs` chooses the programs that each of them runs. */
export const fetchServers = [
  {
    missing: lacking('@cloudflare/workerd-linux-64'),
    versions: [{ label: `Workers: workerd ${installed('workerd')}` }],
    needs: /export default \{/,
    start: async ({ file, port }) =>
      startServer({
        command: process.execPath,
        args: [cloudflare, 'worker', await compiled(file), String(port)],
        port,
        seconds: 60,
      }),
  },
  {
    missing: lacking(deno),
    versions: [{ label: `Deno ${installed(deno)}` }],
    needs: /Deno\.serve\(|export default \{/,
    async start({ file, port }) {
      const serves = fs.readFileSync(file, 'utf8').includes('export default {');
      return startServer({
        command: binary(deno, 'deno'),
        args: [
          ...(serves ? ['serve', '--host', '127.0.0.1', '--port', String(port)] : ['run']),
          '--allow-all',
          '--no-check',
          '--no-lock',
          file,
        ],
        port,
        cwd: path.dirname(file),
        env: { DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, PORT: String(port), DENO_NO_UPDATE_CHECK: '1' },
      });
    },
  },
  {
    missing: lacking(bun),
    versions: [{ label: `Bun ${installed(bun)}` }],
    needs: /Bun\.serve\(|export default \{/,
    async prepare({ file, port }) {
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/\bport: 3000\b/, `port: ${port}`));
    },
    start: async ({ file, port }) =>
      startServer({
        command: binary(bun, 'bin/bun'),
        args: ['run', file],
        port,
        cwd: path.dirname(file),
        env: { PORT: String(port) },
      }),
  },
];
