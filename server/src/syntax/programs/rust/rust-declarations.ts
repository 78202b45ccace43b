/** Functions, closures, types with their methods, and modules of Rust. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowerings } from '../lowering.ts';
import type { ClassExpression, Expression, Node, Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { parameterName, parametersOf } from './rust-bindings.ts';
import { isField } from './rust-positions.ts';

type Member = ClassExpression['members'][number];

export const declarationLowerings: Lowerings = {
  function_item: lowerFunction,
  closure_expression: lowerFunction,
  struct_item: lowerType,
  enum_item: lowerType,
  union_item: lowerType,
  trait_item: lowerType,
  mod_item: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'class', name: node.childForFieldName('name')?.text, decorators: [] },
      { members: () => itemsIn(node.childForFieldName('body'), reader) },
    ),
};

function lowerFunction(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'function', name: node.childForFieldName('name')?.text, async: false },
    {
      decorators: () => attributesOf(node).map((attribute) => decoratorOf(attribute, reader)),
      parameters: () => parametersOf(node).map((line) => parameterOf(line, reader)),
      body: () => {
        const body = node.childForFieldName('body');
        return body ? reader.lower(body) : undefined;
      },
    },
  );
}

function parameterOf(line: SyntaxNode, reader: Reader): Parameter {
  const name = parameterName(line);
  const type = line.type === 'parameter' ? line.childForFieldName('type') : null;
  return {
    ...(name && { name: name.text }),
    ...(type && { type: reader.expression(type, line) }),
    ...(line.type === 'self_parameter' && { receiver: true }),
    range: rangeOf(line),
    rest: false,
  };
}

/** `#[get("/")]` and the like in front of an item, the first one first. */
export function attributesOf(item: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let before = item.previousNamedSibling;
  while (before && (before.type === 'attribute_item' || before.type.endsWith('comment'))) {
    if (before.type === 'attribute_item') found.unshift(before);
    before = before.previousNamedSibling;
  }
  return found;
}

/** An attribute with what it is given, of which only texts are known. */
function decoratorOf(item: SyntaxNode, reader: Reader): Expression {
  const [attribute] = named(item);
  const path = named(attribute)[0];
  const given = attribute?.childForFieldName('arguments');
  const callee = reader.made(item, rangeOf(path ?? item), { kind: 'identifier', name: path?.text ?? '' });
  if (!given) return callee as Expression;
  return reader.made(
    item,
    rangeOf(attribute!),
    { kind: 'call', isNew: false, argumentsRange: rangeOf(given), callee },
    {
      arguments: () =>
        named(given)
          .filter(({ type }) => /string_literal$/.test(type))
          .map((text) => ({ value: reader.expression(text, given), spread: false, range: rangeOf(text) })),
    },
  ) as Expression;
}

/** A declared type: its fields, and what the blocks `impl` of this file give it. */
function lowerType(node: SyntaxNode, reader: Reader): Node {
  const name = node.childForFieldName('name')?.text;
  return reader.lazy(
    node,
    { kind: 'class', name, decorators: [] },
    { members: () => [...fieldsOf(node, reader), ...(name === undefined ? [] : methodsOf(name, reader))] },
  );
}

function fieldsOf(item: SyntaxNode, reader: Reader): Member[] {
  return named(item.childForFieldName('body')).flatMap((line): Member[] => {
    const name = line.childForFieldName('name');
    if (line.type !== 'field_declaration' || !name) return [];
    const type = line.childForFieldName('type');
    return [
      { name: name.text, ...(type && { type: reader.expression(type, line) }), range: rangeOf(line), static: false },
    ];
  });
}

function methodsOf(type: string, reader: Reader): Member[] {
  return reader.occurrences(type).flatMap((use): Member[] => {
    const holder = use.parent?.type === 'generic_type' ? use.parent : use;
    const { parent } = holder;
    if (parent?.type !== 'impl_item' || !isField(parent, 'type', holder)) return [];
    return itemsIn(parent.childForFieldName('body'), reader);
  });
}

function itemsIn(body: SyntaxNode | null, reader: Reader): Member[] {
  return named(body).flatMap((item): Member[] => {
    const name = item.childForFieldName('name');
    if (!name || !/^(function|const|static|struct|enum|mod)_item$/.test(item.type)) return [];
    const value = /^(const|static)_item$/.test(item.type) ? item.childForFieldName('value') : item;
    const isMethod = item.type === 'function_item' && parametersOf(item)[0]?.type === 'self_parameter';
    return [
      {
        name: name.text,
        ...(value && { value: reader.expression(value, item) }),
        range: rangeOf(item),
        static: !isMethod,
      },
    ];
  });
}

/** The type whose `impl` is around the node: what `Self` means. */
export function ownType(node: SyntaxNode): string | undefined {
  let around = node.parent;
  while (around && around.type !== 'impl_item') around = around.parent;
  const type = around?.childForFieldName('type');
  return (type?.type === 'generic_type' ? type.childForFieldName('type') : type)?.text;
}
