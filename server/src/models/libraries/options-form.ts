/**
 * How the options of a library are written in a program: an object, keyword arguments, the fields of a struct, the steps of a builder,
 * an annotation.
 */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import { runBefore } from '../../syntax/source-text.ts';
import type { SourceText } from '../../syntax/source-text.ts';
import type { Dict } from '../../values/value.ts';
import type { Literals } from '../../edits/literals.ts';
import { aligned } from '../../edits/go-alignment.ts';
import { goLiterals } from '../../edits/go-literals.ts';
import { javascriptLiterals, pythonLiterals } from '../../edits/literals.ts';
import { phpLiterals } from '../../edits/php-literals.ts';
import { isScattered } from './builder-steps.ts';
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
  /** What is written at an option's range holds other options too, so that nothing can stand in its place. */
  isScattered?(written: string): boolean;
  /** A switch is on where it is called by its name, and has no value that could stand there instead. */
  readonly switchesAreCalls?: true;
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

/** An array of PHP: `['allowed_origins' => ['a']]`. */
export const arrayForm: OptionsForm = {
  ...objectForm,
  literals: phpLiterals,
  entry: (name, value) => `'${name}' => ${value}`,
  whole: (entry) => `[${entry}]`,
  insert(source, { range: { start, end, path } }, entry, placeholder) {
    // `array(` is as long as its word.
    const open = start + Math.max(0, source.slice(start, end).search(/[[(]/));
    return insertEntry(source, { start: open, end, path }, entry, placeholder);
  },
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

/**
 * Arguments that may have a name, as Kotlin and Scala write them: `originPolicy = OriginPolicy.Only("a")`. One that stands at its
 * position has none, and gets none; nothing is added to the others.
 */
export function namedArgumentsForm(literals: Literals): OptionsForm {
  const entry = (name: string, value: string): string => `${name} = ${value}`;
  return {
    literals,
    entry,
    whole: (argument) => argument,
    replace(source, range, name, value) {
      const isNamed = new RegExp(`^${name}\\s*=(?!=)`).test(source.slice(range.start, range.end));
      return [{ range, newText: isNamed ? entry(name, value) : value }];
    },
    insert: () => [],
  };
}

/**
 * Steps of a builder, each called on what the one before gives: `.allowedOrigins("a").maxAge(60)`, `.WithOrigins("a").AllowCredentials()`.
 * An entry is a step without its dot (`builder-steps.ts` makes them). `entry`: a step is written in another way than `name(value)`.
 */
export function chainForm(
  literals: Literals,
  entry: OptionsForm['entry'] = (name, value) => `${name}(${value})`,
): OptionsForm {
  return {
    literals,
    entry,
    whole: (step) => step,
    remove: removeStep,
    isScattered,
    insert(source, { range: { start, end, path } }, step, placeholder) {
      const lines = /(\r?\n[ \t]*)\.[^\n]*$/.exec(source.slice(start, end))?.[1] ?? '';
      return [{ range: { start: end, end, path }, newText: `${lines}.${step}`, placeholder }];
    },
  };
}

/** Steps that are statements of their own, all on this name: `config.setMaxAge(60L);`. */
export function statementsForm(literals: Literals, receiver: string, entry?: OptionsForm['entry']): OptionsForm {
  return {
    ...chainForm(literals, entry),
    insert(source, { range: { start, end, path } }, step, placeholder) {
      const at = source.indexOf(';', end);
      if (at < 0 || source.slice(end, at).trim() !== '') return [];
      const newText = `${lineEnd(source)}${indentationAt(source, start)}${receiver}.${step};`;
      return [{ range: { start: at + 1, end: at + 1, path }, newText, placeholder }];
    },
  };
}

/** Attributes of an annotation: `@CrossOrigin(origins = "a")`; one that is written without a name is its `value`. */
export function annotationForm(
  literals: Literals,
  entry: OptionsForm['entry'] = (name, value) => `${name} = ${value}`,
): OptionsForm {
  return {
    literals,
    entry,
    whole: (entry) => entry,
    insert(source, { entries, range }, entry, placeholder) {
      const [first] = entries;
      if (first === undefined) return [];
      const { start } = first.range;
      const isNamed = first.keyRange.end <= first.value.range.start;
      return [
        {
          range: { start, end: start, path: range.path },
          newText: `${entry}, ${isNamed ? '' : 'value = '}`,
          placeholder,
        },
      ];
    },
  };
}

/** Takes a step away with its dot; the whole statement where that is nothing else than a step on a name. */
export function removeStep(source: SourceText, { start, end, path }: SourceRange): Edit[] {
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const before = source.slice(lineStart, start);
  const [behind] = /^\s*;[ \t]*(\r?\n)?/.exec(source.slice(end, end + 80)) ?? [];
  if (behind !== undefined && /^\s*[\w$]+\s*\.\s*$/.test(before))
    return [{ range: { start: lineStart, end: end + behind.length, path }, newText: '' }];
  const dot = source.lastIndexOf('.', start);
  const behindOther = dot - runBefore(source, dot, /\s/).length;
  if (!isInComment(source, behindOther)) return [{ range: { start: behindOther, end, path }, newText: '' }];
  // What follows would become a part of the comment.
  const [rest] = /^[ \t]*\r?\n/.exec(source.slice(end, end + 80)) ?? [];
  return before.trim() === '.' && rest !== undefined
    ? [{ range: { start: lineStart, end: end + rest.length, path }, newText: '' }]
    : [{ range: { start: dot, end, path }, newText: '' }];
}

/** Whether a comment goes on to the end of the line in which this is. */
function isInComment(source: SourceText, at: number): boolean {
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  return /\/\/|#/.test(line.replaceAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, ''));
}
