/** A write as it is reached: its value in that round of the loops around it, and the condition under which it is made. */
import { fold } from '../../policy/condition-walk.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, some, unknown } from '../../policy/request-test.ts';
import { isSet } from '../../values/circumstances.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { mayRefuse } from '../../values/influence.ts';
import type { Value } from '../../values/value.ts';
import { isOpenValue } from '../libraries/open-fallbacks.ts';
import { isAskedFor } from './asked-for-stars.ts';
import { withoutBlanks, withoutName } from './header-text.ts';
import type { HeaderWrite } from './header-write.ts';
import { nameOf } from './header-write.ts';

export interface ReachedWrite {
  readonly write: HeaderWrite;
  /** Lower case. */
  readonly name: string;
  readonly when: RequestTest;
  readonly value: Value;
}

/** Once for each round of the loops over known members; `under` is the condition of the handler itself. */
export function reachedWrites(write: HeaderWrite, under: RequestTest, evaluator: Evaluator): ReachedWrite[] {
  const phase = evaluator.developmentOnly(write.node);
  const setting = isAskedFor(write, evaluator) ? unknown() : always;
  return evaluator.rounds(write.node, write.value).map((round) => {
    const value = valueOf(write, round.value);
    const reached = isForEverybody(write, value, evaluator) ? withoutOpaque(round.when) : round.when;
    const called = sendsAsked(value) ? checkOf(evaluator.calledWhen(write.node)) : always;
    return {
      write,
      name: nameOf(write),
      // What is taken away is so under its own condition only.
      when: all([under, phase, setting, called, write.operation === 'remove' ? round.when : assumeReached(reached)]),
      value,
    };
  });
}

/** Whoever asks is sent back, or may be. */
function sendsAsked(value: Value): boolean {
  if (value.kind === 'one-of') return value.choices.some((choice) => sendsAsked(choice.value));
  return value.kind === 'request' && value.input === 'origin';
}

/** What callers ask of the origin before they call; what else they ask, a path for example, is asked of some requests only. */
function checkOf(called: RequestTest): RequestTest {
  return looksAtOrigin(called) ? assumeReached(called) : always;
}

function looksAtOrigin(test: RequestTest): boolean {
  return fold<boolean>(
    test,
    (part, parts) =>
      part.kind === 'origin' || (part.kind === 'unknown' && part.reason !== 'independent') || parts.includes(true),
    looking,
  );
}

const looking = new WeakMap<RequestTest, boolean>();

/** What checks of the origin say, in what remains of a handler without its comments and the names of headers. */
const ofOrigins = /origin(?!al|ate|ation)|referr?er|whitelist|allow_?list|trusted/i;
const comments = /(^|\s)(\/\/|#)(?=\s).*|\/\*[^]*?\*\//gm;
const headerNames = /access-control-[\w-]+|cross-origin-[\w-]+|AccessControlAllow\w+|ACCESS_CONTROL_\w+/gi;

/**
 * A handler that sends "*", never speaks of origins and hands the request to no code that may: what else it asks is not who asks.
 */
function isForEverybody(write: HeaderWrite, value: Value, evaluator: Evaluator): boolean {
  if (nameOf(write) !== 'access-control-allow-origin' || value.kind !== 'text' || value.text !== '*') return false;
  const body = evaluator.runningFunction(write.node)?.body;
  const before = body?.text.slice(0, Math.max(0, write.range.start - body.range.start)) ?? '';
  const text = before.replace(comments, '').replace(headerNames, '');
  return !ofOrigins.test(text) && !handedOn.test(text) && !mayRefuse(text);
}

/** The whole request or its headers as an argument, by their usual names: `check(r)`, `check(c.Request)`. */
const handedOn = /[(,]\s*(?:[\w$]+\.)*(?:r|c|e|ctx|evt|req|request|event|context|headers?)\s*[,)]/i;

/** The condition where what cannot be read comes out so that the request goes on; parts that are shared are looked at once. */
function withoutOpaque(condition: RequestTest): RequestTest {
  return settled(condition, 'always');
}

/** Conditions of one handler share their parts. */
const settledParts = {
  always: new WeakMap<RequestTest, RequestTest>(),
  never: new WeakMap<RequestTest, RequestTest>(),
};

function settled(test: RequestTest, outcome: 'always' | 'never'): RequestTest {
  const found = settledParts[outcome].get(test);
  if (found !== undefined) return found;
  const made = settledAnew(test, outcome);
  settledParts[outcome].set(test, made);
  return made;
}

function settledAnew(test: RequestTest, outcome: 'always' | 'never'): RequestTest {
  switch (test.kind) {
    case 'unknown':
      return { kind: outcome };
    case 'not':
      return not(settled(test.test, outcome === 'always' ? 'never' : 'always'));
    case 'all':
      return all(test.tests.map((one) => settled(one, outcome)));
    case 'some':
      return some(test.tests.map((one) => settled(one, outcome)));
    default:
      return test;
  }
}

function valueOf({ before, form, range }: HeaderWrite, value: Value | undefined): Value {
  if (value === undefined) return { kind: 'unknown', range };
  const names = form === 'property' && value.kind === 'list' && !value.open ? value.items.map(headerText) : [undefined];
  if (!names.includes(undefined)) return { kind: 'text', text: names.join(', '), range: value.range };
  return withoutBlanks(before === undefined ? value : withoutName(value, before));
}

/** A condition that has nothing to do with the request is taken to hold: the policy is what is sent when it does. */
export function assumeReached(test: RequestTest): RequestTest {
  switch (test.kind) {
    case 'unknown':
      return test.reason === 'independent' ? always : test;
    case 'all':
      return assumeAllReached(test);
    // A handler that looks for its own method is asked with that method.
    case 'method':
      return test.name === 'OPTIONS' ? test : always;
    default:
      return test;
  }
}

const assumed = new WeakMap<RequestTest, RequestTest>();

function assumeAllReached(test: RequestTest & { readonly kind: 'all' }): RequestTest {
  let made = assumed.get(test);
  if (made === undefined) assumed.set(test, (made = all(test.tests.map(assumeReached))));
  return made;
}

export interface ChosenValue {
  readonly when: RequestTest;
  readonly value: Value;
}

/** Every value that a write may send, with the condition under which it is that one. */
export function choicesOf(value: Value): ChosenValue[] {
  // What a variable falls back to is sent where it is not set. That everybody gets in without it is told of the variable itself.
  if (value.kind === 'environment' && value.fallback && !isOpenValue(value.fallback))
    return choicesOf({
      kind: 'one-of',
      range: value.range,
      choices: [
        { when: isSet(value.name), value: { ...value, fallback: undefined } },
        { when: always, value: value.fallback },
      ],
    });
  if (value.kind !== 'one-of') return [{ when: always, value }];
  const before: RequestTest[] = [];
  return value.choices.flatMap((choice) => {
    const here = all([...before.map(not), choice.when]);
    before.push(choice.when);
    return choicesOf(choice.value).map((inner) => ({ when: all([here, inner.when]), value: inner.value }));
  });
}

/** What a server puts on the wire for this value; undefined when it is not known. */
export function headerText(value: Value): string | undefined {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'boolean':
    case 'number':
      return String(value.value);
    case 'list':
      return value.items.length === 1 ? headerText(value.items[0]!) : undefined;
    default:
      return undefined;
  }
}
