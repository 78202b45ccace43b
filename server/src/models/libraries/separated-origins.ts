/** One text that names several origins, each piece where it stands. */
import type { SourceRange } from '../../syntax/range.ts';
import type { EntryEdits, OriginEntry } from '../../policy/policy.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { originEquals, originMatches } from '../../policy/request-test.ts';
import type { Text } from '../../values/value.ts';
import type { LibraryContext } from './library-context.ts';

interface Piece {
  readonly text: string;
  /** With the white space around it. */
  readonly whole: string;
  readonly range: SourceRange;
  /** It stands in the source by itself, so that it can be written anew. */
  readonly isExact: boolean;
}

/** The origins and patterns that a text holds, between the separators of the library. */
export function separatedOrigins(value: Text, separator: string, context: LibraryContext): OriginEntry[] {
  const { patternOf } = context.library.origin;
  // Where a blank separates, several of them are no more than one.
  const pieces = piecesOf(value, separator, context).filter(({ text }) => text !== '' || separator.trim() !== '');
  return pieces.map((piece) => {
    const pattern = patternOf?.(piece.whole);
    return pattern ? patternEntry(piece, pattern, separator, context) : textEntry(piece, separator, context);
  });
}

function textEntry(piece: Piece, separator: string, context: LibraryContext): OriginEntry {
  const { text, whole, range } = piece;
  const edits = editsOf(piece, separator, context);
  const { comparedAs = (one: string) => one, ignoresCase, stopsFor } = context.library.origin;
  const stops = stopsFor?.(whole);
  return {
    range,
    kind: 'text',
    text,
    accepts: originEquals(comparedAs(text), range, ignoresCase),
    matching: 'exact',
    ...(stops !== undefined && { stops }),
    ...(edits && { edits }),
  };
}

function patternEntry(piece: Piece, pattern: Pattern, separator: string, context: LibraryContext): OriginEntry {
  const { range, text } = piece;
  const edits = editsOf(piece, separator, context);
  const accepts = originMatches(pattern, range);
  // What does not stand between slashes is a wildcard of the library's own.
  if (!text.startsWith('/'))
    return { range, kind: 'pattern', text, pattern, accepts, matching: 'wildcard', ...(edits && { edits }) };
  return {
    range,
    kind: 'pattern',
    text: pattern.source,
    pattern,
    accepts,
    matching: 'regex',
    ...(edits && {
      edits: {
        ...edits,
        replaceText: undefined,
        replacePattern: (source) => [{ range, newText: inside(`/${source}/${pattern.flags}`, context) }],
      },
    }),
  };
}

function editsOf({ isExact, range }: Piece, separator: string, context: LibraryContext): EntryEdits | undefined {
  if (!isExact) return undefined;
  return {
    replaceText: (other) => [{ range, newText: inside(other, context) }],
    replaceByOrigins: (origins, placeholder) => [
      { range, newText: origins.map((origin) => inside(origin, context)).join(separator), placeholder },
    ],
  };
}

/** The text as it is written between the quotes. */
function inside(text: string, { text: { literals, quote } }: LibraryContext): string {
  return literals.text(text, quote).slice(quote.length, -quote.length);
}

/** The pieces of the text, each where the source has it; at the whole where escapes hide the separators. */
function piecesOf({ text, contentRange, range }: Text, separator: string, context: LibraryContext): Piece[] {
  const { library, text: program } = context;
  const cut = (whole: string): string => (library.origin.trims ? whole.trim() : whole);
  const pieces = text.split(separator);
  const source = contentRange && program.textOf(contentRange)?.slice(contentRange.start, contentRange.end);
  const written = source?.split(separator) ?? [];
  if (contentRange === undefined || written.length !== pieces.length)
    return pieces.map((piece) => ({ text: cut(piece), whole: piece, range, isExact: false }));
  let at = contentRange.start;
  return pieces.map((piece, index) => {
    const whole = written[index]!;
    const kept = cut(whole);
    const start = at + whole.indexOf(kept);
    at += whole.length + separator.length;
    return {
      text: cut(piece),
      whole: piece,
      range: { ...contentRange, start, end: start + kept.length },
      isExact: true,
    };
  });
}
