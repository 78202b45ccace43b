/** Comparisons in servers' configurations, as conditions on the request. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Dialect, RequestTest } from '../../policy/request-test.ts';
import { isOnPreflights } from '../../policy/preflight-headers.ts';
import { always, never, not, originPresent, some, undecidedHeader, unknown } from '../../policy/request-test.ts';
import { matchesPattern as patternMatches } from '../../policy/patterns/pattern-match.ts';
import type { OriginBetween, OriginPart, ServerValue } from './server-values.ts';
import { methods } from './server-values.ts';

/** Where the compared text stands: as a whole, and the part that fixes replace. */
export interface TextPlace {
  readonly range: SourceRange;
  readonly textRange: SourceRange;
}

export function equalsText(value: ServerValue, text: string, ignoreCase: boolean, place: TextPlace): RequestTest {
  const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
  switch (value.kind) {
    case 'text':
      return fold(value.text) === fold(text) ? always : never;
    case 'origin':
      return text === ''
        ? not(originPresent)
        : {
            kind: 'origin',
            part: 'origin',
            operator: 'equals',
            text: fold(text),
            ignoreCase,
            range: place.range,
            textRange: place.textRange,
          };
    case 'method':
      return methods.some((method) => method === (ignoreCase ? text.toUpperCase() : text))
        ? { kind: 'method', name: text.toUpperCase() }
        : never;
    case 'unknown':
      if (value.part) return equalsPart(value.part, text, ignoreCase);
      return value.around ? equalsAround(value.around, fold(text), ignoreCase) : unknown();
    case 'header':
      return headerTest(value.name, `= ${fold(text)}`, text === '');
    default:
      return unknown();
  }
}

