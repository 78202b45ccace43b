/** Which names Ruby declares where: assignments, parameters, methods, classes and modules. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { functionOf, parametersOf } from './ruby-functions.ts';
import { isLoop } from './ruby-positions.ts';
import { named } from '../named-children.ts';

type Declared = DeclaredName['binding'];

/** A block sees the variables around it, so that what is assigned in one is theirs. */
const scopes = new Set(['program', 'class', 'module', 'method', 'singleton_method']);
const parameterLists = new Set(['method_parameters', 'lambda_parameters', 'block_parameters']);
const names = new Set(['identifier', 'constant']);

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  if (!parent || !names.has(node.type)) return undefined;
  switch (parent.type) {
    case 'method':
    case 'singleton_method':
    case 'class':
    case 'module': {
      if (parent.childForFieldName('name')?.id !== node.id) return undefined;
      const kind = /method$/.test(parent.type) ? 'function' : 'class';
      const binding = withValue(simple(node, kind), () => reader.expression(parent, parent));
      return { scope: enclosing(parent.parent), binding };
    }
    case 'exception_variable':
      return { scope: enclosing(parent), binding: simple(node, 'catch') };
    case 'for':
      return parent.childForFieldName('pattern')?.id === node.id
        ? { scope: parent, binding: simple(node, 'loop') }
        : undefined;
    default:
      return declaredParameter(node, reader) ?? declaredByAssignment(node, reader);
  }
}

/** The assignment that writes to this occurrence of a name. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const assignment = assignmentOf(node);
  return assignment && reader.expression(assignment, assignment);
}

function assignmentOf(node: SyntaxNode): SyntaxNode | undefined {
  const isOne = node.parent?.type === 'left_assignment_list';
  const target = isOne ? node.parent! : node;
  const { parent } = target;
  if (!parent || !/^(operator_)?assignment$/.test(parent.type)) return undefined;
  const isTarget = parent.childForFieldName('left')?.id === target.id && parent.childForFieldName('right') !== null;
  return isTarget ? parent : undefined;
}

function declaredByAssignment(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const assignment = assignmentOf(node);
  const value = assignment?.childForFieldName('right');
  if (!assignment || !value) return undefined;
  const list = node.parent!.type === 'left_assignment_list' ? node.parent! : undefined;
  const path = list ? [named(list).findIndex((child) => child.id === node.id)] : [];
  const kind = node.type === 'constant' ? 'const' : 'let';
  const binding = withValue(simple(node, kind, path), () => reader.expression(value, assignment));
  return { scope: enclosing(assignment), binding };
}

function declaredParameter(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const inList = parameterLists.has(node.parent!.type);
  const form = inList ? node : node.parent!;
  const list = form.parent;
  const isName = inList || form.childForFieldName('name')?.id === node.id;
  if (!isName || !list || !parameterLists.has(list.type) || !list.parent) return undefined;
  const owner = functionOf(list.parent);
  if (owner.parent && isLoop(owner.parent)) return { scope: owner, binding: simple(node, 'loop') };
  const fn = reader.expression(owner, owner);
  const fallback = form.childForFieldName('value');
  return {
    scope: owner,
    binding: {
      ...simple(node, 'parameter'),
      parameterIndex: parametersOf(owner).findIndex((child) => child.id === form.id),
      ...(fn.kind === 'function' && { parameterOf: fn }),
      ...(fallback && !inList && { fallback: reader.expression(fallback, form) }),
    },
  };
}

function simple(node: SyntaxNode, kind: Binding['kind'], path: Binding['path'] = []): Declared {
  return { name: node.text, kind, nameRange: rangeOf(node), path };
}

function enclosing(node: SyntaxNode | null): SyntaxNode {
  let current = node!;
  while (!scopes.has(current.type) && current.parent) current = current.parent;
  return current;
}
