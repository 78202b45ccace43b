/** Lowers literals of Ruby: texts, symbols, patterns, numbers, lists and hashes. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Node, ObjectEntry } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { literalParts, piecesOf } from './ruby-text.ts';

const number: Lowering = (node, reader) =>
  reader.lazy(node, { kind: 'number', value: Number(node.text.replaceAll('_', '')) });
const boolean: Lowering = (node, reader) => reader.lazy(node, { kind: 'boolean', value: node.type === 'true' });

export const literalLowerings: Lowerings = {
  string: lowerText,
  chained_string: lowerText,
  delimited_symbol: lowerText,
  // `%w[a b]` has no quotes around its members.
  bare_string: lowerBare,
  bare_symbol: lowerBare,
  // A symbol is read as the text that it names: options take either.
  simple_symbol: (node, reader) =>
    reader.lazy(node, {
      kind: 'string',
      value: node.text.slice(1),
      contentRange: { start: node.startIndex + 1, end: node.endIndex },
      quote: ':',
    }),
  regex: lowerPattern,
  integer: number,
  float: number,
  true: boolean,
  false: boolean,
  nil: (node, reader) => reader.lazy(node, { kind: 'null', undefined: false }),
  array: lowerList,
  string_array: lowerList,
  symbol_array: lowerList,
  right_assignment_list: lowerList,
  left_assignment_list: lowerList,
  hash: (node, reader) =>
    reader.lazy(node, { kind: 'object' }, { entries: () => named(node).flatMap((child) => entryOf(child, reader)) }),
  heredoc_beginning: (node, reader) => reader.lazy(node, { kind: 'unknown' }),
};

/** One literal, or several that stand side by side and are one text. */
function lowerText(node: SyntaxNode, reader: Reader): Node {
  const literals = node.type === 'chained_string' ? named(node) : [node];
  const [first, last] = [literals[0], literals.at(-1)];
  if (!first || !last) return reader.lazy(node, { kind: 'unknown' });
  const { parts, holes } = partsOf(literals.flatMap((literal) => piecesOf(literal, reader.text)));
  if (holes.length > 0)
    return reader.lazy(
      node,
      { kind: 'template', parts },
      { holes: () => holes.map((hole) => reader.expression(named(hole)[0], hole)) },
    );
  const { opening, contentRange } = literalParts(first);
  return reader.lazy(node, {
    kind: 'string',
    value: parts[0],
    contentRange: { start: contentRange.start, end: literalParts(last).contentRange.end },
    quote: opening,
  });
}

function partsOf(pieces: readonly (string | SyntaxNode)[]): {
  readonly parts: readonly string[];
  readonly holes: readonly SyntaxNode[];
} {
  const parts: string[] = [''];
  const holes: SyntaxNode[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') parts[parts.length - 1] += piece;
    else {
      holes.push(piece);
      parts.push('');
    }
  }
  return { parts, holes };
}

function lowerBare(node: SyntaxNode, reader: Reader): Node {
  const range = rangeOf(node);
  return reader.lazy(node, { kind: 'string', value: node.text, contentRange: range, quote: '' });
}

/** Signs that mean something else, or nothing, in the dialect that patterns are read in. */
const ownSigns = /\\[hH]|&&|\\[gk]</;

/** https://docs.ruby-lang.org/en/3.4/regexp/unicode_properties_rdoc.html; what is put together at run time is not known. */
function lowerPattern(node: SyntaxNode, reader: Reader): Node {
  const { closing, contentRange } = literalParts(node);
  const source = reader.text.slice(contentRange.start, contentRange.end);
  const isKnown = !ownSigns.test(source) && named(node).every(({ type }) => type !== 'interpolation');
  if (!isKnown || closing === '') return reader.lazy(node, { kind: 'unknown' });
  // `m` lets a dot match line breaks, which no origin has.
  const flags = closing.slice(1).replaceAll(/[^ix]/g, '');
  return reader.lazy(node, { kind: 'regex', source, flags, sourceRange: contentRange });
}

function lowerList(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'list', type: 'list' },
    {
      elements: () =>
        named(node).map((child) =>
          child.type === 'splat_argument'
            ? { value: reader.expression(named(child)[0], child), spread: true }
            : { value: reader.expression(child, child), spread: false },
        ),
    },
  );
}

/** `a: 1`, `'a' => 1`, `**others`; none while the key is not written. `{ a: }` is `{ a: a }`. */
export function entryOf(child: SyntaxNode, reader: Reader): ObjectEntry[] {
  const range = rangeOf(child);
  if (child.type === 'hash_splat_argument')
    return [{ keyRange: range, value: reader.expression(named(child)[0], child), spread: true, range }];
  const key = child.type === 'pair' ? child.childForFieldName('key') : null;
  if (!key) return [];
  const value = child.childForFieldName('value');
  const keyExpression = key.type === 'hash_key_symbol' ? undefined : reader.expression(key, child);
  const name =
    keyExpression === undefined ? key.text : keyExpression.kind === 'string' ? keyExpression.value : undefined;
  return [
    {
      ...(name !== undefined && { key: name }),
      ...(keyExpression && { keyExpression }),
      keyRange: rangeOf(key),
      value: value
        ? reader.expression(value, child)
        : (reader.made(child, rangeOf(key), { kind: 'identifier', name: key.text }) as ObjectEntry['value']),
      spread: false,
      range,
    },
  ];
}
