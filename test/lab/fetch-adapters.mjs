/** The adapters that the lab's Fetch handlers run on, as versions of an entry. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNode } from './processes.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const installed = (name) => JSON.parse(fs.readFileSync(path.join(here, 'packages', 'node_modules', name, 'package.json'), 'utf8')).version;

/** `what` is what runs on them: `Fetch handlers`. */
export const fetchVersions = (what) => [
  { label: `${what} on srvx ${installed('srvx')}`, adapter: 'srvx/dist/adapters/node.mjs' },
  { label: `${what} on @hono/node-server ${installed('@hono/node-server')}`, adapter: '@hono/node-server/dist/index.mjs' },
];

export const startFetch = ({ file, port, version }) => startNode({ file, port, launcher: 'launch-fetch.mjs', args: [version.adapter] });

/** Where a program throws instead of answering. */
export const thrown = (policy, text) => (text.includes('/fails') ? [{ path: '/fails', status: 500, throws: true }] : []);
