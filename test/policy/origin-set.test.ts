import assert from 'node:assert/strict';
import { originSet } from '../../server/src/policy/origin-set.ts';
import { statesBuiltSoFar } from '../../server/src/policy/patterns/automaton.ts';
import {
  all,
  always,
  never,
  not,
  originEquals,
  originMatches,
  some,
  unknown,
} from '../../server/src/policy/request-test.ts';
import type { OriginPart, OriginTest, Pattern, RequestTest } from '../../server/src/policy/request-test.ts';

type Operator = Exclude<OriginTest['operator'], 'matches'>;

function pattern(source: string, flags = '', more: Partial<Pattern> = {}): RequestTest {
  return originMatches({ source, flags, dialect: 'javascript', mode: 'search', ...more });
}

function test(operator: Operator, text: string, part: OriginPart = 'origin', ignoreCase = false): RequestTest {
  return { kind: 'origin', part, operator, text, ignoreCase };
}

const tried = [
  'https://trusted.example',
  'http://trusted.example',
  'https://app.trusted.example',
  'https://a.b.trusted.example',
  'https://trusted.example:8443',
  'https://eviltrusted.example',
  'https://evil-trusted.example',
  'https://trusted.example.evil.net',
  'https://trustedxexample',
  'https://appxtrusted.example',
  'https://evil.net',
  'https://trusted.exampl',
  'https://trusted.ex',
  'https://t',
  'http://localhost:3000',
  'http://localhost.evil.net',
  'http://evil-localhost',
  'http://evil-localhost:3000',
  'https://localhost',
  'http://127.0.0.1:9',
  'http://127.0.0.1.evil.net',
  'http://192.168.1.9',
  'http://192.168.evil.net',
  'capacitor://localhost',
  'ionic://localhost',
  'null',
];
const everyone = tried;
const web = tried.filter((origin) => origin.startsWith('http'));
const loose = [
  'trusted.example',
  'http://trusted.example',
  'app.trusted.example',
  'a.b.trusted.example',
  'eviltrusted.example',
  'evil-trusted.example',
  'appxtrusted.example',
];
const anywhere = [...loose, 'trusted.example:8443', 'trusted.example.evil.net'];

