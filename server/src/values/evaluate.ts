/** The evaluator: one walker over the expressions of all languages. */
import type { Call, Expression, FunctionExpression, Node, Program } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { never, unknown } from '../policy/request-test.ts';
import { applyFunction, evaluateCall } from './calls.ts';
import { conditionOf } from './conditions.ts';
import type { Evaluator, Outcome, ParameterRole } from './evaluator.ts';
import { foldExpression } from './fold.ts';
import { guardOf, roundsTo } from './guards.ts';
import type { Inner } from './inner-value.ts';
import { originSubject, toPublic } from './inner-value.ts';
import { importedName } from './imports.ts';
import { roleFrame } from './frames.ts';
import { outcomesOf } from './outcomes.ts';
import type { At, EvaluatorHost, Place, Session } from './session.ts';
import { runningFunction } from './loops.ts';
import { functionAround, rangeIn } from './session.ts';
import type { Value } from './value.ts';

/** Nested evaluations and evaluations in all that one question may take; beyond it the answer is unknown. */
const deepest = 250;
const mostSteps = 40_000;

/** Answers questions about expressions of the program and of the files that it imports. */
export function createEvaluator(program: Program, host: EvaluatorHost): Evaluator {
  const session = createSession(program, host);
  const placeOf = (node: Node): Place => ({ program: session.homeOf(node), frames: [], calls: 0 });
  const question = <T>(ask: () => T, otherwise: T): T => {
    session.steps = 0;
    try {
      return ask();
    } catch {
      // A node that the reader could not lower, or a stack that ran out: the text does not say.
      session.depth = 0;
      session.active.clear();
      return otherwise;
    }
  };
  return {
    program,
    evaluate: (expression) =>
      question<Value>(() => toPublic(session.value(expression, placeOf(expression))), {
        kind: 'unknown',
        range: expression.range,
        expression,
      }),
    test: (expression) => question(() => session.test(expression, placeOf(expression)), unknown()),
    guard: (expression) => question(() => session.guard(expression, placeOf(expression)), unknown()),
    rounds: (expression, value) =>
      question<readonly { when: RequestTest; value: Value | undefined }[]>(() => {
        const place = placeOf(expression);
        const reached = roundsTo(expression, session, place);
        return (reached.length > 0 ? reached : [{ when: never, place }]).map((round) => ({
          when: round.when,
          value: value && toPublic(session.value(value, round.place)),
        }));
      }, [{ when: unknown(), value: value && { kind: 'unknown', range: value.range, expression: value } }]),
    outcomes: (fn: FunctionExpression, roles: readonly ParameterRole[]) =>
      question<readonly Outcome[]>(() => {
        const place = placeOf(fn);
        return outcomesOf(fn, session, { ...place, frames: [roleFrame(fn, roles, place, session)] });
      }, []),
    enclosingFunction: (expression) => functionAround(expression),
    runningFunction: (expression) => runningFunction(expression, placeOf(expression)),
    calleeOf: (call: Call) => question(() => importedName(call.callee, session, placeOf(call)), undefined),
    isRequestOrigin: (expression) =>
      question(() => {
        const value = session.value(expression, placeOf(expression));
        return value.kind === 'request' && originSubject(value) !== undefined;
      }, false),
  };
}

interface CountingSession extends Session {
  steps: number;
  depth: number;
  readonly active: Set<string>;
}

function createSession(root: Program, host: EvaluatorHost): CountingSession {
  const homes = new WeakMap<Node, Program>();
  const known = new Map<string, Inner>();
  const tests = new Map<string, RequestTest>();
  const active = new Set<string>();
  let cut = 0;
  const session: CountingSession = {
    root,
    host,
    steps: 0,
    depth: 0,
    active,
    value(expression, place) {
      const key = `${place.program.path}:${expression.range.start}:${expression.range.end}:${expression.kind === 'identifier' ? expression.name : expression.kind}`;
      const isPlain = place.frames.length === 0;
      const remembered = isPlain ? known.get(key) : undefined;
      if (remembered !== undefined) return remembered;
      const activeKey = `${key}:${place.calls}:${place.frames.length}`;
      session.steps += 1;
      if (active.has(activeKey) || session.depth >= deepest || session.steps > mostSteps) {
        cut += 1;
        return { kind: 'unknown', range: rangeIn(expression.range, place, session), expression };
      }
      if (place.program !== root) homes.set(expression, place.program);
      const cutBefore = cut;
      active.add(activeKey);
      session.depth += 1;
      const value = foldExpression(expression, session, place);
      session.depth -= 1;
      active.delete(activeKey);
      // What a cycle or a limit cut short may be known when it is asked for from elsewhere.
      if (isPlain && cut === cutBefore) known.set(key, value);
      return value;
    },
    test(expression: Expression, place: Place): RequestTest {
      const key =
        place.frames.length === 0
          ? `${place.program.path}:${expression.range.start}:${expression.range.end}:${expression.kind}`
          : undefined;
      const remembered = key === undefined ? undefined : tests.get(key);
      if (remembered !== undefined) return remembered;
      const cutBefore = cut;
      const test = conditionOf(expression, session, place);
      if (key !== undefined && cut === cutBefore) tests.set(key, test);
      return test;
    },
    apply: (callee: Inner, values: readonly Inner[], at: At, place: Place) =>
      applyFunction(callee, values, at, session, place),
    call: (call, place) => evaluateCall(call, session, place),
    guard: (expression, place) => guardOf(expression, session, place),
    homeOf(node) {
      for (let current: Node | undefined = node; current !== undefined; current = current.parent) {
        const home = homes.get(current);
        if (home !== undefined) return home;
      }
      return root;
    },
    setHome: (node, program) => {
      if (program !== root) homes.set(node, program);
    },
  };
  return session;
}
