/** Searches in a text, and whether a change of it leaves their answer. */
import type { SourceRange } from '../range.ts';
import { movedBy, touches } from './edit-between.ts';
import type { Change } from './edit-between.ts';
import { linesReached } from './search-reach.ts';

/** `anywhere`: only whether there is a match; `count`: only how many there are. */
export type SearchKind = 'anywhere' | 'count' | 'first' | 'all';

export interface Search {
  readonly kind: SearchKind;
  readonly pattern: RegExp;
  /** The part of the text that was searched; the whole of it when absent. */
  range?: SourceRange;
  /** Their offsets count from the start of the range. */
  readonly found: readonly RegExpExecArray[];
  /** For the second search of the same pattern. */
  again?: { readonly global: RegExp; readonly lines: number | undefined };
}

export function searchIn(text: string, kind: SearchKind, pattern: RegExp, range?: SourceRange): Search {
  return { kind, pattern, found: found(text, kind, pattern), ...(range && { range }) };
}

function found(text: string, kind: SearchKind, pattern: RegExp): readonly RegExpExecArray[] {
  if (kind === 'all' || kind === 'count') return [...text.matchAll(pattern)];
  pattern.lastIndex = 0;
  const match = pattern.exec(text);
  pattern.lastIndex = 0;
  return match ? [match] : [];
}

/** Whether the search says the same of the text after the change, with offsets moved by it. */
export function saysTheSame(search: Search, change: Change, before: string, after: string): boolean {
  const { range, kind, pattern } = search;
  if (range) {
    if (!touches(change, range.start, range.end)) return true;
    if (range.start >= change.start || range.end <= change.oldEnd) return false;
    const part = after.slice(range.start, range.end + change.newEnd - change.oldEnd);
    return isSame(search, found(part, kind, pattern), range.start, change);
  }
  const near = sameNearby(search, change, before, after);
  return near === true || (near !== false && isSame(search, found(after, kind, pattern), 0, change));
}

/** Longest piece of text, in UTF-16 units, in which each place is tried. */
const longestWindow = 4000;

/**
 * Looks at the lines only that a match can have in common with the change; undefined where that does not tell. A match begins
 * wherever one can, so that it does not matter where the one before it ended.
 */
function sameNearby(search: Search, change: Change, before: string, after: string): boolean | undefined {
  const again = (search.again ??= {
    global: new RegExp(search.pattern.source, search.pattern.flags.replace(/[gy]/g, '') + 'g'),
    lines: linesReached(search.pattern),
  });
  if (again.lines === undefined) return undefined;
  const start = linesBefore(before, change.start, again.lines);
  const end = linesBehind(before, change.oldEnd, again.lines);
  if (end - start > longestWindow) return undefined;
  const then = overlapping(again.global, before.slice(start, end));
  const now = overlapping(again.global, after.slice(start, end + change.newEnd - change.oldEnd));
  if (isSame({ kind: 'all', found: then }, now, start, change)) return true;
  return isAboutPlaces(search) ? false : undefined;
}

function overlapping(global: RegExp, text: string): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  for (let at = 0; at <= text.length; at = matches.at(-1)!.index + 1) {
    global.lastIndex = at;
    const match = global.exec(text);
    if (!match) break;
    matches.push(match);
  }
  return matches;
}

function isSame(
  { kind, found: before }: Pick<Search, 'kind' | 'found'>,
  now: readonly RegExpExecArray[],
  from: number,
  change: Change,
): boolean {
  if (before.length !== now.length) return false;
  if (!isAboutPlaces({ kind })) return true;
  return before.every((match, index) => {
    const other = now[index]!;
    const start = from + match.index;
    return (
      !touches(change, start, start + match[0].length) &&
      movedBy(change, start) === from + other.index &&
      match.every((part, group) => part === other[group])
    );
  });
}

function isAboutPlaces({ kind }: Pick<Search, 'kind'>): boolean {
  return kind === 'first' || kind === 'all';
}

/** The start of the line that holds the offset, and of as many lines before it that hold more than blanks. */
function linesBefore(text: string, offset: number, lines: number): number {
  let start = lineStart(text, offset);
  for (let left = lines; left > 0 && start > 0;) {
    const line = lineStart(text, start - 1);
    if (text.slice(line, start).trim() !== '') left--;
    start = line;
  }
  return start;
}

/** Before the text nothing is looked for: `lastIndexOf` takes an offset below zero for zero. */
function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function linesBehind(text: string, offset: number, lines: number): number {
  const endOf = (at: number): number => {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end + 1;
  };
  let end = endOf(offset);
  for (let left = lines; left > 0 && end < text.length;) {
    const line = endOf(end);
    if (text.slice(end, line).trim() !== '') left--;
    end = line;
  }
  return end;
}
