/** From comparisons of the origin with texts, lists and patterns to conditions. */
import { matchesPattern } from '../policy/patterns/pattern-match.ts';
import type { OriginPart, Pattern, RequestTest } from '../policy/request-test.ts';
import { all, always, never, not, originPresent, some, unknown } from '../policy/request-test.ts';
import type { SourceRange } from '../syntax/range.ts';
import { constantText, isSetTo, ofFallback } from './circumstances.ts';
import type { Inner } from './inner-value.ts';
import { distribute, lengthTest, originSubject } from './inner-value.ts';
import { withoutLast } from './cuts.ts';

type TextOperator = 'equals' | 'starts-with' | 'ends-with' | 'contains' | 'within';

/** `left == right`. */
export function equals(left: Inner, right: Inner, range: SourceRange): RequestTest {
  if (left.kind === 'one-of') return distribute(left, (choice) => equals(choice, right, range));
  if (right.kind === 'one-of') return distribute(right, (choice) => equals(left, choice, range));
  if (isOriginValue(left) && right.kind === 'environment')
    return ofFallback(right, (fallback) => equals(left, fallback, range));
  if (isOriginValue(right) && left.kind === 'environment')
    return ofFallback(left, (fallback) => equals(fallback, right, range));
  return (
    equalsOne(left, right, range) ??
    equalsOne(right, left, range) ??
    ofVariable(left, right) ??
    ofVariable(right, left) ??
    (isEnvironment(left) || isEnvironment(right) ? unknown('independent') : unknown())
  );
}

/**
 * What a variable of the environment is compared with is a circumstance, wherever the comparison stands. A comparison with `*` asks
 * whether everybody was configured to get in, which is for who sets the variable to say.
 */
function ofVariable(variable: Inner, other: Inner): RequestTest | undefined {
  const text = variable.kind === 'environment' ? constantText(other) : undefined;
  return variable.kind === 'environment' && text !== undefined && text !== '*' ? isSetTo(variable, text) : undefined;
}

function isOriginValue(value: Inner): boolean {
  return originSubject(value) !== undefined;
}

function isEnvironment(value: Inner): boolean {
  return value.kind === 'environment';
}

function equalsOne(left: Inner, right: Inner, range: SourceRange): RequestTest | undefined {
  if (left.kind === 'type-name') return right.kind === 'text' ? typeTest(left.of, right.text) : undefined;
  const subject = originSubject(left);
  if (subject !== undefined) {
    if (typeof subject.part !== 'string' && right.kind === 'nothing') return unknown();
    if (right.kind === 'nothing' || right.kind === 'boolean')
      return right.kind === 'nothing' && subject.part === 'origin'
        ? not(originPresent)
        : right.kind === 'nothing'
          ? not(originPresent)
          : never;
    if (right.kind === 'text') return textTest(left, 'equals', right, range);
    if (right.kind === 'list' || right.kind === 'dict' || right.kind === 'pattern' || right.kind === 'function')
      return never;
    // Python's port is a number, and JavaScript's `==` makes one of a text.
    if (right.kind === 'number') return unknown();
    const other = originSubject(right);
    return other !== undefined && other.part === subject.part && !other.ignoreCase && !subject.ignoreCase
      ? originPresent
      : undefined;
  }
  if (left.kind === 'request' && left.input === 'method' && right.kind === 'text')
    return { kind: 'method', name: right.text.toUpperCase() };
  if (left.kind === 'position' && left.orFalse && right.kind === 'boolean')
    return right.value ? never : not(left.found);
  if (left.kind === 'position' && right.kind === 'number')
    return right.value === -1 ? not(left.found) : right.value === 0 ? left.first : unknown();
  if (left.kind === 'position' && right.kind === 'length')
    return left.of && samePart(left.of.part, right.of) ? atEnd(left.of, right.minus, range) : unknown();
  if (left.kind === 'length' && right.kind === 'number')
    return lengthTest(left.of, right.value + left.minus, right.value + left.minus);
  if (left.kind === 'count' && right.kind === 'number') return right.value === 0 ? not(left.some) : unknown();
  if (left.kind === 'match') return right.kind === 'nothing' ? not(left.test) : never;
  if (left.kind === 'predicate' && right.kind === 'boolean') return right.value ? left.test : not(left.test);
  if (left.kind === 'predicate' && right.kind === 'nothing') return never;
  if (left.kind === 'nothing') return isKnown(right) ? (right.kind === 'nothing' ? always : never) : undefined;
  if (
    (left.kind === 'text' && right.kind === 'text') ||
    (left.kind === 'number' && right.kind === 'number') ||
    (left.kind === 'boolean' && right.kind === 'boolean')
  ) {
    return constantOf(left) === constantOf(right) ? always : never;
  }
  return undefined;
}