/** What was observed with the real library: which of the tried origins it reflects; and what the message should show. */
const observed: [name: string, test: RequestTest, members: string[], witness: string | undefined][] = [
  ['exact', originEquals('https://trusted.example'), ['trusted.example'], undefined],
  ['no anchor', pattern('trusted\\.example'), anywhere, 'https://evil-trusted.example'],
  ['no dot before', pattern('trusted\\.example$'), loose, 'https://evil-trusted.example'],
  ['dot before', pattern('\\.trusted\\.example$'), ['app.trusted.example', 'a.b.trusted.example'], undefined],
  [
    'no end',
    pattern('^https:\\/\\/trusted\\.example'),
    ['trusted.example', 'trusted.example:8443', 'trusted.example.evil.net'],
    'https://trusted.example.evil.net',
  ],
  [
    'http or https',
    pattern('^https?:\\/\\/trusted\\.example$'),
    ['trusted.example', 'http://trusted.example'],
    undefined,
  ],
  ['anchored', pattern('^https:\\/\\/trusted\\.example$'), ['trusted.example'], undefined],
  [
    'subdomains',
    pattern('^https:\\/\\/.*\\.trusted\\.example$'),
    ['app.trusted.example', 'a.b.trusted.example'],
    undefined,
  ],
  [
    'star without dot',
    pattern('^https:\\/\\/.*trusted\\.example$'),
    loose.filter((origin) => !origin.startsWith('http:')),
    'https://evil-trusted.example',
  ],
  [
    'unescaped dots',
    pattern('^https:\\/\\/.+.trusted.example$'),
    [
      'app.trusted.example',
      'a.b.trusted.example',
      'eviltrusted.example',
      'evil-trusted.example',
      'appxtrusted.example',
    ],
    'https://evil-trusted.example',
  ],
  [
    'optional subdomain',
    pattern('^https:\\/\\/(.*\\.)?trusted\\.example$'),
    ['trusted.example', 'app.trusted.example', 'a.b.trusted.example'],
    undefined,
  ],
  [
    'optional label',
    pattern('^https:\\/\\/([a-z0-9-]+\\.)?trusted\\.example$'),
    ['trusted.example', 'app.trusted.example'],
    undefined,
  ],
  [
    'optional port',
    pattern('^https:\\/\\/trusted\\.example(:\\d+)?$'),
    ['trusted.example', 'trusted.example:8443'],
    undefined,
  ],
  ['alternation against anchors', pattern('^https:\\/\\/a|trusted\\.example$'), loose, 'https://evil-trusted.example'],
  [
    'localhost anywhere',
    pattern('localhost'),
    [
      'http://localhost:3000',
      'http://localhost.evil.net',
      'http://evil-localhost',
      'http://evil-localhost:3000',
      'localhost',
      'capacitor://localhost',
      'ionic://localhost',
    ],
    'http://localhost.evil.net',
  ],
  [
    'localhost from the start',
    pattern('^http:\\/\\/localhost'),
    ['http://localhost:3000', 'http://localhost.evil.net'],
    'http://localhost.evil.net',
  ],
  ['localhost with port', pattern('^http:\\/\\/localhost:\\d+$'), ['http://localhost:3000'], undefined],
  ['localhost with optional port', pattern('^http:\\/\\/localhost(:\\d+)?$'), ['http://localhost:3000'], undefined],
  [
    'localhost at the end',
    pattern('localhost:\\d+$'),
    ['http://localhost:3000', 'http://evil-localhost:3000'],
    undefined,
  ],
  [
    'loopback names',
    pattern('^http:\\/\\/(localhost|127\\.0\\.0\\.1)'),
    ['http://localhost:3000', 'http://localhost.evil.net', 'http://127.0.0.1:9', 'http://127.0.0.1.evil.net'],
    'http://localhost.evil.net',
  ],
  [
    'private range',
    pattern('^http:\\/\\/192\\.168\\.'),
    ['http://192.168.1.9', 'http://192.168.evil.net'],
    'http://192.168.evil.net',
  ],
  ['everything', pattern('.*'), everyone, 'https://evil.example'],
  ['everything, anchored', pattern('^.*$'), everyone, 'https://evil.example'],
  ['any web page', pattern('^https?:\\/\\/'), web, 'https://evil.example'],
  ['any character', pattern('.'), everyone, 'https://evil.example'],
  [
    'from a string',
    pattern('https://trusted.example'),
    ['trusted.example', 'trusted.example:8443', 'trusted.example.evil.net', 'trustedxexample'],
    'https://trusted.example.evil.net',
  ],
  ['string escapes lost', pattern('.trusted.example$'), [...loose, 'trustedxexample'], 'https://evil-trusted.example'],
  ['joined string', pattern('^https://trusted.example$'), ['trusted.example', 'trustedxexample'], undefined],
  ['multiline', pattern('^https:\\/\\/trusted\\.example$', 'm'), ['trusted.example'], undefined],
  ['includes', test('contains', 'trusted.example'), anywhere, 'https://evil-trusted.example'],
  ['endsWith', test('ends-with', 'trusted.example'), loose, 'https://evil-trusted.example'],
  ['endsWith dot', test('ends-with', '.trusted.example'), ['app.trusted.example', 'a.b.trusted.example'], undefined],
  [
    'startsWith',
    test('starts-with', 'https://trusted.example'),
    ['trusted.example', 'trusted.example:8443', 'trusted.example.evil.net'],
    'https://trusted.example.evil.net',
  ],
  [
    'startsWith localhost',
    test('starts-with', 'http://localhost'),
    ['http://localhost:3000', 'http://localhost.evil.net'],
    'http://localhost.evil.net',
  ],
  [
    'inside a list in one text',
    test('within', 'https://trusted.example,https://app.trusted.example'),
    ['trusted.example', 'app.trusted.example', 'trusted.exampl', 'trusted.ex', 't'],
    'https://app.trust',
  ],
  [
    'hostname',
    test('equals', 'trusted.example', 'hostname'),
    ['trusted.example', 'http://trusted.example', 'trusted.example:8443'],
    undefined,
  ],
  [
    'hostname suffix',
    test('ends-with', '.trusted.example', 'hostname'),
    ['app.trusted.example', 'a.b.trusted.example'],
    undefined,
  ],
  ['anything', always, everyone, 'https://evil.example'],
  [
    'null or list',
    some([originEquals('null'), originEquals('https://trusted.example')]),
    ['trusted.example', 'null'],
    undefined,
  ],
];

