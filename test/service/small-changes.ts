/** Edits as people make them inside of words, blanks and texts, and what is compared after each. */
import fc from 'fast-check';
import type { LintResult } from '../../server/src/service/lint.ts';

/**
 * All that a result says. Functions are asked by rules, and what they answer is in the fixes. Which files were looked for is left
 * out: who knows them already from before does not look for what would stand in for them.
 */
export function said({ findings, suppressed, policies, frameworks, failed, problems, skipped }: LintResult): string {
  return JSON.stringify(
    { findings, suppressed, policies, frameworks, failed, problems, skipped },
    // Nodes of the tree lead to everything.
    (key, value: unknown) => (key === 'expression' || key === 'node' || key === 'function' ? undefined : value),
  );
}

/** Inside of a word, of blanks, or behind a sign of comments and texts: the form of the tree often stays as it is. */
export interface SmallChange {
  /** Where, as a share of the text's length. */
  readonly at: number;
  readonly in: 'word' | 'blank' | 'text';
  /** Where in there, as a share of its length. */
  readonly inside: number;
  readonly removed: number;
  readonly written: string;
}

/** Anywhere alike: numbers that are not told so are near one of their ends more often than not. */
const share = fc.noBias(fc.nat({ max: 9999 })).map((part) => part / 10_000);

export const smallChange: fc.Arbitrary<SmallChange> = fc.record({
  at: share,
  in: fc.constantFrom('word', 'word', 'blank', 'text'),
  inside: share,
  removed: fc.constantFrom(0, 0, 0, 1),
  written: fc.constantFrom('x', 'a', '1', '0', '_', 'e', ' ', 'found', 'req', 'origin', 'cors', "'", '401', 'use'),
});

/** A letter in a word, a text or a pattern, as most of what is typed. */
export const typed: fc.Arbitrary<SmallChange> = fc.record({
  at: share,
  in: fc.constant('word'),
  inside: share,
  removed: fc.constant(0),
  written: fc.constantFrom('x', 'a', '1'),
});

const places = { word: /\w+/g, blank: / +/g, text: /(?:\/\/|#|\/\*|['"])[^\n]*/g };

export function slightlyChanged(text: string, one: SmallChange): string {
  const place = places[one.in];
  place.lastIndex = Math.floor(one.at * text.length);
  const found = place.exec(text);
  if (!found) return text;
  const start = found.index + Math.floor(one.inside * found[0].length);
  const written = one.in === 'word' && one.written.length > 1 ? `_${one.written}` : one.written;
  return text.slice(0, start) + written + text.slice(start + one.removed);
}
