/** Pieces of texts and lists by their place: `slice`, `at`, `split`. */
import {
  behindFirst,
  characterAt,
  firstCharacters,
  lastCharacters,
  segment,
  withoutFirst,
  withoutLast,
} from '../cuts.ts';
import type { OriginPart } from '../../policy/request-test.ts';
import { originSubject, partOfInput, toPublic } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import type { Operation } from '../languages/value-language.ts';
import { samePart } from '../origin-tests.ts';
import type { At } from '../session.ts';
import type { List, Text, Value } from '../value.ts';
import { changing } from './environment-variables.ts';
import { cutBy, piece } from './pieces.ts';
import type { Subject } from './pieces.ts';
import { segmentAt, segmentsFrom } from './segments.ts';

/**
 * How two numbers say what is taken. `between`: from here to there, counted from the end where they are negative.
 * `swapped`: the lower one first, and nothing is counted from the end. `length`: from here, so many characters.
 */
export type SliceBounds = 'between' | 'swapped' | 'length';

/** `text.slice(a, b)` and its kin. */
export function slice(bounds: SliceBounds): Operation {
  return changing((receiver, values, { here }) => {
    const [from, to] = values;
    if (receiver.kind === 'text' || receiver.kind === 'list') return knownPiece(receiver, bounds, from, to, here);
    if (receiver.kind === 'segments')
      return from?.kind === 'number' && to === undefined && bounds === 'between'
        ? segmentsFrom(receiver, from.value, here)
        : undefined;
    const subject = originSubject(receiver);
    return subject ? from && sliced(subject, bounds, from, to, here) : partOfInput(receiver);
  });
}

/** The piece of a text, or of a list, that stands there. */
function knownPiece(
  receiver: Text | List,
  bounds: SliceBounds,
  from: Inner | undefined,
  to: Inner | undefined,
  here: At,
): Inner | undefined {
  if (from === undefined) return receiver;
  if (from.kind !== 'number' || (to !== undefined && to.kind !== 'number')) return undefined;
  const [start, end] = placesOf(bounds, from.value, to?.value);
  if (receiver.kind === 'text') return { kind: 'text', text: receiver.text.slice(start, end), ...here };
  return receiver.open ? undefined : { ...receiver, items: receiver.items.slice(start, end) };
}

function placesOf(bounds: SliceBounds, from: number, to: number | undefined): [start: number, end: number | undefined] {
  if (bounds === 'between') return [from, to];
  if (bounds === 'length')
    return [from, to === undefined ? undefined : from < 0 && from + to >= 0 ? undefined : from + to];
  const [start, end] = [Math.max(0, from), to === undefined ? Infinity : Math.max(0, to)];
  return [Math.min(start, end), Math.max(start, end)];
}

/** The piece of the origin between two places; undefined where that is not known. */
export function sliced(
  subject: Subject,
  bounds: SliceBounds,
  from: Inner,
  to: Inner | undefined,
  here: At,
): Inner | undefined {
  const { part } = subject;
  if (isEnd(to, part, bounds)) return slicedFrom(subject, bounds, from, here);
  if (from.kind !== 'number' || to === undefined) return undefined;
  const start = bounds === 'swapped' ? Math.max(0, from.value) : from.value;
  if (to.kind === 'length')
    return start === 0 && to.minus > 0 && samePart(to.of, part) && bounds !== 'length'
      ? piece(withoutLast(part, to.minus, bounds === 'swapped'), subject, here)
      : undefined;
  return to.kind === 'number' ? slicedBetween(subject, bounds, start, to.value, here) : undefined;
}

/** Whether the slice goes to the end of the text. */
function isEnd(to: Inner | undefined, part: OriginPart, bounds: SliceBounds): boolean {
  return (
    to === undefined ||
    to.kind === 'nothing' ||
    (to.kind === 'length' && to.minus === 0 && samePart(to.of, part) && bounds !== 'length')
  );
}

function slicedFrom(subject: Subject, bounds: SliceBounds, from: Inner, here: At): Inner | undefined {
  const { part } = subject;
  if (from.kind === 'length')
    return from.minus > 0 && samePart(from.of, part)
      ? piece(lastCharacters(part, from.minus, bounds === 'swapped'), subject, here)
      : undefined;
  if (from.kind !== 'number') return undefined;
  const start = bounds === 'swapped' ? Math.max(0, from.value) : from.value;
  if (start === 0) return piece(part, subject, here);
  return piece(start < 0 ? lastCharacters(part, -start) : withoutFirst(part, start), subject, here);
}

