/** Reads a file of any programming language: the grammar that it is parsed with says which one it is. */
import type { GrammarName } from './grammar-source.ts';
import type { Grammar } from './grammar.ts';
import { programLanguages } from './index.ts';
import type { LanguageAdapter } from './language-adapter.ts';
import type { Program } from './program.ts';
import type { ProgramLanguage } from './program-language.ts';
import type { ReadableProgram } from './program-reader.ts';
import { readProgramWith } from './program-reader.ts';

const languageOfGrammar: ReadonlyMap<GrammarName, ProgramLanguage> = new Map(
  programLanguages.flatMap((language) => language.dialects.map(({ grammar }) => [grammar.name, language] as const)),
);

/**
 * Reads a file. `previous` is the last reading of the same file; its tree is reused and must not be read any more.
 * `isKept`: what was made of that reading is kept where it can be, which `seen` of the new one tells.
 * `adapter` is the one of the grammar's language unless another is given. Throws for a grammar that no language has.
 */
export function readProgram(
  source: {
    readonly path: string;
    readonly text: string;
    readonly grammar: Grammar;
    readonly adapter?: LanguageAdapter;
  },
  previous?: Program,
  isKept = false,
): ReadableProgram {
  const adapter = source.adapter ?? languageOfGrammar.get(source.grammar.name)?.adapter;
  if (adapter === undefined) throw new Error(`No programming language has the grammar "${source.grammar.name}".`);
  return readProgramWith({ ...source, adapter }, previous, isKept);
}
