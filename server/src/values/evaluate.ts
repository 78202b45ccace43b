/** The evaluator: one walker over the expressions of all languages. */
import type { Call, FunctionExpression, Node, Program } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { always, never, unknown } from '../policy/request-test.ts';
import type { Evaluator, Outcome, ParameterRole } from './evaluator.ts';
import { calledWhen } from './callers.ts';
import { developmentOnly } from './development-only.ts';
import { EvaluatorSession } from './evaluator-session.ts';
import { roundsTo } from './guards.ts';
import { originSubject, toPublic } from './inner-value.ts';
import { importedName, importedValue } from './imports.ts';
import { roleFrame } from './frames.ts';
import { outcomesOf } from './outcomes.ts';
import type { EvaluatorHost, Place } from './session.ts';
import { runningFunction } from './loops.ts';
import { functionAround } from './session.ts';
import type { FunctionValue, Value } from './value.ts';
import type { Inner } from './inner-value.ts';

/** Answers questions about expressions of the program and of the files that it imports. */
export function createEvaluator(program: Program, host: EvaluatorHost): Evaluator {
  const session = new EvaluatorSession(program, host);
  const placeOf = (node: Node): Place => ({ program: session.homeOf(node), frames: [], calls: 0 });
  const question = session.question.bind(session);
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
    developmentOnly: (expression) => question(() => developmentOnly(expression, session, placeOf), always),
    calledWhen: (expression) =>
      question(() => {
        const fn = functionAround(expression);
        return (fn && calledWhen(fn, session, placeOf(fn))) ?? always;
      }, unknown()),
    rounds: (expression, value) =>
      question<readonly { when: RequestTest; value: Value | undefined }[]>(() => {
        const place = placeOf(expression);
        const reached = roundsTo(expression, session, place);
        return (reached.length > 0 ? reached : [{ when: never, place }]).map((round) => ({
          when: round.when,
          value: value && toPublic(session.value(value, round.place)),
        }));
      }, [{ when: unknown(), value: value && { kind: 'unknown', range: value.range, expression: value } }]),
    outcomes: (of: FunctionExpression | FunctionValue, roles: readonly ParameterRole[]) =>
      question<readonly Outcome[]>(() => {
        const [fn, self] = 'function' in of ? [of.function, of.self as Inner | undefined] : [of, undefined];
        const place = placeOf(fn);
        return outcomesOf(fn, session, { ...place, frames: [roleFrame(fn, roles, self, place, session)] });
      }, []),
    enclosingFunction: (expression) => functionAround(expression),
    runningFunction: (expression) => runningFunction(expression, placeOf(expression)),
    calleeOf: (call: Call) => question(() => importedName(call.callee, session, placeOf(call)), undefined),
    exported: (module, name) =>
      question<Value>(() => exportedValue(module, name, session, program), { kind: 'unknown', range: nowhere }),
    isRequestOrigin: (expression) =>
      question(() => {
        const value = session.value(expression, placeOf(expression));
        return value.kind === 'request' && originSubject(value) !== undefined;
      }, false),
  };
}

/** What stands in no text. */
const nowhere = { start: 0, end: 0 };

function exportedValue(module: string, name: string, session: EvaluatorSession, program: Program): Value {
  const imported = { module, imported: name, typeOnly: false, range: nowhere };
  return toPublic(importedValue(imported, { range: nowhere }, session, { program, frames: [], calls: 0 }));
}
