/**
 * What the folder of a programming language exports as `language`, in `<language>/language.ts`: how files of it are
 * recognised and parsed, and how their trees are lowered. What its values mean stands in `values/languages/<language>.ts`.
 * Nothing else knows the language by its name.
 */
import type { GrammarSource } from './grammar-source.ts';
import type { LanguageAdapter } from './language-adapter.ts';

export interface ProgramLanguage {
  /** `javascript`: the name of its two places, and the one under which frameworks list it. */
  readonly name: string;
  readonly adapter: LanguageAdapter;
  /** How a comment begins that goes to the end of its line. */
  readonly comment: '//' | '#';
  /** A backslash at the end of a line goes on with it in the next, so that no comment may stand behind or below it. */
  readonly continuesLines?: true;
  /** Whose versions its imports have: the name of a file in `service/packages/`. */
  readonly ecosystem: string;
  /** Notebooks that do not say their language are of this one: they are from the time when there was no other. */
  readonly isOldestOfNotebooks?: true;
  /** VS Code takes its files for plain text unless an extension for the language is there. */
  readonly isPlainInEditors?: true;
  /** Files of the language: one entry a grammar. */
  readonly dialects: readonly ProgramDialect[];
}

export interface ProgramDialect {
  /** Language ids of editors. */
  readonly ids: readonly string[];
  /** After the last dot of the name, in lower case. */
  readonly endings: readonly string[];
  readonly grammar: GrammarSource;
}
