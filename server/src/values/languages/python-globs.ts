/** Wildcards of Python's `fnmatch`. */
import type { Pattern } from '../../policy/request-test.ts';

/**
 * The pattern that `fnmatch` makes of a glob, over the whole text: `*`, `?` and a class without escapes, `[a-z]` or `[!a-z]`.
 * Undefined for a bracket that is not closed, or a class of other signs. Capitals count on Linux, where servers run.
 */
export function globPattern(glob: string): Pattern | undefined {
  const pieces = glob.match(/\[!?[\w.:-]+\]|[^[\]]/g) ?? [];
  if (pieces.join('') !== glob) return undefined;
  return { source: pieces.map(sourceOf).join(''), flags: '', dialect: 'python', mode: 'full' };
}

function sourceOf(piece: string): string {
  if (piece === '*') return '.*';
  if (piece === '?') return '.';
  if (piece.length > 1) return piece.replace('[!', '[^');
  return piece.replace(/[-\\^$+.()|{}]/, '\\$&');
}
