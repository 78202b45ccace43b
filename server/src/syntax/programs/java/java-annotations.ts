/** Annotations and other modifiers of declarations. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Argument, Expression, Node } from '../program.ts';
import type { Lowerings } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

const annotations = new Set(['annotation', 'marker_annotation']);

function modifiersOf(node: SyntaxNode): SyntaxNode | undefined {
  return named(node).find(({ type }) => type === 'modifiers');
}

/** `@Value("${x}")` in front of a declaration: a call where it has arguments, a name where it has none. */
export function annotationsOf(node: SyntaxNode, reader: Reader): Expression[] {
  return named(modifiersOf(node))
    .filter(({ type }) => annotations.has(type))
    .map((annotation) => reader.expression(annotation, node));
}

export function hasModifier(node: SyntaxNode, name: string): boolean {
  return modifiersOf(node)?.children.some((child) => child?.type === name) ?? false;
}

export const annotationLowerings: Lowerings = {
  annotation: lowerAnnotation,
  element_value_array_initializer: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'list', type: 'list' },
      { elements: () => named(node).map((child) => ({ value: reader.expression(child, node), spread: false })) },
    ),
};

/** What is set by name is a keyword argument. */
function lowerAnnotation(node: SyntaxNode, reader: Reader): Node {
  const list = node.childForFieldName('arguments');
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(list ?? node) },
    {
      callee: () => reader.expression(node.childForFieldName('name'), node),
      arguments: () => named(list).map((child) => argumentOf(child, reader)),
    },
  );
}

function argumentOf(node: SyntaxNode, reader: Reader): Argument {
  const key = node.type === 'element_value_pair' ? node.childForFieldName('key') : null;
  if (!key) return { value: reader.expression(node, node), spread: false, range: rangeOf(node) };
  return {
    value: reader.expression(node.childForFieldName('value'), node),
    name: key.text,
    nameRange: rangeOf(key),
    spread: false,
    range: rangeOf(node),
  };
}
