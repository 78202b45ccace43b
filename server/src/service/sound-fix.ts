/** Fixes that can be applied as they are. */
import type { Fix } from '../rules/rule.ts';
import type { Edit } from '../syntax/range.ts';
import { presentable } from './visible-text.ts';

/** Without edits that are there twice or change nothing; undefined when none is left, or when edits contradict one another. */
export function soundFix(fix: Fix, text: string): Fix | undefined {
  const edits = new Map<string, Edit>();
  for (const edit of fix.edits) {
    const { path, start, end } = edit.range;
    const key = `${start} ${end} ${path ?? ''}\n${edit.newText}`;
    if (!edits.has(key) && !isWrittenAlready(edit, text)) edits.set(key, edit);
  }
  const kept = [...edits.values()];
  if (kept.length === 0 || overlap(kept)) return undefined;
  return { ...fix, title: presentable(fix.title), edits: kept };
}

function isWrittenAlready({ range, newText }: Edit, text: string): boolean {
  return range.path === undefined && text.slice(range.start, range.end) === newText;
}

/** Whether two of them change the same text. What is put in beside another's text does not. */
function overlap(edits: readonly Edit[]): boolean {
  if (edits.length < 2) return false;
  const ends = new Map<string | undefined, number>();
  for (const { range } of [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)) {
    const end = ends.get(range.path) ?? 0;
    if (range.start < end) return true;
    ends.set(range.path, Math.max(end, range.end));
  }
  return false;
}
