/** How long an engine that goes back takes at worst. The exponential and cubic rows were timed with the engines that they name. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { degreeOfTime } from '../../server/src/policy/patterns/backtracking.ts';
import type { Pattern } from '../../server/src/policy/request-test.ts';
import { runs } from '../seed.ts';

type Row = readonly [source: string, degree: number | undefined, more?: Partial<Pattern>];

const rows: readonly Row[] = [
  ['^(a+)+$', Infinity],
  ['^(a*)*b', Infinity],
  ['^(a|a)*c', Infinity],
  ['^(a|b|ab)*c$', Infinity],
  ['^([a-z]+\\.?)+x$', Infinity],
  ['^https:\\/\\/([a-z0-9]+)+\\.example\\.com$', Infinity],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', Infinity],
  ['^(?:[a-z0-9-]*\\.?)*\\.example\\.com$', Infinity],
  ['^(a+)+$', Infinity, { dialect: 'python' }],
  ['(?i)^(A+)+\\z', Infinity, { dialect: 'pcre' }],
  ['([a-z]+)*\\.example\\.com', Infinity, { dialect: 'java', mode: 'full' }],
  ['^([[:alpha:]]+)*x', Infinity, { dialect: 'pcre' }],
  ['^(?<n>a+)+$', Infinity, { dialect: 'dotnet' }],
  ['^https://.*.*.*x$', 3],
  ['.+[a-z]+x$', 3],
  ['^(.*a){3}x', 3],
  ['^.*.*.*.*x$', 4],
  ['.*.*.*x', 3, { dialect: 'python', mode: 'prefix' }],
  ['^https://.*[a-z]*x$', 2],
  ['[a-z0-9-]+\\.example$', 2],
  ['.*example\\.com.*$', 2],
  ['^https://[a-z0-9-]+(\\.[a-z0-9-]+)*\\.example\\.com$', 1],
  ['^([a-z0-9-]+\\.)*[a-z0-9-]+\\.com$', 1],
  ['^https:\\/\\/([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*example\\.com$', 1],
  ['^[a-z]{1,50}[a-z]{1,50}[a-z]{1,50}x$', 1],
  ['^(?:a?){20}a{20}$', 1],
  ['', 1],
  ['.*', 1],
  // Nothing is tried again where nothing can be refused.
  ['^(a+)+', 1],
  ['^(a+)+.*$', 1],
  ['(a*)*', 1],
  // RE2 reads a text once.
  ['^(a+)+$', 1, { dialect: 'go' }],
  // A possessive repetition gives nothing back; what a back reference costs is not looked at.
  ['^(?:a++)+$', undefined, { dialect: 'python' }],
  ['^(?>a+)+$', undefined, { dialect: 'java' }],
  ['^([ab]*)\\1+$', undefined],
  ['^(a+', undefined],
  ['^\\p{Nope}+$', undefined, { dialect: 'pcre' }],
  ['^([[a-z]&&[aeiou]]+)+x$', Infinity, { flags: 'v' }],
  ['^(\\p{L}+)*x$', Infinity, { flags: 'u' }],
];

describe('the time of patterns at worst', () => {
  for (const [source, degree, more] of rows) {
    it(`${more?.dialect ?? 'javascript'} ${source}`, () =>
      assert.equal(degreeOfTime({ source, flags: '', dialect: 'javascript', mode: 'search', ...more }), degree));
  }

  it('is found, or left open, in bounded time for any text', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '(?:',
      '(?=',
      '(?<!',
      '[',
      ']',
      '[^',
      '|',
      '*',
      '+',
      '?',
      '{0,99}',
      '{50,}',
      '.',
      'a',
      '\\w',
      '\\1',
      '\\b',
      '^',
      '$',
      '\\p{L}',
      '(a|b)*',
      '(.*)+',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')),
        fc.constantFrom('javascript', 'python', 'pcre', 'java', 'go', 'dotnet'),
        (source, dialect) => {
          const degree = degreeOfTime({ source, flags: '', dialect, mode: 'search' });
          assert.ok(degree === undefined || degree >= 1);
        },
      ),
      { numRuns: runs(400) },
    );
  });
});
