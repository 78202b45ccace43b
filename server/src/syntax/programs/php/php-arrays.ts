/** Arrays of PHP: lists where no key is written, dictionaries where one is. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Node, ObjectEntry } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

export function lowerArray(node: SyntaxNode, reader: Reader): Node {
  const elements = named(node).filter(({ type }) => type === 'array_element_initializer');
  const isKeyed = elements.some((element) => named(element).length > 1);
  if (!isKeyed)
    return reader.lazy(
      node,
      { kind: 'list', type: 'list' },
      { elements: () => elements.map((element) => elementOf(element, reader)) },
    );
  return reader.lazy(
    node,
    { kind: 'object' },
    { entries: () => elements.map((element, index) => entryOf(element, positionAt(elements, index), reader)) },
  );
}

/** A pattern as a list, of which nobody asks the value. */
export function lowerPattern(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'list', type: 'tuple' },
    { elements: () => named(node).map((value) => ({ value: reader.expression(value, node), spread: false })) },
  );
}

function elementOf(element: SyntaxNode, reader: Reader) {
  const [value] = named(element);
  const spread = value?.type === 'variadic_unpacking';
  return { value: reader.expression(spread ? named(value)[0] : value, element), spread };
}

/** What stands without a key beside others gets the next number. */
function positionAt(elements: readonly SyntaxNode[], index: number): string {
  return String(elements.slice(0, index).filter((element) => named(element).length === 1).length);
}

function entryOf(element: SyntaxNode, position: string, reader: Reader): ObjectEntry {
  const parts = named(element);
  const range = rangeOf(element);
  if (parts.length < 2) {
    const { value, spread } = elementOf(element, reader);
    return { ...(!spread && { key: position }), keyRange: range, value, spread, range };
  }
  const [key, value] = parts;
  const keyExpression = reader.expression(key, element);
  const known =
    keyExpression.kind === 'string'
      ? keyExpression.value
      : keyExpression.kind === 'number'
        ? String(keyExpression.value)
        : undefined;
  return {
    ...(known !== undefined && { key: known }),
    keyExpression,
    keyRange: rangeOf(key!),
    value: reader.expression(value, element),
    spread: false,
    range,
  };
}
