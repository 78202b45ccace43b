/** Cases from a seeded generator. Each family varies one part of the standard and leaves the others on their way to success. */
import { pages } from './cases.ts';
import { seeded } from './random.mjs';

const api = 'api.example.com';
const { pick, chance } = seeded(20261124);

const line = (name) => (value) => [name, value];
const allowOrigin = line('Access-Control-Allow-Origin');
const allowCredentials = line('Access-Control-Allow-Credentials');
const allowMethods = line('Access-Control-Allow-Methods');
const allowHeaders = line('Access-Control-Allow-Headers');
const exposeHeaders = line('Access-Control-Expose-Headers');

/** Several lines of one header, each with its text after the colon. */
const origins = [
  [],
  [' *'],
  ['*'],
  ['\t*'],
  [' {origin}'],
  [' {origin}'],
  ['{origin}'],
  ['  {origin} \t '],
  [' null'],
  [' Null'],
  [' {origin}/'],
  [' {ORIGIN}'],
  [' {origin}', ' {origin}'],
  [' {origin}, {origin}'],
  [''],
  ['', ' *'],
  [' *', ' *'],
  [' *', ''],
  [' **'],
  [' * *'],
  [' "*"'],
  [' {origin} {origin}'],
  [' *, {origin}'],
  [' {origin},'],
  [' ,{origin}'],
  [' http://*.example.com'],
  [' http://other.example:{port}'],
  [' //app.example.com'],
  [' {origin}:80'],
  [' {origin}#'],
  [' null, {origin}'],
  [' {origin}\x0b'],
  ['\x0c*'],
  [' {origin}\xa0'],
  [' https://app.example.com:{port}'],
  [' undefined'],
];
const credentialsValues = [
  [],
  [' true'],
  [' true'],
  [' true'],
  ['true'],
  [' True'],
  [' TRUE'],
  [' false'],
  [' true', ' true'],
  [' true, true'],
  ['\ttrue  '],
  [''],
  [' 1'],
  [' "true"'],
  [' true,'],
  [' yes'],
];
const methodLists = [
  [],
  [' *'],
  [' PUT'],
  [' put'],
  [' GET, PUT, PATCH, DELETE'],
  [' PUT,'],
  [' ,PUT'],
  [' PUT', ' DELETE, PATCH'],
  [' PUT PATCH'],
  [' patch'],
  [''],
  [' PUT, PATCH, patch, DELETE, PROPFIND, OPTIONS, QUERY, Custom'],
  [' "PUT"'],
  ['\tPUT\t,\tPATCH\t'],
  [' PUT;PATCH'],
  [' *, patch'],
  [' Patch'],
  [' GET', ' *'],
  [' PUT,,,DELETE'],
  [' [PUT]'],
  [' DELETE\x0b'],
  [' PUT/DELETE'],
  [' delete'],
];
const headerLists = [
  [],
  [' *'],
  [' x-test'],
  [' X-Test, Content-Type'],
  [' authorization, x-test, content-type'],
  [' x test'],
  [' *, authorization'],
  [' content-type', ' x-test'],
  [''],
  [' x-test,,content-type'],
  [' X-TEST,\tCONTENT-TYPE\t'],
  [' x-test;content-type'],
  [' Authorization'],
  [' *', ' x-test'],
  [' x-test:'],
  [' accept, accept-language, content-language, range, content-type, x-test, save-data, dpr'],
  [' "x-test"'],
  [' x-test,'],
  [' x-*'],
  [' x-test\x0c'],
];
const exposeLists = [
  [],
  [' *'],
  [' x-a'],
  [' X-A, x-b'],
  [' x-a', ' x-b'],
  [' *, x-a'],
  [' x-a x-b'],
  [''],
  [' set-cookie, x-a'],
  [' x-a,,x-b,'],
  [' x-a;x-b'],
  [' "x-a"'],
  [' \tx-b\t'],
  [' x-c'],
  [' X-*'],
  [' etag, x-a'],
  [' *', ''],
  [' x-a,@invalid'],
  [' x-b\x0b'],
  [' content-type, server'],
  [' access-control-allow-origin'],
];
const someHeaders = [
  ['X-A', ' 1'],
  ['x-b', ' 2'],
  ['X-C', ' 3'],
  ['Content-Type', ' text/plain'],
  ['Content-Language', ' de'],
  ['ETag', ' "1"'],
  ['Set-Cookie', ' a=1'],
  ['Expires', ' 0'],
  ['Pragma', ' no-cache'],
  ['Last-Modified', ' Thu, 01 Jan 1970 00:00:00 GMT'],
  ['Server', ' x'],
  ['Vary', ' Origin'],
  ['x-a', ' again'],
  ['Age', ' 0'],
  ['Refresh', ' '],
  ['Timing-Allow-Origin', ' *'],
];

