/** How edits look in Bicep: members and properties on lines of their own without commas, texts in single quotes. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import { bracketWriter } from './bracket-writer.ts';
import { wholeLines } from './hcl-writer.ts';
import { deeper, indentationAt, lineEnd, removeMember } from './program-edits.ts';
import type { TreeWriter } from './tree-writer.ts';

export const bicepWriter: TreeWriter = {
  ...bracketWriter,
  string: (_, value) => literal(value),
  key: (_, name) => (/^[A-Za-z_]\w*$/.test(name) ? name : literal(name)),
  listText(document, list, members) {
    const { text } = document;
    const [first] = list.items;
    if (first === undefined || members.length === 0 || !text.slice(list.range.start, first.range.start).includes('\n'))
      return bracketWriter.listText(document, list, members);
    const newline = lineEnd(text);
    const indentation = indentationAt(text, first.range.start);
    return `[${newline}${members.map((member) => `${indentation}${member}${newline}`).join('')}${indentationAt(text, list.range.end - 1)}]`;
  },
  separator: ({ text }, { range }) =>
    wholeLines(text, range) ? `${lineEnd(text)}${indentationAt(text, range.start)}` : ', ',
  insert({ text }, map, entry, placeholder) {
    const at = map.range.start + 1;
    const [first] = map.entries;
    const newline = lineEnd(text);
    const outer = indentationAt(text, map.range.start);
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
    const range = { start: at, end: at };
    const before = text.slice(at, first.range.start);
    return [
      {
        range,
        newText: before.includes('\n')
          ? `${newline}${indentationAt(text, first.range.start)}${entry}`
          : `${before === '' ? '' : ' '}${entry},${before === '' ? ' ' : ''}`,
        placeholder,
      },
    ];
  },
  removeItem: ({ text }, { range }) => removed(text, range),
  removeEntry: ({ text }, { range }) => removed(text, range),
};

function removed(text: string, range: SourceRange): Edit[] {
  const lines = wholeLines(text, range);
  return lines ? [{ range: lines, newText: '' }] : removeMember(text, range);
}

function literal(value: string): string {
  return `'${value
    .replaceAll(/[\\']|\$(?=\{)/g, '\\$&')
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`)}'`;
}
