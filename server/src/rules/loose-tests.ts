/** Which single test of a check lets a foreign origin through, and words for why. */
import type { OriginEntry } from '../policy/policy.ts';
import { originSet } from '../policy/origin-set.ts';
import type { OriginTest, Pattern } from '../policy/request-test.ts';

const plainDot = /[\w)-](?<!\\)\.[\w(-]/;

/**
 * The first test that the witness passes although it is not an exact comparison. One that names a host comes before one that
 * names a scheme, and one of a beginning or an end before one of a part.
 */
export function looseTest(entry: OriginEntry, witness: string): OriginTest | undefined {
  const passed = entry.tests?.filter((test) => test.operator !== 'equals' && test.range !== undefined && test.range.path === undefined && originSet(test).has(witness) === true) ?? [];
  const named = passed.filter((test) => test.operator === 'matches' || !/^(https?)?:?\/*$/i.test(test.text));
  return named.find(({ operator }) => operator !== 'contains') ?? named[0] ?? passed[0];
}

/** Why such a test is loose, as a sentence. */
export function reason(entry: OriginEntry, test: OriginTest | undefined): string {
  if (hasPlainDots(entry)) return `A dot in "${entry.text}" stands for any character.`;
  if (entry.matching === 'wildcard') return `The "*" in "${entry.text}" stands for any text, so that another name may begin or end there.`;
  const pattern = entry.pattern ?? (test?.operator === 'matches' ? test.pattern : undefined);
  if (pattern) return looseness(pattern);
  switch (test?.operator) {
    case 'ends-with': return `Anybody can register a name that ends with "${test.text}".`;
    case 'starts-with': return `Anybody can have a host name that starts like "${test.text}".`;
    case 'contains': return `Anybody can have a host name that contains "${test.text}".`;
    case 'within': return 'The origin only has to be a part of this text.';
    default: return 'The check accepts origins outside of the domains that it names.';
  }
}

/** What would make it tight, in the imperative. */
export function remedy(entry: OriginEntry, test: OriginTest | undefined): string {
  if (hasPlainDots(entry)) return 'List the exact origins, or use a pattern that is anchored at both ends and whose dots are escaped.';
  if (entry.matching === 'wildcard') return 'List the exact origins, or let the "*" stand between "//" and a dot.';
  const pattern = entry.pattern ?? (test?.operator === 'matches' ? test.pattern : undefined);
  if (pattern?.mode === 'full') return 'Compare with exact origins, or escape the dots of the pattern and narrow its open parts.';
  if (pattern || test === undefined || test.operator === 'matches') return 'Compare with exact origins, or anchor the pattern at both ends and escape its dots.';
  const name = test.operator === 'ends-with' && !test.text.startsWith('.') && !test.text.includes('/') ? test.text : undefined;
  return name === undefined ? 'Compare with exact origins.' : `Compare with exact origins, or with ".${name}", dot included, for the subdomains.`;
}

/** The `*` stands where it belongs, but what the product makes of the text leaves a dot unescaped. */
function hasPlainDots({ matching, text, pattern }: OriginEntry): boolean {
  return matching === 'wildcard' && text !== undefined && /^[^*]*\/\/\*\.[^*]*$/.test(text) && pattern !== undefined && plainDot.test(pattern.source);
}

function looseness({ source, mode }: Pattern): string {
  if (mode !== 'full' && hasLooseAlternatives(source) && /^\^|\$$/.test(source)) return 'The pattern has alternatives, and its anchors belong to the first and the last of them only.';
  const hasEnd = mode === 'full' || /(?<!\\)\$\)?$/.test(source);
  const hasStart = mode !== 'search' || source.startsWith('^');
  if (!hasStart) return hasEnd ? 'The pattern has no start, so that anything may come before the domain.' : 'The pattern has neither start nor end, so that anything may stand around the domain.';
  if (!hasEnd) return 'The pattern has no end, so that anything may follow the domain.';
  const inner = source.replace(/^\^/, '').replace(/\$$/, '');
  if (/^\.[*+]/.test(inner)) return 'The pattern is open at its start, so that anything may come before the domain.';
  if (/(?<!\\)\.[*+]\)?\??$/.test(inner)) return 'The pattern is open at its end, so that anything may follow the domain.';
  const open = /(?<!\\)(\.|\[[^\]]*\]|\\[wWSD])[*+]/.exec(inner);
  if (open) return `"${open[0]}" also takes in the names of other domains, because no dot stands between it and the domain.`;
  if (plainDot.test(inner.replaceAll(/\[[^\]]*\]/g, '[]'))) return 'A dot in the pattern stands for any character.';
  return 'A part of the pattern is too wide.';
}

/** `^a|b$`: alternatives that stand in no group. */
function hasLooseAlternatives(source: string): boolean {
  let bare = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, '');
  for (let before = ''; before !== bare;) {
    before = bare;
    bare = bare.replaceAll(/\([^()]*\)/g, '');
  }
  return bare.includes('|');
}
