/**
 * Pieces that code cuts out of the origin or of a part of it. Each cut says in which way the text is taken apart; the ways
 * never overlap, so that a test of the piece is a regular language of the whole. Texts that no way covers stay undecided.
 */
import { concatenation, intersection, isBudgetError, isSubset } from '../policy/patterns/automaton.ts';
import { fullMatch, languageOfPattern } from '../policy/patterns/pattern-language.ts';
import { toJavaScript } from '../policy/patterns/pattern-translation.ts';
import type { CutPart, OriginPart, Pattern } from '../policy/request-test.ts';

/** An origin is hardly longer, and each character is a state. */
const longestCut = 300;
const any = '[\\s\\S]*';

type Way = CutPart['ways'][number];

export function firstCharacters(of: OriginPart, count: number): CutPart | undefined {
  return cut(
    of,
    count,
    `first ${count} characters`,
    [
      { before: '', piece: exactly(count), after: any },
      { before: '', piece: fewer(count), after: '' },
    ],
    { side: 'start', length: count },
  );
}

/** `whole`: texts that are shorter are taken as a whole; else they stay undecided. */
export function lastCharacters(of: OriginPart, count: number, whole = true): CutPart | undefined {
  return cut(
    of,
    count,
    `last ${count} characters`,
    [
      { before: any, piece: exactly(count), after: '' },
      ...(whole ? [{ before: '', piece: fewer(count), after: '' }] : []),
    ],
    { side: 'end', length: count },
  );
}

export function withoutFirst(of: OriginPart, count: number): CutPart | undefined {
  return cut(of, count, `text behind the first ${count} characters`, [
    { before: exactly(count), piece: any, after: '' },
    { before: fewer(count), piece: '', after: '' },
  ]);
}

export function withoutLast(of: OriginPart, count: number, whole = true): CutPart | undefined {
  return cut(of, count, `text before the last ${count} characters`, [
    { before: '', piece: any, after: exactly(count) },
    ...(whole ? [{ before: '', piece: '', after: fewer(count) }] : []),
  ]);
}

/** The character at this place; undecided where the text ends before it. */
export function characterAt(of: OriginPart, index: number): CutPart | undefined {
  const [before, after] = index < 0 ? [any, exactly(-1 - index)] : [exactly(index), any];
  return cut(of, Math.max(1, Math.abs(index)), `character ${index}`, [{ before, piece: exactly(1), after }]);
}

/** What `split(separator)[index]` gives. */
export function segment(of: OriginPart, separator: string, index: number): CutPart | undefined {
  const between = withoutSeparator(separator);
  if (between === undefined || index < -1 || index > 20) return undefined;
  const mark = literal(separator);
  if (index === -1) {
    return between.followed === between.last
      ? {
          of,
          words: `last piece between "${separator}"`,
          ways: [
            { before: any + mark, piece: between.last, after: '' },
            { before: '', piece: between.last, after: '' },
          ],
        }
      : undefined;
  }
  const before = `(?:${between.followed}${mark}){${index}}`;
  return {
    of,
    words: `piece ${index} between "${separator}"`,
    ways: [
      { before, piece: between.followed, after: mark + any },
      { before, piece: between.last, after: '' },
    ],
  };
}

/** Everything behind the first separator; `whole`: nothing where there is none, else undecided. */
export function behindFirst(of: OriginPart, separator: string, whole: boolean): CutPart | undefined {
  const between = withoutSeparator(separator);
  if (between === undefined) return undefined;
  return {
    of,
    words: `text behind "${separator}"`,
    ways: [
      { before: between.followed + literal(separator), piece: any, after: '' },
      ...(whole ? [{ before: between.last, piece: '', after: '' }] : []),
    ],
  };
}

/** `split('.').slice(-count).join('.')`. */
export function lastSegments(of: OriginPart, separator: string, count: number): CutPart | undefined {
  const between = withoutSeparator(separator);
  if (between === undefined || separator.length > 1 || count < 1 || count > 20) return undefined;
  const mark = literal(separator);
  const upTo = (most: string) => `${between.last}(?:${mark}${between.last}){${most}}`;
  return {
    of,
    words: `last ${count} pieces between "${separator}"`,
    ways: [
      { before: any + mark, piece: upTo(String(count - 1)), after: '' },
      { before: '', piece: upTo(`0,${count - 1}`), after: '' },
    ],
  };
}

/** `split('.').slice(count).join('.')`. */
export function laterSegments(of: OriginPart, separator: string, count: number): CutPart | undefined {
  const between = withoutSeparator(separator);
  if (between === undefined || separator.length > 1 || count < 1 || count > 20) return undefined;
  const mark = literal(separator);
  return {
    of,
    words: `pieces between "${separator}" behind the first ${count}`,
    ways: [
      { before: `(?:${between.last}${mark}){${count}}`, piece: any, after: '' },
      { before: `${between.last}(?:${mark}${between.last}){0,${count - 1}}`, piece: '', after: '' },
    ],
  };
}

/**
 * `replace(text, '')`; a text in the middle stays undecided. `everywhere`: not the first one only. `lowered`: of the origin in lower
 * case, where a capital is taken away as its small letter is.
 */
