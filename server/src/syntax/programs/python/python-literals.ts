/** Lowers literals of Python: texts, f-strings, numbers. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { named } from '../named-children.ts';
import { literalParts, piecesOf } from './python-text.ts';

const number: Lowering = (node, reader) =>
  reader.lazy(node, { kind: 'number', value: Number(node.text.replaceAll('_', '')) });
const boolean: Lowering = (node, reader) => reader.lazy(node, { kind: 'boolean', value: node.type === 'true' });

export const literalLowerings: Lowerings = {
  string: lowerString,
  concatenated_string: lowerString,
  integer: number,
  float: number,
  true: boolean,
  false: boolean,
  none: (node, reader) => reader.lazy(node, { kind: 'null', undefined: false }),
};

/** The literal that the node stands in; undefined in the hole of an f-string. */
export function enclosingString(node: SyntaxNode): SyntaxNode | undefined {
  let current: SyntaxNode | null = node;
  while (current && current.type !== 'string') current = current.type === 'interpolation' ? null : current.parent;
  return current ?? undefined;
}

/** One literal, or several that stand side by side and are one text. */
function lowerString(node: SyntaxNode, reader: Reader): Node {
  const literals = node.type === 'string' ? [node] : named(node).filter((child) => child.type === 'string');
  const [first, last] = [literals[0], literals.at(-1)];
  if (!first || !last) return reader.lazy(node, { kind: 'unknown' });
  const parts: string[] = [''];
  const holes: SyntaxNode[] = [];
  for (const piece of literals.flatMap((literal) => piecesOf(literal, reader.text))) {
    if (typeof piece === 'string') parts[parts.length - 1] += piece;
    else {
      holes.push(piece);
      parts.push('');
    }
  }
  if (holes.length > 0)
    return reader.lazy(node, { kind: 'template', parts }, { holes: () => holes.map((hole) => holeOf(hole, reader)) });
  const { prefix, quote, contentRange } = literalParts(first);
  return reader.lazy(node, {
    kind: 'string',
    value: parts[0],
    contentRange: { start: contentRange.start, end: literalParts(last).contentRange.end },
    quote: prefix.replaceAll(/[fu]/g, '') + quote,
  });
}

/** What a format or a conversion makes of the value is not known. */
function holeOf(hole: SyntaxNode, reader: Reader): Expression {
  return hole.childForFieldName('format_specifier') || hole.childForFieldName('type_conversion')
    ? (reader.lazy(hole, { kind: 'unknown' }) as Expression)
    : reader.expression(hole.childForFieldName('expression'), hole);
}
