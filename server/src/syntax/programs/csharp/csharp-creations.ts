/** Objects, arrays, lists and dictionaries that C# makes in place. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Argument, Expression, ListExpression, Node, ObjectEntry } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from './csharp-text.ts';

const lowerUnknown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });

export const creationLowerings: Lowerings = {
  object_creation_expression: lowerCreation,
  implicit_object_creation_expression: lowerCreation,
  anonymous_object_creation_expression: lowerUnknown,
  // Without members; one with members is its list of them.
  array_creation_expression: lowerArray,
  implicit_array_creation_expression: lowerArray,
  initializer_expression: (node, reader) =>
    isPartOfObject(node) ? undefined : listOf(node, () => membersOf(named(node), node, reader), 'list', reader),
  element_binding_expression: (node, reader) => (isKey(node) ? undefined : lowerCollection(node, reader)),
};

const creations = new Set(['object_creation_expression', 'implicit_object_creation_expression']);

/** The braces behind `new X`, and each pair or member in them: the object is what holds the expressions in it. */
export function isPartOfObject({ parent, type }: SyntaxNode): boolean {
  if (type === 'initializer_expression' && creations.has(parent?.type ?? '')) return true;
  return (
    parent?.type === 'initializer_expression' &&
    creations.has(parent.parent?.type ?? '') &&
    /^(initializer|assignment)_expression$/.test(type)
  );
}

/** `["a"]` of `["a"] = true`. */
function isKey({ id, parent }: SyntaxNode): boolean {
  return (
    parent?.type === 'assignment_expression' && parent.childForFieldName('left')?.id === id && isPartOfObject(parent)
  );
}

/** The list of what an array is made with. */
export function arrayMembers(node: SyntaxNode): SyntaxNode | undefined {
  return named(node).find(({ type }) => type === 'initializer_expression');
}

/** Arguments in their order; `name: value` has a name, and `..list` of a collection is spread. */
export function argumentsOf(list: SyntaxNode | null | undefined, reader: Reader): Argument[] {
  return named(list).flatMap((argument): Argument[] => {
    const key = argument.childForFieldName('name');
    const value = named(argument).at(-1);
    if (!value) return [];
    return [
      {
        value: reader.expression(value, argument),
        ...(key && key.id !== value.id && { name: key.text, nameRange: rangeOf(key) }),
        spread: false,
        range: rangeOf(argument),
      },
    ];
  });
}

type Elements = ListExpression['elements'];

function membersOf(members: readonly SyntaxNode[], parent: SyntaxNode, reader: Reader): Elements {
  return members.map((member) => ({ value: reader.expression(member, parent), spread: false }));
}

function listOf(node: SyntaxNode, elements: () => Elements, type: ListExpression['type'], reader: Reader): Node {
  return reader.lazy(node, { kind: 'list', type }, { elements });
}

/** `["a", ..more, "b"]` */
function lowerCollection(node: SyntaxNode, reader: Reader): Node {
  const elements = (): Elements =>
    named(node).flatMap((argument) => {
      const [value] = named(argument);
      if (!value) return [];
      const isSpread = value.type === 'range_expression' && value.text.startsWith('..');
      const inner = isSpread ? named(value)[0] : value;
      return inner ? [{ value: reader.expression(inner, argument), spread: isSpread }] : [];
    });
  return listOf(node, elements, 'list', reader);
}

/** `new string[0]`; one with a length is full of nothing. */
function lowerArray(node: SyntaxNode, reader: Reader): Node {
  return /\[\s*0\s*\]$/.test(node.text) ? listOf(node, () => [], 'list', reader) : lowerUnknown(node, reader)!;
}

