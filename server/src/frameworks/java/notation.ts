/** How Java and Kotlin write what a library is told, and which names of a file are a library's. */
import type { Program } from '../../syntax/programs/program.ts';
import { javaLiterals } from '../../edits/java-literals.ts';
import type { JavaListPlace } from '../../edits/java-literals.ts';
import { kotlinLiterals } from '../../edits/kotlin-literals.ts';
import type { Literals } from '../../edits/literals.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, Value } from '../../values/value.ts';

/** How a language writes what a library is told. */
interface Notation {
  literals(place: JavaListPlace, program: Program): Literals;
  /** No edit is known for sure of objects that are configured in blocks and by their properties. */
  readonly isUnsure?: true;
}

const java: Notation = { literals: (place, { text }) => javaLiterals(place, text) };
const notations: Readonly<Record<string, Notation>> = {
  kotlin: { literals: kotlinLiterals, isUnsure: true },
};

const notationOf = ({ language }: Program): Notation => notations[language] ?? java;

/** How the program writes values at such a place. */
export function literalsOf(program: Program, place: JavaListPlace): Literals {
  return notationOf(program).literals(place, program);
}

/** What is said of options that are no chain of calls, where the program's language has other ways to write these. */
export function noticeOf(program: Program): { readonly isUnsure?: true } {
  return notationOf(program).isUnsure ? { isUnsure: true } : {};
}

/** Whether the file imports this type from one of these packages, by its name or with all others. */
export function importsFrom(program: Program, name: string, packages: readonly string[]): boolean {
  const own = program.imports.find(({ local, imported }) => local === name && imported !== '*');
  if (own) return packages.includes(own.module);
  return program.imports.some(({ module, imported }) => imported === '*' && packages.includes(module));
}

/** A regular expression of Java that has to fit the whole origin. */
export function wholePattern(source: string): Pattern {
  return { source, flags: '', dialect: 'java', mode: 'full' };
}

/** The options, where `HttpMethod.GET` among the members of this one is the name of a method. */
export function withMethodNames(options: Dict, option: string): Dict {
  return withMembers(
    options,
    option,
    ({ expression }) => /^(?:\w+\.)*HttpMethod\.([A-Z]+)$/.exec(expression?.text ?? '')?.[1],
  );
}

/** The options, where members of this one that are no texts are the texts that their names stand for. */
export function withMembers(options: Dict, option: string, textOf: (item: Value) => string | undefined): Dict {
  const entry = dictEntry(options, option);
  if (entry?.value.kind !== 'list') return options;
  const items = entry.value.items.map((item): Value => {
    const text = item.kind === 'text' ? undefined : textOf(item);
    return text === undefined ? item : { kind: 'text', text, range: item.range };
  });
  const value: Value = { ...entry.value, items };
  return { ...options, entries: options.entries.map((one) => (one === entry ? { ...one, value } : one)) };
}
