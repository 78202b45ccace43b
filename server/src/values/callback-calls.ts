/** Calls of a function's callback: where the expressions of its body answer by it, and under which condition. */
import type { Block, Call, Expression, FunctionExpression, Node } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, never, not, some, unknown } from '../policy/request-test.ts';
import { enter } from './frames.ts';
import { choose } from './inner-value.ts';
import type { Inner } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import { callbackPlaces, loopAround } from './loops.ts';
import type { Rounds } from './loops.ts';
import type { Walk } from './outcome-walk.ts';
import type { Place, Session } from './session.ts';
import { deepestCall, rangeIn } from './session.ts';

/** Looks for calls of the callback in the expression; undefined when there is none, else the condition under which it is called. */
export function answer(expression: Expression, reach: RequestTest, place: Place, walk: Walk): RequestTest | undefined {
  if (!mentionsAnswer(expression, place, walk)) return undefined;
  const { session } = walk;
  switch (expression.kind) {
    case 'conditional': {
      const test = session.test(expression.test, place);
      const consequent = answer(expression.consequent, all([reach, test]), place, walk) ?? never;
      return choose(test, consequent, answer(expression.alternate, all([reach, not(test)]), place, walk) ?? never);
    }
    case 'binary': {
      const test = session.test(expression.left, place);
      const reached = expression.operator === '||' ? not(test) : expression.operator === '&&' ? test : always;
      return choose(reached, answer(expression.right, all([reach, reached]), place, walk) ?? never, never);
    }
    case 'call':
      return answerCall(expression, reach, place, walk);
    case 'unary':
      return answer(expression.operand, reach, place, walk);
    case 'assignment':
      return answer(expression.value, reach, place, walk);
    default:
      return undefined;
  }
}

function answerCall(call: Call, reach: RequestTest, place: Place, walk: Walk): RequestTest | undefined {
  const { session } = walk;
  const target = session.value(call.callee, place);
  if (isCallback(target)) {
    walk.outcomes.push({ when: reach, kind: 'call', values: valuesOf(call, session, place), node: call });
    return always;
  }
  if (target.kind === 'function' && place.calls < deepestCall) {
    const given = call.arguments.map(({ value }) => session.value(value, place));
    return followNested(target.function, enter(target.function, given, session, place), reach, walk);
  }
  const inline = call.arguments.flatMap(({ value }) => (value.kind === 'function' ? [value] : []));
  const [first] = inline;
  const loop = first && loopAround(first, place);
  return loop !== undefined && first?.body !== undefined
    ? answerInLoop(first.body, callbackPlaces(first, loop, session, place), reach, walk)
    : answerInArguments(call, inline, reach, place, walk);
}

function valuesOf(call: Call, session: Session, place: Place): readonly Inner[] {
  return call.arguments.map(({ value, spread, range }) =>
    spread ? { kind: 'unknown', range: rangeIn(range, place, session) } : session.value(value, place),
  );
}

/** `list.forEach((one) => callback(…))`. */
function answerInLoop(body: Block | Expression, rounds: Rounds, reach: RequestTest, walk: Walk): RequestTest {
  if (body.kind === 'block') return walk.followLoop(rounds, body, reach, walk);
  return some(rounds.places.map((inside) => answer(body, reach, inside, walk) ?? never));
}

/** A call that is handed the callback, or functions that call it. A timer calls these in any case; what anything else does is not known. */
function answerInArguments(
  call: Call,
  inline: readonly FunctionExpression[],
  reach: RequestTest,
  place: Place,
  walk: Walk,
): RequestTest | undefined {
  const nested = inline.filter((fn) => mentionsAnswer(fn, place, walk));
  const isTimer = languageOf(place.program).flow.timers.has(call.callee.text);
  for (const fn of nested) followNested(fn, place, isTimer ? reach : all([reach, unknown()]), walk);
  if (isTimer && nested.length > 0) return always;
  const isPassed = call.arguments.some(({ value }) => isCallback(walk.session.value(value, place)));
  if (isPassed) {
    const notKnown: Inner = { kind: 'unknown', range: rangeIn(call.range, place, walk.session) };
    walk.outcomes.push({ when: all([reach, unknown()]), kind: 'call', values: [notKnown, notKnown], node: call });
  }
  // `query().then((row) => callback(null, row.ok))`: the rest of the chain is the callee's object.
  const inner = call.callee.kind === 'member' ? answer(call.callee.object, reach, place, walk) : undefined;
  return nested.length > 0 || isPassed ? unknown() : inner;
}

/** The callback itself, and nothing of it. */
export function isCallback(value: Inner): boolean {
  return value.kind === 'path' && value.role === 'callback' && value.names.length === 1;
}

/** Calls of the callback inside another function; what that function returns goes elsewhere. */
function followNested(fn: FunctionExpression, inside: Place, reach: RequestTest, walk: Walk): RequestTest | undefined {
  const inner: Walk = { ...walk, outcomes: [] };
  const ended =
    fn.body?.kind === 'block'
      ? walk.followAll(fn.body.statements, reach, inside, inner)
      : fn.body && answer(fn.body, reach, inside, inner);
  const calls = inner.outcomes.filter(({ kind }) => kind === 'call');
  walk.outcomes.push(...calls);
  return calls.length === 0 ? undefined : ended;
}

/** Whether a callback that is bound here is named in the text: the cheap test before any following. */
export function mentionsAnswer(node: Node, place: Place, walk: Walk): boolean {
  const names = place.frames.flatMap((frame) =>
    frame.kind === 'arguments'
      ? frame.values.flatMap((value) => (value?.kind === 'path' && value.role === 'callback' ? value.names : []))
      : [],
  );
  if (names.length === 0) return false;
  if (names.some((name) => node.text.includes(name))) return true;
  return node.kind === 'call' && walk.session.value(node.callee, place).kind === 'function';
}