/** `new X(a)`, `new X { B = c }`, `new List<string> { "a" }`, `new Dictionary<string, bool> { ["a"] = true }`. */
function lowerCreation(node: SyntaxNode, reader: Reader): Node {
  const list = named(node).find(({ type }) => type === 'argument_list');
  const entries = named(named(node).find(({ type }) => type === 'initializer_expression'));
  const given = argumentsOf(list, reader);
  if (entries.length > 0 && entries.every(isMember)) return withMembers(node, entries, given, reader);
  if (entries.length > 0 && entries.every(isPair))
    return reader.lazy(node, { kind: 'object' }, { entries: () => entries.flatMap((one) => pairOf(one, reader)) });
  if (entries.length > 0) {
    // What compares the members is no member; what the list is made from is among them.
    const copied = given.filter(({ value }) => !/Comparer\b/.test(value.text) && value.kind !== 'number');
    const elements = (): Elements => [
      ...copied.map(({ value }) => ({ value, spread: true })),
      ...membersOf(entries, node, reader),
    ];
    return listOf(node, elements, /\bHashSet\b/.test(typeOf(node)?.text ?? '') ? 'set' : 'list', reader);
  }
  return lowerNew(node, given, list, reader);
}

function lowerNew(node: SyntaxNode, given: readonly Argument[], list: SyntaxNode | undefined, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'call', isNew: true, argumentsRange: rangeOf(list ?? node), arguments: given },
    { callee: () => reader.expression(typeOf(node), node) },
  );
}

/** The type of `new()` is the one of what it is written to. */
function typeOf(node: SyntaxNode): SyntaxNode | undefined {
  const own = node.childForFieldName('type');
  if (own) return own;
  let holder = node.parent;
  if (holder?.type === 'variable_declarator') holder = holder.parent;
  const type = /^(variable|property)_declaration$/.test(holder?.type ?? '')
    ? holder?.childForFieldName('type')
    : undefined;
  return type ?? undefined;
}

const isMember = (entry: SyntaxNode): boolean =>
  entry.type === 'assignment_expression' && entry.childForFieldName('left')?.type === 'identifier';
const isPair = (entry: SyntaxNode): boolean =>
  (entry.type === 'initializer_expression' && named(entry).length === 2) ||
  (entry.type === 'assignment_expression' && entry.childForFieldName('left')?.type === 'element_binding_expression');

/** Members that are set are entries, or arguments by name where there are others: `new EnableCorsAttribute("*", "*", "*") { … }`. */
function withMembers(
  node: SyntaxNode,
  members: readonly SyntaxNode[],
  given: readonly Argument[],
  reader: Reader,
): Node {
  const parts = members.map((member) => ({
    member,
    key: member.childForFieldName('left')!,
    value: reader.expression(member.childForFieldName('right'), member),
  }));
  if (given.length > 0) {
    const named = parts.map(({ member, key, value }): Argument => ({
      value,
      name: key.text,
      nameRange: rangeOf(key),
      spread: false,
      range: rangeOf(member),
    }));
    return lowerNew(node, [...given, ...named], undefined, reader);
  }
  const type = typeOf(node);
  return reader.lazy(
    node,
    { kind: 'object', ...(type && { type: reader.expression(type, node) }) },
    {
      entries: () =>
        parts.map(({ member, key, value }): ObjectEntry => ({
          key: key.text,
          keyRange: rangeOf(key),
          value,
          spread: false,
          range: rangeOf(member),
        })),
    },
  );
}

/** `["a"] = true` and `{ "a", true }`. */
function pairOf(entry: SyntaxNode, reader: Reader): ObjectEntry[] {
  const isIndexed = entry.type === 'assignment_expression';
  const key = isIndexed ? named(named(entry.childForFieldName('left'))[0])[0] : named(entry)[0];
  const value = isIndexed ? entry.childForFieldName('right') : named(entry)[1];
  if (!key || !value) return [];
  const keyExpression: Expression = reader.expression(key, entry);
  return [
    {
      ...(keyExpression.kind === 'string' && { key: keyExpression.value }),
      keyExpression,
      keyRange: rangeOf(key),
      value: reader.expression(value, entry),
      spread: false,
      range: rangeOf(entry),
    },
  ];
}
