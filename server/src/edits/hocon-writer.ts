/** How edits look in HOCON: `key = value` on lines of their own, or with commas where several stand in one line. */
import { bracketWriter } from './bracket-writer.ts';
import { hclWriter } from './hcl-writer.ts';
import { indentationAt, lineEnd } from './program-edits.ts';
import type { TreeWriter } from './tree-writer.ts';

export const hoconWriter: TreeWriter = {
  ...bracketWriter,
  key: (_, name) => (/^[\w-]+(\.[\w-]+)*$/.test(name) ? name : JSON.stringify(name)),
  entry: (key, value) => `${key} = ${value}`,
  insert({ text }, map, entry, placeholder) {
    const [first] = map.entries;
    if (first === undefined) {
      const at = map.range.start + (text[map.range.start] === '{' ? 1 : 0);
      return [{ range: { start: at, end: at }, newText: ` ${entry} `, placeholder }];
    }
    const at = first.range.start;
    const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
    const newText = before.trim() === '' ? `${entry}${lineEnd(text)}${indentationAt(text, at)}` : `${entry}, `;
    return [{ range: { start: at, end: at }, newText, placeholder }];
  },
  removeEntry: hclWriter.removeEntry,
};
