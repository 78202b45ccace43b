/** Lowers methods, blocks, lambdas, classes and modules of Ruby. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowerings } from '../lowering.ts';
import type { ClassExpression, Node, Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { isLoop } from './ruby-positions.ts';
import { named } from '../named-children.ts';

export const functionLowerings: Lowerings = {
  method: lowerFunction,
  singleton_method: lowerFunction,
  lambda: lowerFunction,
  block: lowerFunction,
  do_block: lowerFunction,
  class: lowerClass,
  module: lowerClass,
};

/** The parameters of a function; a lambda has those of `->(origin)`. */
export function parametersOf(node: SyntaxNode): SyntaxNode[] {
  return named(node.childForFieldName('parameters'));
}

/** The block of a lambda has its parameters and its body. */
export function functionOf(block: SyntaxNode): SyntaxNode {
  return block.parent?.type === 'lambda' ? block.parent : block;
}

function lowerFunction(node: SyntaxNode, reader: Reader): Node | undefined {
  // The block of a loop is its body.
  if (node.parent && isLoop(node.parent)) return undefined;
  if (node.parent?.type === 'lambda') return reader.expression(node.parent, node);
  return reader.lazy(
    node,
    { kind: 'function', name: node.childForFieldName('name')?.text, async: false, decorators: [] },
    {
      parameters: () => parametersOf(node).map((child) => parameterOf(child, reader)),
      body: () => {
        const own = node.childForFieldName('body');
        const body = node.type === 'lambda' ? own?.childForFieldName('body') : own;
        return body ? reader.lower(body) : undefined;
      },
    },
  );
}

function parameterOf(child: SyntaxNode, reader: Reader): Parameter {
  const name = child.type === 'identifier' ? child : child.childForFieldName('name');
  const fallback = child.childForFieldName('value');
  return {
    ...(name && { name: name.text }),
    range: rangeOf(child),
    ...(fallback && { fallback: reader.expression(fallback, child) }),
    rest: /splat|block/.test(child.type),
  };
}

function lowerClass(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'class', name: node.childForFieldName('name')?.text, decorators: [] },
    {
      superclass: () => {
        const parent = named(node.childForFieldName('superclass'))[0];
        return parent ? reader.expression(parent, node) : undefined;
      },
      members: () => named(node.childForFieldName('body')).flatMap((child) => memberOf(child, reader)),
    },
  );
}

/** A method, a constant, or a class within. */
function memberOf(child: SyntaxNode, reader: Reader): ClassExpression['members'][number][] {
  const isConstant = child.type === 'assignment' && child.childForFieldName('left')?.type === 'constant';
  const name = child.childForFieldName(isConstant ? 'left' : 'name');
  if (!name || !(isConstant || /^(method|singleton_method|class|module)$/.test(child.type))) return [];
  const value = isConstant ? child.childForFieldName('right') : child;
  return [
    {
      name: name.text,
      ...(value && { value: reader.expression(value, child) }),
      range: rangeOf(child),
      static: child.type !== 'method',
    },
  ];
}
