/** How edits look in TOML: keys on lines of their own under their table, lists in brackets, strings in the quotes that stand there. */
import type { TreeWriter } from './tree-writer.ts';
import { bracketWriter } from './bracket-writer.ts';
import { hclWriter, wholeLines } from './hcl-writer.ts';
import { indentationAt, lineEnd } from './program-edits.ts';

export const tomlWriter: TreeWriter = {
  ...bracketWriter,
  string: ({ text }, value, like) =>
    like && text[like.start] === "'" && !/['\r\n]/.test(value) ? `'${value}'` : JSON.stringify(value),
  key: (document, name, like) => {
    const quote = like && /^["']/.exec(document.text.slice(like.start))?.[0];
    if (quote === undefined && /^[A-Za-z0-9_-]+$/.test(name)) return name;
    return quote === "'" && !name.includes("'") ? `'${name}'` : JSON.stringify(name);
  },
  entry: (key, value) => `${key} = ${value}`,
  flowMap: (entries) => (entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`),
  insert(document, map, entry, placeholder) {
    const { text } = document;
    if (text[map.range.start] === '{') return bracketWriter.insert(document, map, entry, placeholder);
    const [first] = map.entries;
    // Only a table of its own has lines for its keys.
    const header = /^\[[^\r\n]*/.exec(text.slice(map.range.start));
    if (!header) return [];
    const at = map.range.start + header[0].length;
    return [
      {
        range: { start: at, end: at },
        newText: `${lineEnd(text)}${indentationAt(text, first?.range.start ?? map.range.start)}${entry}`,
        placeholder,
      },
    ];
  },
  removeEntry(document, entry) {
    const line = wholeLines(document.text, entry.range);
    return line ? [{ range: line, newText: '' }] : hclWriter.removeEntry(document, entry);
  },
};
