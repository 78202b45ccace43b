/**
 * A stretch of source text.
 *
 * `start` and `end` are UTF-16 offsets from the beginning of the text, `end` exclusive.
 * `path` is absent for the document that is being linted; a value that was read from an imported
 * file carries that file's path.
 */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
  readonly path?: string;
}

/** One replacement of text. Edits of one fix never overlap. */
export interface Edit {
  readonly range: SourceRange;
  readonly newText: string;
  /** The part of `newText` that the user should type over; absent when nothing is left to fill in. */
  readonly placeholder?: string;
}

/** Both begin and end at the same places of one text. */
export function sameSpan(one: SourceRange, other: SourceRange): boolean {
  return one.start === other.start && one.end === other.end;
}

/** True when `inner` lies inside `outer` in the same file. */
export function encloses(outer: SourceRange, inner: SourceRange): boolean {
  return outer.path === inner.path && outer.start <= inner.start && inner.end <= outer.end;
}
