/** A policy as it is in production, on the developer's machine, and where its switches are on, where its conditions tell these apart. */
import { inPhase, phasesIn } from './circumstances.ts';
import type { Policy } from './policy.ts';
import type { CircumstanceTest, Phase, RequestTest } from './request-test.ts';

export interface Phases {
  /** Absent where all that is sent is sent in development only. */
  readonly production?: Policy;
  /** Absent where nothing tells the two apart. */
  readonly development?: Policy;
  /** In production, with what is off unless somebody switches it on. Absent where there is nothing of the kind. */
  readonly 'opt-in'?: Policy;
}

export function phasesOf(policy: Policy): Phases {
  const told = new Set(toldBy(policy).map(({ phase }) => phase));
  if (told.size === 0) return { production: policy };
  const production = policyIn(policy, 'production');
  const isSilent = policy.headers.length > 0 && production.headers.length === 0 && production.statuses.length === 0;
  return {
    ...(!isSilent && { production }),
    ...((told.has('development') || told.has('production')) && { development: policyIn(policy, 'development') }),
    ...(told.has('opt-in') && { 'opt-in': policyIn(policy, 'opt-in') }),
  };
}

/** What somebody has to switch on for what the policy does there, by the names that the switches have in the text; each once. */
export function switchesOf(policy: Policy): readonly string[] {
  const subjects = toldBy(policy).flatMap(({ phase, subject }) => (phase === 'opt-in' ? [subject] : []));
  return [...new Set(subjects.map((subject) => subject.replace(/^environment variable /, '')))];
}

function toldBy(policy: Policy): readonly CircumstanceTest[] {
  const tests: RequestTest[] = [
    ...policy.headers.map(({ when }) => when),
    ...policy.statuses.map(({ when }) => when),
    ...policy.settings.origins.value.map(({ accepts }) => accepts),
  ];
  return tests.flatMap((test) => phasesIn(test));
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
