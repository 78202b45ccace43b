/** The reader of each programming language, by grammar. */
import type { Grammar } from './grammar.ts';
import { javascript } from './javascript/javascript.ts';
import { python } from './python/python.ts';
import type { Program } from './program.ts';
import type { LanguageAdapter } from './language-adapter.ts';
import type { ReadableProgram } from './program-reader.ts';
import { readProgramWith } from './program-reader.ts';

/** Reads a file. `previous` is the last reading of the same file; its tree is reused and must not be read any more. */
export function readProgram(
  source: {
    readonly path: string;
    readonly text: string;
    readonly grammar: Grammar;
    readonly adapter?: LanguageAdapter;
  },
  previous?: Program,
): ReadableProgram {
  return readProgramWith(
    { ...source, adapter: source.adapter ?? (source.grammar.name === 'python' ? python : javascript) },
    previous,
  );
}
