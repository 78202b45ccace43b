/** Whether a change of a text leaves the form of its tree as it is. */
import type { Tree } from '@vscode/tree-sitter-wasm';
import type { Change } from './edit-between.ts';

interface Read {
  readonly source: string;
  readonly tree: Tree;
}

/** Ends of lines and halves of characters are left out: what moves a line is looked at by many who do not say so. */
const withinLine = /^[\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff]*$/;
const besides = /^[\n\t\x20-\x7e\xa0-\ud7ff]?$/;

/** Whether all that was asked before has the same answer now for whoever did not look at what changed. */
export function hasSameForm(change: Change, before: Read, { source, tree }: Read): boolean {
  const { start, oldEnd, newEnd } = change;
  return (
    withinLine.test(before.source.slice(start, oldEnd)) &&
    withinLine.test(source.slice(start, newEnd)) &&
    besides.test(source.slice(Math.max(0, start - 1), start)) &&
    besides.test(source.slice(newEnd, newEnd + 1).replace('\r', '\n')) &&
    !tree.rootNode.hasError &&
    !before.tree.rootNode.hasError &&
    before.tree.getChangedRanges(tree).length === 0
  );
}
