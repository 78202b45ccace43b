/** How a language writes what an allowlist check is made of; edits of programs are put together from these. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { SourceText } from '../syntax/source-text.ts';

export interface ProgramNotation {
  /** The quote of a text where the language has but one: `'` stands around single letters in Go and Java. */
  readonly quote?: '"' | "'";
  /** A literal list of texts that are quoted already: `['a', 'b']`, `[]string{"a", "b"}`. */
  list(members: readonly string[]): string;
  /** Whether a list holds a text: `list.includes(text)`, `text in list`. */
  contains(list: string, text: string): string;
  /** The same of a text that may be missing, where the test that stood there allowed it: `origin?.endsWith('.example')`. */
  containsWhereThere?(list: string, text: string, replaced: string): string | undefined;
  /** One value or another: `test ? yes : no`, `yes if test else no`; undefined where a language has no expression for it. */
  choice(test: string, yes: string, no: string): string | undefined;
  /** A constant of the function, and the names that such a list of origins gets: the second one where the first is taken. */
  constant(name: string, value: string): string;
  readonly listNames: readonly [string, string];
  /** Lines of a condition with one statement in it; `step` is one more level of indentation. */
  condition(test: string, statement: string, step: string): readonly string[];
  /** Lines in a block of their own, for where a single statement stood; undefined where a statement always stands in a block. */
  block?(lines: readonly string[], step: string): readonly string[];
  /** A text and an expression behind it as one text: `'Name: ' . $value`. For languages that write headers as whole lines. */
  joined?(text: string, expression: string): string;
  /** What a statement ends with: `;`. */
  readonly end: string;
  /** What else has to go where this range goes: an import that nobody uses any more. */
  leftOver?(source: SourceText, range: SourceRange): Edit[];
}
