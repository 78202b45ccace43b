/** How Go writes the values that edits put into its programs, and what it does not compile with afterwards. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { SourceText } from '../syntax/source-text.ts';
import type { Literals } from './literals.ts';
import { quoted } from './program-edits.ts';

const askedText = /^strings\.(?:HasPrefix|HasSuffix|Contains|EqualFold)\(\s*([\w.]+(?:\("[^"]*"\))?)\s*,/;

/** Go: `[]string{"https://a.example"}`. */
export const goLiterals: Literals = {
  quote: () => '"',
  text: quoted,
  list: (values, quote) => `[]string{${values.map((value) => quoted(value, quote)).join(', ')}}`,
  no: 'false',
  comparison(written, origins, quote) {
    const subject = askedText.exec(written)?.[1];
    if (subject === undefined) return undefined;
    const tests = origins.map((origin) => `${subject} == ${quoted(origin, quote)}`);
    return `(${tests.join(' || ')})`;
  },
  // `append(list, "x")` without the text adds nothing, which `go vet` refuses.
  canRemove: (source, { start, end }) =>
    !(/\bappend\(\s*[^,()]+,\s*$/.test(source.slice(0, start)) && /^\s*\)/.test(source.slice(end))),
  leftOver: unusedImports,
};

/** Imports that are used in this range alone: without them gone, the program is not compiled. */
export function unusedImports(source: SourceText, range: SourceRange): Edit[] {
  const removed = source.slice(range.start, range.end);
  const rest = source.slice(0, range.start) + source.slice(range.end);
  return [...source.matchAll(/^(?:import )?[ \t]*"([\w./-]+)"[ \t]*\r?\n/gm)].flatMap(({ index, 0: line, 1: path }) => {
    const name = path!
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1)!;
    const used = new RegExp(`\\b${name.replaceAll(/\W/g, '\\$&')}\\.`);
    return used.test(removed) && !used.test(rest)
      ? [{ range: { start: index, end: index + line.length, path: range.path }, newText: '' }]
      : [];
  });
}
