/** A policy as it is in production, on the developer's machine, and where its switches are on, where its conditions tell these apart. */
import { inPhase, phasesIn } from './circumstances.ts';
import type { Policy } from './policy.ts';
import type { Phase, RequestTest } from './request-test.ts';

export interface Phases {
  /** Absent where all that is sent is sent in development only. */
  readonly production?: Policy;
  /** Absent where nothing tells the two apart. */
  readonly development?: Policy;
  /** In production, with what is off unless somebody switches it on. Absent where there is nothing of the kind. */
  readonly 'opt-in'?: Policy;
}

export function phasesOf(policy: Policy): Phases {
  const tests: RequestTest[] = [
    ...policy.headers.map(({ when }) => when),
    ...policy.statuses.map(({ when }) => when),
    ...policy.settings.origins.value.map(({ accepts }) => accepts),
  ];
  const told = new Set(tests.flatMap((test) => phasesIn(test).map(({ phase }) => phase)));
  if (told.size === 0) return { production: policy };
  const production = policyIn(policy, 'production');
  const isSilent = policy.headers.length > 0 && production.headers.length === 0 && production.statuses.length === 0;
  return {
    ...(!isSilent && { production }),
    ...((told.has('development') || told.has('production')) && { development: policyIn(policy, 'development') }),
    ...(told.has('opt-in') && { 'opt-in': policyIn(policy, 'opt-in') }),
  };
}

function policyIn(policy: Policy, phase: Phase): Policy {
  const here = <T extends { readonly when: RequestTest }>(rules: readonly T[]): T[] =>
    rules.map((rule) => ({ ...rule, when: inPhase(rule.when, phase) })).filter(({ when }) => when.kind !== 'never');
  const { origins } = policy.settings;
  // An entry that is never reached in this phase lets nobody in and is nobody's mistake.
  const entries = origins.value
    .map((entry) => ({ entry, accepts: inPhase(entry.accepts, phase) }))
    .filter(({ entry, accepts }) => accepts.kind !== 'never' || entry.accepts.kind === 'never');
  return {
    ...policy,
    settings: {
      ...policy.settings,
      origins: { ...origins, value: entries.map(({ entry, accepts }) => ({ ...entry, accepts })) },
    },
    headers: here(policy.headers),
    statuses: here(policy.statuses),
  };
}
