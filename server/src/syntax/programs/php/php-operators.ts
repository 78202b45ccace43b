/** Operators of PHP. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowerings } from '../lowering.ts';
import { expressionIn } from '../lowering.ts';
import type { BinaryOperator, Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

const binaryOperators: Readonly<Record<string, BinaryOperator>> = {
  '&&': '&&',
  and: '&&',
  '||': '||',
  or: '||',
  '??': '??',
  '==': '==',
  '===': '==',
  '!=': '!=',
  '!==': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '.': '+',
  '-': '-',
  '*': '*',
};
const unaryOperators: Readonly<Record<string, string>> = { '!': '!', '-': '-', '~': '~' };

export const operatorLowerings: Lowerings = {
  binary_expression: lowerBinary,
  unary_op_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'unary', operator: unaryOperators[operatorOf(node)] ?? 'other' },
      { operand: expressionIn(node, 'argument', reader) },
    ),
  conditional_expression: lowerConditional,
  assignment_expression: lowerAssignment,
  reference_assignment_expression: lowerAssignment,
  augmented_assignment_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'assignment', operator: operatorOf(node) === '.=' ? '+=' : operatorOf(node) },
      { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
    ),
  update_expression: (node, reader) =>
    reader.lazy(
      node,
      {
        kind: 'assignment',
        operator: node.text.includes('++') ? '+=' : '-=',
        value: reader.made(node, rangeOf(node), { kind: 'number', value: 1 }),
      },
      { target: expressionIn(node, 'argument', reader) },
    ),
};

function operatorOf(node: SyntaxNode): string {
  return (node.childForFieldName('operator')?.text ?? '').toLowerCase();
}

/** Values for which `==` asks no more than whether the other side passes a test. */
const loose: Readonly<Record<string, 'true' | 'false'>> = { true: 'true', false: 'false', null: 'false', '0': 'false' };

function lowerBinary(node: SyntaxNode, reader: Reader): Node {
  const operator = operatorOf(node);
  if (operator === '==' || operator === '!=' || operator === '<>') {
    const asked = lowerTruth(node, operator === '==', reader);
    if (asked) return asked;
  }
  const side = operator === '.' ? textIn : expressionIn;
  return reader.lazy(
    node,
    { kind: 'binary', operator: binaryOperators[operator] ?? 'other' },
    { left: side(node, 'left', reader), right: side(node, 'right', reader) },
  );
}

/** A part of a text: `true` is `1` there, and `false` nothing at all. */
function textIn(node: SyntaxNode, field: string, reader: Reader): () => Expression {
  return () => {
    const side = node.childForFieldName(field);
    if (side?.type !== 'boolean') return reader.expression(side, node);
    const [range, value] = [rangeOf(side), /^true$/i.test(side.text) ? '1' : ''];
    return reader.made(side, range, { kind: 'string', value, quote: '', contentRange: range }) as Expression;
  };
}

/** `strpos($a, $b) == false` and `== 0` hold where nothing was found as well. See https://www.php.net/manual/en/types.comparisons.php */
function lowerTruth(node: SyntaxNode, isEqual: boolean, reader: Reader): Node | undefined {
  const sides = [node.childForFieldName('left'), node.childForFieldName('right')];
  const at = sides.findIndex((side) => side && Object.hasOwn(loose, side.text.toLowerCase()));
  const constant = sides[at];
  const other = sides[1 - at];
  if (at < 0 || !constant || !other) return undefined;
  const passes = (loose[constant.text.toLowerCase()] === 'true') === isEqual;
  const operand = () => reader.expression(other, node);
  if (!passes) return reader.lazy(node, { kind: 'unary', operator: '!' }, { operand });
  const fails = reader.made(node, rangeOf(constant), { kind: 'unary', operator: '!' }, { operand });
  return reader.lazy(node, { kind: 'unary', operator: '!', operand: fails });
}

/** `a ? b : c`; `a ?: b` gives `a` where it passes. */
function lowerConditional(node: SyntaxNode, reader: Reader): Node {
  const body = node.childForFieldName('body');
  if (!body)
    return reader.lazy(
      node,
      { kind: 'binary', operator: '||' },
      { left: expressionIn(node, 'condition', reader), right: expressionIn(node, 'alternative', reader) },
    );
  return reader.lazy(
    node,
    { kind: 'conditional' },
    {
      test: expressionIn(node, 'condition', reader),
      consequent: expressionIn(node, 'body', reader),
      alternate: expressionIn(node, 'alternative', reader),
    },
  );
}

/** `$list[] = $x` is a call that adds to the list. */
function lowerAssignment(node: SyntaxNode, reader: Reader): Node {
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const adds = left?.type === 'subscript_expression' && named(left).length === 1;
  if (!adds)
    return reader.lazy(
      node,
      { kind: 'assignment', operator: '=' },
      { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
    );
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(right ?? node) },
    {
      callee: () => reader.expression(left, node),
      arguments: () => (right ? [{ value: reader.expression(right, node), spread: false, range: rangeOf(right) }] : []),
    },
  );
}
