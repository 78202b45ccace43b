/** A short name of a finding that stays the same when the lines around it move. */
import type { Finding } from './lint.ts';

/** In UTF-16 units. Lines that are longer hold many things, as in a text that a tool has pressed together. */
const longestLines = 2000;

/**
 * Of the lines that the finding stands on, without their blanks, in hexadecimal digits: code that is moved or indented in another
 * way keeps it, code that says something else does not. Of very long lines only the finding's own text counts.
 * Two findings of one file have the same where the rule and the lines are equal. `text` is that of the finding's file.
 */
export function fingerprintOf({ rule, range }: Pick<Finding, 'rule' | 'range'>, text: string): string {
  const start = range.start === 0 ? 0 : text.lastIndexOf('\n', range.start - 1) + 1;
  // A range may end behind the last line's own end.
  const lineEnd = text.indexOf('\n', Math.max(range.start, range.end - 1));
  const end = lineEnd === -1 ? text.length : lineEnd;
  const lines =
    end - start <= longestLines ? text.slice(start, end) : text.slice(range.start, range.end).slice(0, longestLines);
  return hash(`${rule}\n${lines.replaceAll(/\s+/g, '')}`);
}

/** FNV-1a, 32 bits: a short name for a text, no secret. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return value.toString(16).padStart(8, '0');
}
