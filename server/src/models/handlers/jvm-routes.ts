/** What a handler in Java answers: by the types of its parameters, its annotations, and what it is handed to. */
import type { Expression, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { always, not, optionsMethod, some } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Route } from './handler-language.ts';
import { callAround, classOf, methodsOf, parameterOfType, textsOf } from './handler-parts.ts';
import { everyRequest, routeOfMethods, routeOfPath } from './routes.ts';
import { lastName } from '../../syntax/programs/last-name.ts';

/** Methods of filters and interceptors, which see the requests of many handlers. */
const around =
  /^(doFilter|doFilterInternal|filter|preHandle|postHandle|afterCompletion|beforeBodyWrite|intercept|aroundWriteTo)$/;
/** Methods of a servlet, by the request's own. */
const servletMethod = /^do(Get|Head|Post|Put|Patch|Delete|Options)$/;
/** Annotations of Spring and JAX-RS that name a method. */
const methodAnnotation =
  /^(?:[\w.]+\.)?(?:(Get|Post|Put|Patch|Delete)Mapping|(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)|RequestMapping|Path)$/;
/** Methods that register a handler: of Javalin, Spark and Vert.x's router. */
const registration = /^(get|head|post|put|patch|delete|options)$/;
const registrationAround = /^(before|after|beforeMatched|afterAfter|use)$/;

export function routeOf(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  return (
    registeredRoute(handler, evaluator, program) ?? methodRoute(handler, program) ?? annotatedRoute(handler, evaluator)
  );
}

/** `doGet` and `doOptions` of one servlet answer the requests of one address. */
export function methodsTogether(handler: FunctionExpression): readonly FunctionExpression[] | undefined {
  const home = classOf(handler);
  if (home === undefined || (!servletMethod.test(handler.name ?? '') && callersOf(handler).length === 0))
    return undefined;
  return methodsOf(home).filter(
    (one) => servletMethod.test(one.name ?? '') || one.name === 'service' || callersOf(one).length > 0,
  );
}

/** The methods of a servlet that hand their response to this helper of the same class. */
function callersOf(helper: FunctionExpression): readonly FunctionExpression[] {
  const { name = '' } = helper;
  const home = classOf(helper);
  if (home === undefined || servletMethod.test(name) || !parameterOfType(helper, /Response$/)) return [];
  const call = new RegExp(`(?:^|[^.\\w]|\\bthis\\.)${name.replaceAll(/\W/g, '\\$&')}\\(`);
  return methodsOf(home).filter((one) => servletMethod.test(one.name ?? '') && call.test(one.text));
}

/** A helper runs before what the methods that call it write themselves. */
function helperRoute(handler: FunctionExpression): Route | undefined {
  const callers = callersOf(handler);
  const home = classOf(handler);
  if (home === undefined || callers.length === 0) return undefined;
  const all = methodsOf(home).filter(({ name }) => servletMethod.test(name ?? ''));
  const names = callers.flatMap(({ name }) => {
    const method = servletMethod.exec(name ?? '')![1]!.toUpperCase();
    return method === 'GET' ? ['GET', 'HEAD'] : [method];
  });
  const when =
    callers.length === all.length ? always : some(names.map((name): RequestTest => ({ kind: 'method', name })));
  return { ...routeOfPath(undefined, 200), when, runs: 'first' };
}

/** Lambdas: `server.createContext("/x", exchange -> …)`, `router.route("/x").handler(ctx -> …)`, `app.get("/x", ctx -> …)`. */
function registeredRoute(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  const call = callAround(handler);
  if (call === undefined) return undefined;
  const { callee } = call;
  const name = lastName(callee);
  const path = textOf(call.arguments[0]?.value, evaluator);
  if (name === 'createContext') return routeOfPath(path, 200);
  if (registrationAround.test(name)) return everyRequest;
  if (registration.test(name)) return routeOfMethods([name.toUpperCase()], path);
  if (/^(handler|requestHandler|failureHandler|setHandler)$/.test(name))
    return handsOn(handler, program) || name === 'requestHandler' ? everyRequest : routerRoute(callee, evaluator);
  return undefined;
}

