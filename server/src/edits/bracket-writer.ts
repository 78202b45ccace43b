/** How edits look in JSON, and in the brackets and braces of other formats. */
import type { SourceRange } from '../syntax/range.ts';
import { indentationAt, lineEnd, removeMember } from './program-edits.ts';
import type { TreeWriter } from './tree-writer.ts';

export const bracketWriter: TreeWriter = {
  string: (_, value) => JSON.stringify(value),
  key: (_, name) => JSON.stringify(name),
  entry: (key, value) => `${key}: ${value}`,
  flowList: (members) => `[${members.join(', ')}]`,
  flowMap: (entries) => (entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`),
  listText({ text }, list, members) {
    const [first] = list.items;
    if (first === undefined) return `[${members.join(', ')}]`;
    if (startsLine(text, first.range)) {
      const newline = lineEnd(text);
      const indentation = indentationAt(text, first.range.start);
      return `[${newline}${indentation}${members.join(`,${newline}${indentation}`)}${newline}${indentationAt(text, list.range.end - 1)}]`;
    }
    const padding = /^\[( *)/.exec(text.slice(list.range.start))?.[1] ?? '';
    return `[${padding}${members.join(', ')}${padding}]`;
  },
  separator: ({ text }, item) =>
    startsLine(text, item.range) ? `,${lineEnd(text)}${indentationAt(text, item.range.start)}` : ', ',
  insert({ text }, map, entry, placeholder) {
    const at = map.range.start + 1;
    const range = { start: at, end: at };
    if (map.entries.length === 0) return [{ range, newText: ` ${entry} `, placeholder }];
    const before = /^[ \t]*(\r?\n[ \t]*)?/.exec(text.slice(at))!;
    return [
      {
        range,
        newText:
          before[1] !== undefined ? `${before[0]}${entry},` : `${before[0]}${entry},${before[0] === '' ? ' ' : ''}`,
        placeholder,
      },
    ];
  },
  removeItem: ({ text }, { range }) => removeMember(text, range),
  removeEntry: ({ text }, { range }) => removeMember(text, range),
};

function startsLine(text: string, range: SourceRange): boolean {
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  return lineStart > 0 && text.slice(lineStart, range.start).trim() === '';
}
