/**
 * Middlewares of one app run one after the other, so that what a route sends is the outcome of all that cover it: what the first one set
 * stays where the second one says nothing, and nothing comes behind one that answers by itself.
 */
import { verdictOf } from './analyse.ts';
import type { Fact, HeaderRule, Layer, Mounted, Policy, StatusRule } from '../policy/policy.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, not } from '../policy/request-test.ts';

const optionsMethod: RequestTest = { kind: 'method', name: 'OPTIONS' };
type MountedPolicy = Policy & { readonly mounted: Mounted };

/** The same policies, each with the rules of the others that answer the same requests, in the order in which they run. */
export function inOrder(policies: readonly Policy[]): readonly Policy[] {
  const mounted = policies.filter((policy): policy is MountedPolicy => policy.mounted !== undefined);
  if (mounted.length === 0) return policies;
  return policies.map((policy) => (policy.mounted === undefined ? policy : joined(policy as MountedPolicy, mounted)));
}

/** Policies that name origins, and whose route lets everybody in all the same: an earlier middleware has done so. */
export function openedBefore(policies: readonly Policy[]): Fact[] {
  const mounted = policies.filter((policy): policy is MountedPolicy => policy.mounted !== undefined);
  return mounted.flatMap((policy): Fact[] => {
    if (!policy.settings.origins.written || policy.purpose !== 'application') return [];
    const open = mounted.findLast(
      (other) =>
        runsToo(other, policy) &&
        byPlace(other, policy) < 0 &&
        other.mounted.when.kind === 'always' &&
        verdictOf(other).anyone === true,
    );
    if (open === undefined || verdictOf(policy).anyone !== false || verdictOf(joined(policy, mounted)).anyone !== true)
      return [];
    return [
      {
        kind: 'middleware-order',
        range: policy.settings.origins.range,
        earlier: open.range,
        what: open.title === policy.title ? 'Another middleware' : open.title,
        order: 'opened-before',
      },
    ];
  });
}

/** So many middlewares for one route are written by no person; what they come to is not worked out. */
const mostInOrder = 200;

function notKnown(policy: MountedPolicy): Policy {
  return { ...policy, headers: policy.headers.map((rule) => ({ ...rule, value: { kind: 'unknown' } })) };
}

function joined(policy: MountedPolicy, others: readonly MountedPolicy[]): Policy {
  const involved = others.filter((other) => other === policy || runsToo(other, policy));
  if (involved.length === 1 && answersAnyMethod(policy)) return policy;
  if (involved.length > mostInOrder) return notKnown(policy);
  const headers: HeaderRule[] = [];
  const statuses: StatusRule[] = [];
  let reached: RequestTest = always;
  for (const one of involved.sort(byPlace)) {
    const step = stepOf(reached, one, one === policy);
    headers.push(...step.headers);
    statuses.push(...step.statuses);
    reached = step.reached;
  }
  // Express answers OPTIONS by itself where there is a route for any other method.
  const layers = involved.map(({ title, scope, range }): Layer => ({ role: 'middleware', title, scope, range }));
  return {
    ...policy,
    headers,
    statuses: [...statuses, { when: optionsMethod, status: 200 }],
    ...(layers.length > 1 && { layers }),
  };
}

/** What one middleware does with the requests that come to it, and which of them go on. */
interface Step {
  readonly headers: readonly HeaderRule[];
  readonly statuses: readonly StatusRule[];
  readonly reached: RequestTest;
}

const steps = new WeakMap<RequestTest, WeakMap<MountedPolicy, Step>>();

/** Routes of one app begin with the same middlewares, so that what these do is worked out once. */
function stepOf(reached: RequestTest, one: MountedPolicy, isTheRoute: boolean): Step {
  // Of the route itself it is known that it is mounted.
  const answered = isTheRoute ? methodOf(one) : all([methodOf(one), one.mounted.when]);
  if (isTheRoute && one.mounted.when.kind !== 'always') return makeStep(reached, one, answered);
  let here = steps.get(reached);
  if (here === undefined) steps.set(reached, (here = new WeakMap()));
  let step = here.get(one);
  if (step === undefined) here.set(one, (step = makeStep(reached, one, answered)));
  return step;
}

function makeStep(reached: RequestTest, one: MountedPolicy, answered: RequestTest): Step {
  const here = all([reached, answered]);
  const inside = (when: RequestTest): RequestTest => all([here, when]);
  return {
    headers: one.headers.map((rule) => ({ ...rule, when: inside(rule.when) })),
    statuses: one.mounted.answers.map((rule) => ({ ...rule, when: inside(rule.when) })),
    reached: all([reached, ...one.mounted.answers.map(({ when }) => not(all([answered, when])))]),
  };
}

function answersAnyMethod({ mounted: { method } }: MountedPolicy): boolean {
  return method === 'use' || method === 'all';
}

function methodOf({ mounted: { method } }: MountedPolicy): RequestTest {
  return method === 'use' || method === 'all' ? always : method === 'options' ? optionsMethod : not(optionsMethod);
}

/** Where on the other's app the first one stands: a router stands where it is mounted. */
function placeOn(one: MountedPolicy, app: number): Mounted['places'][number] | undefined {
  return one.mounted.places.find((place) => place.app === app);
}

/** A router's middlewares run where it is mounted, among those of the app. */
function byPlace(a: MountedPolicy, b: MountedPolicy): number {
  const [left, right] = [a, b].map(({ mounted }) => mounted.places.map(({ at }) => at).reverse());
  const differing = left!.findIndex((at, index) => at !== right![index]);
  return (left![differing] ?? 0) - (right![differing] ?? left![differing] ?? 0) || a.range.start - b.range.start;
}

/** Whether `other` runs for every request that `policy` is about: before it, or for its preflights. */
function runsToo(other: MountedPolicy, policy: MountedPolicy): boolean {
  const [own] = other.mounted.places;
  const place = placeOn(policy, own!.app);
  if (place === undefined) return false;
  if (own!.at === place.at) return !answersAnyMethod(other) || other.range.start < policy.range.start;
  if (
    other.mounted.method === 'options'
      ? policy.mounted.method === 'options' && own!.at > place.at
      : !answersAnyMethod(other) || own!.at > place.at
  )
    return false;
  return covers(own!.path, other.mounted.method === 'use', place.path);
}

/** A path of Express: of a route exactly, of `use` with all that is below it. What is not a plain text covers nothing for certain. */
function covers(path: string | null, isPrefix: boolean, other: string | null): boolean {
  if (path === null) return false;
  if (isPrefix ? path === '/' : /^(\*|\/\*|\(\.\*\)|\/\(\.\*\)|\/?\{?\*\w+\}?)$/.test(path)) return true;
  if (other === null) return false;
  const plain = path.replace(/\/$/, '');
  return !/[*:(){}?+]/.test(plain) || plain === other
    ? other === plain || other === path || (isPrefix && other.startsWith(`${plain}/`))
    : false;
}
