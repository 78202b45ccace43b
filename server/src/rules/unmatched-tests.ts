/** Tests that no page's origin passes: why that is so, and what was most likely meant. */
import { denials, singleTests } from '../policy/condition-walk.ts';
import { isPassedByNobody } from '../policy/origin-questions.ts';
import { originSet } from '../policy/origin-set.ts';
import type { OriginEntry } from '../policy/policy.ts';
import { originMatches } from '../policy/request-test.ts';
import type { OriginTest, Pattern, RequestTest } from '../policy/request-test.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import type { OriginProblem } from '../policy/serialised-origin.ts';
import { words } from './origin-words.ts';
import { patternSteps } from './unmatched-patterns.ts';

/** A test that nobody passes. */
export interface Unmatched {
  readonly test: OriginTest;
  /** As it is written. */
  readonly text: string;
  /** Why nobody passes it, as the beginning of a sentence. */
  readonly why: string;
  /** What those pass who are meant, and certainly nobody else. */
  readonly repaired?: { readonly text: string; readonly safety: 'safe' | 'unsafe' };
}

const noForm = 'No origin has this form';

/** The tests of an entry that nobody passes, where passing them is what lets in. */
export function unmatchedTests(entry: OriginEntry): readonly Unmatched[] {
  return testsOf(entry)
    .filter((test) => test.operator !== 'within' && typeof test.part === 'string' && isPassedByNobody(test))
    .flatMap((test): Unmatched | [] => {
      if (test.operator !== 'matches') return unmatchedText(test, test.text);
      return isWildcard(entry) ? (unmatchedWildcard(test, entry.text!) ?? []) : unmatchedPattern(test, test.pattern);
    });
}

/** The text has wildcards of the product's own. Some take expressions in the place of such texts. */
export function isWildcard({ matching, text, pattern }: Pick<OriginEntry, 'matching' | 'text' | 'pattern'>): boolean {
  return matching === 'wildcard' && text !== undefined && text !== pattern?.source;
}

function testsOf(entry: OriginEntry): readonly OriginTest[] {
  switch (entry.kind) {
    case 'pattern':
    case 'predicate':
      return [...singleTests(entry.accepts, denials)].filter(isOriginTest);
    // A text that is sent to those who pass them.
    case 'text':
      return entry.tests ?? [];
    default:
      return [];
  }
}

function isOriginTest(test: RequestTest): test is OriginTest {
  return test.kind === 'origin';
}

/** Stands for whatever a wildcard stands for while the rest is read as an origin. */
const anyLabel = 'any-label';

/** Undefined where the text is an origin's: what the product compares it with instead is not known here. */
function unmatchedWildcard(test: OriginTest, text: string): Unmatched | undefined {
  const { problems, serialised } = inspectOrigin(text.replaceAll('*', anyLabel));
  if (problems.length === 0) return undefined;
  const repaired = serialised?.replaceAll(anyLabel, '*');
  return {
    test,
    text,
    // Where a product takes hosts without a scheme, that is not what stops them.
    why: words(problems.includes('upper-case') ? ['upper-case'] : problems),
    ...(repaired !== undefined && { repaired: { text: repaired, safety: safetyOf(problems) } }),
  };
}

function unmatchedText(test: OriginTest, text: string): Unmatched {
  if (test.part !== 'origin')
    return {
      test,
      text,
      why: /[:/]/.test(text) ? `It is compared with the ${String(test.part)} alone` : wrongPart(text),
    };
  if (test.operator !== 'equals') return { test, text, why: wrongPart(text, test.operator === 'starts-with') };
  const { problems, serialised } = inspectOrigin(text);
  return {
    test,
    text,
    why: problems.length > 0 ? words(problems) : noForm,
    ...(serialised !== undefined && { repaired: { text: serialised, safety: 'safe' } }),
  };
}

/** What is wrong with a part of an origin, which by itself need not be one. */
function wrongPart(text: string, isStart = false): string {
  if (/[A-Z]/.test(text)) return words(['upper-case']);
  if (/[^:/]\/$/.test(text)) return words(['trailing-slash']);
  if (/[^:/]\/[^/]/.test(text)) return words(['path']);
  return isStart && !text.includes('://') ? words(['no-scheme']) : noForm;
}

/** The changes that are needed before somebody passes say why nobody does. */
function unmatchedPattern(test: OriginTest, pattern: Pattern): Unmatched {
  const text = pattern.source;
  const domains = originSet(test).namedDomains;
  const problems: OriginProblem[] = [];
  let source = text;
  for (const [problem, change] of patternSteps) {
    const changed = change({ ...pattern, source });
    if (changed === source) continue;
    source = changed;
    problems.push(problem);
    const repaired = { ...originMatches({ ...pattern, source }), part: test.part } as OriginTest;
    if (isPassedByNobody(repaired)) continue;
    const isTight = originSet(repaired).witness({ domains, origins: [] }) === undefined;
    return {
      test,
      text,
      why: words(problems),
      ...(isTight && { repaired: { text: source, safety: safetyOf(problems) } }),
    };
  }
  return { test, text, why: noForm };
}

/** Which scheme was meant is a guess. */
function safetyOf(problems: readonly OriginProblem[]): 'safe' | 'unsafe' {
  return problems.includes('no-scheme') ? 'unsafe' : 'safe';
}
