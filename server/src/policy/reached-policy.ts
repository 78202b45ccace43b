/** A policy whose program only comes to it under a condition. */
import type { Policy } from './policy.ts';
import { all } from './request-test.ts';
import type { RequestTest } from './request-test.ts';

/** Nothing of the policy is sent, and nobody is let in, where the condition fails. */
export function reachedWhen(policy: Policy, reach: RequestTest): Policy {
  if (reach.kind === 'always') return policy;
  const under = <T extends { readonly when: RequestTest }>(rules: readonly T[]): T[] =>
    rules.map((rule) => ({ ...rule, when: all([reach, rule.when]) }));
  const { origins } = policy.settings;
  const value = origins.value.map((entry) => ({ ...entry, accepts: all([reach, entry.accepts]) }));
  return {
    ...policy,
    settings: { ...policy.settings, origins: { ...origins, value } },
    headers: under(policy.headers),
    statuses: under(policy.statuses),
  };
}
