/** How Java writes the values that edits put into its programs. */
import type { SourceRange } from '../syntax/range.ts';
import type { SourceText } from '../syntax/source-text.ts';
import type { Literals } from './literals.ts';
import { quoted } from './program-edits.ts';

/** Where texts stand that are no list by themselves. */
export type JavaListPlace =
  /** One behind the other, as a method takes any number of them: `allowedOrigins("a", "b")`. */
  | 'arguments'
  /** An attribute of an annotation, which takes one without braces: `origins = {"a", "b"}`. */
  | 'annotation'
  /** A parameter of type `List`: `setAllowedOrigins(List.of("a", "b"))`. */
  | 'collection';

const askedText = /^([\w.]+(?:\(\s*"[^"]*"\s*\))?)\.(?:endsWith|startsWith|contains|equalsIgnoreCase|matches)\(/;
/** What makes a list or an array of the texts behind it. */
const maker = /^((?:[\w.]+\.)?(?:of|asList|newArrayList|newHashSet))\(|^(new\s+[\w.]+\s*\[\s*\]\s*)\{|^\{/;

/** Java at a place where texts stand in one of these ways, which counts where no list is written yet. */
export function javaLiterals(place: JavaListPlace): Literals {
  return {
    quote: () => '"',
    text: quoted,
    list: (values, quote, written = '') =>
      listLike(
        written,
        values.map((value) => quoted(value, quote)),
        place,
      ),
    no: place === 'annotation' ? '"false"' : 'false',
    comparison(written, origins, quote) {
      const subject = askedText.exec(written)?.[1];
      const tests = origins.map((origin) => `${quoted(origin, quote)}.equals(${subject})`);
      if (subject === undefined) return undefined;
      return tests.length === 1 ? tests[0] : `(${tests.join(' || ')})`;
    },
    holdsSeveral: (source, range) => !standsAlone(source, range),
  };
}

/** A list in the way of the one that is written. */
function listLike(written: string, members: readonly string[], place: JavaListPlace): string {
  const [found, made, array] = maker.exec(written) ?? [];
  const row = members.join(', ');
  if (made !== undefined) return `${made}(${row})`;
  if (found !== undefined) return `${array ?? ''}{${row}}`;
  if (place === 'arguments') return row;
  if (place === 'annotation') return members.length === 1 ? row : `{${row}}`;
  // A name that needs no import.
  return `java.util.Arrays.asList(${row})`;
}

/** The only argument of a method that takes one: `addAllowedOrigin("a")`, `Collections.singletonList("a")`. */
function standsAlone(source: SourceText, { start, end }: SourceRange): boolean {
  return (
    /\b(?:add\w+|singleton\w*|setAllowedOrigin)\(\s*$/.test(source.slice(Math.max(0, start - 60), start)) &&
    /^\s*\)/.test(source.slice(end, end + 20))
  );
}
