/** Where a node of a Kotlin tree stands: `if`, `when` and `try` are statements or values, and the last value of a lambda is its result. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { keptByNode } from '../kept-by-node.ts';
import type { OfNode } from '../kept-by-node.ts';
import { named } from '../named-children.ts';

const containers = new Set(['source_file', 'block', 'lambda_literal', 'class_body', 'enum_class_body']);
const loops = new Set(['for_statement', 'while_statement', 'do_while_statement']);

/** Whether the node stands where other languages have a statement. */
export const isStatement: OfNode<boolean> = keptByNode((node) => {
  const { parent } = node;
  if (!parent) return false;
  if (containers.has(parent.type)) return node.type !== 'lambda_parameters';
  if (parent.type === 'if_expression') return !isCondition(node, parent) && isStatement(parent);
  if (parent.type === 'when_entry')
    return !isCondition(node, parent) && parent.parent !== null && isStatement(parent.parent);
  if (loops.has(parent.type)) return named(parent).at(parent.type === 'do_while_statement' ? 0 : -1)?.id === node.id;
  return (
    (parent.type === 'annotated_expression' || parent.type === 'labeled_expression') &&
    named(parent).at(-1)?.id === node.id &&
    isStatement(parent)
  );
});

function isCondition({ id }: SyntaxNode, parent: SyntaxNode): boolean {
  return parent.childrenForFieldName('condition').some((one) => one?.id === id);
}

/** Calls for what they do, by their names: what they give is nobody's result. */
const acts =
  /^(set|add|append|header|headers|put|respond|next|proceed|doFilter|status|send|end|allow|install|register|finish)(_|$|[A-Z])/;
const otherActs = /^(print|log|forEach|also|apply|get|post|delete|patch|options|route|routing)(ln)?$/;

/** Whether the expression is the value that the lambda around it gives. */
export function isResult(node: SyntaxNode): boolean {
  if (node.type === 'assignment' || /_declaration$|_statement$/.test(node.type)) return false;
  const name = calledName(node);
  return !acts.test(name) && !otherActs.test(name) && endsLambda(node);
}

/** It is the last statement of a lambda, or of a branch of what is that. */
const endsLambda: OfNode<boolean> = keptByNode((node) => {
  const { parent } = node;
  if (!parent || !isStatement(node)) return false;
  if (parent.type === 'lambda_literal') return named(parent).at(-1)?.id === node.id && !isBlockOfScope(parent);
  if (parent.type === 'block') return named(parent).at(-1)?.id === node.id && endsLambda(parent);
  if (parent.type === 'if_expression') return endsLambda(parent);
  return parent.type === 'when_entry' && parent.parent !== null && endsLambda(parent.parent);
});

/** `header` of `call.response.header("a", "b")`. */
function calledName(node: SyntaxNode): string {
  let callee: SyntaxNode | undefined = node.type === 'call_expression' ? node : undefined;
  while (callee?.type === 'call_expression') callee = named(callee)[0];
  return (callee?.type === 'navigation_expression' ? named(callee).at(-1) : callee)?.text ?? '';
}

/** A call that runs its block once, in place: `origin?.let { … }`, `response.apply { … }`. */
export interface ScopeCall {
  /** What the block is about. */
  readonly receiver: SyntaxNode;
  readonly lambda: SyntaxNode;
  /** The block only runs where the receiver is something. */
  readonly isSafe: boolean;
  /** The block has the receiver as its parameter, and not as its `this`. */
  readonly isNamed: boolean;
}

const named1 = /^(let|also)$/;
const unnamed = /^(apply|run)$/;

/** As a statement: what it gives is thrown away, so that it is nothing but its block. */
export function scopeStatement(call: SyntaxNode): ScopeCall | undefined {
  if (call.type !== 'call_expression' || !isStatement(call) || endsLambda(call)) return undefined;
  const [callee, block] = named(call);
  const lambda = block?.type === 'annotated_lambda' ? named(block).at(-1) : undefined;
  if (callee?.type !== 'navigation_expression' || lambda?.type !== 'lambda_literal') return undefined;
  const [receiver, name] = named(callee);
  if (!receiver || !name) return undefined;
  const isNamed = named1.test(name.text);
  // What is made or built in place is configured by the block, and read with it.
  const isKnown = isNamed ? !/^\p{Lu}\w*\(/u.test(receiver.text) : unnamed.test(name.text) && isPath(receiver);
  if (!isKnown) return undefined;
  return { receiver, lambda, isNamed, isSafe: callee.children.some((child) => child?.type === '?.') };
}

function isPath(node: SyntaxNode): boolean {
  if (node.type === 'navigation_expression') return isPath(named(node)[0]!);
  return node.type === 'identifier' || node.type === 'this_expression';
}

/** The call around a lambda, where that is nothing but a block. */
export function scopeOf(lambda: SyntaxNode): ScopeCall | undefined {
  const call = lambda.parent?.type === 'annotated_lambda' ? lambda.parent.parent : null;
  return call ? scopeStatement(call) : undefined;
}

export function isBlockOfScope(lambda: SyntaxNode): boolean {
  return scopeOf(lambda) !== undefined;
}

/** What a lambda does, without its parameters. */
export function statementsOfLambda(lambda: SyntaxNode): SyntaxNode[] {
  return named(lambda).filter(({ type }) => type !== 'lambda_parameters');
}
