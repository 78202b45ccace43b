/** What files of variables share: a flat map of names, and values in quotes or up to the end of the line. */
import type { Comment } from '../programs/program.ts';
import type { SourceRange } from '../range.ts';
import type { TreeEntry, TreeMap } from './tree.ts';

/** The value of a variable: between its quotes, or the line without blanks and comment. */
export interface VariableValue {
  readonly range: SourceRange;
  readonly contentRange: SourceRange;
  readonly value: string;
}

/** A map of the whole text, to fill. */
export function emptyRoot(text: string): {
  readonly root: TreeMap;
  readonly entries: TreeEntry[];
  readonly comments: Comment[];
} {
  const entries: TreeEntry[] = [];
  return { root: { kind: 'map', range: { start: 0, end: text.length }, entries }, entries, comments: [] };
}

/** The value that begins at the offset: in quotes up to the closing one, else to a comment or the end of the line. */
export function variableValue(text: string, start: number, lineEnd: number): VariableValue {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    const closed = (quote === '"' ? /^"((?:\\[\s\S]|[^"\\])*)"/ : /^'([^']*)'/).exec(text.slice(start, start + 10_000));
    if (closed) {
      const inner = closed[1]!;
      const value =
        quote === '"'
          ? inner.replaceAll(/\\([nrt"\\$])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? letter)
          : inner;
      return {
        range: { start, end: start + closed[0].length },
        contentRange: { start: start + 1, end: start + closed[0].length - 1 },
        value,
      };
    }
  }
  const written = text.slice(start, lineEnd);
  const value = written.replace(/(^|[ \t])#.*$/, '').trimEnd();
  const range = { start, end: start + value.length };
  return { range, contentRange: range, value };
}
