/** Configurations of Firebase Hosting, each served by the server that its own emulator is made of. */
import fs from 'node:fs';
import path from 'node:path';
import { startServer } from '../../launchers/processes.mjs';

/** Each path that a block of the programs is for; the file there is served with the block's headers. */
const files = ['index.html', 'api/items.json', 'open/list.json', 'fonts/text.woff2'];
const script = `const { server } = require('superstatic');
const fs = require('node:fs');
const { hosting } = JSON.parse(fs.readFileSync(process.argv[1], 'utf8'));
const [port, cwd] = [Number(process.argv[2]), process.argv[3]];
const host = '127.0.0.1';
const config = { ...hosting, public: 'public' };
server({ port, host, hostname: host, cwd, config, compression: false }).listen(() => undefined);`;

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'superstatic 11.0.0', packages: { superstatic: 'superstatic' } }],
  pathOf({ scope }) {
    const found = ['/fonts/text.woff2', '/open/list.json', '/api/items.json'].find(
      (file) => scope.includes(file.split('/')[1]) || (scope.includes('woff') && file.endsWith('woff2')),
    );
    return found ?? '/index.html';
  },
  async start({ file, port, folder }) {
    const cwd = `${file}.run`;
    for (const name of files) {
      fs.mkdirSync(path.dirname(path.join(cwd, 'public', name)), { recursive: true });
      fs.writeFileSync(path.join(cwd, 'public', name), 'a file');
    }
    return startServer({ command: process.execPath, args: ['-e', script, file, String(port), cwd], port, cwd: folder });
  },
};
