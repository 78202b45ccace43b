/** Which single test of a check lets a foreign origin through, and words for why. */
import { domainOfHost } from '../policy/named-hosts.ts';
import type { OriginEntry } from '../policy/policy.ts';
import { originSet } from '../policy/origin-set.ts';
import type { OriginTest, Pattern, RequestTest } from '../policy/request-test.ts';

const plainDot = /[\w)-](?<!\\)\.[\w(-]/;

/**
 * The first test that the witness passes although it is not an exact comparison. One that names a host comes before one that
 * names a scheme, and one of a beginning or an end before one of a part.
 */
export function looseTest(entry: OriginEntry, witness: string): OriginTest | undefined {
  const passed =
    entry.tests?.filter(
      (test) =>
        test.operator !== 'equals' &&
        test.range !== undefined &&
        test.range.path === undefined &&
        originSet(test).has(witness) === true,
    ) ?? [];
  const named = passed.filter((test) => test.operator === 'matches' || !/^(https?)?:?\/*$/i.test(test.text));
  return named.find(({ operator }) => operator !== 'contains') ?? named[0] ?? passed[0];
}

/** Why such a test is loose, as a sentence. */
export function reason(entry: OriginEntry, test: OriginTest | undefined): string {
  if (hasPlainDots(entry)) return `A dot in "${entry.text}" stands for any character.`;
  if (isEnd(entry)) return `Anybody can register a name that ends with "${entry.text}".`;
  if (entry.matching === 'wildcard')
    return `The "*" in "${entry.text}" stands for any text, so that another name may begin or end there.`;
  const pattern = entry.pattern ?? (test?.operator === 'matches' ? test.pattern : undefined);
  if (pattern) return loosenessOf(pattern).why;
  switch (test?.operator) {
    case 'ends-with':
      return `Anybody can register a name that ends with "${test.text}".`;
    case 'starts-with':
      return `Anybody can have a host name that starts like "${test.text}".`;
    case 'contains':
      return `Anybody can have a host name that contains "${test.text}".`;
    case 'within':
      return 'The origin only has to be a part of this text.';
    default:
      if (onlyDenies(entry.accepts)) return 'Only some origins are kept out, and every other one is let in.';
      return 'The check accepts origins outside of the domains that it names.';
  }
}

/** What would make it tight, in the imperative. */
export function remedy(entry: OriginEntry, test: OriginTest | undefined): string {
  if (hasPlainDots(entry))
    return 'List the exact origins, or use a pattern that is anchored at both ends and whose dots are escaped.';
  if (isEnd(entry)) return 'List the exact origins.';
  if (entry.matching === 'wildcard') return 'List the exact origins, or let the "*" stand between "//" and a dot.';
  const pattern = entry.pattern ?? (test?.operator === 'matches' ? test.pattern : undefined);
  if (pattern) {
    const { mend } = loosenessOf(pattern);
    return (
      'Compare with exact origins, or ' +
      `${mend}${mend.includes('dots') || !plainDot.test(withoutClasses(pattern.source)) ? '' : ', and escape its dots'}.`
    );
  }
  if (test === undefined && onlyDenies(entry.accepts)) return 'Name the origins that may read, and no others.';
  if (test === undefined || test.operator === 'matches')
    return 'Compare with exact origins, or anchor the pattern at both ends and escape its dots.';
  const dotted = dottedEnd(test);
  return dotted === undefined
    ? 'Compare with exact origins.'
    : `Compare with exact origins, or with "${dotted}", dot included, for the subdomains.`;
}

/** What the end of a name, which somebody can own, has to be to stand for the subdomains alone: `.example.com` of `example.com`. */
export function dottedEnd(test: OriginTest): string | undefined {
  if (test.operator !== 'ends-with') return undefined;
  const name = test.text.replace(/:\d*$/, '').toLowerCase();
  const isName = /^[a-z0-9][a-z0-9-]*\.[a-z0-9.-]*[a-z]$/.test(name);
  return isName && domainOfHost(name) !== undefined ? `.${test.text}` : undefined;
}

/** No test of the origin has to hold: those that look at it only keep some out. */
export function onlyDenies(accepts: RequestTest): boolean {
  return originTestsIn(accepts, false) && !originTestsIn(accepts, true);
}

function originTestsIn(test: RequestTest, positive: boolean): boolean {
  if (test.kind === 'origin') return positive;
  if (test.kind === 'not') return originTestsIn(test.test, !positive);
  return (test.kind === 'all' || test.kind === 'some') && test.tests.some((part) => originTestsIn(part, positive));
}

/** A text without a sign that stands for others, which is compared with the end of the origin. */
function isEnd({ matching, text = '' }: OriginEntry): boolean {
  return matching === 'wildcard' && !/[*?[]/.test(text);
}

/** The `*` stands where it belongs, but what the product makes of the text leaves a dot unescaped. */
function hasPlainDots({ matching, text, pattern }: OriginEntry): boolean {
  return (
    matching === 'wildcard' &&
    text !== undefined &&
    /^[^*]*\/\/\*\.[^*]*$/.test(text) &&
    pattern !== undefined &&
    plainDot.test(pattern.source)
  );
}

interface Looseness {
  readonly why: string;
  /** Follows "Compare with exact origins, or". */ readonly mend: string;
}

function loosenessOf({ source, mode }: Pattern): Looseness {
  if (mode !== 'full' && hasLooseAlternatives(source) && /^\^|\$$/.test(source))
    return {
      why: 'The pattern has alternatives, and its anchors belong to the first and the last of them only.',
      mend: 'put the alternatives of the pattern into a group between its anchors',
    };
  const hasEnd = mode === 'full' || /(?<!\\)\$\)?$/.test(source);
  const hasStart = mode !== 'search' || source.startsWith('^');
  const anchored = 'anchor the pattern at both ends and escape its dots';
  if (!hasStart)
    return {
      why: hasEnd
        ? 'The pattern has no start, so that anything may come before the domain.'
        : 'The pattern has neither start nor end, so that anything may stand around the domain.',
      mend: anchored,
    };
  if (!hasEnd) return { why: 'The pattern has no end, so that anything may follow the domain.', mend: anchored };
  const inner = source.replace(/^\^/, '').replace(/\$$/, '');
  if (/^\.[*+]/.test(inner))
    return {
      why: 'The pattern is open at its start, so that anything may come before the domain.',
      mend: 'begin the pattern with the scheme, and let a dot stand before the domain',
    };
  if (/(?<!\\)\.[*+]\)?\??$/.test(inner))
    return {
      why: 'The pattern is open at its end, so that anything may follow the domain.',
      mend: 'let the pattern end with the domain',
    };
  const open = /(?<!\\)(\.|\[[^\]]*\]|\\[wWSD])[*+]/.exec(inner.replace(port, ''));
  if (open)
    return {
      why: `"${open[0]}" also takes in the names of other domains, because no dot stands between it and the domain.`,
      mend: 'let the pattern ask for a dot before the domain',
    };
  if (plainDot.test(withoutClasses(inner)))
    return { why: 'A dot in the pattern stands for any character.', mend: 'escape the dots of the pattern' };
  return { why: 'A part of the pattern is too wide.', mend: 'narrow the open parts of the pattern' };
}

/** A port at the end, in a group or without one: it is behind the domain. */
const port = /(?:\((?:\?:)?:[^()]*\)|:(?:\\d|\[[^\]]*\])(?:[+*]|\{[^}]*\}))\??$/;

/** A dot in `[…]` is a dot. */
function withoutClasses(source: string): string {
  return source.replaceAll(/\[[^\]]*\]/g, '[]');
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
