/** How the options of a library are written in a program: an object, keyword arguments, the fields of a struct. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { SourceText } from '../../syntax/source-text.ts';
import type { Dict } from '../../values/value.ts';
import type { Literals } from '../../edits/literals.ts';
import { aligned } from '../../edits/go-alignment.ts';
import { goLiterals } from '../../edits/go-literals.ts';
import { javascriptLiterals, pythonLiterals } from '../../edits/literals.ts';
import { indentationAt, insertEntry, lineEnd, removeMember } from '../../edits/program-edits.ts';

export interface OptionsForm {
  readonly literals: Literals;
  /** An option with its value: `origin: 'a'`, `origins="a"`, `AllowedOrigins: []string{"a"}`. */
  entry(name: string, value: string): string;
  /** New options that hold this entry, in place of an argument: `{ origin: 'a' }`. */
  whole(entry: string): string;
  /** A call that takes no options yet, with new ones: `({ origin: 'a' })`. The argument list in brackets without it. */
  call?(entry: string): string;
  /** An entry in place of another one; the text of `entry` without this. */
  replace?(source: SourceText, range: SourceRange, name: string, value: string): Edit[];
  /** Takes an entry away, with its comma. */
  remove?(source: SourceText, range: SourceRange): Edit[];
  /** Adds the entry to options that are there; `source` is the text in which they stand. */
  insert(source: SourceText, options: Dict, entry: string, placeholder?: string): Edit[];
}

/** An object literal: `{ origin: 'a' }`. */
export const objectForm: OptionsForm = {
  literals: javascriptLiterals,
  entry: (name, value) => `${name}: ${value}`,
  whole: (entry) => `{ ${entry} }`,
  insert: (source, options, entry, placeholder) => insertEntry(source, options.range, entry, placeholder),
};

/** A dictionary of Python: `{"origins": "a"}`. */
export const dictionaryForm: OptionsForm = {
  ...objectForm,
  literals: pythonLiterals,
  entry: (name, value) => `"${name}": ${value}`,
  whole: (entry) => `{${entry}}`,
};

/** The fields of a struct of this type: `cors.Options{AllowedOrigins: []string{"a"}}`. */
export function structForm(type: string, call?: (whole: string) => string): OptionsForm {
  const whole = (entry: string): string => `${type}{${entry}}`;
  return {
    literals: goLiterals,
    entry: (name, value) => `${name}: ${value}`,
    whole,
    ...(call && { call: (entry: string) => call(whole(entry)) }),
    replace(source, range, name, value) {
      const { blanks, others } = aligned(source, range, name);
      return [{ range, newText: `${name}:${blanks}${value}` }, ...others];
    },
    remove: (source, range) => [...removeMember(source, range), ...aligned(source, range).others],
    insert(source, { range }, entry, placeholder) {
      const start = source.indexOf('{', range.start);
      if (start < 0 || start >= range.end) return [];
      const [edit] = insertEntry(source, { ...range, start }, entry, placeholder);
      if (edit === undefined) return [];
      // Formatters write the braces of a struct without blanks inside.
      if (!edit.newText.includes('\n')) return [{ ...edit, newText: edit.newText.replace(/^ | $/g, '') }];
      const { blanks, others } = aligned(source, edit.range, /\w+/.exec(entry)![0]);
      return [{ ...edit, newText: edit.newText.replace(/: +/, `:${blanks}`) }, ...others];
    },
  };
}

/** Assignments that stand one below the other: `ORIGINS = ["a"]`. */
export const assignmentForm: OptionsForm = {
  literals: pythonLiterals,
  entry: (name, value) => `${name} = ${value}`,
  whole: (entry) => entry,
  remove: () => [],
  insert: (source, { range: { start, path } }, entry, placeholder) => [
    {
      range: { start, end: start, path },
      newText: `${entry}${lineEnd(source)}${indentationAt(source, start)}`,
      placeholder,
    },
  ],
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
