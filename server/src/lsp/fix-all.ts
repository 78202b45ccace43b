/** Applies fixes again and again until none is left, each time those that do not touch one another. */
import { applyEdits } from '../service/apply-edits.ts';
import type { Finding, LintResult } from '../service/lint.ts';
import type { Fix } from '../rules/rule.ts';
import type { Edit } from '../syntax/range.ts';

const mostPasses = 10;

/** The fix to apply for a finding, if any. */
export type Choice = (finding: Finding) => Fix | undefined;

/** Fixes that keep what the text means or only narrow it, and touch no other file. */
export const safeFix: Choice = (finding) => finding.fixes.find((fix) => fix.safety === 'safe' && isLocal(fix));

/** The first choice for every finding of one rule, on the user's explicit demand. */
export function fixOfRule(rule: string): Choice {
  return (finding) => {
    const local = finding.rule === rule ? finding.fixes.filter(isLocal) : [];
    return local.find(({ preferred }) => preferred) ?? local[0];
  };
}

/** Edits that turn the text into what it is after all these fixes. Empty when there is nothing to fix. */
export async function fixAllEdits(
  text: string,
  first: LintResult,
  choose: Choice,
  lint: (text: string) => Promise<LintResult>,
): Promise<readonly Edit[]> {
  let edits = editsOf(first, choose);
  if (edits.length === 0) return edits;
  const once = edits;
  let current = applyEdits(text, edits);
  for (let pass = 1; pass < mostPasses; pass++) {
    edits = editsOf(await lint(current), choose);
    if (edits.length === 0) break;
    current = applyEdits(current, edits);
  }
  if (current === applyEdits(text, once)) return once;
  return current === text ? [] : [replacement(text, current)];
}

function editsOf(result: Pick<LintResult, 'findings'>, choose: Choice): Edit[] {
  const chosen: Edit[] = [];
  for (const finding of result.findings) {
    const fix = choose(finding);
    if (!fix || fix.edits.some((edit) => chosen.some((other) => touch(edit, other)))) continue;
    chosen.push(...fix.edits);
  }
  return chosen;
}

function touch(left: Edit, right: Edit): boolean {
  return left.range.start <= right.range.end && right.range.start <= left.range.end;
}

function isLocal(fix: Fix): boolean {
  return fix.edits.every(({ range }) => range.path === undefined);
}

/** The one replacement between what both texts begin with and what both end with. */
function replacement(before: string, after: string): Edit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  return { range: { start, end: before.length - end }, newText: after.slice(start, after.length - end) };
}
