/** How a language writes the values that edits put into its programs. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { SourceText } from '../syntax/source-text.ts';
import { originList, preferredQuote, quoted } from './program-edits.ts';

export interface Literals {
  /** The quote for new texts of this program. */
  quote(program: SourceText): string;
  /** A text in that quote. */
  text(value: string, quote: string): string;
  /** A list of texts; `written` is what it stands in place of, in whose way it is written where a language has several. */
  list(values: readonly string[], quote: string, written?: string): string;
  /** A regular expression as a library takes it in place of a text; between slashes without this. */
  pattern?(source: string, quote: string): string;
  /** A number of seconds where a span of time is wanted; the number itself without this. */
  seconds?(count: number): string;
  /** What switches an option off. */
  readonly no: string;
  /** A test of the origin as a comparison with whole origins; undefined where it is not written in a way that is known. */
  comparison(written: string, origins: readonly string[], quote: string): string | undefined;
  /** Whether any number of texts may stand where this one does, and not only one; always without this. */
  holdsSeveral?(source: SourceText, member: SourceRange): boolean;
  /** A list in place of a text that stands alone, where both may stand; undefined where only one text may. */
  listAlone?(values: readonly string[], source: SourceText, text: SourceRange): string | undefined;
  /** Whether a member of a list can be taken away; always without this. */
  canRemove?(source: SourceText, member: SourceRange): boolean;
  /** What else has to go where this range goes: an import that nobody uses any more. */
  leftOver?(source: SourceText, range: SourceRange): Edit[];
}

/** The text that a method of it is asked about, and the method: `origin.endsWith('example.com')`. */
const askedText = /^([\w$.]+(?:\((?:'[^']*'|"[^"]*")\))?)\??\.(endsWith|startsWith|includes|endswith|startswith)\(/;

/** JavaScript and TypeScript: `['https://a.example']`. */
export const javascriptLiterals: Literals = {
  quote: (program) => preferredQuote(program),
  text: quoted,
  list: originList,
  no: 'false',
  comparison(written, origins, quote) {
    const [, subject, method] = askedText.exec(written) ?? [];
    if (subject === undefined) return undefined;
    const list = originList(origins, quote);
    return method === 'endswith' || method === 'startswith' ? `${subject} in ${list}` : `${list}.includes(${subject})`;
  },
};

/** Python, whose formatters prefer double quotes: `["https://a.example"]`. */
export const pythonLiterals: Literals = {
  ...javascriptLiterals,
  quote: (program) => preferredQuote(program, '"'),
  pattern: (source, quote) => (source.includes(quote) ? quoted(source, quote) : `r${quote}${source}${quote}`),
  no: 'False',
};
