/** A star among the methods of a library that compares them letter by letter. */
import type { Fact, Policy } from '../../policy/policy.ts';

/** Each star is told: no method is called so. `title` is what the library is called. */
export function starredMethods({ settings: { methods } }: Policy, title: string): Fact[] {
  const names = methods?.written && Array.isArray(methods.value) ? methods.value : [];
  return names
    .filter(({ text }) => text === '*')
    .map(({ range }): Fact => ({
      kind: 'rejected-value',
      what: 'method',
      text: '*',
      range,
      only: 'value',
      explanation: `${title} compares methods letter by letter, and none is called so.`,
    }));
}
