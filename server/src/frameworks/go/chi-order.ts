/** chi takes no middleware behind a route: `Use` panics there. See `Use` of https://pkg.go.dev/github.com/go-chi/chi/v5 */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import { escaped } from '../../syntax/programs/name-places.ts';
import type { Fact } from '../../policy/policy.ts';
import { callAround } from '../../models/handlers/handler-parts.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { sameFunction } from './earlier-middlewares.ts';
import type { Look } from './placed-middlewares.ts';

/** Methods that build the handler of a router; what answers for no route at all does not. */
const routes =
  '(?:Get|Head|Post|Put|Patch|Delete|Options|Connect|Trace|Query|Method(?:Func)?|Handle(?:Func)?|Mount|Route)';
/** Those of a router of its own; a group in a group is made of nothing yet. */
const groups = '|(?:Group|With)';

/** The program stops when it starts where the middleware is given to a router that has a route. */
export const beforeRoutes: Look = (made, { program, evaluator }) => {
  const route = routeBefore(made, program, evaluator);
  return route && { facts: () => [stopped(made, route)] };
};

function stopped({ range }: Call, { callee }: Call): Fact {
  return { kind: 'middleware-order', range, earlier: callee.range, what: 'chi', order: 'refused-late' };
}

function routeBefore(made: Call, program: Program, evaluator: Evaluator): Call | undefined {
  if (!program.imports.some(({ module }) => /^github\.com\/go-chi\/chi(\/|$)/.test(module))) return undefined;
  const use = useOf(made, program);
  const around = use && evaluator.enclosingFunction(use);
  if (use?.callee.kind !== 'member' || around === undefined) return undefined;
  const { object } = use.callee;
  const isWhole = evaluator.evaluate(object).expression?.text.startsWith('chi.New') === true;
  const router = escaped(object.text);
  const { start } = around.range;
  const before = program.text.slice(start, use.range.start);
  return [...before.matchAll(new RegExp(`(?<![\\w.])${router}\\.(?:${routes}${isWhole ? groups : ''})\\(`, 'g'))]
    .flatMap(({ 0: written, index }) => callAt(start + index + written.length - 2, program) ?? [])
    .find((route) => sameFunction(evaluator, [use, route]) && evaluator.guard(route).kind === 'always');
}

/** `r.Use(cors.Handler(…))`, `r.Use(cors.New(…).Handler)`, and the same through one name. */
function useOf(made: Expression, program: Program): Call | undefined {
  const [binding] = made.parent?.kind === 'declaration' ? made.parent.bindings : [];
  const calls = (binding ? program.references(binding) : [made]).map((use) =>
    callAround(use.parent?.kind === 'member' && use.parent.property === 'Handler' ? use.parent : use),
  );
  return calls.find((call) => call?.callee.kind === 'member' && call.callee.property === 'Use');
}

function callAt(offset: number, program: Program): Call | undefined {
  const at = program.expressionAt(offset);
  const member = at?.kind === 'identifier' ? at.parent : at;
  return member?.kind === 'member' && member.parent?.kind === 'call' ? member.parent : undefined;
}
