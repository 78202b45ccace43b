/** Ingress objects, each rendered as ingress-nginx renders its CORS annotations, and run by a real nginx with headers-more. */
import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { headersMore, mainFile, versionLabel, whyMissing } from '../nginx/entry.mjs';
import { startUpstream } from '../upstream.mjs';
import { requestsFrom } from '../observations.mjs';
import { startServer } from '../processes.mjs';

const prefix = 'nginx.ingress.kubernetes.io/';
const defaultHeaders = 'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization';
let upstream;

/** @type {import('../run.mjs').Entry} */
export const entry = {
  versions: [{ label: `${versionLabel}, rendered from the annotations` }],
  missing: whyMissing,
  upstream: 'silent',
  requests: (origin) => [...requestsFrom(origin), { origin, method: 'PUT', cookie: true }],
  errors: (policy) => [{ path: `${entry.pathOf(policy)}missing`, status: 404 }],
  /** Each object answers below its own name. */
  pathOf: ({ scope }) => `/${scope.split(' ').at(-1)}/`,
  async start({ file, port }) {
    upstream ??= startUpstream();
    const prefixFolder = `${file}.run`;
    fs.mkdirSync(prefixFolder, { recursive: true, mode: 0o755 });
    const site = path.join(prefixFolder, 'site.conf');
    fs.writeFileSync(site, serverFile(fs.readFileSync(file, 'utf8'), port, (await upstream).address().port));
    fs.writeFileSync(path.join(prefixFolder, 'main.conf'), mainFile(site));
    return startServer({ command: 'nginx', args: ['-p', prefixFolder, '-c', path.join(prefixFolder, 'main.conf'), '-e', path.join(prefixFolder, 'error.log')], port });
  },
  async after() {
    const server = await upstream;
    if (server) await new Promise((resolve) => { server.close(resolve); });
  },
};

function serverFile(text, port, upstreamPort) {
  const ingresses = parseAllDocuments(text).map((document) => document.toJS()).filter((object) => object?.kind === 'Ingress');
  const locations = ingresses.map(({ metadata }) => `  location /${metadata.name}/ {\n${corsOf(metadata.annotations).map((line) => `    ${line}\n`).join('')}    proxy_pass http://127.0.0.1:${upstreamPort};\n  }\n`);
  return `server {\n  listen 127.0.0.1:${port};\n${locations.join('')}}\n`;
}

/** What the controller makes of the annotations: one `if` that knows the origin, one for each kind of request. */
function corsOf(annotations) {
  const of = (name) => annotations[prefix + name];
  if (!/^(1|t|T|true|True|TRUE)$/.test(of('enable-cors') ?? '')) return [];
  const origins = allowedOrigins(of('cors-allow-origin'));
  if (origins.length === 0) return [];
  const checked = origins.includes('*') ? ['set $http_origin *;', "set $cors 'true';"] : [`if ($http_origin ~* (${origins.map((origin) => `(${pattern(origin)})`).join('|')})$ ) { set $cors 'true'; }`];
  const headers = [
    'Access-Control-Allow-Origin: $http_origin',
    ...(/^(0|f|F|false|False|FALSE)$/.test(of('cors-allow-credentials') ?? '') ? [] : ['Access-Control-Allow-Credentials: true']),
    `Access-Control-Allow-Methods: ${of('cors-allow-methods') ?? 'GET, PUT, POST, DELETE, PATCH, OPTIONS'}`,
    `Access-Control-Allow-Headers: ${of('cors-allow-headers') ?? defaultHeaders}`,
    ...(of('cors-expose-headers') ? [`Access-Control-Expose-Headers: ${of('cors-expose-headers')}`] : []),
    `Access-Control-Max-Age: ${of('cors-max-age') ?? '1728000'}`,
  ].map((header) => `more_set_headers '${header}';`);
  return [
    ...checked,
    "if ($request_method = 'OPTIONS') { set $cors ${cors}options; }",
    `if ($cors = "true") { ${headers.join(' ')} }`,
    `if ($cors = "trueoptions") { ${headers.join(' ')} more_set_headers 'Content-Length: 0'; return 204; }`,
  ];
}

/** The whole value is checked first, and given up for `*`; then each member, which is left out when it is no origin. */
function allowedOrigins(value = '*') {
  const members = value.split(',').map((member) => member.trim());
  const nearly = /^(([a-z]+:\/\/)?(\*\.)?[A-Za-z0-9\-.]*(:\d+)?|null)$/;
  if (value.trim() === '*' || !members.every((member) => nearly.test(member))) return ['*'];
  return members.filter((member) => /^([a-z]+:\/\/(\*\.)?[A-Za-z0-9\-.]*(:\d+)?|null)$/.test(member));
}

function pattern(origin) {
  return origin.replaceAll(/[.+?()[\]{}|^$\\]/g, '\\$&').replace('*', '[A-Za-z0-9\\-]+');
}
