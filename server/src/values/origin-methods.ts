/** Methods of the origin and of its parts: tests of it, and pieces that are cut out of it. */
import type { ProgramLanguage } from '../syntax/programs/program.ts';
import { unknown } from '../policy/request-test.ts';
import type { CutPart, OriginPart } from '../policy/request-test.ts';
import {
  behindFirst,
  characterAt,
  firstCharacters,
  lastCharacters,
  lastSegments,
  laterSegments,
  segment,
  withoutEdge,
  withoutFirst,
  withoutLast,
  withoutPattern,
  withoutText,
} from './cuts.ts';
import { originSubject, predicate } from './inner-value.ts';
import type { Inner, Segments } from './inner-value.ts';
import { equals, patternTest, samePart, textTest } from './origin-tests.ts';
import type { At } from './session.ts';
import type { Value } from './value.ts';

export const sameText = new Set([
  'trim',
  'toString',
  'valueOf',
  'strip',
  'normalize',
  'trimEnd',
  'trimStart',
  'lstrip',
  'rstrip',
  'decode',
  'encode',
  'toWellFormed',
]);
export const lowered = new Set(['toLowerCase', 'toLocaleLowerCase', 'lower', 'casefold']);
export const uppered = new Set(['toUpperCase', 'toLocaleUpperCase', 'upper']);

type Subject = NonNullable<ReturnType<typeof originSubject>>;

export function originMethod(
  receiver: Inner & { kind: 'request' | 'origin-piece' },
  name: string,
  values: readonly Inner[],
  here: At,
  language: ProgramLanguage,
): Inner | undefined {
  const [first] = values;
  if (receiver.kind === 'request' && receiver.input === 'method')
    return lowered.has(name) || uppered.has(name) || sameText.has(name) ? receiver : undefined;
  const subject = originSubject(receiver);
  if (subject === undefined)
    return receiver.kind === 'request' && (sameText.has(name) || lowered.has(name)) ? receiver : undefined;
  // `strip('…')` and the like with an argument cut something off.
  if (sameText.has(name) && (first === undefined || name === 'toString' || name === 'encode' || name === 'decode'))
    return receiver;
  if (lowered.has(name)) return { kind: 'origin-piece', part: subject.part, ignoreCase: true, ...here };
  if (first === undefined) return undefined;
  return testOf(receiver, subject, name, values, here) ?? cutOf(subject, name, values, here, language);
}

function testOf(
  receiver: Inner,
  subject: Subject,
  name: string,
  values: readonly Inner[],
  here: At,
): Inner | undefined {
  const [first, second] = values as [Inner, ...Inner[]];
  const test = (value: Inner | undefined, operator: 'starts-with' | 'ends-with' | 'contains') =>
    value && predicate(textTest(value, operator, first, here.range), here.range, here.expression);
  const from =
    second === undefined
      ? receiver
      : second.kind === 'number'
        ? piece(second.value === 0 ? subject.part : withoutFirst(subject.part, second.value), subject, here)
        : undefined;
  switch (name) {
    case 'startsWith':
    case 'startswith':
      return values.length > 2 ? undefined : test(from, 'starts-with');
    case 'endsWith':
      return second === undefined
        ? test(receiver, 'ends-with')
        : second.kind === 'number'
          ? test(piece(firstCharacters(subject.part, second.value), subject, here), 'ends-with')
          : undefined;
    case 'endswith':
      return second === undefined ? test(receiver, 'ends-with') : undefined;
    case 'includes':
      return test(from, 'contains');
    case '__contains__':
      return test(receiver, 'contains');
    case 'indexOf':
    case 'lastIndexOf':
    case 'find':
    case 'rfind':
      return positionOf(receiver, subject, name, first, second, from, here);
    case 'match':
      return { kind: 'match', test: patternTest(asPattern(first), receiver, here.range), ...here };
    case 'search':
      return {
        kind: 'position',
        found: patternTest(asPattern(first), receiver, here.range),
        first: unknown(),
        ...here,
      };
    case 'localeCompare':
      return { kind: 'position', found: unknown(), first: equals(receiver, first, here.range), ...here };
    default:
      return undefined;
  }
}

