/** Statements around expressions that stand as one, for which a grammar has no node. */
import type { Node, Statement } from './program.ts';

const statements = new WeakMap<Node, Statement>();

/** The statement around the expression, where it was given one. */
export function statementAround(expression: Node): Statement | undefined {
  return statements.get(expression);
}

/** Gives the expression the statement around it, as what it belongs to. In a broken text what a place stands for may lie around it. */
export function withStatement<Expression extends Node>(expression: Expression, statement: Node): Expression {
  if (expression.range.start < statement.range.start) return expression;
  statements.set(expression, statement as Statement);
  return Object.defineProperty(expression, 'parent', { value: statement, enumerable: true, configurable: true });
}
