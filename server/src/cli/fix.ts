/** Applies safe fixes until none is left. */
import { applyEdits } from '../service/apply-edits.ts';
import type { Finding, LintResult } from '../service/lint.ts';
import { positionsOf } from '../service/positions.ts';
import type { Fix } from '../rules/rule.ts';
import type { AppliedFix } from './report.ts';

const mostPasses = 10;

export interface FixedText {
  readonly text: string;
  /** In the order in which they were applied; lines are those of the text that each was found in. */
  readonly applied: readonly AppliedFix[];
}

/** The text after all safe fixes of this file; fixes that touch other files are left to the user. */
export async function fixText(
  text: string,
  first: LintResult,
  lint: (text: string) => Promise<LintResult>,
): Promise<FixedText> {
  const applied: AppliedFix[] = [];
  let current = text;
  let result = first;
  for (let pass = 0; pass < mostPasses; pass++) {
    const chosen = safeFixes(result);
    if (chosen.length === 0) break;
    const position = positionsOf(current);
    for (const { finding, fix } of chosen)
      applied.push({ rule: finding.rule, title: fix.title, ...position(finding.range.start) });
    current = applyEdits(
      current,
      chosen.flatMap(({ fix }) => fix.edits),
    );
    result = await lint(current);
  }
  return { text: current, applied };
}

/** Safe fixes that do not touch one another, in the order of the findings. */
export function safeFixes({ findings }: Pick<LintResult, 'findings'>): { finding: Finding; fix: Fix }[] {
  const chosen: { finding: Finding; fix: Fix }[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find(
      ({ safety, edits }) => safety === 'safe' && edits.every(({ range }) => range.path === undefined),
    );
    if (fix && !chosen.some((other) => touch(fix, other.fix))) chosen.push({ finding, fix });
  }
  return chosen;
}

function touch(one: Fix, other: Fix): boolean {
  return one.edits.some(({ range: a }) => other.edits.some(({ range: b }) => a.start <= b.end && b.start <= a.end));
}
