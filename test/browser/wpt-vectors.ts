/**
 * What web-platform-tests asks of CORS, as vectors of our own: the facts are those of the file that each row names, the words and the
 * encoding are ours. Every row is judged by `decidePageFetch` (wpt-vectors.test.ts) and by Chromium (run-chromium.mjs).
 *
 * A row: file of web-platform-tests, what is asked, the result (`Response.type`, or the reason of the refusal), the call, the answers.
 * An answer is `[status, lines]`; `{origin}` is the page's origin, `{next}` the next server's address.
 */

import type { PageFetch } from '../../server/src/browser/decision.ts';
import type { Case, Line, PageName } from './cases.ts';

type Answer = readonly [status: number, lines: readonly Line[]];
type Hops = readonly (readonly [host: string, actual: Answer, preflight: Answer])[];
type Row = readonly [
  file: string,
  what: string,
  expected: string,
  init: Partial<PageFetch>,
  hops: Hops,
  page?: PageName,
];

const acao = (value: string): Line => ['Access-Control-Allow-Origin', value];
const acac = (value: string): Line => ['Access-Control-Allow-Credentials', value];
const acam = (value: string): Line => ['Access-Control-Allow-Methods', value];
const acah = (value: string): Line => ['Access-Control-Allow-Headers', value];
const location = (value: string): Line => ['Location', value];
const open = [acao(' *')];
const trusted = [acao(' {origin}'), acac(' true')];
const remote = 'api.example.com';
const remote2 = 'other.example';
const local = 'app.example.com';

/** One server that answers the request and its preflight alike. */
const one = (lines: readonly Line[], preflight = lines, status = 200): Hops => [
  [remote, [status, lines], [200, preflight]],
];
const asked = (status: number, lines: readonly Line[], actual: readonly Line[] = trusted): Hops => [
  [remote, [200, actual], [status, lines]],
];
const chain = (...hops: (readonly [host: string, lines: readonly Line[]])[]): Hops =>
  hops.map(([host, lines], at) => [
    host,
    at + 1 < hops.length ? [302, [...lines, location(' {next}')]] : [200, lines],
    [200, [...lines, acah(' x-test, authorization'), acam(' PUT')]],
  ]);

const include = { credentials: 'include' } as const;
const put = { method: 'PUT' };
const xTest: Partial<PageFetch> = { headers: [['X-Test', '1']] };
const contentType = (value: string): Partial<PageFetch> => ({ method: 'POST', headers: [['Content-Type', value]] });
const range = (value: string): Partial<PageFetch> => ({ headers: [['Range', value]] });
const refusesPreflight = one(trusted, []);

