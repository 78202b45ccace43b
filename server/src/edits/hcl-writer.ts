/** How edits look in HCL: attributes on lines of their own, with the equals signs in a column, lists in brackets. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { TreeMap } from '../syntax/trees/tree.ts';
import { bracketWriter } from './bracket-writer.ts';
import { deeper, indentationAt, lineEnd } from './program-edits.ts';
import type { TreeWriter } from './tree-writer.ts';

export const hclWriter: TreeWriter = {
  ...bracketWriter,
  string: (_, value) => JSON.stringify(value).replaceAll(/[$%](?=\{)/g, '$&$&'),
  key: (document, name, like) =>
    /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) && !(like && document.text[like.start] === '"')
      ? name
      : JSON.stringify(name),
  entry: (key, value) => `${key} = ${value}`,
  insert({ text }, map, entry, placeholder) {
    const at = map.range.start + 1;
    const newline = lineEnd(text);
    const outer = indentationAt(text, map.range.start);
    const [first] = map.entries;
    if (first === undefined) {
      if (text.slice(at, map.range.end - 1).trim() !== '') return [];
      return [
        {
          range: { start: at, end: Math.max(at, map.range.end - 1) },
          newText: `${newline}${deeper(text, outer)}${entry}${newline}${outer}`,
          placeholder,
        },
      ];
    }
    const between = /^[ \t]*(\r?\n[ \t]*)?/.exec(text.slice(at, first.range.start))![0];
    // A block on one line has room for one attribute only.
    if (!between.includes('\n')) return [];
    const column = columnOfEquals(text, map);
    const [, key = '', rest = ''] = /^(\S+) (=.*)$/s.exec(entry) ?? [];
    return [
      {
        range: { start: at, end: at },
        newText: `${newline}${indentationAt(text, first.range.start)}${column > key.length ? key.padEnd(column) : `${key} `}${rest}`,
        placeholder,
      },
    ];
  },
  removeEntry(document, entry) {
    const { text } = document;
    const line = wholeLines(text, entry.range);
    return line ? [{ range: line, newText: '' }] : inner(document.text, entry.range);
  },
};

/** Letters from the start of a key to its equals sign, where the first attributes have it in one column. */
function columnOfEquals(text: string, { entries }: TreeMap): number {
  const [first] = entries;
  const match = first && /^[\w-]+[ \t]*(?==)/.exec(text.slice(first.range.start));
  return match ? match[0].length : 0;
}

/** The lines of what has them to itself. */
export function wholeLines(text: string, { start, end }: SourceRange): SourceRange | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*,?[ \t]*((#|\/\/)[^\r\n]*)?(\r?\n|$)/.exec(text.slice(end));
  return text.slice(lineStart, start).trim() === '' && rest
    ? { start: lineStart, end: end + rest[0].length }
    : undefined;
}

/** The attribute of a block or object that stands on one line. */
function inner(text: string, range: SourceRange): Edit[] {
  const after = /^[ \t]*,[ \t]*/.exec(text.slice(range.end))?.[0];
  const before = after === undefined ? /,?[ \t]*$/.exec(text.slice(0, range.start))![0].length : 0;
  return [{ range: { start: range.start - before, end: range.end + (after?.length ?? 0) }, newText: '' }];
}
