/** nginx configurations: each file is run by a real nginx, and the linter reads its policies from the same text. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { answer } from '../../server/src/policy/answer.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { differences, origins, requestsFrom, send } from './observations.mjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'nginx');
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.conf')).sort();
const version = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
const headersMore = ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules', '/usr/local/lib/nginx/modules'].map((modules) => path.join(modules, 'ngx_http_headers_more_filter_module.so')).find((file) => fs.existsSync(file));
if (version.error || headersMore === undefined) {
  console.error('nginx with the headers-more module is not installed, so nothing was compared: apt-get install nginx-light libnginx-mod-http-headers-more-filter');
  console.log(`0 passed, ${files.length} failed`);
  process.exit(1);
}

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-nginx-'));
fs.mkdirSync(path.join(temporary, 'www', 'files'), { recursive: true });
fs.writeFileSync(path.join(temporary, 'www', 'files', 'a.txt'), 'a file\n');
// nginx gives its workers another user when it is started by root.
for (const one of [temporary, path.join(temporary, 'www'), path.join(temporary, 'www', 'files')]) fs.chmodSync(one, 0o755);
const linter = createLinter(nodeHost());
const upstream = http.createServer((request, response) => response.end('upstream\n'));
const upstreamPort = await listening(upstream);

let agreed = 0;
let asked = 0;
const mismatches = [];
for (const name of files) await observe(name);
await new Promise((resolve) => upstream.close(resolve));
fs.rmSync(temporary, { recursive: true, force: true });

console.table([{ server: version.stderr.trim().replace('nginx version: ', ''), configurations: files.length, policies: asked, observations: agreed + mismatches.length, agreed }]);
for (const mismatch of mismatches.slice(0, 60)) console.log(mismatch);
console.log(`${agreed} passed, ${mismatches.length} failed`);
process.exitCode = mismatches.length > 0 || agreed === 0 ? 1 : 0;

async function observe(name) {
  const port = await freePort();
  const text = fs.readFileSync(path.join(folder, name), 'utf8').replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`).replaceAll('127.0.0.1:3000', `127.0.0.1:${upstreamPort}`);
  const file = path.join(temporary, name);
  fs.writeFileSync(file, text);
  const { policies, problems } = await linter.lint({ path: file.replaceAll('\\', '/'), languageId: 'nginx', text }, defaultSettings);
  if (policies.length === 0 || problems) {
    mismatches.push(`${name}: the linter read ${policies.length} policies ${problems ?? ''}`);
    return;
  }
  const server = await startNginx(file, port);
  try {
    for (const policy of policies) {
      asked += 1;
      for (const request of origins.flatMap((origin) => [...requestsFrom(origin), { origin, method: 'POST', cookie: false }, { origin, method: 'PUT', cookie: true }])) {
        const received = await send(port, pathOf(policy.scope), request);
        const modelled = answer(policy, request);
        const open = [...modelled.headers].filter(([, lines]) => lines === null).map(([header]) => `the model leaves ${header} open`);
        const found = [...differences(received, modelled), ...open];
        if (found.length === 0) agreed += 1;
        else mismatches.push(`${name} ${policy.scope}: ${request.method} ${request.origin}: ${found.join('; ')}`);
      }
    }
  } finally {
    await stop(server);
  }
}

/** A path that the policy's own location answers; `location` may have a sign before the path. */
function pathOf(scope) {
  const words = scope.split(' ');
  return words[0] === 'location' ? words.at(-1) : '/';
}

async function startNginx(file, port) {
  const main = path.join(temporary, 'main.conf');
  fs.writeFileSync(main, `daemon off;
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
`);
  const server = spawn('nginx', ['-p', temporary, '-c', main, '-e', path.join(temporary, 'error.log')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.on('data', (chunk) => { said += chunk; });
  for (let attempt = 0; attempt < 200; attempt++) {
    if (server.exitCode !== null) throw new Error(`nginx refuses ${path.basename(file)}: ${said || fs.readFileSync(path.join(temporary, 'error.log'), 'utf8')}`);
    if (await accepts(port)) return server;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`nginx does not listen for ${path.basename(file)}`);
}

function stop(server) {
  return new Promise((resolve) => {
    server.once('exit', resolve);
    server.kill('SIGTERM');
  });
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}

function listening(server) {
  return new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(server.address().port)); });
}

async function freePort() {
  const server = net.createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
