/** How the options of a library are written in a program: an object, keyword arguments, the fields of a struct. */
import type { Edit } from '../../syntax/range.ts';
import type { Dict } from '../../values/value.ts';
import type { Literals } from '../../edits/literals.ts';
import { javascriptLiterals, pythonLiterals } from '../../edits/literals.ts';
import { indentationAt, insertEntry, lineEnd } from '../../edits/program-edits.ts';

export interface OptionsForm {
  readonly literals: Literals;
  /** An option with its value: `origin: 'a'`, `origins="a"`, `AllowedOrigins: []string{"a"}`. */
  entry(name: string, value: string): string;
  /** New options that hold this entry, in place of an argument: `{ origin: 'a' }`. */
  whole(entry: string): string;
  /** Adds the entry to options that are there; `source` is the text in which they stand. */
  insert(source: string, options: Dict, entry: string, placeholder?: string): Edit[];
}

/** An object literal: `{ origin: 'a' }`. */
export const objectForm: OptionsForm = {
  literals: javascriptLiterals,
  entry: (name, value) => `${name}: ${value}`,
  whole: (entry) => `{ ${entry} }`,
  insert: (source, options, entry, placeholder) => insertEntry(source, options.range, entry, placeholder),
};

/** Keyword arguments, which stand beside the others of their call: `origins="a"`. */
export const keywordForm: OptionsForm = {
  literals: pythonLiterals,
  entry: (name, value) => `${name}=${value}`,
  whole: (entry) => entry,
  insert(source, { entries }, entry, placeholder) {
    // What a dictionary holds that is unpacked into the call is written in another way.
    const first = entries.find(({ keyRange, value }) =>
      /^\s*=\s*$/.test(source.slice(keyRange.end, value.range.start)),
    );
    if (first === undefined) return [];
    const { start, path } = first.range;
    const isAlone = source.slice(source.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
    const separator = isAlone ? `,${lineEnd(source)}${indentationAt(source, start)}` : ', ';
    return [{ range: { start, end: start, path }, newText: entry + separator, placeholder }];
  },
};
