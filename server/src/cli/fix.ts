/** Applies fixes until none is left. */
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

/** Safe ones only, or those, too, that change who reads. */
export type AppliedSafety = Fix['safety'];

/** The text after all fixes of this file that may be applied; fixes that touch other files are left to the user. */
export async function fixText(
  text: string,
  first: LintResult,
  safety: AppliedSafety,
  lint: (text: string) => Promise<LintResult>,
): Promise<FixedText> {
  const applied: AppliedFix[] = [];
  let current = text;
  let result = first;
  for (let pass = 0; pass < mostPasses; pass++) {
    const chosen = chosenFixes(result, safety);
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

/** Fixes that do not touch one another, one of each finding, in the order of the findings. */
export function chosenFixes(
  { findings }: Pick<LintResult, 'findings'>,
  safety: AppliedSafety,
): { finding: Finding; fix: Fix }[] {
  const chosen: { finding: Finding; fix: Fix }[] = [];
  for (const finding of findings) {
    const complete = finding.fixes.filter(isComplete);
    const fix = complete.find(isSafe) ?? (safety === 'unsafe' ? complete[0] : undefined);
    if (fix && !chosen.some((other) => touch(fix, other.fix))) chosen.push({ finding, fix });
  }
  return chosen;
}

function isSafe({ safety }: Fix): boolean {
  return safety === 'safe';
}

/** In this file alone, and with nothing that somebody would have to type over. */
function isComplete(fix: Fix): boolean {
  return isInOneFile(fix) && fix.edits.every(({ placeholder }) => placeholder === undefined);
}

function isInOneFile({ edits }: Fix): boolean {
  return edits.every(({ range }) => range.path === undefined);
}

/** What is the most that could be done for a finding from here; undefined where only somebody in an editor can do more. */
export function applicable({ fixes }: Finding): AppliedSafety | 'safe-elsewhere' | undefined {
  const complete = fixes.filter(isComplete);
  if (complete.some(isSafe)) return 'safe';
  if (fixes.some((fix) => isSafe(fix) && !isInOneFile(fix))) return 'safe-elsewhere';
  return complete.length > 0 ? 'unsafe' : undefined;
}

function touch(one: Fix, other: Fix): boolean {
  return one.edits.some(({ range: a }) => other.edits.some(({ range: b }) => a.start <= b.end && b.start <= a.end));
}
