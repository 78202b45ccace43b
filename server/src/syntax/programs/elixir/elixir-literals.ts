/** Lowers literals of Elixir: texts, atoms, sigils, numbers, lists, tuples, keywords and maps. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Expression, Node, ObjectEntry } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { isBinary, keyOf, operatorOf } from './elixir-forms.ts';
import { contentOf, piecesOf, unescaped } from './elixir-text.ts';

const number: Lowering = (node, reader) =>
  reader.lazy(node, { kind: 'number', value: Number(node.text.replaceAll('_', '')) });

export const literalLowerings: Lowerings = {
  string: (node, reader) => lowerText(node, reader),
  charlist: (node, reader) => lowerText(node, reader),
  // An atom is read as the text that it names: options take it like one.
  quoted_atom: (node, reader) => lowerText(node, reader),
  atom: (node, reader) =>
    reader.lazy(node, {
      kind: 'string',
      value: node.text.slice(1),
      contentRange: { start: node.startIndex + 1, end: node.endIndex },
      quote: ':',
    }),
  sigil: lowerSigil,
  integer: number,
  float: number,
  boolean: (node, reader) => reader.lazy(node, { kind: 'boolean', value: node.text === 'true' }),
  nil: (node, reader) => reader.lazy(node, { kind: 'null', undefined: false }),
  list: lowerList,
  tuple: (node, reader) =>
    reader.lazy(node, { kind: 'list', type: 'tuple' }, { elements: () => elementsOf(node, reader) }),
  keywords: (node, reader) =>
    reader.lazy(node, { kind: 'object' }, { entries: () => named(node).flatMap((child) => entryOf(child, reader)) }),
  map: lowerMap,
};

function lowerText(node: SyntaxNode, reader: Reader, isRaw = false): Node {
  const parts: string[] = [''];
  const holes: SyntaxNode[] = [];
  for (const piece of piecesOf(node, reader.text, isRaw)) {
    if (typeof piece === 'string') parts[parts.length - 1] += piece;
    else {
      holes.push(piece);
      parts.push('');
    }
  }
  if (holes.length > 0)
    return reader.lazy(
      node,
      { kind: 'template', parts },
      { holes: () => holes.map((hole) => reader.expression(named(hole)[0], hole)) },
    );
  const quote = node.childForFieldName('quoted_start')?.text ?? '"';
  return reader.lazy(node, { kind: 'string', value: parts[0], contentRange: contentOf(node), quote });
}

/** `~w(a b)`, `~r/…/i`, `~s(…)`; what a capital letter begins has no escapes and no holes. */
function lowerSigil(node: SyntaxNode, reader: Reader): Node | undefined {
  const name = named(node).find(({ type }) => type === 'sigil_name')?.text ?? '';
  const modifiers = named(node).find(({ type }) => type === 'sigil_modifiers')?.text ?? '';
  const isRaw = /^[A-Z]/.test(name);
  switch (name) {
    case 's':
    case 'S':
    case 'c':
    case 'C':
      return lowerText(node, reader, isRaw);
    case 'w':
    case 'W':
      return lowerWords(node, isRaw, reader);
    case 'r':
    case 'R':
      return lowerPattern(node, modifiers, reader);
    default:
      return reader.lazy(node, { kind: 'unknown' });
  }
}

/** Texts, or atoms with `a` behind them, between blanks. */
function lowerWords(node: SyntaxNode, isRaw: boolean, reader: Reader): Node {
  if (named(node).some(({ type }) => type === 'interpolation')) return reader.lazy(node, { kind: 'unknown' });
  const { start, end } = contentOf(node);
  const elements = () =>
    [...reader.text.slice(start, end).matchAll(/\S+/g)].map(({ 0: word, index }) => {
      const range = { start: start + index, end: start + index + word.length };
      const value = isRaw ? word : unescaped(word);
      const made = reader.made(node, range, { kind: 'string', value, contentRange: range, quote: '' });
      // A word stands in the list, and not where the list stands.
      Object.defineProperty(made, 'parent', { get: () => reader.lower(node), enumerable: true });
      return { value: made as Expression, spread: false };
    });
  return reader.lazy(node, { kind: 'list', type: 'list' }, { elements });
}

