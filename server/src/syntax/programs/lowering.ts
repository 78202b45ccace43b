/** How adapters lower: one function for each type of node of the grammar. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node } from './program.ts';
import type { Reader } from './reader.ts';

/** Undefined where a node of this type is neither an expression nor a statement in its place. */
export type Lowering = (node: SyntaxNode, reader: Reader) => Node | undefined;

/** By the grammar's name of the type. */
export type Lowerings = Readonly<Record<string, Lowering>>;

/** The expression in this field of the node, lowered when it is asked for; `unknown` where nothing is written yet. */
export function expressionIn(node: SyntaxNode, field: string, reader: Reader): () => Expression {
  return () => reader.expression(node.childForFieldName(field), node);
}

/** The same, undefined where nothing is written. */
export function optionalExpression(
  node: SyntaxNode | null | undefined,
  parent: SyntaxNode,
  reader: Reader,
): () => Expression | undefined {
  return () => (node ? reader.expression(node, parent) : undefined);
}

/** `wrapped` is what a node without a meaning of its own stands for; the result goes through as many as stand around each other. */
export function unwrapping(wrapped: (node: SyntaxNode) => SyntaxNode | undefined): (node: SyntaxNode) => SyntaxNode {
  return (node) => {
    let inner = node;
    for (let next = wrapped(inner); next; next = wrapped(inner)) inner = next;
    return inner;
  };
}