describe('origin sets: what typical checks let in', () => {
  for (const [name, formula, members, witness] of observed) {
    it(name, () => {
      const set = originSet(formula);
      const expected = members.map((origin) => (/:\/\/|^null$/.test(origin) ? origin : `https://${origin}`));
      assert.deepEqual(tried.filter((origin) => set.has(origin) === true).sort(), [...expected].sort());
      assert.equal(set.witness({ domains: set.namedDomains, origins: [] }), witness);
    });
  }
});

describe('origin sets: further witnesses', () => {
  const rows: [name: string, test: RequestTest, witness: string | undefined][] = [
    ['cut text', test('within', 'https://example.com,https://example.org'), 'https://example.co'],
    ['unescaped dot between labels', pattern('^https:\\/\\/app.example\\.com$'), 'https://app-example.com'],
    ['no end after a subdomain', pattern('^https:\\/\\/.*\\.example\\.com'), 'https://app.example.com.evil.net'],
    ['one word', test('contains', 'mycompany'), 'https://mycompany.evil.net'],
    ['a public suffix', pattern('^https:\\/\\/.*\\.vercel\\.app$'), 'https://evil.vercel.app'],
    ['a suffix of the shared host without its dot', test('ends-with', '.github.io'), 'https://evil.github.io'],
    ['letters only', pattern('^https:\\/\\/[a-z]{3}\\.(com|net)$'), 'https://app.com'],
    ['everything but', not(test('ends-with', '.evil.example')), 'https://evil.example'],
    ['unknown beside', some([unknown(), test('ends-with', 'example.com')]), 'https://evil-example.com'],
    ['only unknown', unknown(), undefined],
    ['unknown and', all([unknown(), always]), undefined],
    ['never', never, undefined],
    [
      'Python, from the start',
      pattern('https://.*\\.example\\.com', '', { dialect: 'python', mode: 'prefix' }),
      'https://app.example.com.evil.net',
    ],
    [
      'Python, over everything',
      pattern('https://.*\\.example\\.com', '', { dialect: 'python', mode: 'full' }),
      undefined,
    ],
    [
      'Python, with its own anchors',
      pattern('(?i)\\Ahttps://(?P<name>[a-z]+)\\.example\\.com\\Z', '', { dialect: 'python' }),
      undefined,
    ],
    ['PCRE', pattern('^https?://(?:.+\\.)?example.com', '', { dialect: 'pcre' }), 'https://example.com.evil.net'],
  ];
  for (const [name, formula, witness] of rows) {
    it(name, () => {
      const set = originSet(formula);
      assert.equal(set.witness({ domains: set.namedDomains, origins: [] }), witness);
    });
  }
});

describe('sets of origins that are named, each where its pattern holds and no later one', () => {
  const words = Array.from({ length: 40 }, (_, at) => `shop${at}s`);
  const formula = words.reduce<RequestTest>((others, word, at) => {
    const applies = all([pattern(word), ...words.slice(at + 1).map((later) => not(pattern(later)))]);
    return some([all([applies, originEquals(`https://${word}.example`)]), all([others, not(applies)])]);
  }, never);
  const contradictory = all([pattern('^http:'), originEquals('https://app.example')]);

  it('build no automaton of all patterns', () => {
    const before = statesBuiltSoFar();
    const set = originSet(formula);
    assert.deepEqual([set.inhabited, set.everything], [true, false]);
    assert.equal(set.witness({ domains: [], origins: ['https://shop0s.example'] }), 'https://shop1s.example');
    assert.ok(statesBuiltSoFar() - before < 3_000, `${statesBuiltSoFar() - before} states`);
  });

  it('are empty where no named one meets its pattern', () => {
    const set = originSet(some([contradictory, all([contradictory, unknown()])]));
    assert.deepEqual([set.isEmpty, set.inhabited], [true, false]);
  });

  it('are unknown where that alone is open', () => {
    const set = originSet(all([pattern('app'), originEquals('https://app.example'), unknown()]));
    assert.deepEqual([set.inhabited, set.has('https://app.example')], ['unknown', 'unknown']);
  });
});
