/** Middlewares that turn away who has not signed in: a preflight never has. */
import type { Call, Expression, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { guardedBefore } from '../../models/libraries/earlier-guards.ts';
import { refusalIn } from '../../models/handlers/refused-preflights.ts';
import { preflightSigns, statuses } from './answer-signs.ts';
import type { Registration } from './registrations.ts';
import { argumentsText, registeredBefore } from './registrations.ts';

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
  for (const one of registeredBefore(call, program)) {
    const { answersUnder, guard, covered } = registeredAt(one, program, evaluator);
    if (answersUnder !== undefined && isUnder(own, answersUnder)) return [];
    if (guard === undefined || covered === undefined) continue;
    if (isUnder(own, covered)) return [guardedBefore(made.range, scope, guard.range)];
    if (isUnder(covered, own)) return [guardedBefore(made.range, `routes under ${covered}`, guard.range)];
  }
  const beside = guardAmong(call, program, evaluator, site.range.start);
  return beside === undefined ? [] : [guardedBefore(made.range, scope, beside.range)];
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
