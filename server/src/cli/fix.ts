/** Applies safe fixes until none is left. */
import { applyEdits } from '../service/apply-edits.ts';
import type { LintResult } from '../service/lint.ts';
import type { Edit } from '../syntax/range.ts';

const mostPasses = 10;

/** The text after all safe fixes of this file; fixes that touch other files are left to the user. */
export async function fixText(
  text: string,
  first: LintResult,
  lint: (text: string) => Promise<LintResult>,
): Promise<string> {
  let current = text;
  let result = first;
  for (let pass = 0; pass < mostPasses; pass++) {
    const edits = safeEdits(result);
    if (edits.length === 0) break;
    current = applyEdits(current, edits);
    result = await lint(current);
  }
  return current;
}

/** Safe fixes that do not touch one another, in the order of the findings. */
export function safeEdits(result: Pick<LintResult, 'findings'>): Edit[] {
  const chosen: Edit[] = [];
  for (const finding of result.findings) {
    const fix = finding.fixes.find(
      ({ safety, edits }) => safety === 'safe' && edits.every(({ range }) => range.path === undefined),
    );
    if (
      !fix ||
      fix.edits.some((edit) =>
        chosen.some((other) => edit.range.start <= other.range.end && other.range.start <= edit.range.end),
      )
    )
      continue;
    chosen.push(...fix.edits);
  }
  return chosen;
}