const rows: readonly Row[] = [
  ['cors/origin.htm', '"*" lets every page in', 'cors', {}, one([acao(' *')])],
  ['cors/origin.htm', 'spaces around "*"', 'cors', {}, one([acao(' *  ')])],
  ['cors/origin.htm', 'a tab before "*"', 'cors', {}, one([acao('\t*')])],
  ['cors/origin.htm', "the page's own origin", 'cors', {}, one([acao(' {origin}')])],
  ['cors/origin.htm', 'spaces and tabs around the origin', 'cors', {}, one([acao('  {origin}   \t ')])],
  ['cors/origin.htm', 'a subdomain', 'origin-mismatch', {}, one([acao(' http://www2.app.example.com:{port}')])],
  ['cors/origin.htm', 'no scheme', 'origin-mismatch', {}, one([acao(' //app.example.com:{port}')])],
  ['cors/origin.htm', 'another scheme', 'origin-mismatch', {}, one([acao(' ftp://app.example.com:{port}')])],
  [
    'cors/origin.htm',
    'one slash after the scheme',
    'origin-mismatch',
    {},
    one([acao(' http:/app.example.com:{port}')]),
  ],
  ['cors/origin.htm', 'the host alone', 'origin-mismatch', {}, one([acao(' app.example.com:{port}')])],
  ['cors/origin.htm', 'a slash at the end', 'origin-mismatch', {}, one([acao(' {origin}/')])],
  ['cors/origin.htm', 'a question mark at the end', 'origin-mismatch', {}, one([acao(' {origin}?')])],
  ['cors/origin.htm', 'a hash at the end', 'origin-mismatch', {}, one([acao(' {origin}#')])],
  ['cors/origin.htm', 'upper case', 'origin-mismatch', {}, one([acao(' {ORIGIN}')])],
  ['cors/origin.htm', 'the origin and "*"', 'multiple-allow-origin', {}, one([acao(' {origin}, *')])],
  ['cors/origin.htm', 'two stars', 'origin-mismatch', {}, one([acao(' **')])],
  ['cors/origin.htm', 'a star in quotation marks', 'origin-mismatch', {}, one([acao(' "*"')])],
  ['cors/origin.htm', 'a star and null', 'multiple-allow-origin', {}, one([acao(' * null')])],
  ['cors/origin.htm', '"null" for a page that has an origin', 'origin-mismatch', {}, one([acao(' null')])],
  ['cors/origin.htm', 'an empty value', 'origin-mismatch', {}, one([acao('')])],
  ['cors/origin.htm', 'a wildcard for subdomains', 'origin-mismatch', {}, one([acao(' http://*.example.com:{port}')])],
  ['cors/origin.htm', 'two lines "*"', 'multiple-allow-origin', {}, one([acao(' *'), acao(' *')])],
  ['cors/origin.htm', 'an empty line and "*"', 'multiple-allow-origin', {}, one([acao(''), acao(' *')])],
  [
    'cors/origin.htm',
    'the origin in two lines',
    'multiple-allow-origin',
    {},
    one([acao(' {origin}'), acao(' {origin}')]),
  ],
  ['cors/basic.htm', 'no header at all', 'no-allow-origin', {}, one([])],
  ['cors/credentials-flag.htm', 'cookies and "true"', 'cors', include, one(trusted)],
  ['cors/credentials-flag.htm', 'cookies and no header', 'credentials-not-true', include, one([acao(' {origin}')])],
  [
    'cors/credentials-flag.htm',
    'cookies and "TRUE"',
    'credentials-not-true',
    include,
    one([acao(' {origin}'), acac(' TRUE')]),
  ],
  [
    'cors/credentials-flag.htm',
    'cookies and "True"',
    'credentials-not-true',
    include,
    one([acao(' {origin}'), acac(' True')]),
  ],
  [
    'cors/credentials-flag.htm',
    'cookies and "false"',
    'credentials-not-true',
    include,
    one([acao(' {origin}'), acac(' false')]),
  ],
  [
    'cors/credentials-flag.htm',
    'cookies and "true" in quotation marks',
    'credentials-not-true',
    include,
    one([acao(' {origin}'), acac(' "true"')]),
  ],
  [
    'cors/credentials-flag.htm',
    'cookies and "true" with a tab',
    'cors',
    include,
    one([acao(' {origin}'), acac('\ttrue\t')]),
  ],
  [
    'cors/credentials-flag.htm',
    'cookies and "*"',
    'wildcard-with-credentials',
    include,
    one([acao(' *'), acac(' true')]),
  ],
  [
    'cors/credentials-flag.htm',
    'no cookies, and "true" is not needed',
    'cors',
    { credentials: 'omit' },
    one([acao(' {origin}')]),
  ],
  ['cors/request-headers.htm', 'an allowed header', 'cors', xTest, one([...open, acah(' x-test')])],
  [
    'cors/request-headers.htm',
    'a header that is not allowed',
    'preflight-header',
    {
      headers: [
        ['X-Test', '1'],
        ['Y-Test', '2'],
      ],
    },
    one([...open, acah(' x-test')]),
  ],
  [
    'cors/request-headers.htm',
    'empty items and upper case in the list',
    'cors',
    {
      headers: [
        ['X-Test', '1'],
        ['Y-Test', '2'],
      ],
    },
    one([...open, acah(',y-lol,x-TEst, ,,,Y-TEST')]),
  ],
  [
    'cors/request-headers.htm',
    'safelisted headers need no permission',
    'cors',
    {
      headers: [
        ['X-Test', '1'],
        ['Accept', 'a'],
        ['Accept-Language', 'nn'],
        ['Content-Language', 'nn'],
        ['Content-Type', 'text/plain'],
      ],
    },
    one([...open, acah(' x-test')]),
  ],
  [
    'cors/simple-requests.htm',
    "an Accept of one's own asks for no preflight",
    'cors',
    { headers: [['Accept', 'test']] },
    refusesPreflight,
  ],
  [
    'cors/simple-requests.htm',
    'a form asks for no preflight',
    'cors',
    contentType('application/x-www-form-urlencoded'),
    refusesPreflight,
  ],
  [
    'cors/simple-requests.htm',
    'parameters of the type ask for no preflight',
    'cors',
    contentType('text/plain; parameter=whatever'),
    refusesPreflight,
  ],
  [
    'cors/cors-safelisted-request-header.any.js',
    'a space in the type',
    'no-allow-origin',
    contentType('text /plain'),
    refusesPreflight,
  ],
  [
    'cors/cors-safelisted-request-header.any.js',
    'a semicolon alone',
    'cors',
    contentType('text/plain;'),
    refusesPreflight,
  ],
  [
    'cors/cors-safelisted-request-header.any.js',
    'a comma after the type',
    'no-allow-origin',
    contentType('text/plain,'),
    refusesPreflight,
  ],
  [
    'cors/cors-safelisted-request-header.any.js',
    'two types',
    'no-allow-origin',
    contentType('text/plain,text/plain'),
    refusesPreflight,
  ],
  [
    'cors/cors-safelisted-request-header.any.js',
    'a quotation mark in a parameter',
    'no-allow-origin',
    contentType('multipart/form-data;"'),
    refusesPreflight,
  ],
  [
    'cors/cors-safelisted-request-header.any.js',
    'a type that looks like a form',
    'no-allow-origin',
    contentType('application/www-form-urlencoded'),
    refusesPreflight,
  ],
  ['cors/cors-safelisted-request-header.any.js', 'one range', 'cors', range('bytes=100-200'), refusesPreflight],
  ['cors/cors-safelisted-request-header.any.js', 'an open range', 'cors', range('bytes=200-'), refusesPreflight],
  [
    'cors/cors-safelisted-request-header.any.js',
    'the last bytes',
    'no-allow-origin',
    range('bytes=-200'),
    refusesPreflight,
  ],
  [
    'cors/cors-safelisted-request-header.any.js',
    'two ranges',
    'no-allow-origin',
    range('bytes=100-200,300-400'),
    refusesPreflight,
  ],
  [
    'cors/cors-safelisted-request-header.any.js',
    'a range that runs backwards',
    'no-allow-origin',
    range('bytes=200-100'),
    refusesPreflight,
  ],
  [
    'cors/cors-safelisted-request-header.any.js',
    'a space in the range',
    'no-allow-origin',
    range('bytes=100 -200'),
    refusesPreflight,
  ],
  [
    'cors/preflight-failure.htm',
    'a preflight answered with 401',
    'preflight-status',
    put,
    asked(401, [...trusted, acam(' PUT')]),
  ],
  [
    'cors/preflight-failure.htm',
    'a preflight answered with 500',
    'preflight-status',
    put,
    asked(500, [...trusted, acam(' PUT')]),
  ],
  [
    'fetch/api/cors/cors-preflight-status.any.js',
    'a preflight answered with 299',
    'cors',
    put,
    asked(299, [...trusted, acam(' PUT')]),
  ],
  [
    'fetch/api/cors/cors-preflight-status.any.js',
    'a preflight answered with 300',
    'preflight-redirect',
    put,
    asked(300, [...trusted, acam(' PUT')]),
  ],
  ['cors/status.htm', 'an answer with 599 is read', 'cors', {}, one(open, open, 599)],
  [
    'cors/status-preflight.htm',
    'an answer with 501 after a preflight is read',
    'cors',
    { method: 'CHICKEN' },
    [[remote, [501, trusted], [200, [...trusted, acam(' CHICKEN')]]]],
  ],
  [
    'fetch/api/cors/cors-preflight-star.any.js',
    'a safelisted method needs no mention',
    'cors',
    { ...xTest, credentials: 'omit' },
    one([...open, acam(' get'), acah(' x-test')]),
  ],
  [
    'fetch/api/cors/cors-preflight-star.any.js',
    '"*" for any method',
    'cors',
    { method: 'SUPER', ...xTest, credentials: 'omit' },
    one([...open, acam(' *'), acah(' x-test')]),
  ],
  [
    'fetch/api/cors/cors-preflight-star.any.js',
    '"*" for any method and header',
    'cors',
    { method: 'OK', ...xTest, credentials: 'omit' },
    one([...open, acam(' *'), acah(' *')]),
  ],
  [
    'fetch/api/cors/cors-preflight-star.any.js',
    'with cookies "*" is a method\'s name',
    'preflight-method',
    { ...put, ...include },
    one([...trusted, acam(' *')]),
  ],
  [
    'fetch/api/cors/cors-preflight-star.any.js',
    'with cookies "*" is a header\'s name',
    'preflight-header',
    { ...xTest, ...include },
    one([...trusted, acam(' *'), acah(' *')]),
  ],
  [
    'fetch/api/cors/cors-preflight-star.any.js',
    'a method and a header of the name "*"',
    'cors',
    { method: '*', headers: [['*', '1']], ...include },
    one([...trusted, acam(' *'), acah(' *')]),
  ],
  [
    'fetch/api/cors/cors-preflight-star.any.js',
    'the method in lower case',
    'preflight-method',
    { ...put, ...include },
    one([...trusted, acam(' put')]),
  ],
  [
    'fetch/api/cors/cors-preflight-response-validation.any.js',
    "a header's name with spaces",
    'preflight-headers-invalid',
    xTest,
    one([...open, acah(' x-test,header name with space')]),
  ],
  [
    'fetch/api/cors/cors-preflight-response-validation.any.js',
    "a method's name with spaces",
    'preflight-headers-invalid',
    xTest,
    one([...open, acah(' x-test'), acam(' Bad method name')]),
  ],
  ['cors/redirect-origin.htm', 'own server → remote, "*"', 'cors', {}, chain([local, []], [remote, open])],
  [
    'cors/redirect-origin.htm',
    'own server → remote, its origin',
    'cors',
    {},
    chain([local, []], [remote, [acao(' {origin}')]]),
  ],
  [
    'cors/redirect-origin.htm',
    'own server → remote, "null"',
    'origin-mismatch',
    {},
    chain([local, open], [remote, [acao(' null')]]),
  ],
  [
    'cors/redirect-origin.htm',
    'remote → own server needs a header too',
    'no-allow-origin',
    {},
    chain([remote, open], [local, []]),
  ],
  [
    'cors/redirect-origin.htm',
    'remote → own server, the origin is null now',
    'origin-mismatch',
    {},
    chain([remote, open], [local, [acao(' {origin}')]]),
  ],
  [
    'cors/redirect-origin.htm',
    'remote → own server, "null"',
    'cors',
    {},
    chain([remote, open], [local, [acao(' null')]]),
  ],
  [
    'cors/redirect-origin.htm',
    'remote → the same remote keeps the origin',
    'cors',
    {},
    chain([remote, open], [remote, [acao(' {origin}')]]),
  ],
  [
    'cors/redirect-origin.htm',
    'remote → the same remote, "null"',
    'origin-mismatch',
    {},
    chain([remote, open], [remote, [acao(' null')]]),
  ],
  [
    'cors/redirect-origin.htm',
    'remote → another remote, its origin',
    'origin-mismatch',
    {},
    chain([remote, open], [remote2, [acao(' {origin}')]]),
  ],
  [
    'cors/redirect-origin.htm',
    'remote → another remote, "null"',
    'cors',
    {},
    chain([remote, [acao(' {origin}')]], [remote2, [acao(' null')]]),
  ],
  [
    'cors/redirect-origin.htm',
    'the first remote does not let the page in',
    'no-allow-origin',
    {},
    chain([remote, []], [remote2, open]),
  ],
  [
    'fetch/api/cors/cors-redirect.any.js',
    'own server → remote → another remote',
    'cors',
    {},
    chain([local, []], [remote, open], [remote2, [acao(' null')]]),
  ],
  [
    'cors/redirect-userinfo.htm',
    'a redirect to user:pass@',
    'redirect-userinfo',
    {},
    [[remote, [302, [...open, location(' http://user:pass@api.example.com:{port}/{id}/x')]], [200, open]]],
  ],
  [
    'cors/redirect-userinfo.htm',
    'a redirect to :pass@',
    'redirect-userinfo',
    {},
    [[remote, [302, [...open, location(' http://:pass@api.example.com:{port}/{id}/x')]], [200, open]]],
  ],
  [
    'cors/redirect-preflight.htm',
    'a preflight answered with 301',
    'preflight-redirect',
    xTest,
    [
      [remote, [200, trusted], [301, [...trusted, acah(' x-test'), location(' {next}')]]],
      [remote, [200, trusted], [200, trusted]],
    ],
  ],
  [
    'cors/redirect-preflight.htm',
    'a preflight answered with 307',
    'preflight-redirect',
    xTest,
    [
      [remote, [200, trusted], [307, [...trusted, acah(' x-test'), location(' {next}')]]],
      [remote, [200, trusted], [200, trusted]],
    ],
  ],
  [
    'fetch/api/cors/cors-redirect-preflight.any.js',
    'a redirect after a preflight asks again',
    'cors',
    xTest,
    chain([remote, open], [remote2, open]),
  ],
  [
    'fetch/api/cors/cors-redirect-preflight.any.js',
    'and the second may refuse the header',
    'preflight-header',
    xTest,
    [
      [remote, [302, [...open, location(' {next}')]], [200, [...open, acah(' x-test')]]],
      [remote2, [200, open], [200, open]],
    ],
  ],
  ['fetch/api/cors/cors-origin.any.js', 'PUT, and the origin is allowed', 'cors', put, one([...trusted, acam(' PUT')])],
  [
    'fetch/api/cors/cors-origin.any.js',
    'PUT, and another origin is allowed',
    'origin-mismatch',
    put,
    one([acao(' http://api.example.com:{port}'), acam(' PUT')]),
  ],
  ['fetch/api/cors/cors-basic.any.js', 'no-cors gives an opaque answer', 'opaque', { mode: 'no-cors' }, one([])],
  [
    'fetch/api/cors/cors-basic.any.js',
    "same-origin does not leave the page's server",
    'same-origin-mode',
    { mode: 'same-origin' },
    one(open),
  ],
  [
    'fetch/api/cors/cors-expose-star.sub.any.js',
    'a list of exposed headers',
    'cors',
    {},
    one([...open, ['Access-Control-Expose-Headers', ' x-a, *'], ['x-a', ' 1'], ['x-b', ' 2']]),
  ],
  [
    'fetch/api/cors/cors-expose-star.sub.any.js',
    'with cookies "*" exposes nothing',
    'cors',
    include,
    one([...trusted, ['Access-Control-Expose-Headers', ' *'], ['x-a', ' 1']]),
  ],
  [
    'fetch/api/cors/cors-filtering.sub.any.js',
    'Set-Cookie is never read',
    'cors',
    {},
    one([...open, ['Access-Control-Expose-Headers', ' set-cookie'], ['Set-Cookie', ' a=1']]),
  ],
  [
    'cors/access-control-expose-headers-parsing.window.js',
    'a list that does not parse exposes nothing',
    'cors',
    {},
    one([...open, ['Access-Control-Expose-Headers', ' "x-a", x-b'], ['x-a', ' 1'], ['x-b', ' 2']]),
  ],
  ['fetch/api/cors/sandboxed-iframe.html', 'a sandboxed frame and "null"', 'cors', {}, one([acao(' null')]), 'sandbox'],
  ['fetch/api/cors/sandboxed-iframe.html', 'a sandboxed frame and "*"', 'cors', {}, one(open), 'sandbox'],
  [
    'fetch/api/cors/sandboxed-iframe.html',
    'a sandboxed frame and the origin around it',
    'origin-mismatch',
    {},
    one([acao(' http://frame.example:{port}')]),
    'sandbox',
  ],
  ['fetch/api/cors/data-url-iframe.html', 'a data: document and "null"', 'cors', {}, one([acao(' null')]), 'data'],
  ['fetch/api/cors/data-url-iframe.html', 'a data: document and no header', 'no-allow-origin', {}, one([]), 'data'],
];

export function wptCases(): Case[] {
  const reply = ([status, lines]: Answer) => ({ status, lines });
  return rows.map(([file, what, expected, init, hops, page = 'app'], index) => ({
    id: `wpt${index}`,
    name: `${file}: ${what}`,
    expected,
    page,
    init,
    hops: hops.map(([host, actual, preflight]) => ({ host, actual: reply(actual), preflight: reply(preflight) })),
  }));
}
