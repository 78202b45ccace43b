/**
 * What was said of all of a program but the place in which somebody types. The place was read by a reader of its own, so that nothing
 * that was made of it is in the rest; where a change lies in the place and nobody else looked at it, the rest stands as it is.
 */
import type { Policy, Reading } from '../policy/policy.ts';
import type { RuleContext } from '../rules/rule.ts';
import { factsBehind } from './findings.ts';
import type { Judgement, Said, SaidBefore } from './findings.ts';
import type { AllRead, PlaceApart, ReadBefore } from './read-policies.ts';

/** Nothing but data, which can be moved by a change. */
export interface JudgedApart extends ReadBefore {
  readonly said: readonly Said[];
  readonly circumstances: Circumstances;
  /** Some rule asked for the allowlist, for another policy than those of the place. */
  readonly isAllowlistAsked: boolean;
}

/** What rules are told beside a policy. */
export interface Circumstances {
  readonly isAside: boolean;
  readonly allowlist: RuleContext['allowlist'];
}

/** What of a lint stands by itself; undefined where no place was read apart, or something went wrong. */
export function judgedApart(
  { apart: place, readings, result }: AllRead,
  { said, askedForAllowlist }: Judgement,
  circumstances: Circumstances,
  before: JudgedApart | undefined,
): JudgedApart | undefined {
  if (place === undefined || result.problems.length > 0 || result.limits.length > 0) return undefined;
  if (before !== undefined) return { ...before, place, circumstances };
  const { first, count } = place;
  const own = new Set<Policy>(readings[place.reading]!.policies.slice(first, first + count));
  const parts = readings.slice(0, -1);
  return {
    place,
    circumstances,
    readings: parts.map(
      // The rules have looked at the facts, and nobody else does.
      ({ policies }): Reading => ({ policies: policies.filter((policy) => !own.has(policy)), facts: [] }),
    ),
    said: said.filter(({ from: [reading, , policy] }) => isKnown(reading, policy, parts.length, place)),
    isAllowlistAsked: [...askedForAllowlist].some((policy) => !own.has(policy)),
  };
}

/** Whether the rules have to look at the rest again. */
export function isOtherwise(before: JudgedApart, { isAside, allowlist }: Circumstances): boolean {
  const { circumstances, isAllowlistAsked } = before;
  if (isAside !== circumstances.isAside) return true;
  return isAllowlistAsked && JSON.stringify(allowlist) !== JSON.stringify(circumstances.allowlist);
}

export function saidBefore({ said, readings, place }: JudgedApart): SaidBefore {
  return { said, isKnown: (reading, policy) => isKnown(reading, policy, readings.length, place) };
}

/** Behind the readings of the frameworks is what they come to together, which is always looked at. */
function isKnown(reading: number, policy: number, readings: number, place: PlaceApart): boolean {
  if (reading >= readings) return false;
  const isOfPlace = policy >= place.first && policy < place.first + place.count;
  return policy === factsBehind || reading !== place.reading || !isOfPlace;
}
