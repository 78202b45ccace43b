/** Middlewares that turn away other sites' requests before the CORS headers are written: who does not get past them reads nothing. */
import type { Call, Expression, FunctionExpression } from '../../syntax/programs/program.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, some } from '../../policy/request-test.ts';
import type { Evaluator, ParameterRole } from '../../values/evaluator.ts';
import type { FunctionValue } from '../../values/value.ts';
import { registeredBefore } from './registrations.ts';

/** What a middleware that asks for the origin and refuses says somewhere. */
const looksAtOrigin = /origin/i;
const refuses = /\b40\d\b|\bthrow\b|forbidden|\bnext\(\s*[^\s)]|\.(end|send|json|abort|sendStatus)\(/i;
/** Makers of a middleware of Hono and of h3 out of a function. */
const makers = /^(createMiddleware|fromNodeMiddleware)$/;

/** The condition under which a request comes to what `call` registers: past all that is registered before it, and before it there. */
export function passedBefore(call: Call, site: Expression, evaluator: Evaluator): RequestTest {
  const { program } = evaluator;
  if (!isAbout(program.text.part(0, call.range.end))) return always;
  const own = pathOf(call, evaluator);
  const tests: RequestTest[] = [];
  for (const { call: earlier, method } of registeredBefore(call, program)) {
    if (method !== 'use' || !covers(pathOf(earlier, evaluator), own)) continue;
    const passed = all(earlier.arguments.map(({ value }) => passing(value, evaluator)));
    if (passed !== always) tests.push(some([not(evaluator.guard(earlier)), passed]));
  }
  const beside = call.arguments.filter(({ range }) => range.end <= site.range.start);
  return all([...tests, ...beside.map(({ value }) => passing(value, evaluator))]);
}

/** A file without any of these words has no such middleware, and imports none that is called so. */
function isAbout(text: { has(pattern: RegExp): boolean }): boolean {
  return text.has(/\buse\(/) && text.has(/origin|guard|allow|trust|check|verify|cors/i);
}

const known = new WeakMap<FunctionExpression, RequestTest>();

/** Under which condition the middleware hands on; `always` for what is none, or does not look at the origin. */
function passing(value: Expression, evaluator: Evaluator): RequestTest {
  if (value.kind === 'string' || value.kind === 'list' || value.kind === 'object') return always;
  const made = value.kind === 'call' && makers.test(value.callee.text) ? value.arguments[0]?.value : value;
  const found = made && evaluator.evaluate(made);
  if (found?.kind !== 'function') return always;
  const before = known.get(found.function);
  if (before !== undefined) return before;
  const test = handingOn(found, evaluator);
  known.set(found.function, test);
  return test;
}

function handingOn(found: FunctionValue, evaluator: Evaluator): RequestTest {
  const { body, parameters } = found.function;
  const roles = rolesOf(parameters.map(({ name }) => name ?? ''));
  if (body === undefined || roles === undefined || !looksAtOrigin.test(body.text) || !refuses.test(body.text))
    return always;
  const passed = evaluator
    .outcomes(found, roles)
    .filter(({ kind, values: [error] }) => kind === 'call' && !isError(error));
  return passed.length === 0 ? always : some(passed.map(({ when }) => when));
}

function isError(value: { readonly kind: string } | undefined): boolean {
  return value !== undefined && value.kind !== 'nothing';
}

/** `(req, res, next)` of Express, `(ctx, next)` of Koa and Hono; what takes no `next` answers every request. */
function rolesOf(names: readonly string[]): readonly ParameterRole[] | undefined {
  if (names.length === 3) return ['request', 'response', 'callback'];
  return names.length === 2 && !/^(res|response|reply)$/.test(names[1]!) ? ['context', 'callback'] : undefined;
}

/** The path that the registration names, empty for none; undefined where it is no plain text. */
function pathOf(call: Call, evaluator: Evaluator): string | undefined {
  const first = call.arguments[0];
  if (first === undefined || first.spread) return undefined;
  if (first.value.kind !== 'string' && first.value.kind !== 'identifier') return '';
  const value = evaluator.evaluate(first.value);
  if (value.kind === 'text') return value.text.replace(/[*:({].*$/, '').replace(/\/+$/, '');
  return value.kind === 'function' || first.value.kind === 'identifier' ? '' : undefined;
}

function covers(outer: string | undefined, inner: string | undefined): boolean {
  if (outer === undefined || inner === undefined) return false;
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}
