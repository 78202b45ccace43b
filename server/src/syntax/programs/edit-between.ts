/** What changed between two versions of a text, as tree-sitter wants to be told. */
import type { SourceRange } from '../range.ts';
import type { Point, Tree } from '@vscode/tree-sitter-wasm';

/** The one replacement that turns the old text into the new: what lies between the common start and the common end. */
export function editBetween(before: string, after: string): Parameters<Tree['edit']>[0] {
  const { start, oldEnd, newEnd } = changeBetween(before, after);
  const startPosition = pointAfter({ row: 0, column: 0 }, before.slice(0, start));
  return {
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition,
    oldEndPosition: pointAfter(startPosition, before.slice(start, oldEnd)),
    newEndPosition: pointAfter(startPosition, after.slice(start, newEnd)),
  };
}

/** The same in offsets alone: `start` to `oldEnd` of the old text became `start` to `newEnd` of the new. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Where an offset of the old text is in the new one; undefined at the change and inside of it, where that depends on what stands there. */
export function movedBy({ start, oldEnd, newEnd }: Change, offset: number): number | undefined {
  if (offset < start) return offset;
  return offset > oldEnd ? offset + newEnd - oldEnd : undefined;
}

/** Where a range of the old text is in the new one, nothing of which but what is inside was changed. */
export function movedRange({ start, end }: SourceRange, { oldEnd, newEnd }: Change): SourceRange {
  const moved = (offset: number): number => (offset >= oldEnd ? offset + newEnd - oldEnd : offset);
  return { start: moved(start), end: moved(end) };
}

/** The span of the old text has a part in what changed, or ends where that begins. */
export function touches({ start, oldEnd }: Change, from: number, to: number): boolean {
  return from <= oldEnd && to >= start;
}

export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  // Whole pieces are compared at once: a keystroke at the end of a long file would cost a step for each character else.
  while (start + piece <= shorter && before.slice(start, start + piece) === after.slice(start, start + piece))
    start += piece;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  const tailOf = (text: string): string => text.slice(text.length - tail - piece, text.length - tail);
  while (tail + piece <= shorter - start && tailOf(before) === tailOf(after)) tail += piece;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

const piece = 1024;

function pointAfter({ row, column }: Point, text: string): Point {
  let lines = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
    [lines, lineStart] = [lines + 1, at + 1];
  return { row: row + lines, column: lines === 0 ? column + text.length : text.length - lineStart };
}