const methods = [
  'GET',
  'GET',
  'HEAD',
  'POST',
  'POST',
  'PUT',
  'put',
  'PATCH',
  'patch',
  'Patch',
  'DELETE',
  'delete',
  'OPTIONS',
  'PROPFIND',
  'QUERY',
  'Custom',
  'get',
  'post',
];
const long = (count) => 'a'.repeat(count);
const typical = [
  [],
  [['x-test', '1']],
  [['Authorization', 'Bearer x']],
  [['Content-Type', 'application/json']],
  [['Content-Type', 'text/plain']],
  [['content-type', 'TEXT/PLAIN; charset=utf-8']],
  [['Accept', 'application/json']],
  [
    ['x-test', '1'],
    ['content-type', 'application/json'],
  ],
  [
    ['X-Test', '1'],
    ['Authorization', 'x'],
    ['Content-Type', 'application/json'],
  ],
];
/** Names and values on both sides of every limit of the safelist. */
const peculiar = [
  ...[
    '',
    'text/plain;',
    'text/plain;charset=utf-8',
    'text/plain ; a=b',
    'text /plain',
    'text/plain,',
    'text/plain, text/plain',
    'text/html',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'multipart/form-data;"',
    'application/x-www-form-urlencoded',
    'APPLICATION/X-WWW-FORM-URLENCODED',
    'application/www-form-urlencoded',
    'text/plain; charset="utf-8"',
    `text/plain;${long(117)}`,
    `text/plain;${long(118)}`,
    'text/plain;garbage',
    'text/xml',
    'text/plain; a=(b)',
    'text',
  ].map((value) => [['Content-Type', value]]),
  ...[
    '*/*',
    'a"b',
    'text/html;q=0.9',
    'a(b)',
    'a<b',
    'a@b',
    'a{b',
    'a[b',
    'a:b',
    'a?b',
    'a\\b',
    'é',
    long(128),
    long(129),
    '',
  ].map((value) => [['Accept', value]]),
  ...['de', 'de-DE, en;q=0.5', 'de_DE', '*', 'a=b', 'a"b', 'a+b', 'é', long(128), long(129)].flatMap((value) => [
    [['Accept-Language', value]],
    [['Content-Language', value]],
  ]),
  ...[
    'bytes=0-1',
    'bytes=0-',
    'bytes=-5',
    'bytes=5-1',
    'bytes=0-1,2-3',
    'Bytes=0-1',
    'bytes =0-1',
    'bytes= 0-1',
    'bytes=0 -1',
    'bytes=a-b',
    'bytes',
    'bytes=7-7',
    'items=0-1',
    'bytes=007-8',
  ].map((value) => [['Range', value]]),
  ...[
    'DNT',
    'Cookie',
    'Origin',
    'Referer',
    'Proxy-X',
    'Sec-X',
    'Host',
    'Date',
    'Via',
    'Accept-Charset',
    'Content-Length',
    'Access-Control-Request-Method',
    'TE',
    'Set-Cookie',
  ].map((name) => [[name, 'x']]),
  ...['TRACE', 'GET', 'track,GET', 'PUT', 'connect'].flatMap((value) => [
    [['X-HTTP-Method-Override', value]],
    [['X-Method-Override', value]],
    [['X-HTTP-Method', value]],
  ]),
  [['Save-Data', 'on']],
  [['DPR', '2']],
  [['Width', '100']],
  [['Viewport-Width', '100']],
  [['Device-Memory', '4']],
  [['ECT', '4g']],
  [['RTT', '5']],
  [['Downlink', '5']],
  [['If-None-Match', '"1"']],
  [['X-Requested-With', 'XMLHttpRequest']],
  [['Last-Event-ID', '1']],
  [['User-Agent', 'x']],
  [['Cache-Control', 'no-cache']],
  [['Upgrade-Insecure-Requests', '1']],
  [
    ['Accept', 'a'],
    ['Accept', 'b'],
  ],
  [
    ['Content-Type', 'text/plain'],
    ['Content-Type', 'text/plain'],
  ],
  [
    ['X-Test', '1'],
    ['x-test', '2'],
  ],
  [
    ['b-test', '1'],
    ['a-test', '2'],
    ['X-Test', '3'],
  ],
  [
    ['Accept', long(128)],
    ['Accept-Language', long(128)],
    ['Content-Language', long(128)],
    ['Content-Type', `text/plain;${long(117)}`],
  ],
];

