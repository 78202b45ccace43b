/** What readers of a text ask of it: a string answers, and so does a text that remembers what it was asked. */
export interface SourceText {
  /** In UTF-16 units. */
  readonly length: number;
  slice(start: number, end?: number): string;
  indexOf(searched: string, from?: number): number;
  lastIndexOf(searched: string, from?: number): number;
  /** The first match of a pattern that is not global. */
  match(pattern: RegExp): RegExpMatchArray | null;
  /** All matches of a global pattern. */
  matchAll(pattern: RegExp): Iterable<RegExpExecArray>;
  /** How often a global pattern matches, for a text that tells where somebody looks: where the matches are is not asked. */
  count?(pattern: RegExp): number;
}

/** How often the pattern, which is global, matches. */
export function countIn(text: SourceText, pattern: RegExp): number {
  return text.count?.(pattern) ?? [...text.matchAll(pattern)].length;
}

/** The characters at the offset that are of the class, which matches one; no more is read than these and the one behind. */
export function runAt(text: SourceText, offset: number, character: RegExp): string {
  let end = offset;
  while (end < text.length && character.test(text.slice(end, end + 1))) end++;
  return text.slice(offset, end);
}

/** The same in front of the offset. */
export function runBefore(text: SourceText, offset: number, character: RegExp): string {
  let start = offset;
  while (start > 0 && character.test(text.slice(start - 1, start))) start--;
  return text.slice(start, offset);
}
