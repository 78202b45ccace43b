/** What a pattern means is a matter of its dialect. Each row was checked with the engine that it names, or follows its documentation. */
import assert from 'node:assert/strict';
import { originSet } from '../../server/src/policy/origin-set.ts';
import type { Pattern } from '../../server/src/policy/request-test.ts';
import { originMatches } from '../../server/src/policy/request-test.ts';

type Row = readonly [
  dialect: Pattern['dialect'],
  mode: Pattern['mode'],
  source: string,
  origin: string,
  expected: boolean | 'unknown',
];

const app = 'https://app.example.com';
const suffixed = 'https://app.example.com.evil.net';
const rows: readonly Row[] = [
  ['python', 'search', 'app\\.example\\.com', suffixed, true],
  ['python', 'full', 'https://app\\.example\\.com', suffixed, false],
  ['python', 'full', 'https://app\\.example\\.com', app, true],
  ['python', 'prefix', 'https://app\\.example\\.com', suffixed, true],
  ['python', 'prefix', 'app\\.example\\.com', app, false],
  ['python', 'search', '^https://(?P<name>app)\\.example\\.com\\Z', app, true],
  ['python', 'search', '^https://(?P<name>app)\\.example\\.com\\Z', suffixed, false],
  ['python', 'search', '(?i)^https://APP\\.example\\.com$', app, true],
  ['python', 'search', '^https://[a-z]{,3}\\.example\\.com$', app, true],
  ['python', 'search', '^https://[a-z]{,2}\\.example\\.com$', app, false],
  ['pcre', 'search', '^https://\\Qapp.example.com\\E$', app, true],
  ['pcre', 'search', '^https://\\Qapp.example.com\\E$', 'https://appxexample.com', false],
  ['pcre', 'search', '^https://[[:alpha:]]+\\.example\\.com$', app, true],
  ['pcre', 'search', '^https://app\\x{2e}example\\.com$', app, true],
  ['pcre', 'search', '^https://app\\x{2e}example\\.com$', 'https://appxexample.com', false],
  ['pcre', 'search', '^https://(?:(?!evil)[a-z.])+$', 'https://evil.example', false],
  ['go', 'search', '(?i)^https://APP\\.example\\.com$', app, true],
  // RE2 has no lookaround, so that this pattern is an error there.
  ['go', 'search', '^https://(?!evil)', app, 'unknown'],
  ['go', 'search', '(?<=https://)app', app, 'unknown'],
  ['java', 'full', 'https://.*\\.example\\.com', app, true],
  ['java', 'full', 'https://.*\\.example\\.com', suffixed, false],
  ['javascript', 'search', '^https:\\/\\/app\\.example\\.com', suffixed, true],
  ['javascript', 'search', '^https:\\/\\/(?!.*evil\\.net$).+$', suffixed, false],
  ['javascript', 'search', '^https:\\/\\/(?!.*evil\\.net$).+$', app, true],
];

describe('dialects of patterns', () => {
  for (const [dialect, mode, source, origin, expected] of rows) {
    it(`${dialect} ${mode} ${source} on ${origin}`, () => {
      assert.equal(originSet(originMatches({ source, flags: '', dialect, mode })).has(origin), expected);
    });
  }
});
