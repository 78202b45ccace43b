/**
 * `!origin.isBlank()`, which the grammar takes for `(!origin).isBlank()`: the sign is about all of the chain behind it.
 * See https://kotlinlang.org/docs/reference/grammar.html#expressions
 */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering } from '../lowering.ts';
import type { Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { named } from '../named-children.ts';

const links = new Set(['navigation_expression', 'call_expression', 'index_expression']);

/** What the sign stands in front of, where the chain begins with one. */
function negatedBy(node: SyntaxNode): SyntaxNode | undefined {
  let first: SyntaxNode | undefined = node;
  while (first && links.has(first.type)) first = named(first)[0];
  return first && first.id !== node.id && isNegation(first)
    ? (first.childForFieldName('argument') ?? undefined)
    : undefined;
}

function isNegation({ type, children }: SyntaxNode): boolean {
  return type === 'unary_expression' && children[0]?.type === '!';
}

/** Whether a longer chain begins with this node. */
function isInside(node: SyntaxNode): boolean {
  const { parent } = node;
  return parent !== null && links.has(parent.type) && named(parent)[0]?.id === node.id;
}

/** A sign in a chain that is about the whole of it, so that it means nothing where it stands. */
export function isNegationInside(node: SyntaxNode): boolean {
  return isNegation(node) && isInside(node);
}

/** A chain that begins with the sign, and each part of it; undefined for every other node. */
export function lowerNegated(node: SyntaxNode, lowering: Lowering, reader: Reader): Node | undefined {
  // In a long chain each part would go through all that stand before it.
  const mayBegin = links.has(node.type) && reader.text.slice(node.startIndex, node.startIndex + 1) === '!';
  const first = mayBegin ? negatedBy(node) : undefined;
  if (!first) return undefined;
  // The sign is no part of what it stands in front of.
  const range = { start: first.startIndex, end: node.endIndex };
  const behind = Object.create(reader, {
    lazy: {
      value: (one: SyntaxNode, now: Parameters<Reader['lazy']>[1], later?: Parameters<Reader['lazy']>[2]) =>
        one.id === node.id ? reader.made(one, range, now, later) : reader.lazy(one, now, later),
    },
  }) as Reader;
  return isInside(node)
    ? lowering(node, behind)
    : reader.lazy(node, { kind: 'unary', operator: '!' }, { operand: () => lowering(node, behind) });
}