const behind =
  (count: number) =>
  (of: OriginPart): OriginPart | undefined =>
    count === 0 ? of : withoutFirst(of, count);

function slicedBetween(subject: Subject, bounds: SliceBounds, start: number, to: number, here: At): Inner | undefined {
  if (bounds === 'length')
    return start < 0 || to < 1 ? undefined : cutBy(subject, here, behind(start), (of) => firstCharacters(of, to));
  const end = bounds === 'swapped' ? Math.max(0, to) : to;
  const [low, high] = bounds === 'swapped' && end < start ? [end, start] : [start, end];
  if (low >= 0 && high >= 0)
    return high <= low
      ? { kind: 'text', text: '', ...here }
      : cutBy(subject, here, (of) => firstCharacters(of, high), behind(low));
  if (low >= 0) return cutBy(subject, here, (of) => withoutLast(of, -high), behind(low));
  return high < 0 && high > low
    ? cutBy(
        subject,
        here,
        (of) => withoutLast(of, -high),
        (of) => lastCharacters(of, high - low),
      )
    : undefined;
}

/** `text.charAt(0)`: one character, or the empty text behind the end. */
export const character: Operation = (receiver, [first], { here }) => {
  const subject = originSubject(receiver);
  return subject && first?.kind === 'number' && first.value >= 0
    ? cutBy(subject, here, behind(first.value), (of) => firstCharacters(of, 1))
    : undefined;
};

/** `list.at(-1)`. */
export const memberAt: Operation = (receiver, [first], { here }) => {
  if (first?.kind !== 'number') return undefined;
  if (receiver.kind === 'list') return receiver.items.at(first.value) ?? { kind: 'unknown', ...here };
  if (receiver.kind === 'segments') return segmentAt(receiver, first.value, here);
  const subject = originSubject(receiver);
  return subject ? piece(characterAt(subject.part, first.value), subject, here) : partOfInput(receiver);
};

/**
 * What the number behind the separator says. `pieces`: only so many pieces are given. `cuts`: so many cuts are made, and
 * the rest stays in one piece. `parts`: the text is taken apart into so many pieces, of which the last is the rest.
 */
export type SplitLimit = 'pieces' | 'cuts' | 'parts';

/** `text.split(separator)`. */
export function split(limit: SplitLimit): Operation {
  return (receiver, [separator, most], { here }) => {
    if (receiver.kind === 'text') return splitText(receiver, separator, here);
    if (receiver.kind === 'environment') {
      const fallback =
        receiver.fallback?.kind === 'text'
          ? splitText(receiver.fallback, separator, {
              range: receiver.fallback.range,
              expression: receiver.fallback.expression,
            })
          : receiver.fallback;
      return { ...receiver, ...here, ...(fallback && { fallback: toPublic(fallback) }), split: true };
    }
    const subject = originSubject(receiver);
    if (subject === undefined) return partOfInput(receiver);
    if (separator?.kind !== 'text' || separator.text === '') return undefined;
    if (most === undefined) return { kind: 'segments', ...subject, separator: separator.text, from: 0, ...here };
    const cuts = most.kind === 'number' && limit !== 'pieces' ? most.value - (limit === 'parts' ? 1 : 0) : undefined;
    return cuts === 1 ? splitOnce(subject, separator.text, here) : undefined;
  };
}

/** Before the first separator, and behind it; where there is none, there is no second piece. */
function splitOnce(subject: Subject, separator: string, here: At): Inner | undefined {
  const [before, rest] = [segment(subject.part, separator, 0), behindFirst(subject.part, separator, false)];
  return (
    before &&
    rest && {
      kind: 'list',
      items: [piece(before, subject, here), piece(rest, subject, here)] as unknown as Value[],
      open: true,
      type: 'list',
      ...here,
    }
  );
}

function splitText(receiver: Text, separator: Inner | undefined, here: At): Inner | undefined {
  const parts = partsOf(receiver.text, separator);
  return (
    parts && {
      kind: 'list',
      items: parts.map((text): Value => ({ kind: 'text', text, range: receiver.range })),
      open: false,
      type: 'list',
      ...here,
    }
  );
}

function partsOf(text: string, separator: Inner | undefined): readonly string[] | undefined {
  if (separator === undefined) return text.split(/\s+/).filter((part) => part !== '');
  if (separator.kind === 'text') return text.split(separator.text);
  return separator.kind === 'pattern' &&
    /^(\\s\*)?,(\\s\*)?$|^\\s\+?$|^\[[,;\\s ]+\]\+?$/.test(separator.pattern.source)
    ? text.split(new RegExp(separator.pattern.source))
    : undefined;
}