function positionOf(
  receiver: Inner,
  subject: Subject,
  name: string,
  text: Inner,
  second: Inner | undefined,
  from: Inner | undefined,
  here: At,
): Inner {
  const isLast = name === 'lastIndexOf' || name === 'rfind';
  // `indexOf(end, origin.length - end.length)`: nothing but the end is looked at.
  const atEnd =
    !isLast &&
    second?.kind === 'length' &&
    text.kind === 'text' &&
    second.minus === text.text.length &&
    samePart(second.of, subject.part);
  if (atEnd)
    return { kind: 'position', found: textTest(receiver, 'ends-with', text, here.range), first: unknown(), ...here };
  if (second !== undefined)
    return {
      kind: 'position',
      found: isLast || from === undefined ? unknown() : textTest(from, 'contains', text, here.range),
      first: unknown(),
      ...here,
    };
  const of =
    text.kind === 'text' && (!subject.ignoreCase || text.text === text.text.toLowerCase())
      ? { of: { ...subject, text: text.text, isLast } }
      : {};
  return {
    kind: 'position',
    found: textTest(receiver, 'contains', text, here.range),
    first: isLast ? unknown() : textTest(receiver, 'starts-with', text, here.range),
    ...of,
    ...here,
  };
}

function cutOf(
  subject: Subject,
  name: string,
  values: readonly Inner[],
  here: At,
  language: ProgramLanguage,
): Inner | undefined {
  const [first, second] = values as [Inner, ...Inner[]];
  const { part } = subject;
  switch (name) {
    case 'slice':
    case 'substring':
    case 'substr':
      return sliced(subject, name, first, second, here);
    case 'charAt':
      return first.kind === 'number' && first.value >= 0
        ? chain(
            subject,
            here,
            (of) => (first.value === 0 ? of : withoutFirst(of, first.value)),
            (of) => firstCharacters(of, 1),
          )
        : undefined;
    case 'at':
      return first.kind === 'number' ? piece(characterAt(part, first.value), subject, here) : undefined;
    case 'split':
      return splitAt(subject, first, second, here, language);
    case 'partition': {
      const [before, behind] =
        first.kind === 'text' ? [segment(part, first.text, 0), behindFirst(part, first.text, true)] : [];
      if (before === undefined || behind === undefined) return undefined;
      return {
        kind: 'list',
        items: [piece(before, subject, here), { kind: 'unknown', ...here }, piece(behind, subject, here)].map(
          (item) => item as Value,
        ),
        open: false,
        type: 'tuple',
        ...here,
      };
    }
    case 'replace':
    case 'replaceAll': {
      if (second?.kind !== 'text' || second.text !== '' || values.length > 2) return undefined;
      if (first.kind === 'text')
        return piece(withoutText(part, first.text, name === 'replaceAll' || language === 'python'), subject, here);
      return first.kind === 'pattern' ? piece(withoutPattern(part, first.pattern), subject, here) : undefined;
    }
    case 'removeprefix':
    case 'removesuffix':
      return first.kind === 'text'
        ? piece(withoutEdge(part, first.text, name === 'removeprefix' ? 'start' : 'end'), subject, here)
        : undefined;
    default:
      return undefined;
  }
}

/** `origin.slice(a, b)` and its kin, and Python's `origin[a:b]`. */
export function sliced(
  subject: Subject,
  name: 'slice' | 'substring' | 'substr',
  from: Inner,
  to: Inner | undefined,
  here: At,
): Inner | undefined {
  const { part } = subject;
  const noEnd =
    to === undefined ||
    to.kind === 'nothing' ||
    (to.kind === 'length' && to.minus === 0 && samePart(to.of, part) && name !== 'substr');
  if (from.kind === 'length' && from.minus > 0 && samePart(from.of, part))
    return noEnd ? piece(lastCharacters(part, from.minus, name === 'substring'), subject, here) : undefined;
  if (from.kind !== 'number') return undefined;
  const start = name === 'substring' ? Math.max(0, from.value) : from.value;
  if (noEnd)
    return start === 0
      ? piece(part, subject, here)
      : piece(start < 0 ? lastCharacters(part, -start) : withoutFirst(part, start), subject, here);
  if (to.kind === 'length')
    return start === 0 && to.minus > 0 && samePart(to.of, part) && name !== 'substr'
      ? piece(withoutLast(part, to.minus, name === 'substring'), subject, here)
      : undefined;
  if (to.kind !== 'number') return undefined;
  const behind = (count: number) => (of: OriginPart) => (count === 0 ? of : withoutFirst(of, count));
  if (name === 'substr')
    return start < 0 || to.value < 1
      ? undefined
      : chain(subject, here, behind(start), (of) => firstCharacters(of, to.value));
  const end = name === 'substring' ? Math.max(0, to.value) : to.value;
  const [low, high] = name === 'substring' && end < start ? [end, start] : [start, end];
  if (low >= 0 && high >= 0)
    return high <= low
      ? { kind: 'text', text: '', ...here }
      : chain(subject, here, (of) => firstCharacters(of, high), behind(low));
  if (low >= 0) return chain(subject, here, (of) => withoutLast(of, -high), behind(low));
  return high < 0 && high > low
    ? chain(
        subject,
        here,
        (of) => withoutLast(of, -high),
        (of) => lastCharacters(of, high - low),
      )
    : undefined;
}

