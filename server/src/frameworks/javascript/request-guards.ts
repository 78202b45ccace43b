/** Middlewares that turn away who has not signed in: a preflight never has. */
import type { Call, Expression, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { guardedBefore } from '../../models/libraries/earlier-guards.ts';
import { refusalIn } from '../../models/handlers/refused-preflights.ts';
import { preflightSigns, statuses } from './answer-signs.ts';
import type { Registration } from './registrations.ts';
import { argumentsText, earlierThan } from './registrations.ts';

/** Names of middlewares that let in who has signed in, in lower case. */
const authenticationNames = new Set([
  'auth',
  'authenticate',
  'authentication',
  'authorize',
  'requireauth',
  'isauthenticated',
  'ensureauthenticated',
  'ensureloggedin',
  'verifytoken',
  'verifyjwt',
  'checkjwt',
  'checkauth',
  'jwt',
  'jwk',
  'koajwt',
  'bearerauth',
  'apikeyauth',
  'passport',
  'basicauth',
  'authmiddleware',
  'requireuser',
  'requirelogin',
]);

/** Passes preflights on that ask for `Authorization`: https://github.com/auth0/express-jwt. */
const letsPreflightsPass = new Set(['express-jwt']);
const signs = { answers: { route: () => undefined, statuses }, preflights: preflightSigns };

/** A middleware among the arguments of the call that registers it. */
export interface GuardedPlace {
  /** What it covers, for people: `every route`. */
  readonly scope: string;
  readonly path?: string;
  readonly call?: Call;
  /** The middleware itself. */
  readonly site?: Expression;
}

/** The guard that runs before the CORS middleware made by `made`, with what both of them cover: before its call, or before it there. */
export function guardFacts(place: GuardedPlace, made: Expression, program: Program, evaluator: Evaluator): Fact[] {
  const { call, site, path, scope } = place;
  if (call === undefined || site === undefined) return [];
  const own = stemOf(path);
  const decision = decisionBefore(call, own, program, evaluator);
  if (decision === 'answered') return [];
  if (decision !== undefined) {
    const { guard, covered } = decision;
    return [guardedBefore(made.range, isUnder(own, covered) ? scope : `routes under ${covered}`, guard.range)];
  }
  const beside = guardAmong(call, program, evaluator, site.range.start);
  return beside === undefined ? [] : [guardedBefore(made.range, scope, beside.range)];
}

/** A guard, with the path under which it runs. */
interface Guard {
  readonly guard: Expression;
  readonly covered: string;
}

/** The first registration before the call that has to do with this path: it answers there already, or it is a guard. */
function decisionBefore(
  call: Call,
  own: string,
  program: Program,
  evaluator: Evaluator,
): 'answered' | Guard | undefined {
  const { onApp, count, chain } = earlierThan(call, program);
  const lookAt = (one: Registration): Registered => registeredAt(one, program, evaluator);
  const decided = onApp && orderOn(onApp, evaluator).decision(own, count, lookAt);
  if (decided !== undefined) return decided;
  for (const one of chain) {
    const decision = decisionAt(lookAt(one), own);
    if (decision !== undefined) return decision;
  }
  return undefined;
}

function decisionAt({ answersUnder, guard, covered }: Registered, own: string): 'answered' | Guard | undefined {
  if (answersUnder !== undefined && isUnder(own, answersUnder)) return 'answered';
  if (guard === undefined || covered === undefined || !isBeside(own, covered)) return undefined;
  return { guard, covered };
}

const isBeside = (one: string, other: string): boolean => isUnder(one, other) || isUnder(other, one);

/** By evaluator, and by the list of what is registered on an app. */
const orders = new WeakMap<Evaluator, WeakMap<readonly Registration[], RegisteredInOrder>>();

function orderOn(onApp: readonly Registration[], evaluator: Evaluator): RegisteredInOrder {
  const ofEvaluator = orders.get(evaluator) ?? new WeakMap<readonly Registration[], RegisteredInOrder>();
  orders.set(evaluator, ofEvaluator);
  const order = ofEvaluator.get(onApp) ?? new RegisteredInOrder(onApp);
  ofEvaluator.set(onApp, order);
  return order;
}

/** What is registered on an app, looked through once and no further than somebody asks: of thousands, each asks for those before it. */
class RegisteredInOrder {
  /** Path → number of the first one that answers under it. */
  private readonly answered = new Map<string, number>();
  private readonly guards: (Guard & { readonly at: number })[] = [];
  private seen = 0;

  constructor(private readonly onApp: readonly Registration[]) {}

  /** Of the first `count` of them. */
  decision(own: string, count: number, lookAt: (one: Registration) => Registered): 'answered' | Guard | undefined {
    const answered = Math.min(count, ...pathsAbove(own).map((path) => this.answered.get(path) ?? Infinity));
    const guard = this.guards.find(({ at, covered }) => at < answered && isBeside(own, covered));
    if (guard !== undefined) return guard;
    if (answered < count) return 'answered';
    while (this.seen < count) {
      const decision = decisionAt(this.next(lookAt), own);
      if (decision !== undefined) return decision;
    }
    return undefined;
  }

  private next(lookAt: (one: Registration) => Registered): Registered {
    const at = this.seen++;
    const registered = lookAt(this.onApp[at]!);
    const { answersUnder, guard, covered } = registered;
    if (answersUnder !== undefined && !this.answered.has(answersUnder)) this.answered.set(answersUnder, at);
    if (guard !== undefined && covered !== undefined) this.guards.push({ guard, covered, at });
    return registered;
  }
}

/** The path, and all that it is under. */
function pathsAbove(path: string): string[] {
  return [path, ...[...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))];
}

