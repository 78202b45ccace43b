/** Methods, lambdas, classes and records of Java. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { ClassExpression, Expression, Node, Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { annotationsOf, hasModifier } from './java-annotations.ts';
import { fieldValue, parametersOf } from './java-bindings.ts';
import { named } from '../named-children.ts';

type Member = ClassExpression['members'][number];

export const declarationLowerings: Lowerings = {
  method_declaration: lowerFunction,
  constructor_declaration: lowerFunction,
  compact_constructor_declaration: lowerFunction,
  lambda_expression: lowerFunction,
  class_declaration: lowerClass,
  interface_declaration: lowerClass,
  enum_declaration: lowerClass,
  record_declaration: lowerClass,
};

function lowerFunction(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'function', name: node.childForFieldName('name')?.text, async: false },
    {
      decorators: () => annotationsOf(node, reader),
      parameters: () =>
        parametersOf(node).map(({ name, line, rest }): Parameter => {
          const type = line.childForFieldName('type');
          return {
            ...(name && { name: name.text }),
            ...(type && { type: reader.expression(type, line) }),
            range: rangeOf(line),
            rest,
          };
        }),
      body: () => {
        const body = node.childForFieldName('body');
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
      decorators: () => annotationsOf(node, reader),
      superclass: () => superclassOf(node, reader),
      members: () => [...componentsOf(node, reader), ...membersOf(node.childForFieldName('body'), reader)],
    },
  );
}

function superclassOf(node: SyntaxNode, reader: Reader): Expression | undefined {
  const [type] = named(node.childForFieldName('superclass'));
  return type ? reader.expression(type, node) : undefined;
}

/** What a record is made of. */
function componentsOf(node: SyntaxNode, reader: Reader): Member[] {
  if (node.type !== 'record_declaration') return [];
  return parametersOf(node).flatMap(({ name, line }): Member[] => {
    const type = line.childForFieldName('type');
    if (!name) return [];
    return [
      { name: name.text, ...(type && { type: reader.expression(type, line) }), range: rangeOf(line), static: false },
    ];
  });
}

/** Fields and methods of a body; those of an enumeration stand in a part of their own behind its constants. */
export function membersOf(body: SyntaxNode | null | undefined, reader: Reader): Member[] {
  return named(body).flatMap((child): Member[] => {
    switch (child.type) {
      case 'enum_body_declarations':
        return membersOf(child, reader);
      case 'field_declaration':
      case 'constant_declaration':
        return fieldsOf(child, reader);
      case 'method_declaration': {
        const name = child.childForFieldName('name');
        const isStatic = hasModifier(child, 'static');
        const value = reader.expression(child, child);
        return name ? [{ name: name.text, value, range: rangeOf(child), static: isStatic }] : [];
      }
      default:
        return [];
    }
  });
}

function fieldsOf(field: SyntaxNode, reader: Reader): Member[] {
  const type = field.childForFieldName('type');
  const isStatic = field.type === 'constant_declaration' || hasModifier(field, 'static');
  return named(field)
    .filter((child) => child.type === 'variable_declarator')
    .flatMap((declarator): Member[] => {
      const name = declarator.childForFieldName('name');
      const value = fieldValue(declarator, field, reader);
      if (!name) return [];
      const of = type && { type: reader.expression(type, field) };
      return [{ name: name.text, ...(value && { value }), ...of, range: rangeOf(field), static: isStatic }];
    });
}

/** `new CorsFilter() { … }`: an object of a class without a name. */
export const lowerClassBody: Lowering = (node, reader) =>
  node.parent?.type === 'object_creation_expression'
    ? reader.lazy(node, { kind: 'class', decorators: [] }, { members: () => membersOf(node, reader) })
    : undefined;
