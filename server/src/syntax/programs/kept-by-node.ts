/** What was found of a node of a tree is not found again: a question that goes up a long chain would go through all of it for each node. */
import type { Node as SyntaxNode, Tree } from '@vscode/tree-sitter-wasm';

/** A question about a node. */
export type OfNode<T> = (node: SyntaxNode) => T;

/** The same question, asked once for each node. A tree must not be asked any more once it was told of an edit. */
export function keptByNode<T>(ask: OfNode<T>): OfNode<T> {
  const trees = new WeakMap<Tree, Map<number, T>>();
  return (node) => {
    let known = trees.get(node.tree);
    if (known === undefined) trees.set(node.tree, (known = new Map<number, T>()));
    const before = known.get(node.id);
    if (before !== undefined || known.has(node.id)) return before as T;
    const found = ask(node);
    known.set(node.id, found);
    return found;
  };
}

/** The neighbours of a node among those of its kind. */
export interface Neighbours {
  readonly before: SyntaxNode | undefined;
  readonly after: SyntaxNode | undefined;
}

const alone: Neighbours = { before: undefined, after: undefined };

/** Finds neighbours among the nodes that `rowOf` gives for what holds them; each row is asked for once. */
export function neighboursIn(
  rowOf: (holder: SyntaxNode) => readonly SyntaxNode[],
): (node: SyntaxNode, holder: SyntaxNode | null | undefined) => Neighbours {
  const rows = keptByNode((holder) => {
    const row = rowOf(holder);
    return new Map(row.map(({ id }, at): [number, Neighbours] => [id, { before: row[at - 1], after: row[at + 1] }]));
  });
  return (node, holder) => (holder && rows(holder).get(node.id)) ?? alone;
}