export function withoutText(of: OriginPart, text: string, everywhere: boolean, lowered = false): CutPart | undefined {
  if (text === '' || text.length > longestCut) return undefined;
  const written = lowered ? inAnyCase(literal(text)) : literal(text);
  if (written === undefined) return undefined;
  const none = `(?!${any}${written})${any}`;
  return {
    of,
    words: `text without "${text}"`,
    ways: [
      { before: written, piece: everywhere ? none : any, after: '' },
      { before: '', piece: none, after: '' },
    ],
  };
}

/** `removeprefix`, `removesuffix`. */
export function withoutEdge(of: OriginPart, text: string, side: 'start' | 'end'): CutPart | undefined {
  const edge = literal(text);
  if (text.length > longestCut) return undefined;
  if (side === 'start')
    return {
      of,
      words: `text behind "${text}"`,
      ways: [
        { before: edge, piece: any, after: '' },
        { before: '', piece: `(?!${edge})${any}`, after: '' },
      ],
    };
  return {
    of,
    words: `text before "${text}"`,
    ways: [
      { before: '', piece: any, after: edge },
      { before: '', piece: `(?!${any}${edge}$)${any}`, after: '' },
    ],
  };
}

/** `replace(/^https?:\/\//, '')`, `replace(/:\d+$/, '')`: undefined where it is not plain what the pattern takes away. */
export function withoutPattern(of: OriginPart, pattern: Pattern, lowered = false): CutPart | undefined {
  const everywhere = pattern.flags.includes('g');
  const written = lowered ? inAnyCase(pattern.source) : pattern.source;
  if (written === undefined) return undefined;
  const once = { ...pattern, source: written, flags: pattern.flags.replace('g', '') };
  const translated = toJavaScript(once);
  if (translated === undefined || /[imsuvy]/.test(once.flags) || translated.flags !== '') return undefined;
  const { source } = translated;
  const words = `text without ${pattern.source}`;
  try {
    const start = takenAway(source.replace(/^\^/, ''), source.startsWith('^') ? '^' : '', '', once);
    if (start !== undefined) {
      const none = source.startsWith('^') ? `(?!${start})${any}` : `(?!${any}${start})${any}`;
      return {
        of,
        words,
        ways: [
          { before: start, piece: everywhere && !source.startsWith('^') ? none : any, after: '' },
          { before: '', piece: none, after: '' },
        ],
      };
    }
    const end = source.endsWith('$') ? takenAway(source.slice(0, -1), '', '$', once) : undefined;
    if (end === undefined) return undefined;
    return {
      of,
      words,
      ways: [
        { before: '', piece: any, after: end },
        { before: '', piece: `(?!${any}${end}$)${any}`, after: '' },
      ],
    };
  } catch (error) {
    if (isBudgetError(error)) return undefined;
    throw error;
  }
}

/** The inner pattern as a group, where the whole takes exactly its texts at this edge, and takes each in one way only. */
function takenAway(inner: string, start: string, end: string, pattern: Pattern): string | undefined {
  const body = languageOfPattern({ source: inner, flags: '', dialect: 'javascript', mode: 'full' });
  const found = languageOfPattern({ ...pattern, mode: 'search' });
  if (body === undefined || found === undefined) return undefined;
  const [all, some] = [fullMatch(any), fullMatch('[\\s\\S]+')];
  const expected = concatenation([...(start === '' ? [all] : []), body, ...(end === '' ? [all] : [])]);
  if (!isSubset(found, expected) || !isSubset(expected, found)) return undefined;
  const longer = concatenation(end === '' ? [body, some] : [some, body]);
  return intersection(body, longer).isEmpty && !intersection(body, some).isEmpty ? `(?:${inner})` : undefined;
}

function cut(
  of: OriginPart,
  count: number,
  words: string,
  ways: readonly Way[],
  edge?: CutPart['edge'],
): CutPart | undefined {
  return Number.isInteger(count) && count > 0 && count <= longestCut
    ? { of, words, ways, ...(edge && { edge }) }
    : undefined;
}

function exactly(count: number): string {
  return `[\\s\\S]{${count}}`;
}

function fewer(count: number): string {
  return `[\\s\\S]{0,${count - 1}}`;
}

/** A piece between separators: one that a separator follows, and the last. Undefined where separators could overlap. */
function withoutSeparator(separator: string): { readonly followed: string; readonly last: string } | undefined {
  if (separator === '' || separator.length > 20 || !/^[\x20-\x7e]+$/.test(separator)) return undefined;
  if (separator.length === 1) {
    const one = `[^${separator.replace(/[\\\]^-]/, '\\$&')}]*`;
    return { followed: one, last: one };
  }
  const none = `(?:(?!${literal(separator)})[\\s\\S])*`;
  if (separator === '//') return { followed: `${none}(?<!/)`, last: none };
  const overlaps = Array.from({ length: separator.length - 1 }, (_, index) => separator.slice(index + 1)).some((end) =>
    separator.startsWith(end),
  );
  return overlaps ? undefined : { followed: none, last: none };
}

/** Every small letter as both; undefined where letters stand in classes or mean something else. */
function inAnyCase(source: string): string | undefined {
  if (/\[[^\]]*[a-z][^\]]*\]|\\[^dws./:?+*(){}|^$[\]\\-]|\(\?</.test(source)) return undefined;
  return source.replaceAll(/\\.|[a-z]/g, (one) => (one.length > 1 ? one : `[${one}${one.toUpperCase()}]`));
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
