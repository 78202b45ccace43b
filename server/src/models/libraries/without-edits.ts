/** Policies whose options are written in ways that no edit knows: what cannot be repaired for sure gets no fix. */
import type { Fact, OriginEntry, Policy } from '../../policy/policy.ts';

/** The same policy, of which nothing is offered. */
export function withoutEdits(policy: Policy): Policy {
  const facts = policy.facts.map((fact): Fact => {
    if (fact.kind !== 'multiple-origins') return fact;
    const { toList: _, ...rest } = fact;
    return rest;
  });
  return { ...withoutEntryEdits(policy), facts, edits: {} };
}

/** The same policy; its origins are replaced as a whole, and none of them by itself. */
export function withoutEntryEdits(policy: Policy): Policy {
  const { origins } = policy.settings;
  const value = origins.value.map(({ edits: _, ...entry }) => entry);
  return { ...policy, settings: { ...policy.settings, origins: { ...origins, value } } };
}

/** The same policy; what these entries are written as takes no list of origins in its place. */
export function withoutLists(policy: Policy, isMeant: (entry: OriginEntry) => boolean = () => true): Policy {
  const { origins } = policy.settings;
  const value = origins.value.map((entry): OriginEntry => {
    if (entry.edits === undefined || !isMeant(entry)) return entry;
    const { replaceByOrigins: _, ...edits } = entry.edits;
    return { ...entry, edits };
  });
  return { ...policy, settings: { ...policy.settings, origins: { ...origins, value } } };
}