function splitAt(
  subject: Subject,
  separator: Inner,
  limit: Inner | undefined,
  here: At,
  language: ProgramLanguage,
): Inner | undefined {
  if (separator.kind !== 'text' || separator.text === '') return undefined;
  if (limit === undefined) return { kind: 'segments', ...subject, separator: separator.text, from: 0, ...here };
  // `split('://', 1)` of Python leaves the rest in one piece.
  if (language !== 'python' || limit.kind !== 'number' || limit.value !== 1) return undefined;
  const [before, behind] = [segment(subject.part, separator.text, 0), behindFirst(subject.part, separator.text, false)];
  return (
    before &&
    behind && {
      kind: 'list',
      items: [piece(before, subject, here), piece(behind, subject, here)] as unknown as Value[],
      open: true,
      type: 'list',
      ...here,
    }
  );
}

/** A piece of what `split` gave: `parts[1]`. */
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

/** Methods of what `split` gave. `isFresh`: nobody else sees the list, so that taking a piece out of it changes nothing. */
export function segmentsMethod(
  segments: Segments,
  name: string,
  values: readonly Inner[],
  here: At,
  isFresh: boolean,
): Inner | undefined {
  const [first, second] = values;
  switch (name) {
    case 'at':
      return first?.kind === 'number' ? segmentAt(segments, first.value, here) : undefined;
    case 'pop':
      return isFresh && first === undefined ? segmentAt(segments, -1, here) : undefined;
    case 'shift':
      return isFresh ? segmentAt(segments, 0, here) : undefined;
    case 'slice':
      if (
        first?.kind !== 'number' ||
        second !== undefined ||
        segments.last !== undefined ||
        (first.value < 0 && segments.from > 0)
      )
        return undefined;
      return first.value < 0
        ? { ...segments, last: -first.value, ...here }
        : { ...segments, from: segments.from + first.value, ...here };
    case 'join':
      return first?.kind === 'text' && first.text === segments.separator ? joined(segments, here) : undefined;
    default:
      return undefined;
  }
}

export function joined(segments: Segments, here: At): Inner | undefined {
  const { part, separator, last, from } = segments;
  return piece(
    last !== undefined ? lastSegments(part, separator, last) : from === 0 ? part : laterSegments(part, separator, from),
    segments,
    here,
  );
}

export function piece(
  part: OriginPart | undefined,
  { ignoreCase }: { readonly ignoreCase: boolean },
  here: At,
): Inner | undefined {
  return part === undefined
    ? undefined
    : {
        kind: 'origin-piece',
        part,
        ignoreCase,
        range: here.range,
        ...(here.expression && { expression: here.expression }),
      };
}

function chain(
  subject: Subject,
  here: At,
  ...steps: readonly ((of: OriginPart) => OriginPart | CutPart | undefined)[]
): Inner | undefined {
  let part: OriginPart | undefined = subject.part;
  for (const step of steps) part = part === undefined ? undefined : step(part);
  return piece(part, subject, here);
}

export function asPattern(value: Inner): Inner {
  return value.kind === 'text'
    ? {
        kind: 'pattern',
        pattern: { source: value.text, flags: '', dialect: 'javascript', mode: 'search' },
        sourceRange: value.contentRange,
        fromString: true,
        range: value.range,
      }
    : value;
}
