/**
 * Comprehensions as the calls that they stand for: `[f(x) for x in xs if c(x)]` is `xs.filter(x => c(x)).map(x => f(x))`,
 * and a further `for` is a `flatMap` around. The functions are made up; both of one clause start at the same offset,
 * because a clause's variable is the parameter of whichever of them runs.
 */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, FunctionExpression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

interface Clause {
  readonly loop: SyntaxNode;
  readonly conditions: readonly SyntaxNode[];
}

/** The call for a list, set or generator comprehension. */
export function lowerComprehension(node: SyntaxNode, reader: Reader): Node {
  const clauses = clausesOf(node);
  const body = node.childForFieldName('body');
  if (clauses.length === 0 || !body) return reader.lazy(node, { kind: 'unknown' });
  return mapped(node, clauses, 0, body, reader);
}

/** The function whose parameter the variable of the clause is. */
export function comprehensionFunction(clause: SyntaxNode, reader: Reader): FunctionExpression {
  const comprehension = clause.parent!;
  const body = comprehension.childForFieldName('body') ?? clause;
  return functionOf(comprehension, clause, () => reader.expression(body, comprehension), body.endIndex, reader);
}

function clausesOf(node: SyntaxNode): Clause[] {
  const clauses: { loop: SyntaxNode; conditions: SyntaxNode[] }[] = [];
  for (const child of named(node)) {
    if (child.type === 'for_in_clause') clauses.push({ loop: child, conditions: [] });
    else if (child.type === 'if_clause') clauses.at(-1)?.conditions.push(child);
  }
  return clauses;
}

function mapped(node: SyntaxNode, clauses: readonly Clause[], index: number, body: SyntaxNode, reader: Reader): Node {
  const clause = clauses[index]!;
  const isLast = index === clauses.length - 1;
  const source = () =>
    clause.conditions.reduce<Expression>(
      (list, condition) => filtered(list, node, clause, condition, reader),
      reader.expression(clause.loop.childForFieldName('right'), clause.loop),
    );
  const inner = () =>
    isLast ? reader.expression(body, node) : (mapped(node, clauses, index + 1, body, reader) as Expression);
  const range = index === 0 ? rangeOf(node) : { start: clause.loop.startIndex, end: node.endIndex };
  return made(node, range, reader, isLast ? 'map' : 'flatMap', source, () =>
    functionOf(node, clause.loop, inner, body.endIndex, reader),
  );
}

function filtered(
  list: Expression,
  node: SyntaxNode,
  clause: Clause,
  condition: SyntaxNode,
  reader: Reader,
): Expression {
  const test = () => reader.expression(condition.firstNamedChild, condition);
  return made(
    node,
    { start: clause.loop.startIndex, end: condition.endIndex },
    reader,
    'filter',
    () => list,
    () => functionOf(node, clause.loop, test, condition.endIndex, reader),
  ) as Expression;
}

function made(
  node: SyntaxNode,
  range: { start: number; end: number },
  reader: Reader,
  property: string,
  object: () => Expression,
  callback: () => Expression,
): Node {
  return reader.made(
    node,
    range,
    { kind: 'call', isNew: false, argumentsRange: { start: range.end, end: range.end } },
    {
      callee: () =>
        reader.made(
          node,
          range,
          { kind: 'member', property, propertyRange: { start: range.end, end: range.end } },
          { object },
        ),
      arguments: () => {
        const value = callback();
        return [{ value, spread: false, range: value.range }];
      },
    },
  );
}

function functionOf(
  node: SyntaxNode,
  loop: SyntaxNode,
  body: () => Expression,
  end: number,
  reader: Reader,
): FunctionExpression {
  const isFirst = named(node).find((child) => child.type === 'for_in_clause')?.id === loop.id;
  const start = isFirst ? node.startIndex : loop.startIndex;
  const variable = loop.childForFieldName('left');
  return reader.made(
    node,
    { start, end: Math.max(end, start) },
    {
      kind: 'function',
      async: false,
      decorators: [],
      parameters: [
        {
          ...(variable?.type === 'identifier' && { name: variable.text }),
          range: rangeOf(variable ?? loop),
          rest: false,
        },
      ],
    },
    { body },
  ) as FunctionExpression;
}
