/** Actions of Helm templates in YAML: text of the same length in their place, and what they leave open in the Tree. */
import type { SourceRange } from '../range.ts';
import type { TreeEntry, TreeMap, TreeNode } from './tree.ts';

export interface Masked {
  readonly text: string;
  /** In source order, and apart from each other. */
  readonly holes: readonly SourceRange[];
  /** Templates that write lines of their own, and the column at which they do. */
  readonly inserts: readonly Insert[];
}

/** A template that writes lines of its own. */
export interface Insert {
  readonly at: number;
  readonly column: number;
}

/**
 * A line that holds nothing but template actions becomes a comment's worth of blanks; an action inside a value becomes
 * letters, and the value that holds it keeps the text as it is written, braces included.
 */
export function maskTemplates(text: string): Masked {
  if (!text.includes('{{')) return { text, holes: [], inserts: [] };
  const holes: SourceRange[] = [];
  const inserts: Insert[] = [];
  const masked = text.replaceAll(/\{\{(?:(?!\{\{)[\s\S]){0,2000}?\}\}|\{\{[^\r\n]*/g, (action, at: number) => {
    const lineStart = text.lastIndexOf('\n', at - 1) + 1;
    const before = text.slice(lineStart, at).replaceAll(/\{\{.*?\}\}/g, '');
    const nextLine = text.indexOf('\n', at + action.length);
    const after = text
      .slice(at + action.length, nextLine === -1 ? text.length : nextLine)
      .replaceAll(/\{\{.*?\}\}/g, '');
    // `{{- if … }}` alone on its line is no content; `key: {{ … }}` and `- {{ … }}` are.
    if (before.trim() === '' && after.trim() === '') {
      const words = action.replace(/^\{\{-?\s*/, '');
      const indent = /\|\s*n?indent\s+(\d+)/.exec(words)?.[1];
      if (!/^(if|else|end|range|with|define|block|break|continue|\$[\w.]*\s*:?=|\/\*)/.test(words))
        inserts.push({ at, column: indent === undefined ? at - lineStart : Number(indent) });
      return action.replaceAll(/[^\r\n]/g, ' ');
    }
    holes.push({ start: at, end: at + action.length });
    return action.replaceAll(/[^\r\n]/g, 'x').replaceAll(/[\r\n]/g, 'x');
  });
  return { text: masked.replaceAll(leadingBlanks, blanksBefore), holes, inserts };
}

/** The first lines of a block scalar, where nothing stands in them any more. */
const leadingBlanks = /(?<=[|>][-+\d]{0,2})(?:[ \t]*\r?\n[ \t]+)+(?=\r?\n)/g;

/**
 * The same blanks before the ends of their lines, where they belong to the header of the scalar: an empty line must not be further in
 * than the text that follows. https://yaml.org/spec/1.2.2/#8112-block-indentation-indicator
 */
function blanksBefore(lines: string): string {
  const ends = lines.match(/\r?\n/g)!.join('');
  return ' '.repeat(lines.length - ends.length) + ends;
}

/**
 * The template goes on with the last map before it that has its keys in that column; without one, every map around it is
 * open.
 */
export function openMap(root: TreeNode, { at, column }: Insert, text: string): void {
  const around: TreeMap[] = [];
  for (let node: TreeNode | undefined = root; node !== undefined;) {
    if (node.kind === 'map') around.push(node);
    // A template may stand between a key and the first line of its value.
    node =
      node.kind === 'map'
        ? node.entries.findLast(({ keyRange }) => keyRange.start <= at)?.value
        : node.kind === 'list'
          ? node.items.findLast(({ range }) => range.start <= at)
          : undefined;
  }
  const same = around.findLast((map) => map.range.start - (text.lastIndexOf('\n', map.range.start - 1) + 1) === column);
  for (const map of same ? [same] : around) (map as { open?: true }).open = true;
}

/** A key that a template writes in each branch has one of several values. */
export function leaveOutBranches(map: TreeMap): void {
  const counts = new Map<string, number>();
  for (const { key } of map.entries) counts.set(key, (counts.get(key) ?? 0) + 1);
  if (counts.size === map.entries.length) return;
  const once = map.entries.filter(({ key }) => counts.get(key) === 1);
  (map.entries as TreeEntry[]).splice(0, map.entries.length, ...once);
  (map as { open?: true }).open = true;
}