/** `origin.lastIndexOf(text) === origin.length - text.length`; -1 is also the difference where the origin is one character too short. */
function atEnd(
  { part, ignoreCase, text, isLast }: NonNullable<Extract<Inner, { kind: 'position' }>['of']>,
  minus: number,
  range: SourceRange,
): RequestTest {
  const before = withoutLast(part, 1);
  if (minus !== text.length || text === '' || before === undefined) return unknown();
  const base = { kind: 'origin', part, text, ignoreCase, range } as const;
  const earlier: RequestTest = isLast ? never : { ...base, part: before, operator: 'contains' };
  return some([
    all([{ ...base, operator: 'ends-with' }, not(earlier)]),
    all([not({ ...base, operator: 'contains' }), lengthTest(part, minus - 1, minus - 1)]),
  ]);
}

export function samePart(left: OriginPart, right: OriginPart): boolean {
  return left === right || (typeof left !== 'string' && JSON.stringify(left) === JSON.stringify(right));
}

function constantOf(value: Inner): string | number | boolean | undefined {
  return value.kind === 'text'
    ? value.text
    : value.kind === 'number' || value.kind === 'boolean'
      ? value.value
      : undefined;
}

function isKnown(value: Inner): boolean {
  return ['text', 'number', 'boolean', 'list', 'dict', 'pattern', 'function', 'nothing', 'instance'].includes(
    value.kind,
  );
}

function typeTest(value: Inner, name: string): RequestTest {
  if (originSubject(value) !== undefined)
    return name === 'string' ? originPresent : name === 'undefined' ? not(originPresent) : never;
  const actual =
    value.kind === 'text'
      ? 'string'
      : value.kind === 'function'
        ? 'function'
        : value.kind === 'boolean' || value.kind === 'predicate'
          ? 'boolean'
          : value.kind === 'number'
            ? 'number'
            : undefined;
  if (actual !== undefined) return actual === name ? always : never;
  return unknown(value.kind === 'environment' ? 'independent' : undefined);
}

