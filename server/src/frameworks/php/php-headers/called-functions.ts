/** Functions and methods that a script calls at its top level: what they write is a part of the script's answer. */
import type { Call, FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { all, some } from '../../../policy/request-test.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import type { CalledByScript } from '../../../models/handlers/handler-language.ts';

/** How many functions may stand between the script and the one that writes. */
const deepest = 4;

/** Undefined where nothing of the file that runs by itself calls it. */
export function calledByScript(
  handler: FunctionExpression,
  evaluator: Evaluator,
  program: Program,
  depth = 0,
): CalledByScript | undefined {
  if (handler.name === undefined || depth > deepest) return undefined;
  const calls = callsOf(handler.name, program).flatMap((call): CalledByScript[] => {
    const caller = evaluator.runningFunction(call);
    const own: RequestTest = evaluator.guard(call);
    if (caller === undefined) return [{ at: call.range.start, when: own }];
    if (caller.range.start === handler.range.start) return [];
    const outer = calledByScript(caller, evaluator, program, depth + 1);
    return outer ? [{ at: outer.at, when: all([outer.when, own]) }] : [];
  });
  const [first] = calls;
  return first && { at: first.at, when: some(calls.map(({ when }) => when)) };
}

/** `name(…)`, `Owner::name(…)`, `$owner->name(…)`. */
function callsOf(name: string, program: Program): Call[] {
  return [...program.text.matchAll(new RegExp(`(?<![\\w$])${name}(?=\\s*\\()`, 'g'))].flatMap(({ index }): Call[] => {
    const callee = program.expressionAt(index + name.length - 1);
    const call = callee?.parent;
    const isCallee = call?.kind === 'call' && callee!.range.end === call.callee.range.end;
    return isCallee ? [call] : [];
  });
}
