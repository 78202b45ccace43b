/** Where the evaluator gave up, in words: what a bound ends counts as unknown, and nothing is said of it but for those who ask. */
import type { SourceRange } from '../syntax/range.ts';
import { deepest, longestMadeText, mostAlternatives, mostSteps } from '../values/evaluator-session.ts';
import type { EvaluationBound } from '../values/session.ts';

export interface EvaluationLimit {
  /** With the path of another file than the one that is linted. */
  readonly range: SourceRange;
  readonly message: string;
}

const reasons: Readonly<Record<EvaluationBound, string>> = {
  steps: `takes more than ${mostSteps} steps`,
  depth: `is nested more than ${deepest} deep`,
  size: `is a text of more than ${longestMadeText} letters, or one of more than ${mostAlternatives} values`,
};
/** A file that is at its bound is at it in thousands of places. */
const mostLimits = 20;

export interface Limits {
  add(range: SourceRange, bound: EvaluationBound): void;
  /** In the order in which they were met, each place once. */
  all(): readonly EvaluationLimit[];
}

export function createLimits(): Limits {
  const found = new Map<string, EvaluationLimit>();
  return {
    add(range, bound) {
      const key = `${range.path ?? ''}:${range.start}:${bound}`;
      if (found.size >= mostLimits || found.has(key)) return;
      found.set(key, { range, message: `What stands here ${reasons[bound]}, and counts as unknown.` });
    },
    all: () => [...found.values()],
  };
}
