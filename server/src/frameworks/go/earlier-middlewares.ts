/** What a router of Go runs before a middleware: what it was given before. */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import { callAround } from '../../models/handlers/handler-parts.ts';
import { stepsOn } from '../../models/libraries/builder-steps.ts';
import type { Evaluator } from '../../values/evaluator.ts';

/** `r.Use(requireSession)` before it or in the same call, and what its group is made with; none where one may answer OPTIONS. */
export function earlierMiddlewares(made: Expression, program: Program, evaluator: Evaluator): readonly Expression[] {
  const use = usedBy(made, program);
  if (use?.callee.kind !== 'member' || use.callee.object.kind !== 'identifier') return [];
  const router = program.resolve(use.callee.object);
  if (router === undefined || evaluator.guard(use).kind !== 'always') return [];
  const uses = stepsOn(router, program)
    .filter(({ name, call }) => name === 'Use' && call.range.end <= use.range.start)
    .map(({ call }) => call);
  if (!sameFunction(evaluator, [use, ...uses]) || uses.some(({ text }) => /cors|preflight|options/i.test(text)))
    return [];
  const group = router.value?.kind === 'call' ? router.value.arguments : [];
  const earlier = [...group, ...uses.flatMap((call) => call.arguments), ...use.arguments].map(({ value }) => value);
  return earlier.filter(({ range }) => range.end <= made.range.start || range.end <= use.range.start);
}

/** `r.Use(cors.New(…))`, also through one name. */
export function usedBy(made: Expression, program: Program): Call | undefined {
  const [binding] = made.parent?.kind === 'declaration' ? made.parent.bindings : [];
  const uses: readonly Expression[] = binding ? program.references(binding) : [made];
  const [use, ...others] = uses.map(useOf);
  return others.length === 0 ? use : undefined;
}

/** Alone or among other middlewares; behind a path it covers less. */
function useOf(middleware: Expression): Call | undefined {
  const call = callAround(middleware);
  const isUse = call?.callee.kind === 'member' && call.callee.property === 'Use';
  return isUse && call.arguments.every(({ value }) => value.kind === 'call' || value.kind === 'identifier')
    ? call
    : undefined;
}

export function sameFunction(evaluator: Evaluator, calls: readonly Call[]): boolean {
  return new Set(calls.map((call) => evaluator.enclosingFunction(call)?.range.start)).size === 1;
}
