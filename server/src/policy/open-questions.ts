/** What conditions ask and a request leaves open, with all that can be answered: cases in which an answer is worked out. */
import { singleTests } from './condition-walk.ts';
import type { Circumstances, CorsRequest } from './request.ts';
import { undecidedKey } from './request-test.ts';
import type { RequestTest } from './request-test.ts';
import type { Ternary } from './verdict.ts';

export interface OpenQuestion {
  /** What is known in each case, with what was known before. */
  readonly outcomes: readonly Circumstances[];
}

interface Conditional {
  readonly when: RequestTest;
}

/** The first circumstance or undecided test that the conditions ask about and the request says nothing of. */
export function firstQuestion(
  conditional: readonly Conditional[],
  request: CorsRequest,
  decide: (test: RequestTest) => Ternary,
): OpenQuestion | undefined {
  const open = conditional.filter(({ when }) => decide(when) === 'unknown');
  const known: Circumstances = request.circumstances ?? new Map();
  for (const { when } of open) {
    for (const single of singleTests(when)) {
      const subject = subjectOf(single);
      if (subject === undefined || known.has(subject)) continue;
      const values = new Set([...open.flatMap((one) => valuesOf(subject, one.when)), false]);
      return { outcomes: [...values].map((value) => new Map([...known, [subject, value]])) };
    }
  }
  return undefined;
}

function subjectOf(test: RequestTest): string | undefined {
  if (test.kind === 'circumstance') return test.subject;
  return test.kind === 'unknown' && test.subject !== undefined ? undecidedKey(test.subject) : undefined;
}

function valuesOf(subject: string, when: RequestTest): (string | true)[] {
  return [...singleTests(when)]
    .filter((single) => subjectOf(single) === subject)
    .map((single) => (single.kind === 'circumstance' ? (single.value ?? true) : true));
}
