/** How Rust writes the values that edits put into its programs. */
import type { SourceRange } from '../syntax/range.ts';
import type { SourceText } from '../syntax/source-text.ts';
import type { Literals } from './literals.ts';
import { quoted } from './program-edits.ts';

/** What is asked, and whether its bytes are: `origin.as_bytes().ends_with(b"example.com")`. */
const askedText = /^&?\*?([\w.()]+?)\.(?:ends_with|starts_with|contains)\(\s*(b?)/;

/** A text as an expression: `member` says how the library wants the members of a list. */
export function rustLiterals(member: (text: string) => string): Literals {
  return {
    quote: () => '"',
    text: quoted,
    list: (values, quote) => `[${values.map((value) => member(quoted(value, quote))).join(', ')}]`,
    seconds: (count) => `std::time::Duration::from_secs(${count})`,
    no: 'false',
    comparison(written, origins, quote) {
      const [, subject, bytes = ''] = askedText.exec(written) ?? [];
      if (subject === undefined) return undefined;
      // Texts of several types are compared so.
      const tests = origins.map((origin) => `${subject} == ${bytes}${quoted(origin, quote)}`);
      return tests.length === 1 ? tests[0] : `(${tests.join(' || ')})`;
    },
    // What is called on a text goes with it: `"https://a.example".parse().unwrap()`.
    holdsSeveral: standsAlone,
    canRemove: standsAlone,
  };
}

function standsAlone(source: SourceText, { end }: SourceRange): boolean {
  return /^\s*[,\]]/.test(source.slice(end, end + 20));
}
