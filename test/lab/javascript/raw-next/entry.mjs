/** Next.js route handlers: functions exported by method. What they import from `next/server` is the stand-in beside this file. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchVersions, startFetch, thrown } from '../../launchers/fetch-adapters.mjs';

const standIn = path.join(path.dirname(fileURLToPath(import.meta.url)), 'next');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: fetchVersions('route handlers'),
  async prepare({ folder }) {
    const link = path.join(folder, 'node_modules', 'next');
    fs.mkdirSync(path.dirname(link), { recursive: true });
    if (!fs.existsSync(link)) fs.symlinkSync(standIn, link, 'junction');
  },
  start: startFetch,
  errors: thrown,
  /** One exported function answers its method only; HEAD goes to GET, and OPTIONS to nobody where no function is called so. */
  answers({ scope }, { method }, text) {
    const exported = [...text.matchAll(/export (?:async )?(?:function|const) ([A-Z]+)/g)].map(([, name]) => name);
    const answering = method === 'HEAD' ? 'GET' : method;
    const own = / handler$/.test(scope) ? scope.split(' ')[0] : undefined;
    if (method === 'OPTIONS' && !exported.includes('OPTIONS')) return own !== undefined;
    return own === undefined ? exported.includes(answering) : own === answering;
  },
  notRun: ['Next.js itself: its route handlers ran on adapters of Node, with a stand-in for `next/server`'],
};
