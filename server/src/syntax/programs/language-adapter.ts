/** What a programming language tells the reader of programs about its syntax tree. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression, Import, Node, PassedOn, Statement } from './program.ts';
import type { Reader } from './reader.ts';
import type { SourceRange } from '../range.ts';

/** What the engine needs to know of a language. */
export interface LanguageAdapter {
  readonly language: string;
  /** The node that a wrapper without a meaning for us stands for. */
  unwrap(node: SyntaxNode): SyntaxNode;
  /** Undefined for nodes that are neither expressions nor statements (argument lists, pairs, clauses). */
  lower(node: SyntaxNode, reader: Reader): Node | undefined;
  /** Statements of a block or of the file; several declarators of one statement become several declarations. */
  statements(node: SyntaxNode, reader: Reader): Statement[];
  isString(node: SyntaxNode): boolean;
  /** The literal that holds the node, for offsets inside of strings. */
  stringAround(node: SyntaxNode): SyntaxNode | undefined;
  isIdentifier(node: SyntaxNode, reader: Reader): boolean;
  readonly comment: RegExp;
  /** What the grammar is given in place of the text, with as many characters and the same lines; the text itself without this. */
  parsed?(text: string): string;
  /** A cell of a notebook without what only its kernel understands, as long as it and with the same lines; the cell itself without this. */
  ofCell?(cell: string): string;
  imports(reader: Reader): Import[];
  exports(reader: Reader): Map<string, Expression>;
  /** Where a language has a statement for it; names of an import are passed on by themselves elsewhere. */
  passedOn?(reader: Reader): PassedOn[];
  /** The binding that this occurrence of a name declares. */
  declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined;
  /**
   * What binds a name without writing it: Go's `import "net/http"` binds `http`; several where a name means something else in each
   * block, as `it` does in Kotlin's.
   */
  unwritten?(name: string, reader: Reader): DeclaredName | readonly DeclaredName[] | undefined;
  /** Matches right behind a name that this occurrence can neither declare nor be an assignment's target: `app` in `app.use`. */
  readonly used?: RegExp;
  /** Whether this occurrence is written to by an assignment; the lowered assignment. */
  assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined;
  /** What a node belongs to, where that is not its parent in the tree. */
  parentOf?(node: SyntaxNode): SyntaxNode | null;
  /** Whether a name of the scope is seen from a range inside it; always when absent. */
  seesScope?(scope: SyntaxNode, range: SourceRange, reader: Reader, name: string): boolean;
}

export interface DeclaredName {
  readonly scope: SyntaxNode;
  /** The offset from which on the scope sees the name; its start when absent. */
  readonly from?: number;
  readonly binding: Omit<Binding, 'assignments' | 'scope'>;
  /** It begins a name of its own, though the scope has one that is spelled so: each `let` of Rust does. */
  readonly shadows?: true;
  /** It is an assignment among others: before it, and where it is not reached, the name holds nothing. */
  readonly assigns?: true;
}
