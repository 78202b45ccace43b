/**
 * Middlewares of one app run one after the other, so that what a route sends is the outcome of all that cover it: what the first one set
 * stays where the second one says nothing, and nothing comes behind one that answers by itself.
 */
import { canAlwaysRead, verdictOf } from './analyse.ts';
import { answersAnyMethod, byPlace, MountedPolicies } from './mounted-policies.ts';
import type { MountedPolicy } from './mounted-policies.ts';
import type { Fact, HeaderRule, Layer, Policy, StatusRule } from '../policy/policy.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, not, optionsMethod } from '../policy/request-test.ts';

/** The same policies, each with the rules of the others that answer the same requests, in the order in which they run. */
export function inOrder(policies: readonly Policy[]): readonly Policy[] {
  const mounted = policies.filter((policy): policy is MountedPolicy => policy.mounted !== undefined);
  if (mounted.length === 0) return policies;
  const others = new MountedPolicies(mounted);
  return policies.map((policy) => (policy.mounted === undefined ? policy : joined(policy as MountedPolicy, others)));
}

/** Policies that name origins, and whose route lets everybody in all the same: an earlier middleware has done so. */
export function openedBefore(policies: readonly Policy[]): Fact[] {
  const mounted = policies.filter((policy): policy is MountedPolicy => policy.mounted !== undefined);
  const others = new MountedPolicies(mounted);
  return mounted.flatMap((policy): Fact[] => {
    if (!policy.settings.origins.written || policy.purpose !== 'application') return [];
    const open = others.lastWith(
      policy,
      (other) => byPlace(other, policy) < 0 && other.mounted.when.kind === 'always' && letsInAlways(other),
    );
    if (open === undefined || verdictOf(policy).anyone !== false || verdictOf(joined(policy, others)).anyone !== true)
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

/** What is open under a circumstance, `if (req.path === '/status')`, may be so on other routes alone. */
function letsInAlways(policy: Policy): boolean {
  return verdictOf(policy).anyone === true && canAlwaysRead(policy, 'https://unlisted.example', { credentials: false });
}

/** So many middlewares for one route are written by no person; what they come to is not worked out. */
const mostInOrder = 200;

function notKnown(policy: MountedPolicy): Policy {
  return { ...policy, headers: policy.headers.map((rule) => ({ ...rule, value: { kind: 'unknown' } })) };
}

function joined(policy: MountedPolicy, others: MountedPolicies): Policy {
  const involved = others.with(policy, mostInOrder + 1);
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

function methodOf({ mounted: { method } }: MountedPolicy): RequestTest {
  return method === 'use' || method === 'all' ? always : method === 'options' ? optionsMethod : not(optionsMethod);
}