/** What is put together at run time is not known. Flags that no origin can tell apart are left away. */
function lowerPattern(node: SyntaxNode, modifiers: string, reader: Reader): Node {
  const isKnown = named(node).every(({ type }) => type !== 'interpolation');
  if (!isKnown || node.childForFieldName('quoted_end') === null) return reader.lazy(node, { kind: 'unknown' });
  const sourceRange = contentOf(node);
  const delimiter = node.childForFieldName('quoted_end')!.text;
  const written = reader.text.slice(sourceRange.start, sourceRange.end);
  const source = written.replaceAll(`\\${delimiter}`, delimiter === '/' ? '/' : `\\${delimiter}`);
  return reader.lazy(node, { kind: 'regex', source, flags: modifiers.replaceAll(/[^imx]/g, ''), sourceRange });
}

/** `[origin: "*"]` is a list of keywords: a table of options. `[a | rest]` goes on with the members of the rest. */
function lowerList(node: SyntaxNode, reader: Reader): Node {
  const [only, other] = named(node);
  if (only?.type === 'keywords' && !other)
    return reader.lazy(
      node,
      { kind: 'object' },
      { entries: () => named(only).flatMap((pair) => entryOf(pair, reader)) },
    );
  return reader.lazy(node, { kind: 'list', type: 'list' }, { elements: () => elementsOf(node, reader) });
}

function elementsOf(node: SyntaxNode, reader: Reader): { readonly value: Expression; readonly spread: boolean }[] {
  return named(node).flatMap((child) => {
    if (!isBinary(child, '|')) return [{ value: reader.expression(child, node), spread: false }];
    const [first, rest] = [child.childForFieldName('left'), child.childForFieldName('right')];
    return [
      { value: reader.expression(first, child), spread: false },
      { value: reader.expression(rest, child), spread: true },
    ];
  });
}

/** `%{"a" => 1, b: 2}`, `%Plug.Conn{method: "GET"}`, `%{conn | status: 200}`. */
function lowerMap(node: SyntaxNode, reader: Reader): Node {
  const content = named(node).find(({ type }) => type === 'map_content');
  const struct = named(node).find(({ type }) => type === 'struct');
  return reader.lazy(
    node,
    { kind: 'object' },
    {
      type: () => (struct ? reader.expression(named(struct)[0], node) : undefined),
      entries: () => named(content).flatMap((child) => entriesIn(child, reader)),
    },
  );
}

function entriesIn(child: SyntaxNode, reader: Reader): ObjectEntry[] {
  if (child.type === 'keywords') return named(child).flatMap((pair) => entryOf(pair, reader));
  if (!isBinary(child, '|')) return entryOf(child, reader);
  const [base, changed] = [child.childForFieldName('left'), child.childForFieldName('right')];
  const range = base ? rangeOf(base) : rangeOf(child);
  return [
    { keyRange: range, value: reader.expression(base, child), spread: true, range },
    ...(changed ? entriesIn(changed, reader) : []),
  ];
}

/** `a: 1`, `"a" => 1`; none while the key is not written. */
export function entryOf(child: SyntaxNode, reader: Reader): ObjectEntry[] {
  const isArrow = child.type === 'binary_operator' && operatorOf(child) === '=>';
  const key = child.childForFieldName(isArrow ? 'left' : 'key');
  if (!key || (child.type !== 'pair' && !isArrow)) return [];
  const value = reader.expression(child.childForFieldName(isArrow ? 'right' : 'value'), child);
  const range = rangeOf(child);
  if (!isArrow) {
    const name = keyOf(child) ?? named(key)[0]?.text;
    const keyRange = { start: key.startIndex, end: key.startIndex + key.text.replace(/:?\s*$/, '').length };
    return [{ ...(name !== undefined && { key: name }), keyRange, value, spread: false, range }];
  }
  const keyExpression = reader.expression(key, child);
  return [
    {
      ...(keyExpression.kind === 'string' && { key: keyExpression.value }),
      keyExpression,
      keyRange: rangeOf(key),
      value,
      spread: false,
      range,
    },
  ];
}
