/**
 * Routes that a preflight does not reach. It asks with OPTIONS and carries no header of the application's own, whatever the request
 * after it will carry, so that a route which is chosen by a method or by such a header is not chosen for it.
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
 */
import type { SourceRange } from '../../syntax/range.ts';
import type { Fact, HeaderRule, Policy } from '../../policy/policy.ts';
import { all, not, optionsMethod } from '../../policy/request-test.ts';
import { isOnPreflights } from '../../policy/preflight-headers.ts';
import { methods } from '../servers/server-values.ts';

/** What a route asks for and no preflight has. */
export type Barrier =
  | { readonly kind: 'method'; readonly taken: readonly string[]; readonly range: SourceRange }
  | { readonly kind: 'header'; readonly name: string; readonly range: SourceRange };

/** One of the ways into a route. */
export interface RouteWay {
  /** How the paths begin; absent where every path is meant, or where that is not known. */
  readonly path?: string | undefined;
  /** The hosts that are asked for; absent where every host is meant, or where that is not known. */
  readonly hosts?: readonly string[] | undefined;
  readonly barrier?: Barrier | undefined;
}

export interface ChosenRoute {
  /** Without any the route takes every request. */
  readonly ways: readonly RouteWay[];
}

export interface MissedRoute extends ChosenRoute {
  /** For people: `route /api`. */
  readonly scope: string;
  /** Of the CORS settings, or what stands for them. */
  readonly settings: SourceRange;
  /** Methods or headers are allowed by name, which nothing but an answer to a preflight can say. */
  readonly meant: boolean;
  /** The other routes that have CORS settings. */
  readonly others: readonly ChosenRoute[];
  /** What to do, where it is not to take OPTIONS too. */
  readonly instead?: string;
  /** What some products of the kind do otherwise. */
  readonly unless?: string;
}

/** A route that takes only these methods; undefined where a preflight's is among them, or where they are not known. */
export function methodBarrier(takes: (method: string) => boolean | undefined, range: SourceRange): Barrier | undefined {
  const taken = methods.filter((method) => takes(method) === true);
  return takes('OPTIONS') === false ? { kind: 'method', taken, range } : undefined;
}

/** A route that asks for a header; undefined where preflights carry it, or where it is a part of the request line. */
export function headerBarrier(name: string, range: SourceRange): Barrier | undefined {
  return name.startsWith(':') || isOnPreflights(name) ? undefined : { kind: 'header', name, range };
}

/** The fact that no preflight gets to these settings; none where one of the ways, or another route with settings, takes it. */
export function missedByPreflights(route: MissedRoute): Fact[] {
  const { ways, others, meant } = route;
  const [first] = ways.map(({ barrier }) => barrier);
  if (!first || ways.some(({ barrier }) => barrier === undefined)) return [];
  if (!meant && first.kind === 'method' && first.taken.every(isSimple)) return [];
  if (ways.every((way) => others.some((other) => takesPreflightsOf(way, other)))) return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: first.range,
      needs: needsOf(first, route.scope),
      why: whyMissed(first) + (route.unless === undefined ? '' : `, ${route.unless}`),
      instead: route.instead ?? insteadOf(first),
      related: route.settings,
      relatedMessage: 'These CORS settings are not used for the preflight.',
    },
  ];
}

/** The policy of a route with what is missed there: whoever answers a preflight, these settings do not. */
export function withMissed(facts: readonly Fact[]): (policy: Policy) => Policy {
  return (policy) =>
    facts.length === 0 ? policy : { ...withoutPreflights(policy), facts: [...policy.facts, ...facts] };
}

/** Requests with OPTIONS, as preflights are, go to what stands behind as they are, and so do its answers. */
export function withoutPreflights(policy: Policy): Policy {
  const answers = [...new Set(policy.headers.map(({ name }) => name))].map((name): HeaderRule => ({
    name,
    operation: 'set',
    value: { kind: 'unknown', from: 'upstream' },
    when: optionsMethod,
    range: policy.range,
  }));
  return {
    ...policy,
    headers: [...policy.headers.map((rule) => ({ ...rule, when: all([rule.when, not(optionsMethod)]) })), ...answers],
    statuses: [{ when: optionsMethod, status: null }],
  };
}

function takesPreflightsOf({ path, hosts }: RouteWay, { ways }: ChosenRoute): boolean {
  if (ways.length === 0) return true;
  const open = ways.filter(({ barrier }) => barrier === undefined);
  return open.some(
    (other) =>
      (other.path === undefined || (path ?? '').startsWith(other.path)) &&
      (hosts ?? []).every((host) => other.hosts?.includes(host) ?? true),
  );
}

function isSimple(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function needsOf(barrier: Barrier, scope: string): string {
  if (barrier.kind === 'header') return scope;
  const preflighted = barrier.taken.filter((method) => !isSimple(method) && method !== 'POST');
  return `${scope} with ${[...preflighted, 'a JSON body'].join(', ').replace(/, (?=[^,]*$)/, ' or ')}`;
}

function whyMissed(barrier: Barrier): string {
  return barrier.kind === 'method'
    ? 'a preflight asks with OPTIONS, which this route does not take, so that its CORS settings are not chosen'
    : `a preflight carries no "${barrier.name}" header, so that this route and its CORS settings are not chosen`;
}

function insteadOf(barrier: Barrier): string {
  return barrier.kind === 'method'
    ? 'Let the route take OPTIONS too'
    : 'Let a route for OPTIONS of the same path, which asks for no header, have the same CORS settings';
}
