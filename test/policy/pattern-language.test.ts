import assert from 'node:assert/strict';
import fc from 'fast-check';
import { statesBuiltSoFar } from '../../server/src/policy/patterns/automaton.ts';
import { matchesPattern } from '../../server/src/policy/patterns/pattern-match.ts';
import { originSet } from '../../server/src/policy/origin-set.ts';
import { not, originMatches } from '../../server/src/policy/request-test.ts';
import type { Pattern } from '../../server/src/policy/request-test.ts';
import { runs } from '../seed.ts';

const piece = fc.constantFrom(
  '^',
  '$',
  '\\b',
  '.',
  '\\.',
  '.*',
  '.+',
  '[a-z]+',
  '[^.]*',
  'https?:\\/\\/',
  'example',
  'com',
  'a',
  '(?:a|\\.)',
  '(?=h)',
  '(?!http:)',
  '(^|\\.)',
  '(a\\.)?',
  '\\d+',
  ':',
  '|',
);
const source = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
const origin = fc
  .tuple(
    fc.constantFrom('https://', 'http://'),
    fc.array(fc.constantFrom('a', 'example', '.', 'com', '-', 'xcom'), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', ':80', ':8443'),
  )
  .map(([scheme, host, port]) => scheme + host.join('') + port);

function search(text: string): Pattern {
  return { source: text, flags: '', dialect: 'javascript', mode: 'search' };
}

describe('patterns as languages', () => {
  it('hold what the real regular expression matches', () => {
    fc.assert(
      fc.property(source, origin, (text, word) => {
        const found = matchesPattern(search(text), word);
        assert.ok(found === 'unknown' || found === new RegExp(text).test(word), `/${text}/ on ${word}: ${found}`);
      }),
      { numRuns: runs(400) },
    );
  });

  it('give witnesses that are members, and complements that are the rest', () => {
    fc.assert(
      fc.property(source, origin, (text, word) => {
        const test = originMatches(search(text));
        const witness = originSet(test).witness({ domains: ['example.com'], origins: [] });
        if (witness !== undefined) assert.match(witness, new RegExp(text));
        const [inside, outside] = [originSet(test).has(word), originSet(not(test)).has(word)];
        assert.ok(inside === 'unknown' ? outside === 'unknown' : outside === !inside);
      }),
      { numRuns: runs(100) },
    );
  });

  for (const bomb of [
    '(a+)+$',
    '^(a|a)*$',
    '(a|b|ab)*c(?:.*a){18}$',
    'a{1,9000}',
    '(.*.*.*.*)*x',
    '(?:(?:(?:a{0,99}){0,99}){0,99}){0,99}b',
  ]) {
    it(`stay within the budget: ${bomb}`, () => {
      const before = statesBuiltSoFar();
      const found = matchesPattern(search(bomb), `${'a'.repeat(60)}!`);
      assert.ok(found === false || found === true || found === 'unknown');
      assert.ok(statesBuiltSoFar() - before < 100_000, `${statesBuiltSoFar() - before} states`);
    });
  }
});
