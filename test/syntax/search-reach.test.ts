/** How far a match reaches is said no shorter than it is. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linesReached } from '../../server/src/syntax/programs/search-reach.ts';
import { runs } from '../seed.ts';

describe('how far a search reaches', () => {
  it('is one line for what does not go on behind the end of a line', () => {
    for (const pattern of [/\bcors\b/i, /[^\n;]{0,80}=/, /(?:\w+\.)*req\b/, /^\t/m, /a.*b/])
      assert.equal(linesReached(pattern), 1, String(pattern));
  });

  it('is a line more with each run of blanks', () => {
    assert.equal(linesReached(/\bvary\s*\(/), 2);
    assert.equal(linesReached(/a\s*b\s+c/), 3);
    assert.equal(linesReached(/"\r?\n/), 3);
    assert.equal(linesReached(/(?:[^()\n]|\([^()\n]*\)){0,120}?,\s*4/), 2);
  });

  it('is not said where nothing bounds it, or where the place in the text counts', () => {
    for (const pattern of [
      /a[^;]*b/,
      /(?:\s*a)+b/,
      /(?:x(?:\s)y)*/,
      /[\s\w]*a/,
      /\W+a/,
      /^a/,
      /a$/,
      /a.*b/s,
      /(['"])a\1/,
      /\p{L}+/u,
    ])
      assert.equal(linesReached(pattern), undefined, String(pattern));
  });

  it('holds for all matches of patterns that are put together by chance', () => {
    const atoms = [
      'a',
      'b',
      '\\s',
      '\\s*',
      '\\s+',
      '.',
      '.*',
      '\\w+',
      '[^a]',
      '[^a\\n]*',
      '\\n',
      'a?',
      '(?:a|\\s)',
      '(?:ab)*',
      '(?:a\\s)?',
    ];
    const texts = fc.array(fc.constantFrom('a', 'b', ' ', '\n', '\n', 'x'), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...atoms), { minLength: 1, maxLength: 5 }), texts, (parts, letters) => {
        const pattern = new RegExp(parts.join(''), 'g');
        const lines = linesReached(pattern);
        if (lines === undefined) return;
        for (const [match] of letters.join('').matchAll(pattern)) {
          const filled = match.split('\n').filter((line) => line.trim() !== '');
          assert.ok(filled.length <= lines, `${pattern}: ${JSON.stringify(match)}`);
        }
      }),
      { numRuns: runs(4000) },
    );
  });
});
