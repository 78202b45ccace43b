/** The children of a node of a tree that its grammar has names for. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';

/** Without comments, which may stand anywhere. */
export function named(node: SyntaxNode | null | undefined): SyntaxNode[] {
  return (node?.namedChildren ?? []).filter(
    (child): child is SyntaxNode => child !== null && !child.type.endsWith('comment'),
  );
}

/** Those in a field; some grammars give the commas between them the same name. */
export function namedFields(node: SyntaxNode, field: string): SyntaxNode[] {
  return node
    .childrenForFieldName(field)
    .filter((child): child is SyntaxNode => child !== null && child.isNamed && !child.type.endsWith('comment'));
}