/** What a step before the server's start fills in: `${ALLOWED_ORIGINS}`, `{{ origins }}`. In a pattern a dollar sign alone says nothing. */
export const placeholder = /\$\{[A-Za-z_]\w*\}|\$_{3,}|\{\{|__[A-Z]\w*__|@@/;

/** Servers search; most of them with PCRE. */
export function matchesPattern(
  value: ServerValue,
  source: string,
  ignoreCase: boolean,
  place: TextPlace,
  dialect: Dialect = 'pcre',
): RequestTest {
  if (placeholder.test(source)) return unknown();
  switch (value.kind) {
    case 'origin':
      return {
        kind: 'origin',
        part: 'origin',
        operator: 'matches',
        pattern: { source, flags: ignoreCase ? 'i' : '', dialect, mode: 'search' },
        range: place.range,
        textRange: place.textRange,
      };
    case 'method':
      return some(
        methods
          .filter((method) => matchesText(source, method, ignoreCase, dialect) === true)
          .map((name): RequestTest => ({ kind: 'method', name }))
          .concat(matchesText(source, 'GET', ignoreCase, dialect) === undefined ? [unknown()] : []),
      );
    case 'text': {
      const result = matchesText(source, value.text, ignoreCase, dialect);
      return result === undefined ? unknown() : result ? always : never;
    }
    case 'unknown':
      return value.around ? matchesAround(value.around, source, ignoreCase, dialect) : unknown();
    case 'header':
      return headerTest(value.name, `~ ${source}`, matchesText(source, '', ignoreCase, dialect));
    default:
      return unknown();
  }
}

/** The request has the header. */
export function headerPresent(name: string): RequestTest {
  return headerTest(name, 'is there', false);
}

/** What is asked of a header is not decided here, except in a preflight, which has none of the application's own. */
function headerTest(name: string, words: string, withoutHeader: boolean | undefined): RequestTest {
  const header = name.toLowerCase();
  return withoutHeader === undefined || isOnPreflights(header)
    ? unknown()
    : undecidedHeader(`header ${header} ${words}`, withoutHeader);
}

/** The whole text is compared, so that the origin is what stands between the two. */
function equalsAround({ before, after }: OriginBetween, text: string, ignoreCase: boolean): RequestTest {
  const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
  if (text.length < before.length + after.length || !text.startsWith(fold(before)) || !text.endsWith(fold(after)))
    return never;
  const origin = text.slice(before.length, text.length - after.length);
  return origin === ''
    ? not(originPresent)
    : { kind: 'origin', part: 'origin', operator: 'equals', text: origin, ignoreCase };
}

/** What a group holds is compared with a text, where the pattern leaves one choice of what that is. */
function equalsPart({ before, group, after, ignoreCase }: OriginPart, text: string, foldsCase: boolean): RequestTest {
  const folds = ignoreCase || foldsCase;
  const mayHold = matchesText(`^(?:${group})$`, text, folds, 'pcre');
  if (mayHold === false) return never;
  const isCertain = isOnlyChoice({ before, group, after, ignoreCase });
  if (mayHold === undefined || !isCertain) return unknown();
  const folded = folds ? text.toLowerCase() : text;
  const source = `${before}${folded.replaceAll(/[^\w-]/g, '\\$&')}${after}`;
  const literal = source.slice(1, -1).replaceAll(/\\([^A-Za-z0-9])/g, '$1');
  if (/^\^(?:\\[^A-Za-z0-9]|[\w/:-])*\$$/.test(source))
    return { kind: 'origin', part: 'origin', operator: 'equals', text: literal, ignoreCase: folds };
  return {
    kind: 'origin',
    part: 'origin',
    operator: 'matches',
    pattern: { source, flags: folds ? 'i' : '', dialect: 'pcre', mode: 'search' },
  };
}

/** Nothing repeats itself before the group; behind it stands a letter that it cannot hold, or nothing but letters up to the end. */
function isOnlyChoice({ before, group, after }: OriginPart): boolean {
  if (/[*+{]/.test(before)) return false;
  if (/^(?:\\[^A-Za-z0-9]|[\w/:-])*\$$/.test(after)) return true;
  const letters = /^(\\[wd]|\[(?:\\.|[^\]\\])+\])[+*]?$/.exec(group)?.[1];
  const next = literalAt(after, 0)?.letter;
  return letters !== undefined && next !== undefined && matchesText(`^${letters}$`, next, true, 'pcre') === false;
}

/** A pattern that is anchored and writes out both texts says the rest about the origin; what any other one says is not known. */
function matchesAround(
  { before, after }: OriginBetween,
  source: string,
  ignoreCase: boolean,
  dialect: Dialect,
): RequestTest {
  const alternatives = hasOuterAlternatives(source)
    ? undefined
    : (before !== '' && openingWords(source)) || (after !== '' && closingWords(source)) || undefined;
  if (alternatives) return some(alternatives.map((one) => matchesAround({ before, after }, one, ignoreCase, dialect)));
  if (hasOuterAlternatives(source)) return unknown();
  const start = before === '' ? source : withoutStart(source, before, ignoreCase);
  const inner = start === undefined || start === 'never' || after === '' ? start : withoutEnd(start, after, ignoreCase);
  if (inner === 'never') return never;
  return inner === undefined
    ? unknown()
    : {
        kind: 'origin',
        part: 'origin',
        operator: 'matches',
        pattern: { source: inner, flags: ignoreCase ? 'i' : '', dialect, mode: 'search' },
      };
}

/** `^(GET|POST) …`: a pattern for each of the words. */
function openingWords(source: string): readonly string[] | undefined {
  const [, words, rest] = /^\^\((?:\?:)?([\w|]+)\)(?![*+?{])(.*)$/s.exec(source) ?? [];
  return words?.split('|').map((word) => `^${word}${rest!}`);
}

function closingWords(source: string): readonly string[] | undefined {
  const [, rest, words] = /^(.*[^\\])\((?:\?:)?([\w|]+)\)\$$/s.exec(source) ?? [];
  return words?.split('|').map((word) => `${rest!}${word}$`);
}

function withoutStart(source: string, before: string, ignoreCase: boolean): string | 'never' | undefined {
  if (!source.startsWith('^')) return undefined;
  let at = 1;
  for (const wanted of before) {
    const piece = literalAt(source, at);
    if (piece === undefined) return undefined;
    if (differs(piece.letter, wanted, ignoreCase)) return 'never';
    at += piece.length;
  }
  // A repetition would be about the last letter that was taken away.
  return /^[*+?{]/.test(source.slice(at)) ? undefined : `^${source.slice(at)}`;
}

function withoutEnd(source: string, after: string, ignoreCase: boolean): string | 'never' | undefined {
  if (!/(?<!\\)\$$/.test(source)) return undefined;
  let end = source.length - 1;
  for (const wanted of [...after].reverse()) {
    const escaped = source[end - 2] === '\\' && source[end - 3] !== '\\';
    const piece = literalAt(source, escaped ? end - 2 : end - 1);
    if (piece === undefined || (escaped && piece.length !== 2)) return undefined;
    if (differs(piece.letter, wanted, ignoreCase)) return 'never';
    end -= piece.length;
  }
  return `${source.slice(0, end)}$`;
}

/** The one letter that stands here for itself. */
function literalAt(source: string, at: number): { letter: string; length: number } | undefined {
  const escaped = /^\\([^A-Za-z0-9])/.exec(source.slice(at, at + 2));
  if (escaped) return { letter: escaped[1]!, length: 2 };
  const letter = source[at];
  return letter === undefined || /[\\^$.|?*+()[\]{}]/.test(letter) ? undefined : { letter, length: 1 };
}

function differs(one: string, other: string, ignoreCase: boolean): boolean {
  return ignoreCase ? one.toLowerCase() !== other.toLowerCase() : one !== other;
}

/** `^a|b$`: its anchors belong to one alternative only. */
function hasOuterAlternatives(source: string): boolean {
  let depth = 0;
  for (const [piece] of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()|]/gs)) {
    if (piece === '(') depth++;
    if (piece === ')') depth--;
    if (piece === '|' && depth === 0) return true;
  }
  return false;
}

/** Words are compared at once; what else is written is decided by the pattern's own automaton. */
function matchesText(source: string, text: string, ignoreCase: boolean, dialect: Dialect): boolean | undefined {
  const result =
    matchesWords(source, text, ignoreCase) ??
    patternMatches({ source, flags: ignoreCase ? 'i' : '', dialect, mode: 'search' }, text);
  return result === true || result === false ? result : undefined;
}

/** Decides patterns that are nothing but words, `^(GET|POST)$`; undefined for all others. */
function matchesWords(source: string, text: string, ignoreCase: boolean): boolean | undefined {
  const words = /^(\^?)(\(?)(?:\?:)?([\w|]*)(\)?)(\$?)$/.exec(source);
  if (!words || (words[2] === '') !== (words[4] === '')) return undefined;
  const [, start, group, list, , end] = words;
  const members = list!.split('|');
  // Without a group the anchors belong to the first and the last word only.
  if (group === '' && members.length > 1 && (start || end)) return undefined;
  const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
  return members.map(fold).some((member) => {
    const subject = fold(text);
    if (start && end) return subject === member;
    return start ? subject.startsWith(member) : end ? subject.endsWith(member) : subject.includes(member);
  });
}

/** A key of a map with `hostnames`: `*.example.com`, `.example.com` or `www.*`, compared with the whole value. */
export function matchesHostname(value: ServerValue, key: string, place: TextPlace): RequestTest {
  if (value.kind !== 'origin') return unknown();
  const test = (operator: 'ends-with' | 'starts-with', text: string): RequestTest => ({
    kind: 'origin',
    part: 'origin',
    operator,
    text: text.toLowerCase(),
    ignoreCase: true,
    range: place.range,
    textRange: place.textRange,
  });
  if (key.endsWith('.*')) return test('starts-with', key.slice(0, -1));
  return test('ends-with', key.replace(/^\*/, ''));
}
