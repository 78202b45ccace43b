/** How Java writes the values that edits put into its programs. */
import type { SourceRange } from '../syntax/range.ts';
import { runAt } from '../syntax/source-text.ts';
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
const maker =
  /^((?:[\w.]+\.)?(?:of|asList|newArrayList|newHashSet|singletonList))\(|^(new\s+[\w.]+\s*\[\s*\]\s*)\{|^\{/;

/** Java at a place where texts stand in one of these ways, which counts where no list is written yet; `program`: of which file. */
export function javaLiterals(place: JavaListPlace, program?: SourceText): Literals {
  return {
    quote: () => '"',
    text: quoted,
    list: (values, quote, written = '') =>
      listLike(
        written,
        values.map((value) => quoted(value, quote)),
        place,
        program,
      ),
    no: place === 'annotation' ? '"false"' : 'false',
    // A `Long` takes no other number.
    ...(place === 'collection' && { seconds: (count: number) => `${count}L` }),
    comparison(written, origins, quote) {
      const subject = askedText.exec(written)?.[1];
      const tests = origins.map((origin) => `${quoted(origin, quote)}.equals(${subject})`);
      if (subject === undefined) return undefined;
      return tests.length === 1 ? tests[0] : `(${tests.join(' || ')})`;
    },
    holdsSeveral: (source, range) => !standsAlone(source, range, place),
    ...(place === 'annotation' && {
      listAlone: (values: readonly string[], source: SourceText, range: SourceRange) =>
        isConstant(source, range)
          ? undefined
          : listLike(
              '',
              values.map((value) => quoted(value, '"')),
              place,
            ),
      // An empty list means the same as none: everybody.
      canRemove: (source: SourceText, range: SourceRange) => !isOnly(source, range),
    }),
  };
}

/** A list in the way of the one that is written. */
function listLike(written: string, members: readonly string[], place: JavaListPlace, program?: SourceText): string {
  const [found, made, array] = maker.exec(written) ?? [];
  const row = members.join(', ');
  if (made !== undefined) return `${severalOf(made, members.length)}(${row})`;
  if (found !== undefined) return `${array ?? ''}{${row}}`;
  if (place === 'arguments') return row;
  if (place === 'annotation') return members.length === 1 ? row : `{${row}}`;
  return `${listMaker(program)}(${row})`;
}

/** `Collections.singletonList` takes one, and what takes several needs no import. */
function severalOf(made: string, count: number): string {
  return made.endsWith('singletonList') && count !== 1 ? 'java.util.Arrays.asList' : made;
}

/** What the file makes its lists with, else a name that needs no import. */
function listMaker(program: SourceText | undefined): string {
  const isImported = (name: string): boolean =>
    program?.match(new RegExp(`^import\\s+java\\.util\\.(?:${name}|\\*)\\s*;`, 'm')) !== null;
  if (isImported('List') && program?.match(/\bList\.of\(/)) return 'List.of';
  return isImported('Arrays') ? 'Arrays.asList' : 'java.util.Arrays.asList';
}

/** It is all that a method or an attribute takes, or all that a constant is: `addAllowedOrigin("a")`, `Collections.singletonList("a")`. */
function standsAlone(source: SourceText, range: SourceRange, place: JavaListPlace): boolean {
  if (isConstant(source, range)) return true;
  const before = source.slice(Math.max(0, range.start - 60), range.start);
  if (place === 'annotation') return !/[{,]\s*$/.test(before) || /@\w+\s*\([^{]*$/.test(before);
  const isLast = /^\s*\)/.test(source.slice(range.end, range.end + 20));
  return isLast && /\b(?:add\w+|singleton\w*|setAllowedOrigin)\(\s*$/.test(before);
}

/** `static final String ORIGIN = "a"`. */
function isConstant(source: SourceText, { start }: SourceRange): boolean {
  return /\bString\s+\w+\s*=\s*$/.test(source.slice(Math.max(0, start - 80), start));
}

/** Nothing else stands between the brackets. */
function isOnly(source: SourceText, { start, end }: SourceRange): boolean {
  const behind = end + runAt(source, end, /[\s,]/).length;
  return /\{\s*$/.test(source.slice(Math.max(0, start - 60), start)) && source.slice(behind, behind + 1) === '}';
}
