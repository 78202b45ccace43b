/** Tests of a text, the origin and its pieces included: where another text stands in it, and which pattern it matches. */
import type { Pattern } from '../../policy/request-test.ts';
import { not, originPresent, some, unknown } from '../../policy/request-test.ts';
import { isSet } from '../circumstances.ts';
import { firstCharacters, withoutFirst } from '../cuts.ts';
import { originSubject, predicate, truth } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import type { Operation, Use } from '../languages/value-language.ts';
import { equals, membership, patternTest, samePart, textTest } from '../origin-tests.ts';
import type { At } from '../session.ts';
import { testing } from './environment-variables.ts';
import { piece } from './pieces.ts';
import type { Subject } from './pieces.ts';
import { lowerCase } from './texts.ts';

/** Begins with the text, or from an offset on. */
export const startsWith: Operation = testing((receiver, values, { here }) => {
  const [first, offset] = values;
  if (first === undefined || values.length > 2 || !isText(receiver)) return undefined;
  const from = fromOffset(receiver, offset, here);
  return from && predicate(textTest(from, 'starts-with', first, here.range), here.range, here.expression);
});

/** Ends with the text; `offset`: the end to look at, where a number may say so. */
export function endsWith(offset: 'end' | 'none'): Operation {
  return testing((receiver, [first, end], { here }) => {
    if (first === undefined || !isText(receiver)) return undefined;
    const until = end === undefined ? receiver : offset === 'end' ? before(receiver, end, here) : undefined;
    return until && predicate(textTest(until, 'ends-with', first, here.range), here.range, here.expression);
  });
}

/** One of several texts is enough: `origin.end_with?('.a', '.b')`, `origin.endswith(('.a', '.b'))`, `ends_with?(origin, ['.a', '.b'])`. */
export function ofAny(test: Operation): Operation {
  return (receiver, values, use) => {
    const [first, ...others] = values;
    const list = first?.kind === 'list' ? first : undefined;
    // A number says where to look.
    if (list === undefined && (others.length === 0 || others.some(({ kind }) => kind === 'number')))
      return test(receiver, values, use);
    const texts: readonly Inner[] = list?.items ?? values;
    const tests = texts.map((text) => {
      const result = test(receiver, list ? [text, ...others] : [text], use);
      return result === undefined ? unknown() : truth(result, use.language.falsy);
    });
    const { range, expression } = use.here;
    return predicate(some([...tests, ...(list?.open ? [unknown()] : [])]), range, expression);
  };
}

/** Holds the text, member or key. */
export const contains: Operation = testing((receiver, [first, offset], { here }) => {
  if (first === undefined) return undefined;
  const subject = originSubject(receiver);
  if (subject !== undefined) {
    const from = fromOffset(receiver, offset, here);
    return from && predicate(textTest(from, 'contains', first, here.range), here.range, here.expression);
  }
  return receiver.kind === 'text' || receiver.kind === 'list' || receiver.kind === 'dict'
    ? predicate(membership(receiver, first, here.range), here.range, here.expression)
    : undefined;
});

function isText(receiver: Inner): boolean {
  return receiver.kind === 'text' || originSubject(receiver) !== undefined;
}

function fromOffset(receiver: Inner, offset: Inner | undefined, here: At): Inner | undefined {
  if (offset === undefined) return receiver;
  const subject = originSubject(receiver);
  if (subject === undefined || offset.kind !== 'number') return undefined;
  return piece(offset.value === 0 ? subject.part : withoutFirst(subject.part, offset.value), subject, here);
}

function before(receiver: Inner, end: Inner, here: At): Inner | undefined {
  const subject = originSubject(receiver);
  return subject && end.kind === 'number' ? piece(firstCharacters(subject.part, end.value), subject, here) : undefined;
}

/** Where the text or member stands for the first or last time; -1 where it does not. */
export function position(which: 'first' | 'last'): Operation {
  return (receiver, values, { here }) => {
    const [first, second] = values;
    if (first === undefined) return undefined;
    if (receiver.kind === 'environment') return { kind: 'position', found: unknown(), first: unknown(), ...here };
    if (receiver.kind === 'list') return positionInList(receiver, first, here);
    const subject = originSubject(receiver);
    if (subject !== undefined)
      return positionInOrigin(receiver, subject, { text: first, offset: second, isLast: which === 'last' }, here);
    return receiver.kind === 'text'
      ? {
          kind: 'position',
          found: textTest(first, 'within', receiver, here.range),
          first: some(
            beginningsOf(receiver.text).map((text) => equals(first, { kind: 'text', text, ...here }, here.range)),
          ),
          ...here,
        }
      : undefined;
  };
}