/** What is to know of a registration for all that come behind it. Paths are without a wildcard, empty for every one. */
interface Registered {
  /** It sends the headers for what is under this path. */
  readonly answersUnder?: string | undefined;
  readonly guard?: Expression | undefined;
  /** The path under which the guard runs; undefined where that is not known. */
  readonly covered?: string;
}

/** Each middleware of a file asks for all those before it. */
const known = new WeakMap<Evaluator, Map<number, Registered>>();

function registeredAt(registration: Registration, program: Program, evaluator: Evaluator): Registered {
  let found = known.get(evaluator);
  if (!found) known.set(evaluator, (found = new Map<number, Registered>()));
  const { call, method } = registration;
  const place = call.argumentsRange.start;
  const before = found.get(place);
  if (before) return before;
  const answersUnder = pathAnswered(registration, program, evaluator);
  const guard = method === 'use' ? guardAmong(call, program, evaluator) : undefined;
  const covered = guard && pathBefore(guard, call, evaluator);
  const registered = { answersUnder, guard, ...(covered !== undefined && { covered: stemOf(covered) }) };
  found.set(place, registered);
  return registered;
}

/** Another one that sends the headers, for all under this path; who writes routes for OPTIONS has ordered them on purpose. */
function pathAnswered({ call, method }: Registration, program: Program, evaluator: Evaluator): string | undefined {
  if (method === 'options') return '';
  const mayAnswer = method === 'use' || method === 'all';
  if (!mayAnswer || !argumentsText(call, program).has(/cors|access-control-allow/i)) return undefined;
  const first = call.arguments[0];
  const value = first && evaluator.evaluate(first.value);
  return value?.kind === 'text' ? stemOf(value.text) : '';
}

/** The path under which the guard runs, empty for every one; undefined where it is no plain text. */
function pathBefore(guard: Expression, call: Call, evaluator: Evaluator): string | undefined {
  const first = call.arguments[0];
  if (first === undefined || guard.range.start < first.range.end) return '';
  const value = evaluator.evaluate(first.value);
  if (value.kind === 'text') return value.text;
  return value.kind === 'list' || value.kind === 'pattern' ? undefined : '';
}

/** All that the first covers, the second covers too: `/api/users` and `/api`. */
function isUnder(inner: string, outer: string): boolean {
  return inner === outer || (inner.startsWith(outer) && inner[outer.length] === '/');
}

/** A path up to its first wildcard or parameter, without a slash at the end. */
function stemOf(path = ''): string {
  return path.replace(/[*:({].*$/, '').replace(/\/+$/, '');
}

/** The argument of the registering call that is such a middleware: by its name, or by what its own function does; before a place. */
export function guardAmong(
  call: Call,
  program: Program,
  evaluator: Evaluator,
  end = call.range.end,
): Expression | undefined {
  return call.arguments
    .flatMap(({ value }) => (value.kind === 'list' ? value.elements.map((element) => element.value) : [value]))
    .find((value) => value.range.end <= end && (isNamedGuard(value, evaluator) || refuses(value, program, evaluator)));
}

function isNamedGuard(value: Expression, evaluator: Evaluator): boolean {
  if (
    !authenticationNames.has(lastName(value).toLowerCase()) ||
    /\.(?:initialize|session)\(|passthrough|optional|credentialsRequired|\.unless\(/.test(value.text)
  )
    return false;
  const made = value.kind === 'call' ? evaluator.calleeOf(value) : undefined;
  return made === undefined || !letsPreflightsPass.has(made.module);
}

function refuses(value: Expression, program: Program, evaluator: Evaluator): boolean {
  const fn = functionOf(value, program);
  return fn !== undefined && refusalIn(fn, { program, evaluator, language: signs }) !== undefined;
}

function functionOf(value: Expression, program: Program): FunctionExpression | undefined {
  if (value.kind === 'function') return value;
  const bound = value.kind === 'identifier' ? program.resolve(value)?.value : undefined;
  return bound?.kind === 'function' ? bound : undefined;
}

function lastName(value: Expression): string {
  if (value.kind === 'identifier') return value.name;
  if (value.kind === 'member')
    return value.object.kind === 'identifier' && value.object.name === 'passport' ? 'passport' : value.property;
  return value.kind === 'call' ? lastName(value.callee) : '';
}
