/** Functions, lambdas, classes and objects of Scala. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowerings } from '../lowering.ts';
import type { ClassExpression, Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { loweredParameters } from './scala-parameters.ts';
import { blocks, bodyOfLambda } from './scala-positions.ts';
import { statementsIn, statementsOf } from './scala-statements.ts';
import { named } from '../named-children.ts';

type Member = ClassExpression['members'][number];

export const declarationLowerings: Lowerings = {
  function_definition: lowerFunction,
  function_declaration: lowerFunction,
  lambda_expression: lowerLambda,
  class_definition: lowerClass,
  object_definition: lowerClass,
  trait_definition: lowerClass,
  enum_definition: lowerClass,
};

function lowerFunction(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'function', name: node.childForFieldName('name')?.text, async: false, decorators: [] },
    {
      parameters: () => loweredParameters(node, reader),
      body: () => {
        const body = node.childForFieldName('body');
        return body ? reader.lower(body) : undefined;
      },
    },
  );
}

function lowerLambda(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'function', async: false, decorators: [] },
    { parameters: () => loweredParameters(node, reader), body: () => lambdaBody(node, reader) },
  );
}

function lambdaBody(node: SyntaxNode, reader: Reader): Node | undefined {
  const body = bodyOfLambda(node);
  const [only] = body;
  if (!only || body.length === 1) return only && reader.lower(only);
  return reader.made(
    node,
    { start: only.startIndex, end: node.endIndex },
    { kind: 'block' },
    { statements: () => body.flatMap((child) => statementsOf(child, reader)) },
  );
}

/** `cors(settings) { … }`, `Action { … }`: what is handed over is run when it is asked for. */
export function lowerBlockArgument(node: SyntaxNode, reader: Reader): Node {
  const list = node.type === 'colon_argument' ? named(node).find(({ type }) => blocks.has(type)) : node;
  const statements = () => (list ? statementsIn(list, reader) : []);
  return reader.lazy(
    node,
    { kind: 'function', async: false, decorators: [] },
    {
      parameters: () => (node.childForFieldName('lambda_start') ? loweredParameters(node, reader) : []),
      body: () => reader.made(node, rangeOf(list ?? node), { kind: 'block' }, { statements }),
    },
  );
}

/** A function of which only the text is known: `{ case Origin.Host(…) => true }`. */
export function lowerCases(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(node, { kind: 'unknown' });
}

function lowerClass(node: SyntaxNode, reader: Reader): Node {
  const isStatic = node.type === 'object_definition';
  return reader.lazy(
    node,
    { kind: 'class', name: node.childForFieldName('name')?.text, decorators: [] },
    {
      superclass: () => superclassOf(node, reader),
      members: () => [...parametersOf(node, reader), ...membersOf(node.childForFieldName('body'), isStatic, reader)],
    },
  );
}

function superclassOf(node: SyntaxNode, reader: Reader): Expression | undefined {
  const type = node.childForFieldName('extend')?.childForFieldName('type');
  return type ? reader.expression(type, node) : undefined;
}

/** What a class is made of. */
function parametersOf(node: SyntaxNode, reader: Reader): Member[] {
  return named(node.childForFieldName('class_parameters')).flatMap((line): Member[] => {
    const [name, type] = [line.childForFieldName('name'), line.childForFieldName('type')];
    const value = line.childForFieldName('default_value');
    if (!name) return [];
    return [
      {
        name: name.text,
        ...(type && { type: reader.expression(type, line) }),
        ...(value && { value: reader.expression(value, line) }),
        range: rangeOf(line),
        static: false,
      },
    ];
  });
}

/** Values and functions of a body, and objects within. */
export function membersOf(body: SyntaxNode | null | undefined, isStatic: boolean, reader: Reader): Member[] {
  return named(body).flatMap((child): Member[] => {
    const isValue = /^(val|var)_definition$/.test(child.type);
    const isMember = isValue || /^(function|object|class)_definition$/.test(child.type);
    const name = isMember ? child.childForFieldName(isValue ? 'pattern' : 'name') : null;
    if (name?.type !== 'identifier') return [];
    const [value, type] = [isValue ? child.childForFieldName('value') : child, child.childForFieldName('type')];
    return [
      {
        name: name.text,
        ...(value && { value: reader.expression(value, child) }),
        ...(isValue && type && { type: reader.expression(type, child) }),
        range: rangeOf(child),
        static: isStatic,
      },
    ];
  });
}