/** What stands before `.handler(…)`: `router.get("/x")`, `router.route(HttpMethod.PUT, "/x")`. */
function routerRoute(callee: Expression, evaluator: Evaluator): Route {
  const route = callee.kind === 'member' ? callee.object : undefined;
  if (route?.kind !== 'call' || route.callee.kind !== 'member') return routeOfPath(undefined, 200);
  const texts = route.arguments.flatMap(({ value }) => textOf(value, evaluator) ?? []);
  const path = texts.find((text) => text.startsWith('/'));
  const method = registration.test(route.callee.property)
    ? route.callee.property.toUpperCase()
    : texts.find((text) => /^[A-Z]+$/.test(text));
  return method === undefined ? routeOfPath(path, 200) : routeOfMethods([method], path);
}

/** Filters, servlets and handlers, by their names and the types of their parameters. */
function methodRoute(handler: FunctionExpression, program: Program): Route | undefined {
  const { name = '' } = handler;
  if (around.test(name) && classOf(handler)) return everyRequest;
  const method = servletMethod.exec(name)?.[1]?.toUpperCase();
  if (method !== undefined) return servletRoute(handler, method);
  const helper = helperRoute(handler);
  if (helper !== undefined) return helper;
  if (name === 'service' && parameterOfType(handler, /Response$/))
    return { ...routeOfPath(undefined, 200), runs: 'first' };
  if (name === 'handle' || parameterOfType(handler, /^(HttpExchange|RoutingContext)$/))
    return handsOn(handler, program) ? everyRequest : routeOfPath(undefined, 200);
  return undefined;
}

/** A servlet answers OPTIONS by itself, with the methods that it has. */
function servletRoute(handler: FunctionExpression, method: string): Route {
  const home = classOf(handler);
  const methods = (home ? methodsOf(home) : [handler]).flatMap(
    ({ name }) => servletMethod.exec(name ?? '')?.[1]?.toUpperCase() ?? [],
  );
  const others = methods.filter((one) => one !== 'OPTIONS');
  return {
    scope: `${(others.length === 0 ? methods : others).join(', ')} of this servlet`,
    methods: [method],
    when:
      method === 'OPTIONS' ? optionsMethod : others.length > 1 ? { kind: 'method', name: method } : not(optionsMethod),
    optionsStatus: 200,
  };
}

function annotatedRoute(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  const methods: string[] = [];
  let path: string | undefined;
  let isRoute = false;
  for (const decorator of handler.decorators) {
    const call = decorator.kind === 'call' ? decorator : undefined;
    const found = methodAnnotation.exec((call?.callee ?? decorator).text);
    if (found === null) continue;
    isRoute = true;
    const [, mapped, plainMethod] = found;
    if (mapped ?? plainMethod) methods.push((mapped ?? plainMethod)!.toUpperCase());
    for (const { name = 'value', value } of call?.arguments ?? []) {
      if (name === 'value' || name === 'path') path ??= textOf(value, evaluator);
      if (name === 'method') methods.push(...(textsOf(value, evaluator) ?? []));
    }
  }
  if (!isRoute) return undefined;
  return methods.length === 0 ? routeOfPath(path, null) : routeOfMethods(methods, path);
}

/** It passes the request to what comes behind it. */
function handsOn({ range }: FunctionExpression, program: Program): boolean {
  return program.text.part(range.start, range.end).has(/\.(?:next|doFilter|proceed)\(/);
}

function textOf(expression: Expression | undefined, evaluator: Evaluator): string | undefined {
  const value = expression && evaluator.evaluate(expression);
  if (value?.kind === 'text') return value.text;
  const [first] = value?.kind === 'list' ? value.items : [];
  return first?.kind === 'text' ? first.text : undefined;
}
