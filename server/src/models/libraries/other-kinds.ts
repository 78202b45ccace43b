/** What a library for texts alone makes of all other kinds of values. */
import type { OriginSemantics } from './cors-library.ts';

type OtherKinds = Pick<OriginSemantics, 'true' | 'false' | 'pattern' | 'patternInList'>;

/**
 * The rows of a table for a library that takes texts and lists of texts alone, where its language has patterns and truth values at
 * all: what one of them amounts to in place of the option, and what a pattern does in a list.
 */
export function otherKinds(
  outcome: 'fails' | 'nobody' | 'unknown',
  patternInList: OtherKinds['patternInList'],
): OtherKinds {
  return { true: outcome, false: outcome, pattern: outcome, patternInList };
}
