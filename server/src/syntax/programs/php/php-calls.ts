/** Calls of PHP: of functions, methods and constructors, and what the language has as words of its own. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn } from '../lowering.ts';
import type { Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { argumentsOf } from './php-declarations.ts';
import { named } from '../named-children.ts';

/** Calls of a method, by the field that holds what it is called on. */
const methodCalls: Readonly<Record<string, string>> = {
  member_call_expression: 'object',
  nullsafe_member_call_expression: 'object',
  scoped_call_expression: 'scope',
};

/** What a method is called on belongs to its name, for which the grammar has no node together with it. */
export function holdsCalled(node: SyntaxNode): SyntaxNode | null {
  const call = node.parent;
  const field = call ? methodCalls[call.type] : undefined;
  return field !== undefined && call!.childForFieldName(field)?.id === node.id ? call!.childForFieldName('name') : call;
}

/** The member that is called, where the node is its name. */
export function calledMember(node: SyntaxNode, reader: Reader): Node | undefined {
  const call = node.parent;
  const field = call ? methodCalls[call.type] : undefined;
  const object = field === undefined ? null : call!.childForFieldName(field);
  if (!object || call!.childForFieldName('name')?.id !== node.id) return undefined;
  const range = { start: object.startIndex, end: node.endIndex };
  // `$object->$method()` calls what nobody sees.
  if (node.type !== 'name') return reader.made(node, range, { kind: 'unknown' });
  return reader.made(
    node,
    range,
    { kind: 'member', property: node.text, propertyRange: rangeOf(node) },
    { object: () => reader.expression(object, call!) },
  );
}

const callOf =
  (callee: string): Lowering =>
  (node, reader) => {
    const list = node.childForFieldName('arguments');
    return reader.lazy(
      node,
      { kind: 'call', isNew: false, argumentsRange: rangeOf(list ?? node) },
      { callee: expressionIn(node, callee, reader), arguments: () => argumentsOf(list, reader) },
    );
  };

/** `require 'config.php'` as a call of `require`. */
const lowerInclusion: Lowering = (node, reader) => {
  const [path] = named(node);
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: path ? rangeOf(path) : rangeOf(node) },
    {
      callee: () => namedFunction('require', node, reader),
      arguments: () => (path ? [{ value: reader.expression(path, node), spread: false, range: rangeOf(path) }] : []),
    },
  );
};

export const callLowerings: Lowerings = {
  function_call_expression: (node, reader) => askedOfNames(node, reader) ?? callOf('function')(node, reader),
  member_call_expression: callOf('name'),
  nullsafe_member_call_expression: callOf('name'),
  scoped_call_expression: callOf('name'),
  object_creation_expression: lowerCreation,
  require_expression: lowerInclusion,
  require_once_expression: lowerInclusion,
  include_expression: lowerInclusion,
  include_once_expression: lowerInclusion,
  cast_expression: (node, reader) => {
    const value = node.childForFieldName('value');
    const type = (node.childForFieldName('type')?.text ?? '').toLowerCase();
    return reader.lazy(
      node,
      { kind: 'call', isNew: false, argumentsRange: rangeOf(value ?? node) },
      {
        callee: () => namedFunction(`(${type})`, node, reader),
        arguments: () =>
          value ? [{ value: reader.expression(value, node), spread: false, range: rangeOf(value) }] : [],
      },
    );
  },
};

function namedFunction(name: string, node: SyntaxNode, reader: Reader): Node {
  return reader.made(node, { start: node.startIndex, end: node.startIndex }, { kind: 'identifier', name });
}

/** `isset($a, $b)` asks whether they are there, and `empty($a)` is what fails a test. */
function askedOfNames(node: SyntaxNode, reader: Reader): Node | undefined {
  const name = node.childForFieldName('function')?.text.toLowerCase();
  if (name !== 'isset' && name !== 'empty') return undefined;
  const list = node.childForFieldName('arguments');
  const [first, ...others] = named(list).map((argument) => reader.expression(argument, list!));
  if (!first) return undefined;
  const whole = rangeOf(node);
  if (name === 'empty') return reader.made(node, whole, { kind: 'unary', operator: '!', operand: first });
  // Each has a range of its own, by which it is known.
  const isThere = (operand: Expression): Node => {
    const range = others.length === 0 ? whole : { start: operand.range.start, end: whole.end };
    const right = reader.made(node, whole, { kind: 'null', undefined: true });
    return reader.made(node, range, { kind: 'binary', operator: '!=', left: operand, right });
  };
  return others.reduce((left, other) => {
    const range = { start: whole.start, end: other.range.end };
    return reader.made(node, range, { kind: 'binary', operator: '&&', left, right: isThere(other) });
  }, isThere(first));
}

/** `new Service($options)`; a class that is made on the spot is the class. */
function lowerCreation(node: SyntaxNode, reader: Reader): Node {
  const children = named(node);
  const own = children.find(({ type }) => type === 'anonymous_class');
  const list = children.find(({ type }) => type === 'arguments');
  return reader.lazy(
    node,
    { kind: 'call', isNew: true, argumentsRange: rangeOf(list ?? node) },
    {
      callee: () => reader.expression(own ?? children.find(({ type }) => type !== 'arguments'), node),
      arguments: () => argumentsOf(list, reader),
    },
  );
}
