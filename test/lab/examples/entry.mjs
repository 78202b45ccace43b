/**
 * The files of `examples/` themselves, each by the entry of its framework: `before` has to let the witnesses of its findings in, and
 * the fixes have to keep them out; `after` has to refuse the witnesses of `before`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { entry as apache } from '../servers/apache/entry.mjs';
import { entry as fastapi } from '../python/fastapi/entry.mjs';
import { fetchVersions, startFetch } from '../launchers/fetch-adapters.mjs';
import { entry as nginx } from '../servers/nginx/entry.mjs';
import { requestsFrom } from '../runner/observations.mjs';
import { lintFile } from '../runner/observe.mjs';
import { startNode } from '../launchers/processes.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const examples = path.join(here, '..', '..', '..', 'examples');
const listenHere = path.join(here, 'listen-here.cjs');

const node = (at) => ({ at, start: (run) => startNode({ ...run, env: { NODE_OPTIONS: `--require ${listenHere}` } }) });
const worker = (at) => ({ at, start: (run) => startFetch({ ...run, version: fetchVersions('')[0] }) });
const python = (at) => ({
  at,
  start: (run) => fastapi.start({ ...run, version: fastapi.versions.at(-1) }),
  missing: fastapi.missing,
});
const rewritten = (entry, at, change) => ({
  at,
  languageId: entry.languageId,
  missing: entry.missing,
  start: (run) => entry.start(run),
  prepare: async (run) => {
    fs.writeFileSync(run.file, change(fs.readFileSync(run.file, 'utf8'), run));
    await entry.prepare?.(run);
  },
});
const nginxSite = (at) =>
  rewritten(nginx, at, (text, { port, file }) =>
    text
      .replace('listen 443 ssl', `listen 127.0.0.1:${port}`)
      .replace('http://api:3000', 'http://127.0.0.1:3000')
      .replace('/srv/fonts', `${file}.run/www`),
  );

/** `at`: where a policy of this scope answers. */
const runnable = {
  'admin/reports.js': node(() => '/'),
  'admin/server.mjs': node(() => '/articles/1'),
  'deploy/apache/sites-available/blog.conf': rewritten(
    apache,
    () => '/a.html',
    (text, { file, port }) => text.replace('*:443', `*:${port}`).replace('/srv/blog', `${file}.run/www`),
  ),
  'deploy/nginx/conf.d/api.conf': nginxSite(() => '/'),
  // nginx answers every method but GET and HEAD for a file by 405, which has no header without `always`.
  'deploy/nginx/conf.d/fonts.conf': { ...nginxSite(() => '/files/a.txt'), simple: true },
  'edge/coupons.ts': worker(() => '/coupons'),
  'edge/newsletter.js': node(() => '/newsletter'),
  'edge/search.ts': worker(() => '/search/tea'),
  'live/main.ts': node(() => '/live'),
  // hapi answers the preflight of a method that has no route by 404.
  'live/orders.js': { ...node(() => '/orders'), simple: true },
  'live/support-chat.mjs': node(() => '/chat/?EIO=4&transport=polling'),
  'pricing/catalogue.js': node(() => '/graphql'),
  'pricing/discounts.py': python(() => '/missing'),
  // What micro serves is a plain handler of Node.
  'pricing/exchange-rates.js': {
    at: () => '/',
    start: (run) => startNode({ ...run, launcher: 'launch-next-api.mjs' }),
  },
  'pricing/main.py': python(() => '/prices/tea'),
  'shop-api/pictures.mjs': node(() => '/pictures/tea'),
  'shop-api/server.js': node((scope) => /routes under (\S+)/.exec(scope)?.[1] ?? '/'),
};
/** What a program imports and the example leaves out. */
const companions = { 'live/main.ts': ['app.module.ts'], 'pricing/catalogue.js': ['schema.js'] };
const packages = Object.fromEntries(
  [
    'express',
    'cors',
    'koa',
    '@koa/cors',
    'fastify',
    '@fastify/cors',
    'hono',
    'socket.io',
    '@hapi/hapi',
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/platform-express',
    'reflect-metadata',
    'rxjs',
    'corser',
    'itty-router',
    '@tinyhttp/app',
    '@tinyhttp/cors',
    'apollo-server',
    'graphql',
    'micro',
    'micro-cors',
  ].map((name) => [name, name]),
);

const subjects = fs
  .readdirSync(examples, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.includes('/before/') && fs.statSync(path.join(examples, name)).isFile())
  .map((name) => name.replace('/before/', '/'))
  .sort();
const fileOf = (subject, kind) => path.join(examples, subject.replace('/', `/${kind}/`));
const missing = Object.entries(runnable).flatMap(([subject, { missing: why }]) =>
  why?.() === undefined ? [] : [`${subject}: ${why()}`],
);
const ran = Object.keys(runnable).filter(
  (subject) => subjects.includes(subject) && !missing.some((line) => line.startsWith(`${subject}: `)),
);

/** One entry for each file; their figures are summed into one row for `before` and one for `after`. */
export const entries = ran.flatMap((subject) => ['before', 'after'].map((kind) => entryOf(subject, kind)));
export const notRun = [
  `not runnable, checked by the model only: ${subjects.filter((subject) => runnable[subject] === undefined).join(', ')}`,
  ...missing,
  ...Object.keys(runnable)
    .filter((subject) => !subjects.includes(subject))
    .map((subject) => `${subject}: there is no such example any more`),
];

/** @returns {import('../runner/entry.mjs').Entry} */
function entryOf(subject, kind) {
  const { at, start, prepare, languageId, simple } = runnable[subject];
  return {
    versions: [
      {
        label: kind,
        packages,
        files: { 'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }\n' },
      },
    ],
    languageId,
    prepare,
    start,
    ownStatuses: false,
    fill(programs) {
      const source = fileOf(subject, kind);
      // What a program requires stands beside it.
      for (const { name } of fs
        .readdirSync(path.dirname(source), { withFileTypes: true })
        .filter((each) => each.isFile()))
        fs.copyFileSync(path.join(path.dirname(source), name), path.join(programs, name));
      for (const name of companions[subject] ?? [])
        fs.copyFileSync(path.join(here, 'programs', name), path.join(programs, name));
      return [path.basename(subject)];
    },
    pathOf: ({ scope }) => at(scope),
    requests: (origin) =>
      requestsFrom(origin).filter(({ method, preflight }) => method === 'GET' || (preflight && !simple)),
    /** Who could read in `before`, and where. */
    async strangers() {
      if (kind === 'before') return [];
      const { findings, policies } = await lintFile(fileOf(subject, 'before'), { languageId });
      const paths = [...new Set(policies.map(({ scope }) => at(scope)))];
      return findings
        .filter(({ witness }) => witness !== undefined)
        .map(({ witness, rule }) => ({ witness, rule, paths }));
    },
    async after() {
      for (const each of [apache, fastapi, nginx]) await each.after?.();
    },
  };
}
