/** nginx configurations, each run by a real nginx. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { requestsFrom } from '../../runner/observations.mjs';
import { startServer } from '../../launchers/processes.mjs';
import { startUpstream } from '../../launchers/upstream.mjs';

const version = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
export const headersMore = ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules', '/usr/local/lib/nginx/modules']
  .map((modules) => path.join(modules, 'ngx_http_headers_more_filter_module.so'))
  .find((file) => fs.existsSync(file));
export const versionLabel = (version.stderr ?? '').trim().replace('nginx version: ', '');
/** 1.29.3 brought the directive; the configurations that use it run from there on. */
const inherits =
  /nginx\/(\d+)\.(\d+)\.(\d+)/
    .exec(version.stderr ?? '')
    ?.slice(1)
    .map(Number)
    .reduce((sum, part) => sum * 1000 + part, 0) >= 1_029_003;
let upstream;

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: versionLabel }],
  languageId: 'nginx',
  skips: inherits ? [] : ['inherit-merge.conf', 'inherit-off.conf'],
  notRun: inherits
    ? []
    : [
        `add_header_inherit (inherit-merge.conf, inherit-off.conf): ` +
          `${(version.stderr ?? '').trim().replace('nginx version: ', '')} is older than 1.29.3`,
      ],
  missing: whyMissing,
  async prepare({ file, port }) {
    upstream ??= startUpstream();
    const upstreamPort = (await upstream).address().port;
    const text = fs
      .readFileSync(file, 'utf8')
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`)
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${upstreamPort}`);
    fs.writeFileSync(file, text);
  },
  requests: (origin) => [...requestsFrom(origin), { origin, method: 'PUT', cookie: true }],
  // A location of one file covers nothing beside it.
  errors: (policy) =>
    entry.pathOf(policy).endsWith('/') ? [{ path: `${entry.pathOf(policy)}missing`, status: 404 }] : [],
  // No path leads to a named location: it is asked through the one that hands requests on to it.
  answers: ({ scope }) => !scope.startsWith('location @'),
  /** A path that the policy's own location answers; `location` may have a sign before the path. */
  pathOf({ scope }) {
    const words = scope.split(' ');
    return words[0] === 'location' ? words.at(-1) : '/';
  },
  async start({ file, port }) {
    const prefix = `${file}.run`;
    // nginx gives its workers another user when it is started by root.
    for (const folder of [prefix, path.join(prefix, 'www'), path.join(prefix, 'www', 'files')])
      fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    fs.writeFileSync(path.join(prefix, 'www', 'files', 'a.txt'), 'a file\n');
    fs.writeFileSync(path.join(prefix, 'main.conf'), mainFile(file));
    return startServer({
      command: 'nginx',
      args: ['-p', prefix, '-c', path.join(prefix, 'main.conf'), '-e', path.join(prefix, 'error.log')],
      port,
    });
  },
  async after() {
    const server = await upstream;
    upstream = undefined;
    if (server)
      await new Promise((resolve) => {
        server.close(resolve);
      });
  },
};

export function whyMissing() {
  return version.error || headersMore === undefined
    ? 'nginx with the headers-more module is not installed: apt-get install nginx-light libnginx-mod-http-headers-more-filter'
    : undefined;
}

export function mainFile(file) {
  return `daemon off;
pid nginx.pid;
error_log error.log;
worker_processes 1;
load_module ${headersMore};
events {}
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include ${file};
}
`;
}
