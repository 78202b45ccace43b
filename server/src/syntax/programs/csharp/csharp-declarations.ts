/** Methods, lambdas, classes, records and enumerations of C#. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowerings } from '../lowering.ts';
import type { ClassExpression, Expression, Node, Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { attributesOf, hasModifier } from './csharp-attributes.ts';
import { functions, propertyValue, variableValue } from './csharp-bindings.ts';
import { parametersOf } from './csharp-parameters.ts';
import { named } from './csharp-text.ts';

type Member = ClassExpression['members'][number];

export const declarationLowerings: Lowerings = {
  ...Object.fromEntries([...functions].map((type) => [type, lowerFunction])),
  accessor_declaration: lowerFunction,
  class_declaration: lowerClass,
  interface_declaration: lowerClass,
  enum_declaration: lowerClass,
  record_declaration: lowerClass,
  struct_declaration: lowerClass,
};

/** A getter is a function called `get`. */
function lowerFunction(node: SyntaxNode, reader: Reader): Node {
  const name = node.type === 'accessor_declaration' ? 'get' : node.childForFieldName('name')?.text;
  return reader.lazy(
    node,
    { kind: 'function', name, async: hasModifier(node, 'async') },
    {
      decorators: () => attributesOf(node, reader),
      parameters: () =>
        parametersOf(node).map(({ name: parameter, type, fallback, line, rest }): Parameter => ({
          ...(parameter && { name: parameter.text }),
          ...(type && { type: reader.expression(type, line) }),
          ...(fallback && { fallback: reader.expression(fallback, line) }),
          decorators: attributesOf(line, reader),
          range: rangeOf(line),
          rest,
        })),
      body: () => {
        const body = node.childForFieldName('body') ?? named(node).find(({ type }) => type === 'block');
        return body ? reader.lower(body) : undefined;
      },
    },
  );
}

function lowerClass(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'class', name: node.childForFieldName('name')?.text },
    {
      decorators: () => attributesOf(node, reader),
      superclass: () => superclassOf(node, reader),
      members: () => [...componentsOf(node, reader), ...membersOf(node.childForFieldName('body'), reader)],
    },
  );
}

/** The first of what stands behind the colon; whether it is a class or an interface is not written. */
function superclassOf(node: SyntaxNode, reader: Reader): Expression | undefined {
  const [type] = named(named(node).find((child) => child.type === 'base_list'));
  return type ? reader.expression(type, node) : undefined;
}

/** What a record is made of. */
function componentsOf(node: SyntaxNode, reader: Reader): Member[] {
  if (node.type !== 'record_declaration') return [];
  return parametersOf(node).flatMap(({ name, type, line }): Member[] =>
    name
      ? [{ name: name.text, ...(type && { type: reader.expression(type, line) }), range: rangeOf(line), static: false }]
      : [],
  );
}

function membersOf(body: SyntaxNode | null | undefined, reader: Reader): Member[] {
  return named(body).flatMap((child): Member[] => {
    switch (child.type) {
      case 'preproc_if':
      case 'preproc_elif':
      case 'preproc_else':
        return membersOf(child, reader);
      case 'field_declaration':
      case 'event_field_declaration':
        return fieldsOf(child, reader);
      case 'property_declaration':
        return memberOf(child, propertyValue(child, reader), reader);
      case 'method_declaration':
        return memberOf(child, reader.expression(child, child), reader);
      case 'enum_member_declaration': {
        const value = child.childForFieldName('value');
        return memberOf(child, value ? reader.expression(value, child) : undefined, reader);
      }
      default:
        return [];
    }
  });
}

function memberOf(node: SyntaxNode, value: Expression | undefined, reader: Reader): Member[] {
  const name = node.childForFieldName('name');
  const type = node.childForFieldName('type');
  if (!name) return [];
  return [
    {
      name: name.text,
      ...(value && { value }),
      ...(type && { type: reader.expression(type, node) }),
      range: rangeOf(node),
      static: node.type === 'enum_member_declaration' || hasModifier(node, 'static'),
    },
  ];
}

function fieldsOf(field: SyntaxNode, reader: Reader): Member[] {
  const list = named(field).find(({ type }) => type === 'variable_declaration');
  const type = list?.childForFieldName('type');
  const isStatic = hasModifier(field, 'static') || hasModifier(field, 'const');
  return named(list)
    .filter((child) => child.type === 'variable_declarator')
    .flatMap((declarator): Member[] => {
      const name = declarator.childForFieldName('name');
      const value = variableValue(declarator, reader);
      if (!name) return [];
      const of = type && { type: reader.expression(type, field) };
      return [{ name: name.text, ...(value && { value }), ...of, range: rangeOf(field), static: isStatic }];
    });
}
