/** `Router::layer` of axum wraps the routes that the router has by then: what is added behind it runs without the layer. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { guardFacts } from '../../models/libraries/earlier-guards.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { signs } from './rust-headers.ts';
import { callAround } from '../../models/handlers/handler-parts.ts';
import { stepsBehind } from '../../models/libraries/builder-steps.ts';

const routes = /^(route|nest|fallback)(_service)?$|^merge$/;

/** How far a layer is followed through stacks of layers. */
const deepest = 4;

/**
 * That the layer, which this expression is and which is made at `made`, covers no route: each router that gets it has none yet, and is
 * given some behind it. Empty where one has routes, or where that is not known.
 * See https://docs.rs/axum/latest/axum/struct.Router.html#method.layer
 */
export function beforeAllRoutes(layer: Expression, made: SourceRange, program: Program): Fact[] {
  const missed = layersOf(layer, program, deepest).map(firstMissed);
  const [first] = missed;
  if (first === undefined || missed.includes(undefined)) return [];
  const earlier = first.callee.kind === 'member' ? first.callee.propertyRange : first.range;
  return [{ kind: 'middleware-order', range: made, earlier, what: 'layer', order: 'covers-earlier' }];
}

/**
 * That a layer which stands around this one turns preflights away: of a router the layers that are added later stand outside, of a stack
 * those that are added before. Only functions of this file are looked into: `middleware::from_fn(require_token)`.
 */
export function behindOuterLayers(layer: Expression, made: Expression, program: Program, evaluator: Evaluator): Fact[] {
  const [layered, ...others] = usesOf(layer, program).map(layerCallOf);
  if (layered === undefined || others.length > 0) return [];
  const isStack = madeBy(layered, 'ServiceBuilder');
  const around = isStack ? callsBefore(layered) : stepsBehind(layered).map(({ call }) => call);
  const earlier = around.flatMap((call) =>
    nameOf(call) === 'layer' ? (handlerOf(call.arguments[0]?.value) ?? []) : [],
  );
  return guardFacts({ made, scope: 'every route', earlier }, { program, evaluator, language: signs });
}

/** The calls of the chain in front of this one. */
function callsBefore(last: Call): Call[] {
  const before = last.callee.kind === 'member' ? last.callee.object : undefined;
  return before?.kind === 'call' ? [before, ...callsBefore(before)] : [];
}

function nameOf({ callee }: Call): string | undefined {
  return callee.kind === 'member' ? callee.property : undefined;
}

/** What axum's `from_fn(handler)` and `from_fn_with_state(state, handler)` run. */
function handlerOf(layer: Expression | undefined): Expression | undefined {
  if (layer?.kind !== 'call' || !/(^|::)from_fn(_with_state)?$/.test(layer.callee.text)) return undefined;
  return layer.arguments.at(-1)?.value;
}

/** The calls that add the layer, and those that add the stack that it is put into; undefined for other uses of it. */
function layersOf(layer: Expression, program: Program, depth: number): readonly (Call | undefined)[] {
  return usesOf(layer, program)
    .map(layerCallOf)
    .flatMap((call) => {
      const stack = call && madeBy(call, 'ServiceBuilder') ? stackOf(call) : undefined;
      return stack === undefined ? [call] : depth === 0 ? [undefined] : layersOf(stack, program, depth - 1);
    });
}

function usesOf(layer: Expression, program: Program): readonly Expression[] {
  const binding = layer.parent?.kind === 'declaration' ? layer.parent.bindings[0] : undefined;
  return binding ? program.references(binding) : [layer];
}

/** The whole chain that makes a stack of layers. See https://docs.rs/tower/latest/tower/struct.ServiceBuilder.html */
function stackOf(layered: Call): Expression {
  return stepsBehind(layered).at(-1)?.call ?? layered;
}

/** `router.layer(cors)`, with `cors.clone()` too. */
function layerCallOf(use: Expression): Call | undefined {
  const member = use.parent?.kind === 'member' && use.parent.property === 'clone' ? use.parent.parent : undefined;
  const given = member?.kind === 'call' ? member : use;
  const call = callAround(given);
  return call?.callee.kind === 'member' && call.callee.property === 'layer' ? call : undefined;
}

/** Whether the chain that the call is of begins with `type::new()`. */
function madeBy(layered: Call, type: string): boolean {
  let first: Expression = layered;
  while (first.kind === 'call' && first.callee.kind === 'member' && first.callee.property !== 'new')
    first = first.callee.object;
  return first.kind === 'call' && new RegExp(`(^|::)${type}(::<.*>)?::new$`).test(first.callee.text);
}

/** The first route behind the layer, where the router is made in the same chain and has none before it. */
function firstMissed(layered: Call | undefined): Call | undefined {
  let before: Expression | undefined = layered;
  while (before?.kind === 'call' && before.callee.kind === 'member' && before.callee.property !== 'new') {
    if (routes.test(before.callee.property)) return undefined;
    before = before.callee.object;
  }
  const isMade = layered !== undefined && madeBy(layered, 'Router');
  return isMade ? stepsBehind(layered).find(({ name }) => routes.test(name))?.call : undefined;
}
