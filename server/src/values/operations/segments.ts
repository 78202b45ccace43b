/** What a split of the origin gave: `origin.split('.')`. */
import { lastSegments, laterSegments, segment } from '../cuts.ts';
import type { Inner, Segments } from '../inner-value.ts';
import type { Operation, Use } from '../languages/value-language.ts';
import type { At } from '../session.ts';
import { piece } from './pieces.ts';

/** `parts[1]`. */
export function segmentAt(segments: Segments, index: number, here: At): Inner {
  const isOnly = segments.last === 1 && (index === 0 || index === -1);
  if ((segments.last !== undefined && !isOnly) || (index < 0 && segments.from > 0)) return { kind: 'unknown', ...here };
  return (
    piece(
      segment(segments.part, segments.separator, isOnly ? -1 : index < 0 ? index : index + segments.from),
      segments,
      here,
    ) ?? { kind: 'unknown', ...here }
  );
}

/** The segments that are left, with their separator between them. */
export function lastOrLaterSegments(segments: Segments, here: At): Inner | undefined {
  const { part, separator, last, from } = segments;
  return piece(
    last !== undefined ? lastSegments(part, separator, last) : from === 0 ? part : laterSegments(part, separator, from),
    segments,
    here,
  );
}

/** All segments from this one on, or so many of the last ones. */
export function segmentsFrom(segments: Segments, start: number, here: At): Inner | undefined {
  if (segments.last !== undefined || (start < 0 && segments.from > 0)) return undefined;
  return start < 0 ? { ...segments, last: -start, ...here } : { ...segments, from: segments.from + start, ...here };
}

/** `parts.pop()`: the last one, where nobody else sees what is left. */
export const popped: Operation = (receiver, values, use) =>
  receiver.kind === 'segments' && values.length === 0 && isFresh(use) ? segmentAt(receiver, -1, use.here) : undefined;

/** `parts.shift()`. */
export const shifted: Operation = (receiver, _values, use) =>
  receiver.kind === 'segments' && isFresh(use) ? segmentAt(receiver, 0, use.here) : undefined;

/** The receiver is what a call has just given: taking a piece out of it changes nothing that has a name. */
function isFresh({ here: { expression } }: Use): boolean {
  return expression?.kind === 'call' && expression.callee.kind === 'member' && expression.callee.object.kind === 'call';
}
