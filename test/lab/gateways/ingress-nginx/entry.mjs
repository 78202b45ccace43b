/** Ingress objects and settings of the controller, rendered as ingress-nginx renders them, and run by a real nginx with headers-more. */
import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { headersMore, mainFile, versionLabel, whyMissing } from '../../servers/nginx/entry.mjs';
import { startUpstream } from '../../launchers/upstream.mjs';
import { requestsFrom } from '../../runner/observations.mjs';
import { startServer } from '../../launchers/processes.mjs';

const prefix = 'nginx.ingress.kubernetes.io/';
const defaultHeaders =
  'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization';
let upstream;

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: `${versionLabel}, rendered from the annotations` }],
  missing: whyMissing,
  upstream: 'silent',
  requests: (origin) => [...requestsFrom(origin), { origin, method: 'PUT', cookie: true }],
  errors: (policy) => [{ path: `${entry.pathOf(policy)}missing`, status: 404 }],
  /** Each object answers below its own name; snippets answer where they stand, and what is for the whole cluster everywhere. */
  pathOf: ({ framework, scope }) =>
    framework === 'nginx'
      ? (/^location (?:\S+ )*(\/\S*)$/.exec(scope)?.[1] ?? '/')
      : /^(?:ConfigMap|every)\b/.test(scope)
        ? '/'
        : `/${scope.split(' ').at(-1)}/`,
  async start({ file, port }) {
    upstream ??= startUpstream();
    const prefixFolder = `${file}.run`;
    fs.mkdirSync(prefixFolder, { recursive: true, mode: 0o755 });
    const site = path.join(prefixFolder, 'site.conf');
    fs.writeFileSync(site, serverFile(fs.readFileSync(file, 'utf8'), port, (await upstream).address().port));
    fs.writeFileSync(path.join(prefixFolder, 'main.conf'), mainFile(site));
    return startServer({
      command: 'nginx',
      args: [
        '-p',
        prefixFolder,
        '-c',
        path.join(prefixFolder, 'main.conf'),
        '-e',
        path.join(prefixFolder, 'error.log'),
      ],
      port,
    });
  },
  async after() {
    const server = await upstream;
    if (server)
      await new Promise((resolve) => {
        server.close(resolve);
      });
  },
};

/** What the controller's template writes of these objects: the whole cluster's settings around one location for each Ingress. */
function serverFile(text, port, upstreamPort) {
  const objects = parseAllDocuments(text, { merge: true })
    .flatMap((document) => {
      const object = document.toJS();
      return object?.kind === 'List' ? object.items : [object];
    })
    .filter(Boolean);
  const maps = objects.filter(({ kind }) => kind === 'ConfigMap').map(({ data }) => data ?? {});
  const charts = objects.filter(({ kind }) => kind === undefined);
  const cluster = Object.assign({}, ...maps, ...charts.map(({ controller }) => controller?.config ?? {}));
  const added = Object.assign(
    {},
    ...maps.map((data) =>
      Object.fromEntries(Object.entries(data).filter(([key]) => /^(Access-Control-|Vary$|X-)/.test(key))),
    ),
    ...charts.map(({ controller }) => controller?.addHeaders ?? {}),
  );
  const ingresses = [
    ...objects
      .filter(({ kind }) => kind === 'Ingress')
      .map(({ metadata, spec }) => ({
        path: spec.rules?.[0].http.paths[0].path ?? `/${metadata.name}/`,
        annotations: metadata.annotations ?? {},
      })),
    ...charts.flatMap(({ ingress }) => (ingress ? [{ path: '/Ingress/', annotations: ingress.annotations }] : [])),
  ];
  const blocks = (ingresses.length > 0 ? ingresses : [{ path: '/', annotations: {} }]).map(
    ({ path: place, annotations }) =>
      block(`location ${place}`, [
        ...corsOf(annotations),
        annotations[`${prefix}configuration-snippet`],
        cluster['location-snippet'],
        `proxy_pass http://127.0.0.1:${upstreamPort};`,
      ]),
  );
  return [
    ...Object.entries(added).map(([name, value]) => `more_set_headers ${JSON.stringify(`${name}: ${value}`)};`),
    cluster['http-snippet'],
    block('server', [
      `listen 127.0.0.1:${port};`,
      ...blocks,
      ...ingresses.map(({ annotations }) => annotations[`${prefix}server-snippet`]),
      cluster['server-snippet'],
    ]),
    '',
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function block(name, lines) {
  return [`${name} {`, ...lines.filter((line) => line !== undefined), '}'].join('\n');
}

/** What the controller makes of the annotations: one `if` that knows the origin, one for each kind of request. */
function corsOf(annotations) {
  const of = (name, valid) => {
    const value = annotations[prefix + name];
    return value !== undefined &&
      value !== '' &&
      (valid === undefined || (valid.test(value) && valid.test(value.replaceAll(' ', ''))))
      ? value
      : undefined;
  };
  if (!/^(1|t|T|true|True|TRUE)$/.test(of('enable-cors') ?? '')) return [];
  const origins = allowedOrigins(of('cors-allow-origin'));
  if (origins.length === 0) return [];
  const checked = origins.includes('*')
    ? ['set $http_origin *;', "set $cors 'true';"]
    : [`if ($http_origin ~* (${origins.map((origin) => `(${pattern(origin)})`).join('|')})$ ) { set $cors 'true'; }`];
  const exposed = of('cors-expose-headers', /^(([A-Za-z0-9\-_]+|\*),?\s?)+$/);
  const headers = [
    'Access-Control-Allow-Origin: $http_origin',
    ...(/^(0|f|F|false|False|FALSE)$/.test(of('cors-allow-credentials') ?? '')
      ? []
      : ['Access-Control-Allow-Credentials: true']),
    `Access-Control-Allow-Methods: ${of('cors-allow-methods', /^([A-Za-z]+,?\s?)+$/) ?? 'GET, PUT, POST, DELETE, PATCH, OPTIONS'}`,
    `Access-Control-Allow-Headers: ${of('cors-allow-headers', /^[A-Za-z0-9\-_, ]*$/) ?? defaultHeaders}`,
    ...(exposed ? [`Access-Control-Expose-Headers: ${exposed}`] : []),
    `Access-Control-Max-Age: ${Number(of('cors-max-age', /^[+-]?\d+$/) ?? '1728000')}`,
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
  const texts = /^(?:\*|(?:[a-z]+:\/\/|\*\.|[A-Za-z0-9\-.,]|:\d+)*)$/;
  if (!texts.test(value.replaceAll(' ', ''))) return ['*'];
  const members = value
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
  return members.includes('*')
    ? ['*']
    : members.filter((member) => /^([a-z]+:\/\/(\*\.)?[A-Za-z0-9\-.]*(:\d+)?|null)$/.test(member));
}

function pattern(origin) {
  return origin.replaceAll(/[.+?()[\]{}|^$\\]/g, '\\$&').replace('*', '[A-Za-z0-9\\-]+');
}
