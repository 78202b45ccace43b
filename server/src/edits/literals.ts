/** How a language writes the values that edits put into its programs. */
import { originList, preferredQuote, quoted } from './program-edits.ts';

export interface Literals {
  /** The quote for new texts of this program. */
  quote(program: string): string;
  /** A text in that quote. */
  text(value: string, quote: string): string;
  /** A list of texts. */
  list(values: readonly string[], quote: string): string;
  /** What switches an option off. */
  readonly no: string;
}

/** JavaScript and TypeScript: `['https://a.example']`. */
export const javascriptLiterals: Literals = {
  quote: (program) => preferredQuote(program),
  text: quoted,
  list: originList,
  no: 'false',
};

/** Python, whose formatters prefer double quotes: `["https://a.example"]`. */
export const pythonLiterals: Literals = {
  ...javascriptLiterals,
  quote: (program) => preferredQuote(program, '"'),
  no: 'False',
};
