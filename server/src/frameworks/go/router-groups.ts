/**
 * Middlewares of a group of routes, which chi and Gin run at the routes of the group alone: a preflight, for which there is no route, is
 * answered 405 or 404 before. See `Group` of https://pkg.go.dev/github.com/go-chi/chi/v5 and of https://pkg.go.dev/github.com/gin-gonic/gin
 */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { not, optionsMethod } from '../../policy/request-test.ts';
import { callAround } from '../../models/handlers/handler-parts.ts';
import { stepsBehind } from '../../models/libraries/builder-steps.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Look } from './placed-middlewares.ts';

/** What may take OPTIONS within a group. */
const takesOptions = /\.(?:Options|OPTIONS|Any|Match|Handle(?:Func)?|Method(?:Func)?|Mount|Route|Connect|Static\w*)\(/;
const needsPreflight = /\.(Post|Put|Patch|Delete|POST|PUT|PATCH|DELETE)\(/;

/** In a group without a route for OPTIONS a middleware answers no preflight. */
export const inGroup: Look = (made, { program, evaluator }) => {
  const missed = missedIn(made, program, evaluator);
  return missed && { reach: not(optionsMethod), facts: () => missed };
};

function missedIn(made: Call, program: Program, evaluator: Evaluator): Fact[] | undefined {
  const use = callAround(made);
  const inline = use && inlineRoute(use, program);
  if (inline !== undefined)
    return [
      {
        kind: 'unhandled-preflight',
        range: made.range,
        needs: 'this route',
        why: 'what "With" is given runs at the routes behind it alone, and this one takes no OPTIONS',
        related: inline,
        relatedMessage: 'This route takes no OPTIONS.',
        instead: 'Hand the middleware to the whole router, before its routes.',
      },
    ];
  const group = use && groupOf(use, program, evaluator);
  if (group === undefined) return undefined;
  const { text } = program;
  const routes = text.part(group.start, group.end);
  if (!routes.has(needsPreflight) || routes.has(takesOptions)) return undefined;
  return [
    {
      kind: 'unhandled-preflight',
      range: made.range,
      needs: 'the routes of this group',
      why: 'The middlewares of a group run at its routes alone, and none of these takes OPTIONS.',
      related: group.maker,
      relatedMessage: 'The group is made here.',
      instead: 'Hand the middleware to the whole router, before its routes.',
    },
  ];
}

/** `r.With(cors.Handler(…)).Put("/items", …)` of chi, where no other route takes OPTIONS. */
function inlineRoute(use: Call, { text }: Program): Call['range'] | undefined {
  const { callee } = use;
  if (callee.kind !== 'member' || callee.property !== 'With' || !text.has(/go-chi\/chi\b/)) return undefined;
  const [route] = stepsBehind(use);
  const isBound = route !== undefined && /^(Post|Put|Patch|Delete)$/.test(route.name);
  return isBound && !text.has(/\.(?:Options|Handle(?:Func)?|Method(?:Func)?)\(/) ? route.nameRange : undefined;
}

interface Group {
  readonly maker: Call['range'];
  /** Where its routes stand. */
  readonly start: number;
  readonly end: number;
}

/** `r.Group(func(r chi.Router) { r.Use(…) })`, `api := router.Group("/api")` with `api.Use(…)` behind it. */
function groupOf({ callee, range }: Call, program: Program, evaluator: Evaluator): Group | undefined {
  if (callee.kind !== 'member' || callee.property !== 'Use' || callee.object.kind !== 'identifier') return undefined;
  const router = program.resolve(callee.object);
  const fn = router?.parameterOf;
  const handed = fn && callAround(fn);
  if (handed && isGroup(handed) && program.text.has(/go-chi\/chi\b/))
    return { maker: handed.callee.range, ...fn.range };
  const made = router?.value;
  if (made?.kind !== 'call' || !isGroup(made) || !program.text.has(/gin-gonic\/gin"/)) return undefined;
  // Up to the end of the function in which the group is made.
  const around = evaluator.enclosingFunction(made);
  return around && { maker: made.callee.range, start: range.end, end: around.range.end };
}

function isGroup({ callee }: Call): boolean {
  return callee.kind === 'member' && callee.property === 'Group';
}
