/** Functions, methods and classes of PHP. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { ClassExpression, Expression, Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { parametersOf } from './php-bindings.ts';
import { named } from '../named-children.ts';

type Member = ClassExpression['members'][number];

const lowerFunction: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'function', name: node.childForFieldName('name')?.text, async: false },
    {
      decorators: () => attributesOf(node, reader),
      parameters: () =>
        parametersOf(node).map(({ name, line }): Parameter => {
          const [type, fallback] = [line.childForFieldName('type'), line.childForFieldName('default_value')];
          return {
            ...(name && { name: name.text }),
            ...(type && { type: reader.expression(type, line) }),
            ...(fallback && { fallback: reader.expression(fallback, line) }),
            range: rangeOf(line),
            rest: line.type === 'variadic_parameter',
          };
        }),
      body: () => {
        const body = node.childForFieldName('body');
        return body ? reader.lower(body) : undefined;
      },
    },
  );

const lowerClass: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'class', name: node.childForFieldName('name')?.text },
    {
      decorators: () => attributesOf(node, reader),
      superclass: () => {
        const base = named(node).find(({ type }) => type === 'base_clause');
        return base && reader.expression(named(base)[0], base);
      },
      members: () => membersOf(node.childForFieldName('body'), reader),
    },
  );

export const declarationLowerings: Lowerings = {
  function_definition: lowerFunction,
  method_declaration: lowerFunction,
  anonymous_function: lowerFunction,
  arrow_function: lowerFunction,
  class_declaration: lowerClass,
  interface_declaration: lowerClass,
  trait_declaration: lowerClass,
  enum_declaration: lowerClass,
  anonymous_class: lowerClass,
  attribute: lowerAttribute,
};

/** `#[Route('/items', methods: ['PUT'])]` before a declaration: a call where it has arguments, a name where it has none. */
function attributesOf(node: SyntaxNode, reader: Reader): Expression[] {
  return named(node.childForFieldName('attributes'))
    .flatMap((group) => named(group))
    .map((attribute) => reader.expression(attribute, node));
}

function lowerAttribute(node: SyntaxNode, reader: Reader): ReturnType<Lowering> {
  const list = node.childForFieldName('parameters');
  const [name] = named(node);
  if (!list) return name && reader.lower(name);
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(list) },
    { callee: () => reader.expression(name, node), arguments: () => argumentsOf(list, reader) },
  );
}

/** Arguments of a call; `name: value` is a keyword argument. */
export function argumentsOf(list: SyntaxNode | null | undefined, reader: Reader): unknown[] {
  return named(list)
    .filter(({ type }) => type === 'argument')
    .map((argument) => {
      const name = argument.childForFieldName('name');
      const value = named(argument).findLast(({ id, type }) => id !== name?.id && type !== 'reference_modifier');
      const spread = value?.type === 'variadic_unpacking';
      return {
        value: reader.expression(spread ? named(value)[0] : value, argument),
        ...(name && { name: name.text, nameRange: rangeOf(name) }),
        spread,
        range: rangeOf(argument),
      };
    });
}

/** Constants, properties, cases and methods of a class, and the properties that its constructor declares. */
function membersOf(body: SyntaxNode | null, reader: Reader): Member[] {
  return named(body).flatMap((child): Member[] => {
    switch (child.type) {
      case 'const_declaration':
        return named(child)
          .filter(({ type }) => type === 'const_element')
          .map((element) => {
            const [name, value] = named(element);
            return {
              name: name?.text ?? '',
              ...(value && { value: reader.expression(value, element) }),
              range: rangeOf(element),
              static: true,
            };
          });
      case 'property_declaration':
        return propertiesOf(child, reader);
      case 'enum_case': {
        const [name, value] = [child.childForFieldName('name'), child.childForFieldName('value')];
        return name
          ? [
              {
                name: name.text,
                ...(value && { value: reader.expression(value, child) }),
                range: rangeOf(child),
                static: true,
              },
            ]
          : [];
      }
      case 'method_declaration': {
        const name = child.childForFieldName('name');
        const isStatic = named(child).some(({ type }) => type === 'static_modifier');
        const value = reader.expression(child, child);
        return name ? [{ name: name.text, value, range: rangeOf(child), static: isStatic }] : [];
      }
      default:
        return [];
    }
  });
}

function propertiesOf(line: SyntaxNode, reader: Reader): Member[] {
  const type = line.childForFieldName('type');
  return named(line)
    .filter((child) => child.type === 'property_element')
    .flatMap((element): Member[] => {
      const [name, value] = [element.childForFieldName('name'), element.childForFieldName('default_value')];
      if (!name) return [];
      return [
        {
          name: name.text.replace(/^\$/, ''),
          ...(value && { value: reader.expression(value, element) }),
          ...(type && { type: reader.expression(type, line) }),
          range: rangeOf(element),
          static: named(line).some((child) => child.type === 'static_modifier'),
        },
      ];
    });
}
