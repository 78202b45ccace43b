/** Middlewares that turn away other sites' requests before the CORS headers are written: who does not get past them reads nothing. */
import type { Call, Expression, FunctionExpression } from '../../syntax/programs/program.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, some } from '../../policy/request-test.ts';
import type { Evaluator, ParameterRole } from '../../values/evaluator.ts';
import type { FunctionValue } from '../../values/value.ts';
import { earlierThan } from './registrations.ts';
import type { Earlier, Registration } from './registrations.ts';

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
  const tests = own === undefined ? [] : testsBefore(earlierThan(call, program), own, evaluator);
  const beside = call.arguments.filter(({ range }) => range.end <= site.range.start);
  return all([...tests, ...beside.map(({ value }) => passing(value, evaluator))]);
}

/** The tests of all that is registered before and covers the path, in source order. */
function testsBefore({ onApp, count, chain }: Earlier, own: string, evaluator: Evaluator): RequestTest[] {
  const tests: RequestTest[] = [];
  if (onApp !== undefined) {
    const guards = knownTo(evaluator).onApps;
    let here = guards.get(onApp);
    if (here === undefined) guards.set(onApp, (here = new GuardsByPath(onApp)));
    tests.push(...here.testsBefore(count, own, evaluator));
  }
  for (const { call, method } of chain) {
    const test = method === 'use' && covers(pathOf(call, evaluator), own) ? testOf(call, evaluator) : always;
    if (test !== always) tests.push(test);
  }
  return tests;
}

/** Whoever comes to what is behind the call has passed it, or it is not registered. Each call behind it in a chain asks for it. */
function testOf(call: Call, evaluator: Evaluator): RequestTest {
  const { tests } = knownTo(evaluator);
  const before = tests.get(call);
  if (before !== undefined) return before;
  const test = testOfCall(call, evaluator);
  tests.set(call, test);
  return test;
}

function testOfCall(call: Call, evaluator: Evaluator): RequestTest {
  const passed = all(call.arguments.map(({ value }) => passing(value, evaluator)));
  return passed === always ? always : some([not(evaluator.guard(call)), passed]);
}

/** What is registered on one path. */
interface OnPath {
  /** Places in the list of all, in order. */
  readonly registered: number[];
  /** How many of these have been looked at. */
  seen: number;
  readonly tests: { readonly at: number; readonly test: RequestTest }[];
}

/** What is found out is kept for the evaluator that said so: the next one may know more of other files. */
interface Known {
  readonly onApps: Map<readonly Registration[], GuardsByPath>;
  readonly passed: Map<FunctionExpression, RequestTest>;
  readonly tests: Map<Call, RequestTest>;
}

const known = new WeakMap<Evaluator, Known>();

function knownTo(evaluator: Evaluator): Known {
  let found = known.get(evaluator);
  if (found === undefined) known.set(evaluator, (found = { onApps: new Map(), passed: new Map(), tests: new Map() }));
  return found;
}

/** Most of what is registered before a middleware turns nobody away, or covers another path: it is passed over at once. */
class GuardsByPath {
  private readonly byPath = new Map<string, OnPath>();
  private read = 0;

  constructor(private readonly registered: readonly Registration[]) {}

  testsBefore(count: number, path: string, evaluator: Evaluator): RequestTest[] {
    this.readUntil(count, evaluator);
    return coveringPaths(path)
      .flatMap((outer) => this.testsOn(outer, count, evaluator))
      .sort((a, b) => a.at - b.at)
      .map(({ test }) => test);
  }

  private readUntil(count: number, evaluator: Evaluator): void {
    for (; this.read < count; this.read++) {
      const { call, method } = this.registered[this.read]!;
      const path = method === 'use' ? pathOf(call, evaluator) : undefined;
      if (path === undefined) continue;
      let there = this.byPath.get(path);
      if (there === undefined) this.byPath.set(path, (there = { registered: [], seen: 0, tests: [] }));
      there.registered.push(this.read);
    }
  }

  private testsOn(path: string, count: number, evaluator: Evaluator): OnPath['tests'] {
    const there = this.byPath.get(path);
    if (there === undefined) return [];
    for (let at = there.registered[there.seen]; at !== undefined && at < count; at = there.registered[++there.seen]) {
      const test = testOf(this.registered[at]!.call, evaluator);
      if (test !== always) there.tests.push({ at, test });
    }
    return there.tests.filter(({ at }) => at < count);
  }
}

/** A file without any of these words has no such middleware, and imports none that is called so. */
function isAbout(text: { has(pattern: RegExp): boolean }): boolean {
  return text.has(/\buse\(/) && text.has(/origin|guard|allow|trust|check|verify|cors/i);
}

/** Under which condition the middleware hands on; `always` for what is none, or does not look at the origin. */
function passing(value: Expression, evaluator: Evaluator): RequestTest {
  if (value.kind === 'string' || value.kind === 'list' || value.kind === 'object') return always;
  // What it lets through stands in its options, and is the answer of its own policy.
  if (value.kind === 'call' && evaluator.calleeOf(value)?.module === 'cors') return always;
  const made = value.kind === 'call' && makers.test(value.callee.text) ? value.arguments[0]?.value : value;
  const found = made && evaluator.evaluate(made);
  if (found?.kind !== 'function') return always;
  const { passed } = knownTo(evaluator);
  const before = passed.get(found.function);
  if (before !== undefined) return before;
  const test = handingOn(found, evaluator);
  passed.set(found.function, test);
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

/** The paths that cover this one: itself, and all that it is under. */
function coveringPaths(path: string): readonly string[] {
  const slashes = [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
  return [...new Set(['', ...slashes, path])];
}

function covers(outer: string | undefined, inner: string): boolean {
  if (outer === undefined) return false;
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}