/** `<` and its kin, for positions and counts. */
export function ordered(left: Inner, operator: '<' | '<=' | '>' | '>=', right: Inner): RequestTest {
  if (left.kind === 'one-of') return distribute(left, (choice) => ordered(choice, operator, right));
  if (left.kind === 'number' && (right.kind === 'position' || right.kind === 'count' || right.kind === 'length'))
    return ordered(right, ({ '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const)[operator], left);
  if (right.kind !== 'number') return unknown();
  // Where nothing is found, PHP compares `false >= 0`, which holds.
  if (left.kind === 'position' && left.orFalse && right.value === 0 && (operator === '>=' || operator === '<'))
    return operator === '>=' ? always : never;
  const threshold = operator === '>' || operator === '<=' ? right.value + 1 : right.value;
  const turned = operator === '<' || operator === '<=';
  if (left.kind === 'number') return left.value >= threshold !== turned ? always : never;
  const reached =
    left.kind === 'position'
      ? threshold === 0
        ? left.found
        : threshold === 1
          ? notFirst(left.found, left.first)
          : threshold < 0
            ? always
            : unknown()
      : left.kind === 'length'
        ? lengthTest(left.of, threshold + left.minus, Infinity)
        : left.kind === 'count'
          ? threshold === 1
            ? left.some
            : threshold <= 0
              ? always
              : unknown()
          : unknown();
  return turned ? not(reached) : reached;
}

function notFirst(found: RequestTest, first: RequestTest): RequestTest {
  return first.kind === 'never' ? found : { kind: 'all', tests: [found, not(first)] };
}

/** A comparison of the origin (or its part) with a text. */
export function textTest(value: Inner, operator: TextOperator, text: Inner, range: SourceRange): RequestTest {
  if (value.kind === 'one-of') return distribute(value, (choice) => textTest(choice, operator, text, range));
  if (text.kind === 'one-of') return distribute(text, (choice) => textTest(value, operator, choice, range));
  if (text.kind === 'list')
    return some([
      ...text.items.map((item) => textTest(value, operator, item, range)),
      ...(text.open ? [unknown()] : []),
    ]);
  if (text.kind === 'environment' && originSubject(value) !== undefined)
    return ofFallback(text, (fallback) => textTest(value, operator, fallback, range));
  if (text.kind !== 'text') return unknown(text.kind === 'environment' ? 'independent' : undefined);
  if (value.kind === 'text') return compareTexts(value.text, operator, text.text) ? always : never;
  if (value.kind === 'request' && value.input === 'method' && operator === 'equals')
    return { kind: 'method', name: text.text.toUpperCase() };
  const subject = originSubject(value);
  if (subject === undefined) return unknown();
  if (typeof subject.part !== 'string')
    return cutTest(subject.part, operator, text.text, subject.ignoreCase, { range, textRange: text.range });
  if (text.text === '' && operator !== 'within' && (operator !== 'equals' || subject.part === 'origin'))
    return operator === 'equals' ? not(originPresent) : originPresent;
  // A text in lower case never holds an upper-case letter.
  if (subject.ignoreCase && text.text !== text.text.toLowerCase()) return never;
  return {
    kind: 'origin',
    part: subject.part,
    operator,
    text: text.text,
    ignoreCase: subject.ignoreCase,
    range,
    textRange: text.range,
  };
}

/** A comparison of the first or last characters with a text of that length is one of the beginning or end. */
function cutTest(
  part: Exclude<OriginPart, string>,
  operator: TextOperator,
  text: string,
  ignoreCase: boolean,
  ranges: { readonly range: SourceRange; readonly textRange: SourceRange },
): RequestTest {
  if (ignoreCase && text !== text.toLowerCase()) return never;
  const { edge, of, ways } = part;
  if (operator !== 'equals' || edge === undefined || text === '' || ways.length < 2)
    return { kind: 'origin', part, operator, text, ignoreCase, ...ranges };
  if (text.length > edge.length) return never;
  return {
    kind: 'origin',
    part: of,
    operator: text.length < edge.length ? 'equals' : edge.side === 'start' ? 'starts-with' : 'ends-with',
    text,
    ignoreCase,
    ...ranges,
  };
}

function compareTexts(value: string, operator: TextOperator, text: string): boolean {
  switch (operator) {
    case 'equals':
      return value === text;
    case 'starts-with':
      return value.startsWith(text);
    case 'ends-with':
      return value.endsWith(text);
    case 'contains':
      return value.includes(text);
    case 'within':
      return text.includes(value);
  }
}

/** A regular expression applied to a value; `mode` is how, where the method decides that and not the pattern. */
export function patternTest(pattern: Inner, value: Inner, range: SourceRange, mode?: Pattern['mode']): RequestTest {
  if (pattern.kind === 'one-of') return distribute(pattern, (choice) => patternTest(choice, value, range, mode));
  if (value.kind === 'one-of') return distribute(value, (choice) => patternTest(pattern, choice, range, mode));
  if (pattern.kind === 'environment' && originSubject(value) !== undefined)
    return ofFallback(pattern, (fallback) => patternTest(fallback, value, range, mode));
  if (pattern.kind !== 'pattern') return unknown(pattern.kind === 'environment' ? 'independent' : undefined);
  if (value.kind === 'text') {
    const found = matchesPattern({ ...pattern.pattern, mode: mode ?? pattern.pattern.mode }, value.text);
    return found === 'unknown' ? unknown('independent') : found ? always : never;
  }
  const subject = originSubject(value);
  if (subject === undefined) return unknown(value.kind === 'environment' ? 'independent' : undefined);
  const flags =
    subject.ignoreCase && !pattern.pattern.flags.includes('i') ? `${pattern.pattern.flags}i` : pattern.pattern.flags;
  return {
    kind: 'origin',
    part: subject.part,
    operator: 'matches',
    pattern: { ...pattern.pattern, flags, mode: mode ?? pattern.pattern.mode },
    range,
    textRange: pattern.sourceRange ?? pattern.range,
  };
}

/** Whether the value is a member of the list, set, dictionary or text. */
export function membership(container: Inner, value: Inner, range: SourceRange): RequestTest {
  if (container.kind === 'one-of') return distribute(container, (choice) => membership(choice, value, range));
  switch (container.kind) {
    case 'list':
      return some([
        ...container.items.map((item) =>
          item.kind === 'unknown' || (item.kind === 'environment' && item.fallback === undefined)
            ? unknown()
            : equals(value, item, range),
        ),
        ...(container.open ? [unknown()] : []),
      ]);
    case 'dict':
      return some([
        ...container.entries.map((entry) =>
          equals(value, { kind: 'text', text: entry.key, range: entry.keyRange }, range),
        ),
        ...(container.open ? [unknown()] : []),
      ]);
    case 'text':
      return textTest(value, 'within', container, range);
    case 'environment':
      return ofFallback(container, (fallback) => membership(fallback, value, range));
    default:
      return originSubject(container) !== undefined ? textTest(container, 'contains', value, range) : unknown();
  }
}

/** The condition that a nullish value is replaced by `??`. */
export function isNullish(value: Inner): RequestTest {
  return distribute(value, (choice) => {
    if (choice.kind === 'nothing') return always;
    if (choice.kind === 'request')
      return choice.input === 'origin' ? not(originPresent) : choice.input === 'method' ? never : unknown();
    if (choice.kind === 'environment') return choice.fallback ? never : unknown('independent');
    // `split('//')[1]` is missing where there is no separator.
    if (choice.kind === 'origin-piece' && typeof choice.part !== 'string') return unknown();
    if (choice.kind === 'match') return not(choice.test);
    if (choice.kind === 'unknown' || choice.kind === 'path') return unknown();
    return never;
  });
}
