/** Who uses the policies of ASP.NET Core, and where the middleware stands among the others. */
import type { Call, Node, Program } from '../../../syntax/programs/program.ts';
import type { Fact } from '../../../policy/policy.ts';
import { never, some } from '../../../policy/request-test.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { memberCalls } from '../member-calls.ts';
import type { MemberCall } from '../member-calls.ts';
import type { BuiltPolicy } from './policies.ts';

/** A place that asks for a policy; without a `name` for the default one. */
interface PolicyUse {
  readonly name?: string;
  readonly call: Call;
  /** The condition under which it is reached outside of a developer's machine. */
  readonly when: RequestTest;
}

export interface Pipeline {
  /** All that the file says of uses; a name that is not known is in none of them. */
  readonly uses: readonly PolicyUse[];
  readonly hasUnknownUse: boolean;
  readonly middlewares: readonly MemberCall[];
  /** Endpoints and middlewares of other files cannot use a policy either. */
  readonly isWhole: boolean;
}

/** What has endpoints in other files, whose attributes may ask for a policy: controllers, pages, hubs. */
const otherEndpoints = new RegExp(
  [
    /\bMap(Controllers|ControllerRoute|DefaultControllerRoute|RazorPages|Hub|GrpcService)\b/,
    /\b(UseMvc|UseEndpoints|FastEndpoints|Add(Controllers|Mvc|Carter))\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** What ASP.NET Core itself calls on an application, behind `Use` and behind `Map`, and the calls that run it. */
const ownMiddlewares = new Set(
  (
    ' Cors Routing Authentication Authorization HttpsRedirection Hsts StaticFiles DefaultFiles FileServer Swagger SwaggerUI ' +
    'ExceptionHandler DeveloperExceptionPage ResponseCaching ResponseCompression RateLimiter OutputCache ForwardedHeaders WebSockets ' +
    'Session StatusCodePages When'
  ).split(' '),
);
const ownEndpoints = new Set(
  ' Get Post Put Delete Patch Methods Group Fallback FallbackToFile HealthChecks OpenApi When StaticAssets'.split(' '),
);
const ownRuns = /^(Run|RunAsync|Start|StartAsync|Stop|StopAsync|WaitForShutdown)$/;

function isOwnCall(name: string): boolean {
  const [, kind, rest] = /^(Use|Map)?(.*)$/.exec(name) ?? [];
  if (kind === undefined) return ownRuns.test(name);
  return (kind === 'Use' ? ownMiddlewares : ownEndpoints).has(rest ?? '');
}

export function pipelineOf(program: Program, context: ProgramContext): Pipeline {
  const middlewares = memberCalls(program, ['UseCors']);
  const asked = [...middlewares, ...memberCalls(program, ['RequireCors'])];
  const named = asked.map(({ call }) => ({
    call,
    given: call.arguments[0] && context.evaluator.evaluate(call.arguments[0].value),
  }));
  const uses = named.flatMap(({ call, given }): PolicyUse[] => {
    const when = context.evaluator.developmentOnly(call);
    if (given === undefined) return [{ call, when }];
    return given.kind === 'text' ? [{ name: given.text, call, when }] : [];
  });
  const attributes = attributeUses(program, context);
  return {
    uses: [...uses, ...attributes],
    hasUnknownUse: named.some(({ given }) => given !== undefined && !/^(text|function|dict)$/.test(given.kind)),
    middlewares,
    isWhole: isWhole(program),
  };
}

/** `[EnableCors("name")]`. */
function attributeUses(program: Program, { evaluator }: ProgramContext): PolicyUse[] {
  return program.identifiers('EnableCors').flatMap(({ parent }): PolicyUse[] => {
    if (parent?.kind !== 'call') return [];
    const given = parent.arguments[0] && evaluator.evaluate(parent.arguments[0].value);
    return given?.kind === 'text' ? [{ name: given.text, call: parent, when: { kind: 'always' } }] : [];
  });
}

/** The application is made and run here, and nothing is called on it that another file may have written. */
function isWhole(program: Program): boolean {
  const { text } = program;
  if (!text.has(/\.Run(Async)?\s*\(/) || !text.has(/\.Build\s*\(\s*\)/) || text.has(otherEndpoints)) return false;
  const calls = [...text.matchAll(/(?<![\w.])app\s*\.\s*(\w+)\s*[(<]/g)];
  return calls.length > 0 && calls.every(([, name]) => isOwnCall(name!));
}

/** The condition under which somebody asks for the policy; undefined where other files may. */
export function reachOf(
  { by, name }: BuiltPolicy,
  { uses, hasUnknownUse, isWhole }: Pipeline,
): RequestTest | undefined {
  const { property } = by.member;
  if (property !== 'AddPolicy' && property !== 'AddDefaultPolicy') return undefined;
  if (property === 'AddPolicy' && name === undefined) return undefined;
  const own = uses.filter((use) => use.name === name);
  if (own.length > 0) return some(own.map(({ when }) => when));
  return isWhole && !hasUnknownUse ? never : undefined;
}

/** What is wrong with the pipeline whatever the policies say. */
export function pipelineFacts(policies: readonly BuiltPolicy[], pipeline: Pipeline, program: Program): Fact[] {
  return [
    ...missingMiddleware(pipeline, program),
    ...unknownNames(policies, pipeline, program),
    ...lateMiddlewares(pipeline, program),
  ];
}

/** `AddCors` without `UseCors`: nothing writes a header. */
function missingMiddleware({ middlewares, isWhole: whole }: Pipeline, program: Program): Fact[] {
  if (middlewares.length > 0 || !whole) return [];
  return memberCalls(program, ['AddCors']).map(({ member }) => ({
    kind: 'middleware-not-used',
    range: member.propertyRange,
    why: 'AddCors only registers policies, and no UseCors puts them to work.',
    instead: 'Call app.UseCors(…) before the endpoints.',
  }));
}

/** A name that no policy has, where all policies are added in this file. */
function unknownNames(policies: readonly BuiltPolicy[], { uses, isWhole: whole }: Pipeline, program: Program): Fact[] {
  const added = policies.filter(({ by }) => /^Add/.test(by.member.property));
  const areKnown =
    memberCalls(program, ['AddCors']).length > 0 &&
    added.every(({ by, name }) => by.member.property === 'AddDefaultPolicy' || name !== undefined) &&
    countOf(program) === added.length &&
    !program.text.has(/\bDefaultPolicyName\b/);
  if (!areKnown) return [];
  const names = new Set(added.map(({ name }) => name));
  // Endpoints that ask for a policy need the middleware without one.
  const isAskedBy = uses.some(({ call }) => !isMiddleware(call));
  return uses
    .filter(({ name, call }) => !names.has(name) && (name !== undefined || (isMiddleware(call) && whole && !isAskedBy)))
    .map(({ name, call }) => ({
      kind: 'middleware-not-used',
      range: call.arguments[0]?.range ?? call.range,
      why:
        name === undefined
          ? 'This asks for the default policy, and there is none: the policies that are added have names.'
          : isMiddleware(call)
            ? `No policy is called "${name}", and the middleware does nothing without one.`
            : `No policy is called "${name}", and what asks for it gets no CORS headers.`,
      instead: 'Use the name of a policy that is added.',
    }));
}

function isMiddleware({ callee }: Call): boolean {
  return callee.kind === 'member' && callee.property === 'UseCors';
}

/** Calls that add a policy to CORS, those that cannot be read too. */
function countOf(program: Program): number {
  const holders = memberCalls(program, ['AddCors']).map(({ call }) => call.range);
  return memberCalls(program, ['AddPolicy', 'AddDefaultPolicy']).filter(({ call: { range } }) =>
    holders.some(({ start, end }) => start <= range.start && range.end <= end),
  ).length;
}

/**
 * Authorization refuses preflights that are not answered before it, and endpoints that run in the order of the text answer without
 * headers. https://learn.microsoft.com/aspnet/core/fundamentals/middleware/#middleware-order
 */
function lateMiddlewares({ middlewares }: Pipeline, program: Program): Fact[] {
  const others = memberCalls(program, ['UseAuthorization', 'UseEndpoints', 'UseMvc', 'UseMvcWithDefaultRoute']);
  return middlewares.flatMap((middleware): Fact[] => {
    const earlier = others.find((other) => runsBefore(other, middleware));
    if (earlier === undefined) return [];
    const isRefusing = earlier.member.property === 'UseAuthorization';
    return [
      {
        kind: 'middleware-order',
        range: middleware.member.propertyRange,
        earlier: earlierRange(earlier, middleware),
        what: earlier.member.property,
        ...(isRefusing && { order: 'asked-before' }),
      },
    ];
  });
}

/** The call, or its name where the other one is called on what it gives. */
function earlierRange({ call, member }: MemberCall, { call: later }: MemberCall): Fact['range'] {
  return later.range.start === call.range.start ? member.propertyRange : call.range;
}

/** Both on the same application, one behind the other in a chain too, in the same block or the file. */
function runsBefore(one: MemberCall, other: MemberCall): boolean {
  return (
    applicationOf(one) === applicationOf(other) &&
    one.member.propertyRange.start < other.member.propertyRange.start &&
    blockOf(one.call)?.range.start === blockOf(other.call)?.range.start
  );
}

/** `app` of `app.UseRouting().UseCors()`. */
function applicationOf({ member }: MemberCall): string {
  let object = member.object;
  while (object.kind === 'call' && object.callee.kind === 'member' && /^Use/.test(object.callee.property))
    object = object.callee.object;
  return object.text;
}

function blockOf(node: Node): Node | undefined {
  let current = node.parent;
  while (current !== undefined && current.kind !== 'block' && current.kind !== 'function' && current.kind !== 'if')
    current = current.parent;
  return current;
}
