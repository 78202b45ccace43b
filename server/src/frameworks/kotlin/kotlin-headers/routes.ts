/** What a handler in Kotlin answers: those of Ktor and http4k; all others are found as Java's are. */
import type { Call, Expression, FunctionExpression, Node, Program } from '../../../syntax/programs/program.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import type { Route } from '../../../models/handlers/handler-language.ts';
import { callAround } from '../../../models/handlers/handler-parts.ts';
import { routeOf as routeOfJava } from '../../../models/handlers/jvm-routes.ts';
import { everyRequest, routeOfMethods, routeOfPath } from '../../../models/handlers/routes.ts';
import { lastName } from '../../../syntax/programs/last-name.ts';

/** What runs for the requests of many handlers: of Ktor's pipeline and its plugins, and http4k's `Filter { next -> … }`. */
const around =
  /^(intercept|onCall|onCallRespond|onCallReceive|install|Filter|createApplicationPlugin|createRouteScopedPlugin|on)$/;
const methodName = /^(get|head|post|put|patch|delete|options)$/;

export function routeOf(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  return (
    pluginRoute(handler) ??
    boundRoute(handler, evaluator) ??
    ktorRoute(handler, evaluator, program) ??
    routeOfJava(handler, evaluator, program)
  );
}

function pluginRoute(handler: FunctionExpression): Route | undefined {
  const call = callAround(handler) ?? callAround(functionAround(handler) ?? handler);
  return call !== undefined && around.test(lastName(call.callee)) ? everyRequest : undefined;
}

/** The function that gives this one: `Filter { next -> { request -> … } }`. */
function functionAround({ parent }: FunctionExpression): FunctionExpression | undefined {
  const block = parent?.kind === 'return' ? parent.parent : undefined;
  return block?.kind === 'block' && block.parent?.kind === 'function' ? block.parent : undefined;
}

/** `"/items" bind GET to { request -> … }` of http4k. */
function boundRoute(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  const pair = handler.parent;
  const bind = pair?.kind === 'list' && pair.type === 'tuple' ? pair.elements[0]?.value : undefined;
  if (bind?.kind !== 'call' || lastName(bind.callee) !== 'bind' || bind.callee.kind !== 'member') return undefined;
  const method = /(?:^|\.)([A-Z]+)$/.exec(bind.arguments[0]?.value.text ?? '')?.[1];
  return byMethod(method, textOf(bind.callee.object, evaluator));
}

/** `get("/items") { call.respond(…) }`, within `route("/api") { … }` too. */
function ktorRoute(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  const call = callAround(handler);
  if (call?.callee.kind !== 'identifier' || !program.text.has(/\bio\.ktor\b/)) return undefined;
  const name = lastName(call.callee);
  if (!methodName.test(name) && name !== 'handle') return undefined;
  const paths = [call, ...callsAround(call)].flatMap((one) => textOf(one.arguments[0]?.value, evaluator) ?? []);
  const path = paths.length === 0 ? undefined : paths.reverse().join('');
  const method = name === 'handle' ? methodAround(call) : name.toUpperCase();
  return byMethod(method, path);
}

/** `route("/api") { … }` around it, from the inside out. */
function callsAround(node: Node): Call[] {
  const found: Call[] = [];
  for (let current = node.parent; current; current = current.parent)
    if (current.kind === 'call' && lastName(current.callee) === 'route') found.push(current);
  return found;
}

/** `method(HttpMethod.Options) { handle { … } }`. */
function methodAround(node: Node): string | undefined {
  for (let current = node.parent; current; current = current.parent)
    if (current.kind === 'call' && lastName(current.callee) === 'method')
      return /HttpMethod\.(\w+)$/.exec(current.arguments[0]?.value.text ?? '')?.[1]?.toUpperCase();
  return undefined;
}

function textOf(expression: Expression | undefined, evaluator: Evaluator): string | undefined {
  const value = expression && evaluator.evaluate(expression);
  return value?.kind === 'text' ? value.text : undefined;
}

function byMethod(method: string | undefined, path: string | undefined): Route {
  return method === undefined ? routeOfPath(path, null) : routeOfMethods([method], path);
}