const lines = (make, values) => values.map(make);
const granted = () => [allowOrigin(' {origin}'), allowCredentials(' true')];
const origin = () => [...lines(allowOrigin, pick(origins)), ...lines(allowCredentials, pick(credentialsValues))];
const preflightStatus = () =>
  pick([200, 204, 204, 204, 204, 206, 299, 301, 302, 307, 308, 400, 401, 403, 404, 405, 500, 503]);
const maxAge = () =>
  pick([
    [],
    [['Access-Control-Max-Age', ' 600']],
    [['Access-Control-Max-Age', ' x']],
    [['Access-Control-Max-Age', ' -1']],
  ]);
const asks = () => [
  allowMethods(' PUT, PATCH, patch, Patch, DELETE, OPTIONS, PROPFIND, QUERY, Custom'),
  allowHeaders(' x-test, authorization, content-type'),
];
const everyGranted = () => ({ status: 204, lines: [...granted(), ...asks()] });
const credentials = () => pick(['include', 'include', 'omit', 'same-origin']);
const where = () => pick([api, api, 'other.example']);
const initOf = (method, headers, rest = {}) => ({ method, headers, credentials: credentials(), ...rest });

/** The CORS check of one answer, and what a page can read of it. */
function checks() {
  const actual = {
    status: pick([200, 200, 201, 206, 300, 305, 404, 410, 500, 599]),
    lines: [...origin(), ...lines(exposeHeaders, pick(exposeLists)), ...someHeaders.filter(() => chance(0.3))],
  };
  return {
    page: pick(pages),
    init: initOf(pick(['GET', 'HEAD', 'POST', 'get']), pick(typical.slice(4, 7))),
    hops: [{ host: where(), actual, preflight: everyGranted() }],
  };
}

/** Exposed headers, where everything else lets the page in. */
function exposures() {
  const actual = {
    status: 200,
    lines: [...granted(), ...lines(exposeHeaders, pick(exposeLists)), ...someHeaders.filter(() => chance(0.5))],
  };
  return { page: pick(pages), init: initOf('GET', []), hops: [{ host: where(), actual, preflight: everyGranted() }] };
}

/** The preflight: its own origin check, status, methods and headers. */
function preflights() {
  const base = chance(0.8) ? granted() : origin();
  const preflight = {
    status: chance(0.8) ? 204 : preflightStatus(),
    lines: [...base, ...lines(allowMethods, pick(methodLists)), ...lines(allowHeaders, pick(headerLists)), ...maxAge()],
  };
  return {
    page: pick(pages),
    init: initOf(pick(methods), pick(typical)),
    hops: [{ host: where(), actual: { status: 200, lines: chance(0.9) ? granted() : origin() }, preflight }],
  };
}

