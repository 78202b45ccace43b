/** Lowers Kotlin's statements. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { expressionIn, optionalExpression } from '../lowering.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Node, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { statementAround, withStatement } from '../expression-statements.ts';
import { declaration, propertyValue } from './kotlin-bindings.ts';
import { leavingFirst } from './kotlin-branches.ts';
import { isResult, isStatement, scopeStatement, statementsOfLambda } from './kotlin-positions.ts';
import { behindSign, nameOfDeclaration } from './kotlin-properties.ts';

const lowerBlock: Lowering = (node, reader) =>
  reader.lazy(node, { kind: 'block' }, { statements: () => statementsIn(node, reader) });

/** The brace of a lambda stands for what the lambda does, for which the grammar has no node. */
const lowerBrace: Lowering = (brace, reader) => {
  const lambda = brace.parent;
  return lambda?.type === 'lambda_literal'
    ? reader.made(brace, rangeOf(lambda), { kind: 'block' }, { statements: () => statementsIn(lambda, reader) })
    : undefined;
};

const ending =
  (kind: 'return' | 'throw'): Lowering =>
  (node, reader) => {
    const label = node.childForFieldName('label');
    const value = named(node).find(({ id }) => id !== label?.id);
    return reader.lazy(node, { kind }, { value: optionalExpression(value, node, reader) });
  };

const whileTrue: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'loop' },
    {
      test: expressionIn(node, 'condition', reader),
      body: () => reader.statement(named(node).at(node.type === 'do_while_statement' ? 0 : -1) ?? node),
    },
  );

export const statementLowerings: Lowerings = {
  block: lowerBlock,
  '{': lowerBrace,
  return_expression: ending('return'),
  throw_expression: ending('throw'),
  for_statement: lowerFor,
  while_statement: whileTrue,
  do_while_statement: whileTrue,
  property_declaration: (node, reader) => declaration(node, namesOf(node), () => propertyValue(node, reader), reader),
};

/** `for (x in list)`, `for ((index, x) in list.withIndex())`, `for ((name, x) in table)`. */
function lowerFor(node: SyntaxNode, reader: Reader): Node {
  const [variable, over, body] = named(node).filter(({ type }) => type !== 'label');
  const names = variable ? namesIn(variable) : [];
  const [first, second] = names;
  const isNumbered = second !== undefined && over !== undefined && /\.withIndex\(\)$/.test(over.text);
  const list = isNumbered ? named(named(over)[0])[0] : over;
  return reader.lazy(
    node,
    { kind: 'loop', ...(second ? { key: first?.text, item: second.text } : { item: first?.text }) },
    {
      over: () => reader.expression(list, node),
      body: () => reader.statement(body ?? node),
    },
  );
}

function namesOf(property: SyntaxNode): SyntaxNode[] {
  return named(property)
    .filter(({ type }) => /variable_declaration$/.test(type))
    .flatMap(namesIn);
}

function namesIn(variable: SyntaxNode): SyntaxNode[] {
  if (variable.type === 'multi_variable_declaration') return named(variable).flatMap(namesIn);
  return named(variable)
    .filter(({ type }) => type === 'identifier')
    .slice(0, 1);
}

/** Statements of a file, a class, a block or a lambda, in order. */
export function statementsIn(node: SyntaxNode, reader: Reader): Statement[] {
  const children = node.type === 'lambda_literal' ? statementsOfLambda(node) : named(node);
  return children.flatMap((child) => statementsOf(child, reader));
}

function statementsOf(node: SyntaxNode, reader: Reader): Statement[] {
  switch (node.type) {
    case 'package_header':
    case 'import':
    case 'file_annotation':
    case 'label':
      return [];
    case 'property_declaration':
      return [...leavingFirst(behindSign(node), reader), statementOf(node, reader)];
    case 'assignment':
      return [...leavingFirst(node.childForFieldName('right') ?? undefined, reader), statementOf(node, reader)];
    case 'anonymous_initializer':
      return named(node).flatMap((child) => statementsOf(child, reader));
    case 'function_declaration':
    case 'class_declaration':
    case 'object_declaration':
    case 'companion_object': {
      const name = nameOfDeclaration(node);
      return [declaration(node, name ? [name] : [], () => reader.expression(node, node), reader)];
    }
    default:
      return [...leavingFirst(node, reader), statementOf(node, reader)];
  }
}

/**
 * Gives an expression that stands as a statement the statement around it, for which the grammar has no node; what ends a lambda is
 * returned.
 */
export function asStatement(node: SyntaxNode, lowered: Node, reader: Reader): Node {
  if (isNoValue(lowered) || !isStatement(node) || statementAround(lowered) !== undefined) return lowered;
  const statement = isResult(node)
    ? reader.lazy(node, { kind: 'return', value: lowered })
    : reader.lazy(node, { kind: 'expression-statement', expression: lowered });
  return withStatement(lowered, statement);
}

function isNoValue({ kind }: Node): boolean {
  return /^(if|return|throw|block|switch|loop|try|jump|declaration|other-statement|function|class)$/.test(kind);
}

export function statementOf(node: SyntaxNode, reader: Reader): Statement {
  const lowered = reader.lower(node);
  return (lowered && statementAround(lowered)) ?? reader.statement(node);
}

/** `origin?.let { … }` as a statement: `if (origin != null) { … }`. */
export function lowerScope(call: SyntaxNode, reader: Reader): Node | undefined {
  const scope = scopeStatement(call);
  if (!scope) return undefined;
  const { lambda, receiver, isSafe } = scope;
  const range = rangeOf(call);
  const block = (): Node =>
    reader.made(lambda, rangeOf(lambda), { kind: 'block' }, { statements: () => statementsIn(lambda, reader) });
  if (!isSafe) return reader.made(call, range, { kind: 'block' }, { statements: () => [block()] });
  const end = { start: receiver.endIndex, end: receiver.endIndex };
  const none = reader.made(call, end, { kind: 'null', undefined: false });
  const test = reader.made(
    call,
    { start: range.start, end: lambda.startIndex },
    { kind: 'binary', operator: '!=', right: none },
    { left: () => reader.expression(receiver, call) },
  );
  return reader.lazy(call, { kind: 'if', test }, { consequent: () => reader.lower(lambda) });
}

/** `break` and `continue`, which the grammar takes for names. */
export function isJump(node: SyntaxNode): boolean {
  return node.type === 'identifier' && isStatement(node) && /^(break|continue)$/.test(node.text);
}
