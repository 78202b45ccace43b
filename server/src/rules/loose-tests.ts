/** Which single test of a check lets a foreign origin through, and words for why. */
import type { OriginEntry } from '../policy/policy.ts';
import { originSet } from '../policy/origin-set.ts';
import type { OriginTest } from '../policy/request-test.ts';

/** The first test that the witness passes although it is not an exact comparison. */
export function looseTest(entry: OriginEntry, witness: string): OriginTest | undefined {
  return entry.tests?.find((test) => test.operator !== 'equals' && test.range !== undefined && test.range.path === undefined && originSet(test).has(witness) === true);
}

/** Why such a test is loose, as a sentence. */
export function reason(entry: OriginEntry, test: OriginTest | undefined): string {
  const pattern = entry.pattern ?? (test?.operator === 'matches' ? test.pattern : undefined);
  if (entry.matching === 'wildcard') return `The "*" in "${entry.text}" stands for any text, so that another name may begin or end there.`;
  if (pattern) {
    if (!pattern.source.startsWith('^') && pattern.mode === 'search') return /(?<!\\)\$$/.test(pattern.source) ? 'The pattern has no start, so that anything may come before the domain.' : 'The pattern has neither start nor end, so that anything may stand around the domain.';
    if (!/(?<!\\)\$$/.test(pattern.source) && pattern.mode !== 'full') return 'The pattern has no end, so that anything may follow the domain.';
    return 'A dot in the pattern stands for any letter, or a part of it is too wide.';
  }
  switch (test?.operator) {
    case 'ends-with': return `Anybody can register a name that ends with "${test.text}".`;
    case 'starts-with': return `Anybody can have a host name that starts like "${test.text}".`;
    case 'contains': return `Anybody can have a host name that contains "${test.text}".`;
    case 'within': return 'The origin only has to be a part of this text.';
    default: return 'The check accepts origins outside of the domains that it names.';
  }
}
