/** Checks as people write them, and the origin that shows at once why each is wrong; undefined where it is right. */
import { all, not, originMatches, some } from '../../server/src/policy/request-test.ts';
import type { OriginPart, OriginTest, Pattern, RequestTest } from '../../server/src/policy/request-test.ts';

function re(source: string, more: Partial<Pattern> = {}): RequestTest {
  return originMatches({ source, flags: '', dialect: 'javascript', mode: 'search', ...more });
}

function is(
  operator: Exclude<OriginTest['operator'], 'matches'>,
  text: string,
  part: OriginPart = 'origin',
  ignoreCase = false,
): RequestTest {
  return { kind: 'origin', part, operator, text, ignoreCase };
}

function hostMatches(source: string, part: OriginPart = 'hostname'): RequestTest {
  return { ...(re(source) as OriginTest), part };
}

export type Row = readonly [bypass: string, written: string, test: RequestTest, witness: string | undefined];

const suffixRows: readonly Row[] = [
  ['suffix', "origin.endsWith('example.com')", is('ends-with', 'example.com'), 'https://evil-example.com'],
  ['suffix', '/example\\.com$/', re('example\\.com$'), 'https://evil-example.com'],
  ['suffix', '/^https:\\/\\/.*example\\.com$/', re('^https:\\/\\/.*example\\.com$'), 'https://evil-example.com'],
  [
    'suffix',
    '/^https?:\\/\\/[^/]*example\\.com$/',
    re('^https?:\\/\\/[^/]*example\\.com$'),
    'https://evil-example.com',
  ],
  [
    'suffix',
    "hostname.endsWith('example.com')",
    is('ends-with', 'example.com', 'hostname'),
    'https://evil-example.com',
  ],
  ['suffix', "host.endsWith('example.co.uk')", is('ends-with', 'example.co.uk', 'host'), 'https://evil-example.co.uk'],
  [
    'suffix',
    'PCRE example\\.com$ without case',
    re('example\\.com$', { dialect: 'pcre', flags: 'i' }),
    'https://evil-example.com',
  ],
  [
    'suffix',
    'Python re.search("example.com$")',
    re('example\\.com\\Z', { dialect: 'python' }),
    'https://evil-example.com',
  ],
  ['suffix', '/([a-z]+)example\\.com$/', re('^https:\\/\\/[a-z]+example\\.com$'), 'https://evilexample.com'],
  ['suffix', '/^https:\\/\\/\\w*example\\.com$/', re('^https:\\/\\/\\w*example\\.com$'), 'https://evilexample.com'],
];
const prefixRows: readonly Row[] = [
  [
    'prefix',
    "origin.startsWith('https://example.com')",
    is('starts-with', 'https://example.com'),
    'https://example.com.evil.net',
  ],
  [
    'prefix',
    "origin.startsWith('https://example.')",
    is('starts-with', 'https://example.'),
    'https://example.evil.net',
  ],
  ['prefix', "origin.startsWith('https://app')", is('starts-with', 'https://app'), 'https://app.evil.net'],
  ['prefix', '/^https:\\/\\/example\\.com/', re('^https:\\/\\/example\\.com'), 'https://example.com.evil.net'],
  [
    'prefix',
    '/^https:\\/\\/(app|www)\\.example\\.com/',
    re('^https:\\/\\/(app|www)\\.example\\.com'),
    'https://app.example.com.evil.net',
  ],
  [
    'prefix',
    'Python re.match',
    re('https://example\\.com', { dialect: 'python', mode: 'prefix' }),
    'https://example.com.evil.net',
  ],
  [
    'prefix',
    'Java lookingAt',
    re('https://example\\.com', { dialect: 'java', mode: 'prefix' }),
    'https://example.com.evil.net',
  ],
  [
    'prefix',
    'Go without an end',
    re('^https://([a-z0-9-]+\\.)?example\\.com', { dialect: 'go' }),
    'https://example.com.evil.net',
  ],
  [
    'prefix',
    "hostname.startsWith('example.com')",
    is('starts-with', 'example.com', 'hostname'),
    'https://example.com.evil.net',
  ],
  ['prefix', "hostname.startsWith('app.')", is('starts-with', 'app.', 'hostname'), 'https://app.evil.net'],
  [
    'prefix',
    'y holds to the start only',
    re('https:\\/\\/example\\.com', { flags: 'y' }),
    'https://example.com.evil.net',
  ],
];
const joinedRows: readonly Row[] = [
  ['joined', "origin.includes('example.com')", is('contains', 'example.com'), 'https://evil-example.com'],
  ['joined', "origin.includes('.example.com')", is('contains', '.example.com'), 'https://app.example.com.evil.net'],
  ['joined', '/\\.example\\.com/', re('\\.example\\.com'), 'https://app.example.com.evil.net'],
  ['joined', "origin.includes('acme')", is('contains', 'acme'), 'https://acme.evil.net'],
  ['joined', '/acme/i', re('acme', { flags: 'i' }), 'https://acme.evil.net'],
  [
    'joined',
    'alternation against anchors',
    re('^https:\\/\\/app\\.example\\.com|example\\.org$'),
    'https://app.example.com.evil.net',
  ],
  ['joined', 'alternation against anchors, right side', re('^example\\.com|https:\\/\\/example\\.org$'), undefined],
  [
    'joined',
    "'https://example.com,https://example.org'.includes(origin)",
    is('within', 'https://example.com,https://example.org'),
    'https://example.co',
  ],
  ['joined', "hostname.includes('example.com')", is('contains', 'example.com', 'hostname'), 'https://evil-example.com'],
  [
    'joined',
    '/^https:\\/\\/.*\\.example\\.com.*$/',
    re('^https:\\/\\/.*\\.example\\.com.*$'),
    'https://app.example.com.evil.net',
  ],
  ['joined', 'a port that takes anything', re('^https:\\/\\/example\\.com:?.*$'), 'https://example.com.evil.net'],
];
const dotRows: readonly Row[] = [
  ['unescaped dot', '/^https:\\/\\/app.example.com$/', re('^https:\\/\\/app.example.com$'), 'https://app-example.com'],
  [
    'unescaped dot',
    '/^https:\\/\\/(app|api).example.com$/',
    re('^https:\\/\\/(app|api).example.com$'),
    'https://app-example.com',
  ],
  ['unescaped dot', '/^https:\\/\\/.+.example.com$/', re('^https:\\/\\/.+.example.com$'), 'https://evil-example.com'],
  [
    'unescaped dot',
    '/^https:\\/\\/([a-z0-9-]+.)?example.com$/',
    re('^https:\\/\\/([a-z0-9-]+.)?example\\.com$'),
    'https://evil-example.com',
  ],
  [
    'unescaped dot',
    "new RegExp('^https://app.example.com$')",
    re('^https://app.example.com$'),
    'https://app-example.com',
  ],
  ['unescaped dot', 'only before the top-level name', re('^https:\\/\\/example.com$'), undefined],
  [
    'unescaped dot',
    'nginx ~ ^https://www.example.com$',
    re('^https://www.example.com$', { dialect: 'pcre' }),
    'https://www-example.com',
  ],
  [
    'unescaped dot',
    'Spring https://.*.example.com',
    re('https://.*.example.com', { dialect: 'java', mode: 'full' }),
    'https://evil-example.com',
  ],
];
const hostRows: readonly Row[] = [
  [
    'subdomain',
    '/^https:\\/\\/[a-z0-9-]+\\.example\\.com$/',
    re('^https:\\/\\/[a-z0-9-]+\\.example\\.com$'),
    undefined,
  ],
  ['subdomain', '/^https:\\/\\/(.+\\.)?example\\.com$/', re('^https:\\/\\/(.+\\.)?example\\.com$'), undefined],
  ['subdomain', "hostname.endsWith('.example.com')", is('ends-with', '.example.com', 'hostname'), undefined],
  [
    'subdomain',
    'shared hosting: everybody has a name below it',
    re('^https:\\/\\/[a-z0-9-]+\\.vercel\\.app$'),
    'https://evil.vercel.app',
  ],
  ['subdomain', "origin.endsWith('.github.io')", is('ends-with', '.github.io'), 'https://evil.github.io'],
  ['subdomain', "origin.endsWith('.com')", is('ends-with', '.com'), 'https://evil.com'],
  ['localhost', '/^http:\\/\\/localhost/', re('^http:\\/\\/localhost'), 'http://localhost.evil.net'],
  [
    'localhost',
    "origin.startsWith('http://localhost')",
    is('starts-with', 'http://localhost'),
    'http://localhost.evil.net',
  ],
  ['localhost', "origin.includes('localhost')", is('contains', 'localhost'), 'http://localhost.evil.net'],
  ['localhost', '/localhost/ and the port', re('localhost:3000'), undefined],
  ['localhost', '/^http:\\/\\/localhost:\\d+/', re('^http:\\/\\/localhost:\\d+'), undefined],
  ['localhost', '/^http:\\/\\/127\\.0\\.0\\.1/', re('^http:\\/\\/127\\.0\\.0\\.1'), 'http://127.0.0.1.evil.net'],
  ['localhost', '/^http:\\/\\/192\\.168\\./', re('^http:\\/\\/192\\.168\\.'), 'http://192.168.evil.net'],
  [
    'localhost',
    '/^http:\\/\\/10\\.\\d+\\.\\d+\\.\\d+/',
    re('^http:\\/\\/10\\.\\d+\\.\\d+\\.\\d+'),
    'http://10.1.1.1.evil.net',
  ],
];
const otherRows: readonly Row[] = [
  [
    'port',
    '/^https:\\/\\/example\\.com(:\\d+)?/',
    re('^https:\\/\\/example\\.com(:\\d+)?'),
    'https://example.com.evil.net',
  ],
  ['port', '/^https:\\/\\/example\\.com:\\d+$/', re('^https:\\/\\/example\\.com:\\d+$'), undefined],
  ['port', '/:3000$/', re(':3000$'), 'https://evil.example:3000'],
  ['port', "url.port === '8443'", is('equals', '8443', 'port'), 'https://evil.example:8443'],
  ['userinfo', '/^https:\\/\\/example\\.com@?/', re('^https:\\/\\/example\\.com@?'), 'https://example.com.evil.net'],
  ['userinfo', 'only with a user name: no browser sends it', re('^https:\\/\\/example\\.com@'), undefined],
  ['trailing dot', '/^https:\\/\\/example\\.com\\.?$/', re('^https:\\/\\/example\\.com\\.?$'), undefined],
  [
    'trailing dot',
    '/^https:\\/\\/example\\.com\\./',
    re('^https:\\/\\/example\\.com\\.'),
    'https://example.com.evil.net',
  ],
  ['scheme', '/^https?:\\/\\/example\\.com$/', re('^https?:\\/\\/example\\.com$'), undefined],
  ['scheme', '/^https?:\\/\\//', re('^https?:\\/\\/'), 'https://evil.example'],
  ['scheme', "url.protocol === 'https:'", is('equals', 'https:', 'scheme'), 'https://evil.example'],
  ['scheme', "origin.startsWith('http')", is('starts-with', 'http'), 'https://evil.example'],
  [
    'scheme',
    '/^http:\\/\\/.*\\.example\\.com/',
    re('^http:\\/\\/.*\\.example\\.com'),
    'http://app.example.com.evil.net',
  ],
  ['null', '/^(null|https:\\/\\/example\\.com)$/', re('^(null|https:\\/\\/example\\.com)$'), undefined],
  ['null', '/^[^.]*$/', re('^[^.]*$'), undefined],
  ['sandbox hosts', '/^https:\\/\\/(.*\\.)?codepen\\.io$/', re('^https:\\/\\/(.*\\.)?codepen\\.io$'), undefined],
  ['sandbox hosts', '/codepen\\.io/', re('codepen\\.io'), 'https://evil-codepen.io'],
  [
    'special letter',
    'a name cannot begin with one: nobody can register it',
    re('^https:\\/\\/[^a-z0-9.:\\/-]+example\\.com$'),
    undefined,
  ],
  [
    'special letter',
    '/^https:\\/\\/example\\.com(?![a-z0-9.-])/',
    re('^https:\\/\\/example\\.com(?![a-z0-9.-])'),
    'https://example.com_.evil.net',
  ],
  [
    'special letter',
    '/^https:\\/\\/example\\.com([^a-z0-9.-].*)?$/',
    re('^https:\\/\\/example\\.com([^a-z0-9.-].*)?$'),
    'https://example.com_.evil.net',
  ],
  [
    'special letter',
    '/^https:\\/\\/example\\.com([^\\w.-].*)?$/',
    re('^https:\\/\\/example\\.com([^\\w.-].*)?$'),
    'https://example.com!.evil.net',
  ],
  [
    'special letter',
    'Python, the same',
    re('https://example\\.com([^\\w.-].*)?', { dialect: 'python', mode: 'full' }),
    'https://example.com!.evil.net',
  ],
  [
    'special letter',
    '/^https:\\/\\/[\\w.-]+\\.example\\.com(:\\d+)?$/ is right',
    re('^https:\\/\\/[\\w.-]+\\.example\\.com(:\\d+)?$'),
    undefined,
  ],
  ['negation', "!origin.includes('evil.example')", not(is('contains', 'evil.example')), 'https://evil.net'],
  [
    'negation',
    'https, and not one site',
    all([is('starts-with', 'https://'), not(is('equals', 'https://evil.example'))]),
    'https://evil.net',
  ],
  ['negation', '/^https:\\/\\/(?!evil\\.example)/', re('^https:\\/\\/(?!evil\\.example)'), 'https://evil.net'],
  [
    'two tests',
    'starts and ends right',
    all([is('starts-with', 'https://example'), is('ends-with', '.com')]),
    'https://example-evil.com',
  ],
  [
    'two tests',
    'one of two is loose',
    some([is('equals', 'https://example.com'), is('ends-with', 'example.org')]),
    'https://evil-example.org',
  ],
  ['two tests', 'host pattern without anchors', hostMatches('example\\.com'), 'https://evil-example.com'],
  ['two tests', 'host pattern, right', hostMatches('^(.+\\.)?example\\.com$'), undefined],
  [
    'letter case',
    "origin.toLowerCase().endsWith('example.com')",
    is('ends-with', 'example.com', 'origin', true),
    'https://evil-example.com',
  ],
];

export const rows: readonly Row[] = [
  ...suffixRows,
  ...prefixRows,
  ...joinedRows,
  ...dotRows,
  ...hostRows,
  ...otherRows,
];
