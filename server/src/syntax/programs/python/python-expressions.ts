/** Lowers expressions of Python that are made of others. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { expressionIn } from '../lowering.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Argument, BinaryOperator, Expression, Node, ObjectEntry } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { lowerComprehension } from './python-comprehensions.ts';
import { named } from '../named-children.ts';

const operators: Readonly<Record<string, BinaryOperator>> = {
  and: '&&',
  or: '||',
  '==': '==',
  '!=': '!=',
  '<>': '!=',
  is: '==',
  'is not': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '-': '-',
  '*': '*',
  in: 'in',
  'not in': 'not in',
};

const binary: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'binary', operator: operators[operatorOf(node)] ?? 'other' },
    { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
  );
const list =
  (type: 'list' | 'tuple' | 'set'): Lowering =>
  (node, reader) =>
    lowerList(node, type, reader);
const notKnown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });

export const expressionLowerings: Lowerings = {
  identifier: (node, reader) => reader.lazy(node, { kind: 'identifier', name: node.text }),
  attribute: lowerAttribute,
  subscript: lowerSubscript,
  call: lowerCall,
  binary_operator: binary,
  boolean_operator: binary,
  comparison_operator: lowerComparison,
  not_operator: (node, reader) =>
    reader.lazy(node, { kind: 'unary', operator: '!' }, { operand: expressionIn(node, 'argument', reader) }),
  unary_operator: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'unary', operator: /^[-~]$/.test(operatorOf(node)) ? operatorOf(node) : 'other' },
      { operand: expressionIn(node, 'argument', reader) },
    ),
  conditional_expression: lowerConditional,
  named_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'assignment', operator: ':=' },
      { target: expressionIn(node, 'name', reader), value: expressionIn(node, 'value', reader) },
    ),
  // `names: list[str]` declares and assigns nothing.
  assignment: (node, reader) =>
    node.childForFieldName('right') ? lowerAssignment(node, '=', reader) : notKnown(node, reader),
  augmented_assignment: (node, reader) => lowerAssignment(node, operatorOf(node), reader),
  dictionary: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'object' },
      { entries: () => named(node).flatMap((child) => entryOf(child, reader) ?? []) },
    ),
  list: list('list'),
  list_pattern: list('list'),
  set: list('set'),
  tuple: list('tuple'),
  tuple_pattern: list('tuple'),
  pattern_list: list('tuple'),
  expression_list: list('tuple'),
  list_comprehension: lowerComprehension,
  set_comprehension: lowerComprehension,
  generator_expression: lowerComprehension,
  dictionary_comprehension: notKnown,
  ellipsis: notKnown,
  yield: notKnown,
};

function operatorOf(node: SyntaxNode): string {
  return node.childForFieldName('operator')?.text ?? '';
}

function lowerAttribute(node: SyntaxNode, reader: Reader): Node {
  const attribute = node.childForFieldName('attribute');
  return reader.lazy(
    node,
    { kind: 'member', property: attribute?.text ?? '', propertyRange: rangeOf(attribute ?? node) },
    { object: expressionIn(node, 'object', reader) },
  );
}

function lowerAssignment(node: SyntaxNode, operator: string, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'assignment', operator },
    { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
  );
}

function lowerConditional(node: SyntaxNode, reader: Reader): Node {
  const [value, test, alternative] = named(node);
  return reader.lazy(
    node,
    { kind: 'conditional' },
    {
      test: () => reader.expression(test, node),
      consequent: () => reader.expression(value, node),
      alternate: () => reader.expression(alternative, node),
    },
  );
}

/** `x[i]`, `x[a:b]`; a slice with a step is nothing that is known. */
function lowerSubscript(node: SyntaxNode, reader: Reader): Node {
  const object = () => reader.expression(node.childForFieldName('value'), node);
  const subscript = node.childForFieldName('subscript');
  const signs = subscript?.children.filter((child) => child?.type === ':') ?? [];
  if (subscript?.type !== 'slice' || signs.length > 1)
    return reader.lazy(node, { kind: 'index' }, { object, index: () => reader.expression(subscript, node) });
  const bound = (isBehind: boolean) => (): Expression | undefined => {
    const found = named(subscript).find((child) => child.startIndex > signs[0]!.startIndex === isBehind);
    return found && reader.expression(found, subscript);
  };
  return reader.lazy(node, { kind: 'slice' }, { object, from: bound(false), to: bound(true) });
}

