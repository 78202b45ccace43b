/** How C# writes the values that edits put into its programs. */
import type { Literals } from './literals.ts';
import { quoted } from './program-edits.ts';

/** The text that a method of it is asked about, and what is asked: `origin.EndsWith("example.com")`. */
const askedText = /^([\w.]+(?:\["[^"]*"\])?)\??\.(?:EndsWith|StartsWith|Contains|Equals)\(/;
/** `Regex.IsMatch(origin, …)`. */
const matchedText = /^(?:\w+\.)*Regex\.IsMatch\(\s*([\w.]+)\s*,/;
/** What makes a list or an array of the texts behind it. */
const maker = /^(?:new\s*(?:[\w.<>]+\s*)?(?:\[\s*\]|\(\s*\))?\s*)?\{/;

/**
 * C#. A method takes any number of texts one behind the other, `WithOrigins("a", "b")`; elsewhere a list is written as the one that
 * stands there.
 */
export const csharpLiterals: Literals = {
  quote: () => '"',
  text: quoted,
  list(values, quote, written = '') {
    const row = values.map((value) => quoted(value, quote)).join(', ');
    const made = maker.exec(written)?.[0];
    if (made !== undefined) return `${made} ${row} }`;
    return written.startsWith('[') ? `[${row}]` : row;
  },
  no: 'false',
  seconds: (count) => `TimeSpan.FromSeconds(${count})`,
  comparison(written, origins, quote) {
    const subject = askedText.exec(written)?.[1] ?? matchedText.exec(written)?.[1];
    const tests = origins.map((origin) => `${subject} == ${quoted(origin, quote)}`);
    if (subject === undefined) return undefined;
    return tests.length === 1 ? tests[0] : `(${tests.join(' || ')})`;
  },
};

/** The same where a list stands as a member of an object: `Origins = { "a" }`. */
export const csharpMemberLiterals: Literals = {
  ...csharpLiterals,
  list: (values, quote) => `{ ${values.map((value) => quoted(value, quote)).join(', ')} }`,
};
