/** Functions, lambdas, classes and objects of Kotlin. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { ClassExpression, Expression, Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { annotationsOf, givenByAnnotation } from './kotlin-annotations.ts';
import { parametersOf, propertyValue } from './kotlin-bindings.ts';
import { nameAndType, nameOfDeclaration, variableOf } from './kotlin-properties.ts';

type Member = ClassExpression['members'][number];

const lowerFunction: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'function', name: nameOfDeclaration(node)?.text, async: false },
    {
      decorators: () => annotationsOf(node, reader),
      parameters: () => parametersOf(node).map((one) => lowered(one, reader)),
      body: () => bodyOf(node, reader),
    },
  );

function lowered(
  { name, type, line, fallback, rest }: ReturnType<typeof parametersOf>[number],
  reader: Reader,
): Parameter {
  const isUnwritten = line.type === 'lambda_literal';
  return {
    ...((name ?? isUnwritten) && { name: name?.text ?? 'it' }),
    ...(type && { type: reader.expression(type, line) }),
    ...(fallback && { fallback: reader.expression(fallback, line) }),
    range: isUnwritten ? { start: line.startIndex, end: line.startIndex + 1 } : rangeOf(line),
    rest,
  };
}

/** A block, or the expression behind the sign; the one of a lambda begins with its brace. */
function bodyOf(node: SyntaxNode, reader: Reader) {
  const body =
    node.type === 'lambda_literal'
      ? node.children[0]
      : (named(named(node).find(({ type }) => type === 'function_body'))[0] ??
        named(node).find(({ type }) => type === 'block'));
  return body ? reader.lower(body) : undefined;
}

const lowerClass: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'class', name: nameOfDeclaration(node)?.text },
    {
      decorators: () => annotationsOf(node, reader),
      superclass: () => superclassOf(node, reader),
      members: () => [...parametersOfClass(node, reader), ...membersOf(bodyOfClass(node), isObject(node), reader)],
    },
  );

export const declarationLowerings: Lowerings = {
  function_declaration: lowerFunction,
  anonymous_function: lowerFunction,
  secondary_constructor: lowerFunction,
  lambda_literal: lowerFunction,
  class_declaration: lowerClass,
  object_declaration: lowerClass,
  companion_object: lowerClass,
  object_literal: lowerClass,
};

function isObject({ type }: SyntaxNode): boolean {
  return type === 'object_declaration' || type === 'companion_object';
}

function bodyOfClass(node: SyntaxNode): SyntaxNode | undefined {
  return named(node).find(({ type }) => type === 'class_body' || type === 'enum_class_body');
}

/** The first of what it extends. */
function superclassOf(node: SyntaxNode, reader: Reader): Expression | undefined {
  const [first] = named(named(node).find(({ type }) => type === 'delegation_specifiers'));
  const [inside] = named(first);
  const type = inside?.type === 'constructor_invocation' ? named(inside)[0] : inside;
  return type ? reader.expression(type, node) : undefined;
}

/** `class Config(val origins: List<String>)`. */
function parametersOfClass(node: SyntaxNode, reader: Reader): Member[] {
  const list = named(named(node).find(({ type }) => type === 'primary_constructor')).find(
    ({ type }) => type === 'class_parameters',
  );
  return named(list).flatMap((line): Member[] => {
    const variable = nameAndType(line);
    if (!variable) return [];
    const value = givenByAnnotation(line, reader);
    return [
      {
        name: variable.name.text,
        ...(value && { value }),
        ...(variable.type && { type: reader.expression(variable.type, line) }),
        range: rangeOf(line),
        static: false,
      },
    ];
  });
}

/** Properties, functions and types of a body; those of a companion belong to its class. */
function membersOf(body: SyntaxNode | undefined, isStatic: boolean, reader: Reader): Member[] {
  return named(body).flatMap((child): Member[] => {
    switch (child.type) {
      case 'companion_object':
        return membersOf(bodyOfClass(child), true, reader);
      case 'property_declaration': {
        const variable = variableOf(child);
        const value = propertyValue(child, reader);
        const of = variable?.type && { type: reader.expression(variable.type, child) };
        return variable
          ? [{ name: variable.name.text, ...(value && { value }), ...of, range: rangeOf(child), static: isStatic }]
          : [];
      }
      case 'function_declaration':
      case 'class_declaration':
      case 'object_declaration': {
        const name = nameOfDeclaration(child);
        const isType = child.type !== 'function_declaration';
        const value = reader.expression(child, child);
        return name ? [{ name: name.text, value, range: rangeOf(child), static: isStatic || isType }] : [];
      }
      default:
        return [];
    }
  });
}
