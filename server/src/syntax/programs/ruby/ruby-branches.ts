/** What the branches of a choice give where its value is used. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { blocks } from './ruby-positions.ts';
import { named } from '../named-children.ts';

/** The only expression of a branch; nothing where there is no branch. */
export function valueOf(node: SyntaxNode | null, at: SyntaxNode, reader: Reader): Expression {
  if (node?.type === 'elsif') return reader.expression(node, at);
  const [only, other] = node && blocks.has(node.type) ? named(node) : [node ?? undefined];
  if (!only && !node) return reader.made(at, rangeOf(at), { kind: 'null', undefined: false }) as Expression;
  return only && !other
    ? reader.expression(only, at)
    : (reader.made(at, rangeOf(at), { kind: 'unknown' }) as Expression);
}