/** What is on the safelist: the preflight refuses, so that only what needs none gets through. */
function safelists() {
  const preflight = chance(0.5)
    ? { status: 403, lines: [] }
    : { status: 204, lines: [...granted(), ...lines(allowHeaders, pick(headerLists))] };
  return {
    page: pick(pages),
    init: initOf(pick(['GET', 'POST', 'HEAD']), pick(peculiar)),
    hops: [{ host: where(), actual: { status: 200, lines: granted() }, preflight }],
  };
}

/** Modes and credentials modes, to the page's own server too. */
function modes() {
  const page = pick(pages);
  const own = { app: 'app.example.com', evil: 'evil.example' }[page] ?? api;
  const actual = { status: 200, lines: chance(0.5) ? granted() : origin() };
  return {
    page,
    init: initOf(pick(methods), pick(typical), {
      mode: pick(['cors', 'no-cors', 'no-cors', 'same-origin', 'same-origin']),
      redirect: pick(['follow', 'follow', 'error', 'manual']),
    }),
    hops: [{ host: pick([own, own, api]), actual, preflight: everyGranted() }],
  };
}

/** One to three redirects between the page's own server and others; the origin becomes `null` on some of these ways. */
function redirects() {
  const page = pick(pages);
  const own = { app: 'app.example.com', evil: 'evil.example' }[page] ?? api;
  const count = pick([2, 2, 2, 3, 3, 4]);
  const hops = Array.from({ length: count }, (_, at) => {
    const host = pick([own, api, api, 'other.example', 'third.example']);
    const grants = pick([
      granted(),
      granted(),
      granted(),
      [allowOrigin(' *')],
      [allowOrigin(' *')],
      [allowOrigin(' null'), allowCredentials(' true')],
      [allowOrigin(' null'), allowCredentials(' true')],
      [],
      origin(),
    ]);
    const preflight = pick([
      { status: 204, lines: [...grants, ...asks()] },
      { status: 204, lines: [...grants, ...asks()] },
      { status: 204, lines: [...grants, ...asks()] },
      { status: pick([301, 302, 307]), lines: [...grants, ...asks(), ['Location', ' {next}']] },
    ]);
    const location = chance(0.92)
      ? ' {next}'
      : pick([
          ' http://user:pass@api.example.com:{port}/{id}/x',
          ' http://@other.example:{port}/{id}/x',
          ' http://u@app.example.com:{port}/{id}/x',
          ' data:text/plain,x',
          ' http://',
          '',
          ' mailto:a@b.example',
          undefined,
        ]);
    const actual =
      at === count - 1
        ? { status: 200, lines: grants }
        : {
            status: pick([301, 302, 303, 307, 308]),
            lines: [...grants, ...(location === undefined ? [] : [['Location', location]])],
          };
    return { host, actual, preflight };
  });
  const simple = chance(0.5);
  const init = initOf(
    simple ? pick(['GET', 'POST', 'HEAD']) : pick(methods),
    simple ? pick(typical.slice(4, 7)) : pick(typical),
    {
      mode: pick(['cors', 'cors', 'cors', 'cors', 'cors', 'no-cors', 'same-origin']),
      redirect: pick(['follow', 'follow', 'follow', 'follow', 'follow', 'follow', 'follow', 'error', 'manual']),
    },
  );
  return { page, init, hops };
}

/** How many of each family. */
const families = [
  [checks, 1500],
  [exposures, 700],
  [preflights, 2000],
  [safelists, 1000],
  [modes, 700],
  [redirects, 1600],
];

/** @returns {import('./cases.ts').Case[]} */
export function generateCases() {
  return families.flatMap(([family, count]) =>
    Array.from({ length: count }, (_, index) => ({ id: `${family.name}${index}`, ...family() })),
  );
}