/** What a list in one text may begin with: as far as a separator, or all of it. */
function beginningsOf(text: string): string[] {
  const ends = [...text.matchAll(/[\s,;|]/g)].map(({ index }) => index);
  return [...new Set([...ends.slice(0, 20), text.length].map((end) => text.slice(0, end)))].filter((one) => one !== '');
}

function positionInList(list: Inner & { kind: 'list' }, member: Inner, here: At): Inner {
  const [head] = list.items;
  return {
    kind: 'position',
    found: membership(list, member, here.range),
    first: head ? equals(member, head, here.range) : list.open ? unknown() : { kind: 'never' },
    ...here,
  };
}

interface Sought {
  readonly text: Inner;
  readonly offset: Inner | undefined;
  readonly isLast: boolean;
}

function positionInOrigin(receiver: Inner, subject: Subject, { text, offset, isLast }: Sought, here: At): Inner {
  // `indexOf(end, origin.length - end.length)`: nothing but the end is looked at.
  const atEnd =
    !isLast &&
    offset?.kind === 'length' &&
    text.kind === 'text' &&
    offset.minus === text.text.length &&
    samePart(offset.of, subject.part);
  if (atEnd)
    return { kind: 'position', found: textTest(receiver, 'ends-with', text, here.range), first: unknown(), ...here };
  if (offset !== undefined) {
    const from = isLast ? undefined : fromOffset(receiver, offset, here);
    return {
      kind: 'position',
      found: from === undefined ? unknown() : textTest(from, 'contains', text, here.range),
      first: unknown(),
      ...here,
    };
  }
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

/** `text.match(pattern)`: what was matched, or nothing. */
export const matchOf: Operation = (receiver, [first], use) =>
  first && isText(receiver)
    ? { kind: 'match', test: patternTest(asPattern(first, use), receiver, use.here.range), ...use.here }
    : undefined;

/** `origin.search(pattern)`: where it matches. */
export const positionOfMatch: Operation = (receiver, [first], use) =>
  first && originSubject(receiver) !== undefined
    ? {
        kind: 'position',
        found: patternTest(asPattern(first, use), receiver, use.here.range),
        first: unknown(),
        ...use.here,
      }
    : undefined;

/** A comparison that gives 0 for equal texts. */
export const comparedTo: Operation = (receiver, [first], { here }) =>
  first && isText(receiver)
    ? { kind: 'position', found: unknown(), first: equals(receiver, first, here.range), ...here }
    : undefined;

/** `pattern.test(text)`: whether it matches, in this way. */
export function testedBy(mode: Pattern['mode']): Operation {
  return testing((receiver, [first], { here }) =>
    receiver.kind === 'pattern' && first
      ? predicate(patternTest(receiver, first, here.range, mode), here.range, here.expression)
      : undefined,
  );
}

/** `pattern.exec(text)`: what was matched, or nothing. */
export function matchedBy(mode: Pattern['mode']): Operation {
  return (receiver, [first], { here }) =>
    receiver.kind === 'pattern' && first
      ? { kind: 'match', test: patternTest(receiver, first, here.range, mode), ...here }
      : undefined;
}

/** A text that a method takes as a pattern. */
export function asPattern(value: Inner, { language }: Use): Inner {
  return value.kind === 'text'
    ? {
        kind: 'pattern',
        pattern: { source: value.text, flags: '', dialect: language.patternDialect, mode: 'search' },
        sourceRange: value.contentRange,
        fromString: true,
        range: value.range,
      }
    : value;
}

/** `a.equals(b)`. */
export const equalTo: Operation = (receiver, [other], { here: { range, expression } }) =>
  other && predicate(equals(receiver, other, range), range, expression);

/** `a.equalsIgnoreCase(b)`. */
export const equalWithoutCase: Operation = (receiver, [other], use) => {
  const [left, right] = [lowerCase(receiver, [], use), other && lowerCase(other, [], use)];
  return left && right && equalTo(left, [right], use);
};

/** Whether there is a text that holds more than blanks. */
export const isPresent: Operation = (receiver, _values, { here }) => {
  const { range, expression } = here;
  if (receiver.kind === 'text') return { kind: 'boolean', value: receiver.text.trim() !== '', ...here };
  if (receiver.kind === 'nothing') return { kind: 'boolean', value: false, ...here };
  if (receiver.kind === 'environment') return predicate(isSet(receiver.name), range, expression);
  return originSubject(receiver)?.part === 'origin' ? predicate(originPresent, range, expression) : undefined;
};

/** The opposite. */
export const isEmpty: Operation = (receiver, values, use) => {
  const present = isPresent(receiver, values, use);
  if (present?.kind === 'boolean') return { ...present, value: !present.value };
  return present?.kind === 'predicate' ? predicate(not(present.test), use.here.range, use.here.expression) : undefined;
};
