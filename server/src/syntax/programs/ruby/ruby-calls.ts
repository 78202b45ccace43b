/** Lowers calls of Ruby: one without arguments and receiver reads like a name, and is one; a block is the last argument. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Argument, Expression, Node } from '../program.ts';
import type { Lowerings } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { entryOf } from './ruby-literals.ts';
import { named } from '../named-children.ts';

/** Calls that give their block as a function. */
const functionMakers = /^(lambda|proc|Proc\.new)$/;

export const callLowerings: Lowerings = {
  call: lowerCall,
  // Where a key is a text, `'Vary' => 'Origin'`, what is given by name is one hash.
  argument_list(node, reader) {
    const pairs = pairsIn(node);
    const [first, last] = [pairs[0], pairs.at(-1)];
    if (!first || !last || !isHash(pairs)) return undefined;
    const range = { start: first.startIndex, end: last.endIndex };
    return reader.made(
      node,
      range,
      { kind: 'object' },
      { entries: () => pairs.flatMap((pair) => entryOf(pair, reader)) },
    );
  },
  super: (node, reader) => reader.lazy(node, { kind: 'identifier', name: 'super' }),
  yield: (node, reader) => reader.lazy(node, { kind: 'unknown' }),
};

/** Whether nothing is handed over and nothing called on, so that the call reads like a name. */
export function isName(call: SyntaxNode): boolean {
  const isBare = named(call.childForFieldName('arguments')).length === 0 && call.childForFieldName('block') === null;
  return isBare && call.childForFieldName('receiver') === null;
}

/** `self.origins = list`: an attribute that is written, and not a method that is called. */
export function isAttribute({ id, parent }: SyntaxNode): boolean {
  return /^(operator_)?assignment$/.test(parent?.type ?? '') && parent!.childForFieldName('left')?.id === id;
}

/** The node that stands for what is called on: the method's name, or the call itself where that is an attribute. */
export function holderOf(call: SyntaxNode): SyntaxNode | null {
  return isAttribute(call) ? call : (call.childForFieldName('method') ?? call);
}

/** `lambda { |origin| … }`: the function itself. */
export function madeFunction(call: SyntaxNode): SyntaxNode | undefined {
  const block = call.childForFieldName('block');
  const called = block ? call.text.slice(0, block.startIndex - call.startIndex).trim() : '';
  return block && functionMakers.test(called) ? block : undefined;
}

function lowerCall(node: SyntaxNode, reader: Reader): Node {
  const [receiver, method] = [node.childForFieldName('receiver'), node.childForFieldName('method')];
  if (receiver && method && isAttribute(node)) return memberOf(node, receiver, method, reader);
  const list = node.childForFieldName('arguments');
  return reader.lazy(
    node,
    {
      kind: 'call',
      isNew: false,
      argumentsRange: list ? rangeOf(list) : { start: node.endIndex, end: node.endIndex },
    },
    {
      callee: () => reader.expression(method ?? receiver, node),
      arguments: () => argumentsOf(node, reader),
    },
  );
}

/** `receiver.method`; of a call that hands something over it stands at the method's name. */
export function memberOf(at: SyntaxNode, receiver: SyntaxNode, method: SyntaxNode, reader: Reader): Node {
  return reader.made(
    at,
    { start: receiver.startIndex, end: method.endIndex },
    { kind: 'member', property: method.text, propertyRange: rangeOf(method) },
    { object: () => reader.expression(receiver, at) },
  );
}

function argumentsOf(call: SyntaxNode, reader: Reader): Argument[] {
  const children = named(call.childForFieldName('arguments'));
  const block = call.childForFieldName('block');
  const pairs = pairsIn(call.childForFieldName('arguments'));
  const own = children.filter((child) => !isPair(child)).flatMap((child): Argument[] => argumentOf(child, reader));
  return [
    ...own,
    ...pairArguments(pairs, call, reader),
    ...(block ? [{ value: reader.expression(block, call), spread: false, range: rangeOf(block) }] : []),
  ];
}

function argumentOf(child: SyntaxNode, reader: Reader): Argument[] {
  const range = rangeOf(child);
  if (child.type === 'splat_argument')
    return [{ value: reader.expression(named(child)[0], child), spread: true, range }];
  if (child.type !== 'block_argument') return [{ value: reader.expression(child, child), spread: false, range }];
  const given = named(child)[0];
  if (!given) return [];
  const value = given.type === 'simple_symbol' ? methodNamed(given, child, reader) : reader.expression(given, child);
  return [{ value, spread: false, range }];
}

/** `&:strip` calls the method of each text. */
function methodNamed(symbol: SyntaxNode, at: SyntaxNode, reader: Reader): Expression {
  const range = rangeOf(symbol);
  const object = reader.made(at, range, { kind: 'identifier', name: 'String' });
  const property = symbol.text.slice(1);
  return reader.made(symbol, range, { kind: 'member', property, propertyRange: range, object }) as Expression;
}

function pairsIn(list: SyntaxNode | null): SyntaxNode[] {
  return named(list).filter(isPair);
}

function isPair({ type }: SyntaxNode): boolean {
  return type === 'pair' || type === 'hash_splat_argument';
}

function isHash(pairs: readonly SyntaxNode[]): boolean {
  return pairs.some((pair) => /string$/.test(pair.childForFieldName('key')?.type ?? ''));
}

/** What stands beside the pairs of such a hash is no member of it. */
export function argumentParent(node: SyntaxNode): SyntaxNode | null {
  return node.parent?.type === 'argument_list' && !isPair(node) ? node.parent.parent : node.parent;
}

/** Keyword arguments, or one hash. */
function pairArguments(pairs: readonly SyntaxNode[], call: SyntaxNode, reader: Reader): Argument[] {
  const list = call.childForFieldName('arguments');
  if (list && isHash(pairs)) {
    const value = reader.expression(list, call);
    return [{ value, spread: false, range: value.range }];
  }
  return pairs
    .flatMap((pair) => entryOf(pair, reader))
    .map((entry) => ({
      value: entry.value,
      // Keywords that are unpacked have an empty name.
      name: entry.spread ? '' : (entry.key ?? ''),
      nameRange: entry.keyRange,
      spread: entry.spread,
      range: entry.range,
    }));
}
