/**
 * A node of a tree does not know its parent: tree-sitter comes down from the root for each question, so that who goes up from the end of a
 * long `else if` goes through all of it at every step. Here each parent is found once, from the nearest node above that is known.
 * https://tree-sitter.github.io/tree-sitter/using-parsers/2-basic-parsing.html
 */
import type { Node as SyntaxNode, Tree } from '@vscode/tree-sitter-wasm';

/** What all nodes of the runtime are made of. */
type NodeClass = typeof SyntaxNode;

/** Has nodes answer `parent` from what is known of their tree. A tree must not be asked any more once it was told of an edit. */
export function keepParents(nodes: NodeClass): void {
  const asked = Object.getOwnPropertyDescriptor(nodes.prototype, 'parent')!.get! as (
    this: SyntaxNode,
  ) => SyntaxNode | null;
  const trees = new WeakMap<Tree, Parents>();
  Object.defineProperty(nodes.prototype, 'parent', {
    configurable: true,
    get(this: SyntaxNode) {
      let parents = trees.get(this.tree);
      if (parents === undefined) trees.set(this.tree, (parents = new Parents(this.tree.rootNode, asked)));
      return parents.of(this);
    },
  });
}

/** A node that was gone through, with its place: asking for the end of one is a question to the tree, too. */
interface Step {
  readonly node: SyntaxNode;
  readonly start: number;
  readonly end: number;
}

/** The parents in one tree, as far as they were asked for. */
class Parents {
  private readonly known = new Map<number, SyntaxNode | null>();
  /** From the root to the place that was asked for last, or below it: each one lies in the one before. */
  private way: readonly Step[];

  constructor(
    root: SyntaxNode,
    private readonly asked: (this: SyntaxNode) => SyntaxNode | null,
  ) {
    this.way = [stepOf(root)];
    this.known.set(root.id, null);
  }

  of(node: SyntaxNode): SyntaxNode | null {
    const known = this.known.get(node.id);
    if (known !== undefined) return known;
    const { start, end } = stepOf(node);
    // Where something without a text belongs does not follow from its place.
    const parent = start === end ? this.asked.call(node) : this.found(node, start, end);
    this.known.set(node.id, parent);
    return parent;
  }

  private found(node: SyntaxNode, start: number, end: number): SyntaxNode {
    const above = this.way.slice(0, this.stepsAround(start, end));
    for (let around = above.at(-1)!.node; ;) {
      const next = around.childWithDescendant(node);
      if (next === null || next.id === node.id) {
        if (above.length >= this.way.length) this.way = above;
        return around;
      }
      this.known.set(next.id, around);
      above.push(stepOf(next));
      around = next;
    }
  }

  /** How many steps of the way hold more than this span: these are above whatever stands there. The root always is. */
  private stepsAround(start: number, end: number): number {
    let [least, most] = [1, this.way.length];
    while (least < most) {
      const middle = (least + most + 1) >> 1;
      const step = this.way[middle - 1]!;
      const holds = step.start <= start && end <= step.end && step.end - step.start > end - start;
      if (holds) least = middle;
      else most = middle - 1;
    }
    return least;
  }
}

function stepOf(node: SyntaxNode): Step {
  return { node, start: node.startIndex, end: node.endIndex };
}
