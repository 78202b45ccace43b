/** Composite literals: `[]string{…}` is a list, `map[string]bool{…}` and `cors.Options{…}` are objects. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Node, ObjectEntry } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named, namedFields } from '../named-children.ts';

type Shape = 'list' | 'map' | 'struct' | 'unknown';

const listTypes = new Set(['slice_type', 'array_type', 'implicit_length_array_type']);

/** A literal with its type in front, or inside of another, where the type is that of the outer one's members. */
export function lowerComposite(node: SyntaxNode, reader: Reader): Node {
  const body = node.type === 'literal_value' ? node : node.childForFieldName('body');
  if (!body) return reader.lazy(node, { kind: 'unknown' });
  const type = typeOf(node, reader);
  const elements = named(body);
  const isKeyed = elements.some((element) => element.type === 'keyed_element');
  const shape = shapeOf(type, isKeyed, elements.length);
  if (shape === 'list') return lowerList(node, elements, reader);
  const fields = shape === 'struct' && !isKeyed ? fieldsOf(type) : [];
  // Values without names go by the order of the fields, which another package alone knows.
  if (!isKeyed && elements.length > fields.length) return reader.lazy(node, { kind: 'unknown' });
  const written = node.childForFieldName('type');
  return reader.lazy(
    node,
    { kind: 'object' },
    {
      entries: () =>
        isKeyed
          ? elements.flatMap((element) => entryOf(element, type, reader))
          : elements.map((element, index) => positional(element, fields[index]!, reader)),
      type: () => (written && shape !== 'map' ? reader.expression(written, node) : undefined),
    },
  );
}

/** Whether an identifier is the name of a field and no use of a variable: `AllowedOrigins` in `Options{AllowedOrigins: list}`. */
export function isFieldName(node: SyntaxNode, reader: Reader): boolean {
  const element = node.parent?.type === 'literal_element' ? node.parent : undefined;
  const pair = element?.parent;
  if (pair?.type !== 'keyed_element' || pair.childForFieldName('key')?.id !== element?.id) return false;
  const literal = literalOf(pair.parent);
  return literal !== undefined && namesField(node, typeOf(literal, reader));
}

/** Fields of another package's types begin with a capital letter: a name in front of a map's value is a variable. */
function namesField(key: SyntaxNode | undefined, type: SyntaxNode | undefined): boolean {
  if (key?.type !== 'identifier' || shapeOf(type, true, 1) !== 'struct') return false;
  return type?.type !== 'qualified_type' || /^\p{Lu}/u.test(key.text);
}

/** The literal that a body in braces belongs to. */
function literalOf(body: SyntaxNode | null): SyntaxNode | undefined {
  if (!body) return undefined;
  return body.parent?.type === 'composite_literal' ? body.parent : body;
}

/** The type's own node where it is written in this file, with declared names followed; undefined for one of another package. */
function typeOf(literal: SyntaxNode, reader: Reader, depth = 0): SyntaxNode | undefined {
  if (literal.type !== 'literal_value') return followed(literal.childForFieldName('type'), reader);
  // `{…}` inside of `[]T{…}` or `map[string]T{…}` is a `T`.
  let outer = literal.parent;
  const isKey = outer?.parent?.childForFieldName('key')?.id === outer?.id;
  while (outer && /^(literal_element|keyed_element)$/.test(outer.type)) outer = outer.parent;
  const around = depth < 20 ? literalOf(outer) : undefined;
  const type = around && typeOf(around, reader, depth + 1);
  return followed(
    type?.childForFieldName(type.type === 'map_type' ? (isKey ? 'key' : 'value') : 'element') ?? null,
    reader,
  );
}

function followed(type: SyntaxNode | null, reader: Reader, depth = 0): SyntaxNode | undefined {
  if (type?.type === 'pointer_type') return followed(type.firstNamedChild, reader, depth);
  if (type?.type !== 'type_identifier') return type ?? undefined;
  const declared = depth < 5 ? declarationOf(type.text, reader) : undefined;
  return declared ? followed(declared.childForFieldName('type'), reader, depth + 1) : type;
}

/** The line of this file that declares the type. */
function declarationOf(name: string, reader: Reader): SyntaxNode | undefined {
  return reader
    .occurrences(name)
    .map(({ parent }) => parent)
    .find(
      (parent): parent is SyntaxNode =>
        /^type_(spec|alias)$/.test(parent?.type ?? '') && parent?.childForFieldName('name')?.text === name,
    );
}

/** By the type, and where that is of another package or file by what is written: `http.Header{"Vary": {"Origin"}}`. */
function shapeOf(type: SyntaxNode | undefined, isKeyed: boolean, size: number): Shape {
  if (type && listTypes.has(type.type)) return 'list';
  if (type?.type === 'map_type') return 'map';
  if (type?.type === 'struct_type') return 'struct';
  if (isKeyed || size === 0) return 'struct';
  return type ? 'unknown' : 'list';
}

function lowerList(node: SyntaxNode, elements: readonly SyntaxNode[], reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'list', type: 'list' },
    {
      elements: () =>
        elements.map((element) => {
          // `2: "a"` says at which index it stands; the members stay in the order in which they are written.
          const value = element.type === 'keyed_element' ? element.childForFieldName('value') : element;
          return { value: reader.expression(value, element), spread: false };
        }),
    },
  );
}

function entryOf(element: SyntaxNode, type: SyntaxNode | undefined, reader: Reader): ObjectEntry[] {
  const key = element.childForFieldName('key');
  if (element.type !== 'keyed_element' || !key) return [];
  const name = named(key)[0];
  const base = {
    keyRange: rangeOf(key),
    value: reader.expression(element.childForFieldName('value'), element),
    spread: false,
    range: rangeOf(element),
  };
  if (name && namesField(name, type)) return [{ key: name.text, ...base }];
  const keyExpression = reader.expression(key, element);
  return [{ ...(keyExpression.kind === 'string' && { key: keyExpression.value }), keyExpression, ...base }];
}

function positional(element: SyntaxNode, field: SyntaxNode, reader: Reader): ObjectEntry {
  const range = rangeOf(element);
  return { key: field.text, keyRange: range, value: reader.expression(element, element), spread: false, range };
}

/** Names of a struct's fields, in order. */
function fieldsOf(type: SyntaxNode | undefined): readonly SyntaxNode[] {
  const list = type?.type === 'struct_type' ? named(type)[0] : undefined;
  return (list ? named(list) : []).flatMap((field) => namedFields(field, 'name'));
}