function lowerCall(node: SyntaxNode, reader: Reader): Node {
  const given = node.childForFieldName('arguments');
  return reader.lazy(
    node,
    {
      kind: 'call',
      isNew: false,
      argumentsRange: given ? rangeOf(given) : { start: node.endIndex, end: node.endIndex },
    },
    {
      callee: expressionIn(node, 'function', reader),
      arguments: () => {
        if (given?.type === 'generator_expression')
          return [{ value: reader.expression(given, node), spread: false, range: rangeOf(given) }];
        return (given ? named(given) : []).map((child) => argumentOf(child, reader));
      },
    },
  );
}

function argumentOf(child: SyntaxNode, reader: Reader): Argument {
  const range = rangeOf(child);
  const inner = () => reader.expression(child.firstNamedChild, child);
  switch (child.type) {
    case 'keyword_argument': {
      const name = child.childForFieldName('name');
      return {
        value: reader.expression(child.childForFieldName('value'), child),
        ...(name && { name: name.text, nameRange: rangeOf(name) }),
        spread: false,
        range,
      };
    }
    case 'list_splat':
      return { value: inner(), spread: true, range };
    // A dictionary's members are keyword arguments, which an empty name says.
    case 'dictionary_splat':
      return { value: inner(), name: '', spread: true, range };
    default:
      return { value: reader.expression(child, child), spread: false, range };
  }
}

/** `a < b < c` is `a < b and b < c`. */
function lowerComparison(node: SyntaxNode, reader: Reader): Node {
  const operands = named(node);
  const spelled = node
    .childrenForFieldName('operators')
    .map((operator) => operators[operator?.text.replaceAll(/\s+/g, ' ') ?? ''] ?? 'other');
  const pair = (index: number): Node => {
    const [left, right] = [operands[index], operands[index + 1]];
    const range =
      operands.length <= 2 ? rangeOf(node) : { start: (left ?? node).startIndex, end: (right ?? node).endIndex };
    return reader.made(
      node,
      range,
      { kind: 'binary', operator: spelled[index] ?? 'other' },
      { left: () => reader.expression(left, node), right: () => reader.expression(right, node) },
    );
  };
  const chain = (count: number): Node => {
    if (count === 1) return pair(0);
    return reader.made(
      node,
      { start: node.startIndex, end: operands[count]!.endIndex },
      { kind: 'binary', operator: '&&' },
      { left: () => chain(count - 1), right: () => pair(count - 1) },
    );
  };
  return chain(Math.min(Math.max(1, operands.length - 1), 20));
}

/** Undefined while the key of an entry is not written. */
function entryOf(child: SyntaxNode, reader: Reader): ObjectEntry | undefined {
  const range = rangeOf(child);
  if (child.type === 'dictionary_splat')
    return { keyRange: range, value: reader.expression(child.firstNamedChild, child), spread: true, range };
  const key = child.type === 'pair' ? child.childForFieldName('key') : null;
  if (!key) return undefined;
  const keyExpression = reader.expression(key, child);
  return {
    ...(keyExpression.kind === 'string' && { key: keyExpression.value }),
    keyExpression,
    keyRange: rangeOf(key),
    value: reader.expression(child.childForFieldName('value'), child),
    spread: false,
    range,
  };
}

function lowerList(node: SyntaxNode, type: 'list' | 'tuple' | 'set', reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'list', type },
    {
      elements: () =>
        named(node).map((child) =>
          /^list_splat/.test(child.type)
            ? { value: reader.expression(child.firstNamedChild, child), spread: true }
            : { value: reader.expression(child, child), spread: false },
        ),
    },
  );
}
