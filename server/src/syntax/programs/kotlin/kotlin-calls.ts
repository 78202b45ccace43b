/** Calls of Kotlin: with arguments by name, with a block behind the brackets, and those that make an object. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Argument } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { lowerScope } from './kotlin-statements.ts';

/** `install(CORS) { … }` is a call of a call in the tree. */
function isCalledWithBlock(node: SyntaxNode): boolean {
  const [, block] = named(node.parent);
  return (
    node.parent?.type === 'call_expression' &&
    named(node.parent)[0]?.id === node.id &&
    block?.type === 'annotated_lambda'
  );
}

const lowerCall: Lowering = (node, reader) => {
  if (isCalledWithBlock(node)) return reader.lower(node.parent!);
  const scope = lowerScope(node, reader);
  if (scope) return scope;
  const [first, second] = named(node);
  const isNested = first?.type === 'call_expression' && second?.type === 'annotated_lambda';
  const inner = isNested ? first : node;
  const parts = named(inner);
  const list = parts.find(({ type }) => type === 'value_arguments');
  const lambda = named(node).find(({ type }) => type === 'annotated_lambda');
  const callee = parts[0];
  return reader.lazy(
    node,
    { kind: 'call', isNew: makes(callee), argumentsRange: rangeOf(list ?? lambda ?? node) },
    {
      callee: () => reader.expression(callee, node),
      arguments: () => [
        ...argumentsOf(list, reader),
        ...(lambda ? [{ value: reader.expression(lambda, node), spread: false, range: rangeOf(lambda) }] : []),
      ],
    },
  );
};

/** By convention only names of types begin with a capital letter; their own are called on a package or on another type. */
function makes(callee: SyntaxNode | undefined): boolean {
  if (callee?.type === 'identifier') return /^\p{Lu}/u.test(callee.text);
  // In a long chain each callee has all calls before it in its text.
  if (callee?.type !== 'navigation_expression' || !/^\p{Lu}/u.test(named(callee).at(-1)?.text ?? '')) return false;
  return /^(?:\p{Ll}\w*\.)+\p{Lu}\w*$/u.test(callee.text.replaceAll(/\s/g, ''));
}

export function argumentsOf(list: SyntaxNode | undefined, reader: Reader): Argument[] {
  return named(list)
    .filter(({ type }) => type === 'value_argument')
    .flatMap((argument): Argument[] => {
      const parts = named(argument);
      const isNamed = argument.children.some((child) => child?.type === '=');
      const name = isNamed ? parts[0] : undefined;
      const written = parts.at(-1);
      if (!written || (name && parts.length < 2)) return [];
      const isSpread = written.type === 'spread_expression' || argument.children.some((child) => child?.type === '*');
      const value = written.type === 'spread_expression' ? named(written)[0] : written;
      return [
        {
          value: reader.expression(value, argument),
          ...(name && { name: name.text, nameRange: rangeOf(name) }),
          // A list by name is the list itself, with and without the star.
          spread: isSpread && !name,
          range: rangeOf(argument),
        },
      ];
    });
}

/** `@CrossOrigin(origins = ["a"])`, and the class that a class extends. */
const lowerInvocation: Lowering = (node, reader) => {
  const [type, list] = named(node);
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(list ?? node) },
    {
      callee: () => reader.expression(type, node),
      arguments: () => argumentsOf(list, reader),
    },
  );
};

/** `a to b` is a pair; `a matches b` calls the method. */
const lowerInfix: Lowering = (node, reader) => {
  const [left, name, right] = named(node);
  if (!left || !name || !right) return reader.lazy(node, { kind: 'unknown' });
  const value = (one: SyntaxNode) => ({ value: reader.expression(one, node), spread: false });
  if (name.text === 'to')
    return reader.lazy(node, { kind: 'list', type: 'tuple' }, { elements: () => [value(left), value(right)] });
  if (name.text === 'and' || name.text === 'or')
    return reader.lazy(
      node,
      { kind: 'binary', operator: name.text === 'and' ? '&&' : '||' },
      { left: () => reader.expression(left, node), right: () => reader.expression(right, node) },
    );
  const callee = reader.made(
    node,
    { start: left.startIndex, end: name.endIndex },
    { kind: 'member', property: name.text, propertyRange: rangeOf(name) },
    { object: () => reader.expression(left, node) },
  );
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(right), callee },
    { arguments: () => [{ ...value(right), range: rangeOf(right) }] },
  );
};

/** `listOf<String>("a")`, which the grammar takes for two comparisons. */
function callOfTypes(node: SyntaxNode): { readonly callee: SyntaxNode; readonly argument: SyntaxNode } | undefined {
  const isGreater = (one: SyntaxNode, sign: string): boolean => one.children.some((child) => child?.type === sign);
  if (node.type !== 'binary_expression' || !isGreater(node, '>')) return undefined;
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  if (left?.type !== 'binary_expression' || right?.type !== 'parenthesized_expression') return undefined;
  const [callee, type] = [left.childForFieldName('left'), left.childForFieldName('right')];
  const isType = type?.type === 'identifier' && /^\p{Lu}/u.test(type.text) && isGreater(left, '<');
  const argument = named(right)[0];
  return isType && callee && argument ? { callee, argument } : undefined;
}

export function lowerCallOfTypes(node: SyntaxNode, reader: Reader) {
  const found = callOfTypes(node);
  if (!found) return undefined;
  const { callee, argument } = found;
  const range = rangeOf(argument);
  return reader.lazy(
    node,
    { kind: 'call', isNew: makes(callee), argumentsRange: { start: range.start - 1, end: node.endIndex } },
    {
      callee: () => reader.expression(callee, node),
      arguments: () => [{ value: reader.expression(argument, node), spread: false, range }],
    },
  );
}

export const callLowerings: Lowerings = {
  call_expression: lowerCall,
  constructor_invocation: lowerInvocation,
  infix_expression: lowerInfix,
};
