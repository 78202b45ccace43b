/** What a language's adapter may ask of the file that it lowers. */
import type { Node as SyntaxNode, Tree } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../range.ts';
import type { Binding, Expression, Node, Program, Statement } from './program.ts';

/** Members of a node that are known now, and those that are computed when somebody first asks for them. */
export type KnownMembers = { readonly kind: Node['kind'] } & Record<string, unknown>;
export type LaterMembers = Readonly<Record<string, () => unknown>>;

export interface Reader extends Program {
  readonly tree: Tree;
  /** The innermost named node at the offset. */
  nodeAt(offset: number): SyntaxNode | undefined;
  /** Every node whose whole text is this name, in source order. */
  occurrences(name: string): readonly SyntaxNode[];
  /** The node's lowered form, made once; undefined for what is neither an expression nor a statement. */
  lower(node: SyntaxNode): Node | undefined;
  /** Lowers what must be an expression; anything else is `unknown`. */
  expression(node: SyntaxNode | null | undefined, parent: SyntaxNode): Expression;
  statement(node: SyntaxNode): Statement;
  /** A lowered node: `now` is known, each member of `later` is computed when it is first asked for. */
  lazy(node: SyntaxNode, now: KnownMembers, later?: LaterMembers): Node;
  /** Like `lazy`, for a node that the tree does not have: it stands in place of `node` with a range of its own. */
  made(node: SyntaxNode, range: SourceRange, now: KnownMembers, later?: LaterMembers): Node;
  /** The binding of a name that an expression at this range sees. */
  bindingAt(name: string, range: SourceRange): Binding | undefined;
}

export function rangeOf(node: SyntaxNode): SourceRange {
  return { start: node.startIndex, end: node.endIndex };
}

const statementKinds = new Set<Node['kind']>([
  'block',
  'if',
  'return',
  'throw',
  'expression-statement',
  'declaration',
  'switch',
  'loop',
  'try',
  'jump',
  'other-statement',
]);

export function isExpression(node: Node): node is Expression {
  return !statementKinds.has(node.kind);
}
