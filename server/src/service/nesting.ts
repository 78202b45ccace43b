/** How deep blocks and values stand in one another. Whoever walks them does so by recursion, and a stranger's file must not end that. */
import type { Directive, DirectiveDocument } from '../syntax/directives/directives.ts';
import type { TreeDocument, TreeNode } from '../syntax/trees/tree.ts';

/** Deeper than anything that people or generators write. */
export const deepestNesting = 500;

/** Whether something stands deeper than `deepestNesting`. Walks level by level, so that no depth is too much for it. */
export function isTooDeep(document: TreeDocument | DirectiveDocument): boolean {
  return document.shape === 'tree' ? exceeds(document.roots, inTree) : exceeds(document.directives, inDirective);
}

function exceeds<T>(roots: readonly T[], inside: (node: T) => readonly T[]): boolean {
  let level = roots;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestNesting) return true;
    level = level.flatMap(inside);
  }
  return false;
}

function inTree(node: TreeNode): readonly TreeNode[] {
  if (node.kind === 'list') return node.items;
  return node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
}

function inDirective({ block }: Directive): readonly Directive[] {
  return block ?? [];
}
