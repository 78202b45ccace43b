/** The function that gives an answer its status, where another one writes the headers for it. */
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { RoutedHandler } from './handler-group.ts';
import { routeOf } from './handler-group.ts';
import type { HandlerLanguage } from './handler-language.ts';
import { callersOf } from './vary-of-callers.ts';

interface Around {
  readonly program: Program;
  readonly language: HandlerLanguage;
  readonly context: { readonly evaluator: Evaluator };
}

/** The one function of the file that calls the helper; none where several do, or nobody in this file. */
export function onlyCaller(
  helper: FunctionExpression | undefined,
  { program, language: { answers }, context: { evaluator } }: Around,
): RoutedHandler[] {
  if (helper === undefined) return [];
  const byName = callersOf(helper, program, evaluator);
  const callers = byName.length > 0 ? byName : callersOfMethod(helper, program, evaluator);
  const [caller] = callers;
  return caller !== undefined && callers.length === 1 && caller.range.start !== helper.range.start
    ? [{ handler: caller, route: routeOf(caller, answers, evaluator, program) }]
    : [];
}

/** What calls a method of this name on the object that the caller is a method of, too: `s.allow(w, r)`. */
function callersOfMethod(
  { name, parameters }: FunctionExpression,
  program: Program,
  evaluator: Evaluator,
): FunctionExpression[] {
  const [own] = parameters;
  if (name === undefined || own?.receiver !== true) return [];
  return program.text.matchAll(new RegExp(`\\.${name}\\(`, 'g')).flatMap(({ index }) => {
    const named = program.expressionAt(index + 1);
    const member = named?.kind === 'member' ? named : named?.parent;
    if (member?.kind !== 'member' || member.property !== name) return [];
    const caller = evaluator.runningFunction(member);
    const [receiver] = caller?.parameters ?? [];
    const isOwn = receiver?.receiver === true && receiver.type?.text === own.type?.text;
    const isOnIt = member.object.text === receiver?.name;
    return caller !== undefined && isOwn && isOnIt ? [caller] : [];
  });
}
