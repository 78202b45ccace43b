/** How edits look in files of lines: `.properties`, `.env`, INI, `_headers`, and the `ENV` lines of a Dockerfile. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { TreeDocument } from '../syntax/trees/tree.ts';
import { wholeLines } from './hcl-writer.ts';
import { indentationAt, lineEnd } from './program-edits.ts';
import type { TreeWriter } from './tree-writer.ts';

interface LineStyle {
  readonly separator: string;
  readonly string: (document: TreeDocument, value: string, like: SourceRange | undefined) => string;
}

/** Lists are texts with commas, and each entry has its line. */
function lineWriter({ separator, string }: LineStyle): TreeWriter {
  return {
    string,
    key: (_, name) => name,
    entry: (key, value) => `${key}${separator}${value}`,
    flowList: (members) => members.join(','),
    flowMap: (entries) => entries.join(','),
    listText: (_, _list, members) => members.join(','),
    separator: () => ',',
    insert({ text }, map, entry, placeholder) {
      const last = map.entries.at(-1);
      if (last === undefined) return [];
      const at = last.range.end;
      const { start } = map.entries[0]!.range;
      return [
        {
          range: { start: at, end: at },
          newText: `${lineEnd(text)}${indentationAt(text, start)}${entry}`,
          placeholder,
        },
      ];
    },
    // A member of a list that is made of several lines has no edits of its own.
    removeItem: () => [],
    removeEntry: ({ text }, { range }): Edit[] => {
      const line = wholeLines(text, range);
      return line ? [{ range: line, newText: '' }] : [];
    },
  };
}

const asItIs = (_: TreeDocument, value: string): string => value;

/** A backslash is doubled; a `#`, `!`, `=` or `:` inside a value stands for itself. */
export const propertiesWriter = lineWriter({
  separator: '=',
  string: (_, value) => value.replaceAll('\\', '\\\\').replace(/^[ \t]/, '\\$&'),
});
export const iniWriter = lineWriter({ separator: ' = ', string: asItIs });
export const headersFileWriter = lineWriter({ separator: ': ', string: asItIs });
export const envWriter = lineWriter({ separator: '=', string: quotedVariable });
/** The lines of an instruction belong together, so that none is added or taken away. */
export const dockerfileWriter: TreeWriter = { ...envWriter, insert: () => [], removeEntry: () => [] };

/** In the quotes that stand there; in new ones only where a shell would read something into the text. */
function quotedVariable({ text }: TreeDocument, value: string, like: SourceRange | undefined): string {
  const quote = like && /^["']/.exec(text.slice(like.start, like.end))?.[0];
  if (quote === undefined && !/[\s#"'`$\\;&|<>()]/.test(value)) return value;
  return quote === '"' || value.includes("'") ? `"${value.replaceAll(/["\\$`]/g, '\\$&')}"` : `'${value}'`;
}
