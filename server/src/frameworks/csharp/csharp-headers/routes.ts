/** What a handler in C# answers: by how it is registered, its name and class, its attributes, and the types of its parameters. */
import type {
  Call,
  ClassExpression,
  Expression,
  FunctionExpression,
  Node,
  Program,
} from '../../../syntax/programs/program.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import type { Route } from '../../../models/handlers/handler-language.ts';
import { callAround, parameterOfType, textsOf } from '../../../models/handlers/handler-parts.ts';
import { everyRequest, routeOfMethods, routeOfPath } from '../../../models/handlers/routes.ts';

/** Methods that see the requests of many handlers: middlewares, filters, modules, handlers of messages, events of the application. */
const around = new RegExp(
  String.raw`^(Invoke(Async)?|SendAsync|OnAuthorization|On(Begin|End)Request|(OnPre|Application_Pre)SendRequestHeaders|BeforeSendReply|` +
    String.raw`On(Action|Result|Resource)?Execut(ing|ed|ion)|On(Action|Result|Resource)ExecutionAsync|Application_(Begin|End)Request)$`,
);
/** Methods that answer by themselves: `IHttpHandler`. */
const whole = /^(ProcessRequest|ProcessRequestAsync)$/;
/** Attributes of actions: `[HttpGet("x")]`, `[AcceptVerbs("PUT")]`, `[Route("x")]`. */
const verb = /^Http(Get|Head|Post|Put|Patch|Delete|Options)(Attribute)?$/;
const contexts = /^(HttpContext|HttpContextBase|HttpListenerContext|IOwinContext)\??$/;

export function routeOf(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  return registeredRoute(handler, evaluator, program) ?? attributedRoute(handler, evaluator) ?? methodRoute(handler);
}

/** Lambdas: `app.Use(async (context, next) => …)`, `app.Run(async context => …)`, `app.MapPut("/x", …)`. */
function registeredRoute(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  const call = callAround(handler);
  if (call?.callee.kind !== 'member') return undefined;
  const { property } = call.callee;
  const path = textOf(call.arguments[0]?.value, evaluator);
  if (property === 'OnStarting') return outerRoute(call, evaluator, program);
  if (/^(Use|UseWhen|UseMiddleware)$/.test(property)) return everyRequest;
  if (property === 'Run') return handsOn(handler, program) ? everyRequest : routeOfPath(undefined, 200);
  const [, method] = /^Map(Get|Post|Put|Patch|Delete)$/.exec(property) ?? [];
  if (method !== undefined) return routeOfAny([method.toUpperCase()], path, 405);
  if (property === 'MapMethods') return routeOfAny(textsOf(call.arguments[1]?.value, evaluator) ?? [], path, 405);
  return /^Map(Fallback)?$/.test(property) ? routeOfPath(path, 200) : undefined;
}

/** What is done when an answer starts belongs to the handler around it. */
function outerRoute(call: Call, evaluator: Evaluator, program: Program): Route | undefined {
  const outer = evaluator.enclosingFunction(call);
  return outer && routeOf(outer, evaluator, program);
}

function methodRoute(handler: FunctionExpression): Route | undefined {
  const { name = '' } = handler;
  if (around.test(name) && classOf(handler)) return everyRequest;
  return whole.test(name) || parameterOfType(handler, contexts) ? routeOfPath(undefined, 200) : undefined;
}

/** Actions of controllers, and functions of Azure with their trigger. */
function attributedRoute(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  const trigger = triggerOf(handler);
  if (trigger !== undefined)
    return routeOfAny(
      trigger.arguments
        .flatMap(({ name, value }) => (name === undefined ? (textsOf(value, evaluator) ?? []) : []))
        .map((text) => text.toUpperCase()),
      undefined,
      null,
    );
  const named = handler.decorators.map((decorator) => ({ decorator, name: nameOf(decorator) }));
  const methods = named.flatMap(({ name, decorator }) => {
    const own = verb.exec(name)?.[1];
    if (own !== undefined) return [own.toUpperCase()];
    return name === 'AcceptVerbs' && decorator.kind === 'call'
      ? decorator.arguments.flatMap(({ value }) => textsOf(value, evaluator) ?? [])
      : [];
  });
  if (methods.length === 0) return undefined;
  const paths = named.flatMap(({ name, decorator }) =>
    (verb.test(name) || name === 'Route') && decorator.kind === 'call'
      ? (textOf(decorator.arguments[0]?.value, evaluator) ?? [])
      : [],
  );
  return routeOfAny(methods, paths[0], null);
}

/** `[HttpTrigger(AuthorizationLevel.Anonymous, "get", "post")] HttpRequest request`. */
function triggerOf({ parameters }: FunctionExpression): Call | undefined {
  return parameters
    .flatMap(({ decorators = [] }) => decorators)
    .find((one): one is Call => one.kind === 'call' && nameOf(one) === 'HttpTrigger');
}

function nameOf(decorator: Expression): string {
  const { text } = decorator.kind === 'call' ? decorator.callee : decorator;
  return text.replace(/^.*\./, '');
}

/** An empty list of methods names all of them. */
function routeOfAny(methods: readonly string[], path: string | undefined, otherwise: number | null): Route {
  return methods.length === 0 ? routeOfPath(path, null) : routeOfMethods(methods, path, otherwise);
}

/** It passes the request to what comes behind it. */
function handsOn({ range }: FunctionExpression, program: Program): boolean {
  return program.text.part(range.start, range.end).has(/\b_?next(\.Invoke)?\s*\(/);
}

function classOf(handler: FunctionExpression): ClassExpression | undefined {
  let node: Node | undefined = handler.parent;
  while (node?.kind === 'block' || node?.kind === 'declaration' || node?.kind === 'if') node = node.parent;
  return node?.kind === 'class' ? node : undefined;
}

function textOf(expression: Expression | undefined, evaluator: Evaluator): string | undefined {
  const value = expression && evaluator.evaluate(expression);
  return value?.kind === 'text' ? value.text : undefined;
}
