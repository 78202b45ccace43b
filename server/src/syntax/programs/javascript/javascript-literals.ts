/** Lowers literals of JavaScript: texts, templates, regular expressions, numbers. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import type { SourceRange } from '../../range.ts';
import { named } from '../named-children.ts';
import { cooked, unquoted } from './javascript-text.ts';

const none =
  (undefinedToo: boolean): Lowering =>
  (node, reader) =>
    reader.lazy(node, { kind: 'null', undefined: undefinedToo });
const boolean: Lowering = (node, reader) => reader.lazy(node, { kind: 'boolean', value: node.type === 'true' });

export const literalLowerings: Lowerings = {
  string: (node, reader) => lowerText(node, node.text[0] ?? "'", reader),
  property_identifier: (node, reader) =>
    isKey(node)
      ? reader.lazy(node, { kind: 'string', contentRange: rangeOf(node), quote: '', value: node.text })
      : undefined,
  template_string: lowerTemplate,
  number: (node, reader) =>
    reader.lazy(node, { kind: 'number', value: Number(node.text.replaceAll('_', '').replace(/n$/, '')) }),
  true: boolean,
  false: boolean,
  null: none(false),
  undefined: none(true),
  regex: lowerRegex,
};

/** The key of an entry is a text without quotes. */
export function isKey(node: SyntaxNode): boolean {
  return node.parent?.type === 'pair' && node.parent.childForFieldName('key')?.id === node.id;
}

function lowerText(node: SyntaxNode, quote: string, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'string', contentRange: insideOf(node), quote },
    { value: () => cooked(unquoted(node.text)) },
  );
}

/** Between the quotes; a half-typed literal may lack the last one. */
function insideOf(node: SyntaxNode): SourceRange {
  return { start: node.startIndex + 1, end: Math.max(node.startIndex + 1, node.endIndex - 1) };
}

function lowerTemplate(node: SyntaxNode, reader: Reader): Node {
  const substitutions = named(node).filter((child) => child.type === 'template_substitution');
  if (substitutions.length === 0) return lowerText(node, '`', reader);
  const inside = insideOf(node);
  const edges = [inside.start, ...substitutions.flatMap((part) => [part.startIndex, part.endIndex]), inside.end];
  return reader.lazy(
    node,
    { kind: 'template' },
    {
      parts: () =>
        edges.flatMap((edge, index) => (index % 2 === 0 ? [cooked(reader.text.slice(edge, edges[index + 1]))] : [])),
      holes: () => substitutions.map((part) => reader.expression(part.firstNamedChild, part)),
    },
  );
}

function lowerRegex(node: SyntaxNode, reader: Reader): Node {
  const pattern = node.childForFieldName('pattern');
  return reader.lazy(node, {
    kind: 'regex',
    source: pattern?.text ?? '',
    flags: node.childForFieldName('flags')?.text ?? '',
    sourceRange: pattern ? rangeOf(pattern) : rangeOf(node),
  });
}
