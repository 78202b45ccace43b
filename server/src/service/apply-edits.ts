/** Applies the edits of one fix to a text. */
import type { Edit } from '../syntax/range.ts';

/** The text after the edits. Throws a RangeError when edits overlap or lie outside of the text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let result = '';
  let at = 0;
  for (const { range, newText } of sorted) {
    if (range.start < at || range.end < range.start || range.end > text.length)
      throw new RangeError('The edits of this fix overlap or lie outside of the text.');
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}
