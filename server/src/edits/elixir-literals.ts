/** How Elixir writes values: `["https://a.example"]`, `~r/^https/`, whole origins as a test of membership. */
import type { SourceText } from '../syntax/source-text.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { Literals } from './literals.ts';
import { originList, quoted } from './program-edits.ts';

/** The text that a function asks something of: `String.ends_with?(origin, ".example.com")`. */
const askedText = /^String\.(?:ends_with|starts_with|contains)\?\(\s*([\w.]+)\s*,/;

export const elixirLiterals: Literals = {
  quote: () => '"',
  text: (value) => quoted(value, '"').replaceAll('#{', '\\#{'),
  list: (values) => originList(values, '"'),
  pattern: (source) => `~r/${source.replaceAll(/(?<!\\)\//g, '\\/')}/`,
  no: 'false',
  comparison(written, origins) {
    const subject = askedText.exec(written)?.[1];
    return subject === undefined ? undefined : `${subject} in ${originList(origins, '"')}`;
  },
  // Words of `~w(a b)` have no quotes that others could be written in.
  holdsSeveral: (source, member) => !isWord(source, member),
};

/** Whether the text is a word of `~w(a b)`. */
export function isWord(source: SourceText, { start }: SourceRange): boolean {
  return !/^["':~]/.test(source.slice(start, start + 1));
}
