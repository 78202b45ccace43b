/** Lowers functions and classes of Python. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowerings } from '../lowering.ts';
import type { ClassExpression, Expression, Node, Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { parametersOf } from './python-bindings.ts';
import { named } from '../named-children.ts';

export const functionLowerings: Lowerings = {
  function_definition: lowerFunction,
  lambda: lowerFunction,
  class_definition: lowerClass,
};

function decoratorsOf(node: SyntaxNode, reader: Reader): Expression[] {
  if (node.parent?.type !== 'decorated_definition') return [];
  return named(node.parent)
    .filter((child) => child.type === 'decorator')
    .map((decorator) => reader.expression(named(decorator)[0], decorator));
}

function lowerFunction(node: SyntaxNode, reader: Reader): Node {
  const list = node.childForFieldName('parameters');
  return reader.lazy(
    node,
    { kind: 'function', name: node.childForFieldName('name')?.text, async: node.firstChild?.type === 'async' },
    {
      decorators: () => decoratorsOf(node, reader),
      parameters: () => (list ? parametersOf(list) : []).map((child) => parameterOf(child, reader)),
      body: () => {
        const body = node.childForFieldName('body');
        return body ? reader.lower(body) : undefined;
      },
    },
  );
}

/** Its name may stand inside of a type, a default, or the stars of a rest. */
function parameterOf(child: SyntaxNode, reader: Reader): Parameter {
  let target: SyntaxNode | null = child;
  let rest = false;
  while (target && target.type !== 'identifier') {
    rest ||= target.type.endsWith('_splat_pattern');
    target = target.childForFieldName('name') ?? target.firstNamedChild;
  }
  const fallback = child.childForFieldName('value');
  return {
    ...(target && { name: target.text }),
    range: rangeOf(child),
    ...(fallback && { fallback: reader.expression(fallback, child) }),
    rest,
  };
}

function lowerClass(node: SyntaxNode, reader: Reader): Node {
  const body = node.childForFieldName('body');
  return reader.lazy(
    node,
    { kind: 'class', name: node.childForFieldName('name')?.text },
    {
      decorators: () => decoratorsOf(node, reader),
      superclass: () => {
        const list = node.childForFieldName('superclasses');
        const first = list && named(list).find((child) => child.type !== 'keyword_argument');
        return first ? reader.expression(first, node) : undefined;
      },
      members: () => (body ? named(body) : []).flatMap((child) => classMember(child, reader) ?? []),
    },
  );
}

/** A method, or an attribute that is assigned or only declared. */
function classMember(child: SyntaxNode, reader: Reader): ClassExpression['members'][number] | undefined {
  const definition = definitionIn(child);
  const isAssignment = definition?.type === 'assignment';
  const name = definition?.childForFieldName(isAssignment ? 'left' : 'name');
  if (!definition || name?.type !== 'identifier') return undefined;
  const value = isAssignment ? definition.childForFieldName('right') : definition;
  return {
    name: name.text,
    ...(value && { value: reader.expression(value, definition) }),
    range: rangeOf(child),
    static: isAssignment,
  };
}

function definitionIn(child: SyntaxNode): SyntaxNode | null {
  if (child.type === 'decorated_definition') return child.childForFieldName('definition');
  return child.type === 'expression_statement' ? child.firstNamedChild : child;
}
