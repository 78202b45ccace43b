/** Which names PHP declares where: variables by assigning them, parameters, constants, functions, classes, imports, loops. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../../range.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Binding, Expression, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { importedName } from './php-imports.ts';
import { functions, types } from './php-names.ts';
import { named } from '../named-children.ts';

type Declared = DeclaredName['binding'];

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  switch (node.type) {
    case 'variable_name':
      return declaredVariable(node, reader);
    case 'name':
      return declaredName(node, reader);
    case 'string_content':
      return definedConstant(node, reader);
    default:
      return undefined;
  }
}

/** The assignment that writes to this occurrence of a name. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const { parent } = node;
  if (parent?.type === 'update_expression') return reader.expression(parent, parent);
  const writes = parent && assignments.test(parent.type) && parent.childForFieldName('left')?.id === node.id;
  return writes ? reader.expression(parent, parent) : undefined;
}

const assignments = /^((augmented|reference)_)?assignment_expression$/;

/** Variables are a function's own, unless it says where it has them from; constants, functions and classes are seen everywhere. */
export function seesScope(scope: SyntaxNode, range: SourceRange, reader: Reader, name: string): boolean {
  if (!name.startsWith('$')) return true;
  for (let node = reader.nodeAt(range.start) ?? null; node && node.id !== scope.id; node = node.parent)
    if (functions.has(node.type) && node.type !== 'arrow_function' && insideOf(node) <= range.start) return false;
  return true;
}

/** A declaration as a statement. */
export function declaration(
  node: SyntaxNode,
  name: SyntaxNode | null | undefined,
  value: () => Expression | undefined,
  reader: Reader,
): Statement {
  const bindings = (): Binding[] => {
    const binding = name && reader.bindingAt(name.text, rangeOf(name));
    return binding ? [binding] : [];
  };
  return reader.lazy(node, { kind: 'declaration' }, { bindings, value }) as Statement;
}

/** Where the names of a function begin to be seen. */
function insideOf(fn: SyntaxNode): number {
  return fn.childForFieldName('parameters')?.startIndex ?? fn.startIndex;
}

function scopeOf(node: SyntaxNode | null): SyntaxNode {
  let current = node!;
  while (!functions.has(current.type) && current.parent) current = current.parent;
  return current;
}

function inScope(node: SyntaxNode, binding: Declared): DeclaredName {
  const scope = scopeOf(node.parent);
  return { scope, binding, ...(scope.parent && { from: insideOf(scope) }) };
}

function declaredVariable(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  const isField = (field: string): boolean => parent?.childForFieldName(field)?.id === node.id;
  switch (parent?.type) {
    case 'simple_parameter':
    case 'variadic_parameter':
    case 'property_promotion_parameter':
      return isField('name') ? declaredParameter(node, parent, reader) : undefined;
    case 'anonymous_function_use_clause':
      return fromOutside(node, reader);
    case 'by_ref':
      return parent.parent?.type === 'anonymous_function_use_clause'
        ? fromOutside(node, reader)
        : declaredInPattern(node, reader);
    case 'global_declaration':
      return fromOutside(node, reader);
    case 'static_variable_declaration': {
      const value = parent.childForFieldName('value');
      return isField('name') ? inScope(node, withValueOf(simple(node, 'let'), value, parent, reader)) : undefined;
    }
    case 'catch_clause':
      return isField('name') ? inScope(node, simple(node, 'catch')) : undefined;
    case 'assignment_expression':
    case 'reference_assignment_expression':
      return isField('left') ? declaredByAssigning(node, parent, reader) : undefined;
    default:
      return declaredInPattern(node, reader);
  }
}

/** The first assignment declares a variable; where not every use comes behind it, it is one assignment among others. */
function declaredByAssigning(node: SyntaxNode, assignment: SyntaxNode, reader: Reader): DeclaredName {
  const right = assignment.childForFieldName('right');
  if (isBeforeAllUses(node, assignment, reader))
    return inScope(node, withValueOf(simple(node, 'let'), right, assignment, reader));
  return { ...inScope(node, simple(node, 'let')), assigns: true };
}

/** Whether the block of the assignment is that of its function, or holds every use in it. */
function isBeforeAllUses(node: SyntaxNode, assignment: SyntaxNode, reader: Reader): boolean {
  const scope = scopeOf(node.parent);
  const isWhole = assignment.parent?.type === 'expression_statement';
  const block = isWhole ? assignment.parent!.parent! : assignment.parent!;
  const isOwnBlock =
    isWhole &&
    (block.type === 'program' ||
      block.parent?.type === 'namespace_definition' ||
      (block.type === 'compound_statement' && block.parent?.id === scope.id));
  if (isOwnBlock) return true;
  return reader.occurrences(node.text).every((other) => {
    const isInside = block.startIndex <= other.startIndex && other.endIndex <= block.endIndex;
    return isInside || other.endIndex <= scope.startIndex || scope.endIndex <= other.startIndex;
  });
}

/** `use ($x)` of a closure and `global $x`: what the name is outside of the function. */
function fromOutside(node: SyntaxNode, reader: Reader): DeclaredName {
  const scope = scopeOf(node.parent);
  const range = { start: scope.startIndex, end: scope.startIndex };
  const outer = (): Expression => reader.made(scope, range, { kind: 'identifier', name: node.text }) as Expression;
  return inScope(
    node,
    Object.defineProperty(simple(node, 'const'), 'value', { get: outer, enumerable: true, configurable: true }),
  );
}

export interface PhpParameter {
  readonly name: SyntaxNode | null;
  readonly line: SyntaxNode;
}

/** Parameters of a function, in order. */
export function parametersOf(fn: SyntaxNode): PhpParameter[] {
  return named(fn.childForFieldName('parameters'))
    .filter(({ type }) => type.endsWith('_parameter'))
    .map((line) => ({ name: line.childForFieldName('name'), line }));
}

function declaredParameter(node: SyntaxNode, line: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const owner = line.parent?.parent;
  if (!owner || !functions.has(owner.type)) return undefined;
  const fn = reader.expression(owner, owner);
  const [type, fallback] = [line.childForFieldName('type'), line.childForFieldName('default_value')];
  return inScope(node, {
    ...simple(node, 'parameter'),
    ...(type && { type: reader.expression(type, line) }),
    ...(fallback && { fallback: reader.expression(fallback, line) }),
    parameterIndex: parametersOf(owner).findIndex(({ name }) => name?.id === node.id),
    ...(fn.kind === 'function' && { parameterOf: fn }),
  });
}

/** `[$a, $b] = f()`, `list('k' => $v) = f()`, `foreach ($list as $key => $value)`. */
function declaredInPattern(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const path: (string | number)[] = [];
  let current = node;
  for (let { parent } = node; parent; [current, parent] = [parent, parent.parent]) {
    switch (parent.type) {
      case 'list_literal':
      case 'array_creation_expression': {
        const step = stepTo(current, parent);
        if (step === undefined) return undefined;
        path.unshift(step);
        break;
      }
      case 'by_ref':
      case 'pair':
      case 'array_element_initializer':
        break;
      case 'assignment_expression': {
        if (parent.childForFieldName('left')?.id !== current.id) return undefined;
        const right = parent.childForFieldName('right');
        return inScope(node, withValueOf({ ...simple(node, 'let'), path }, right, parent, reader));
      }
      case 'foreach_statement': {
        const isTarget = named(parent)[1]?.id === current.id;
        return isTarget ? { scope: parent, binding: { ...simple(node, 'loop'), path } } : undefined;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

/** The key or the position of a part of a pattern. */
function stepTo(part: SyntaxNode, list: SyntaxNode): string | number | undefined {
  const children = list.children.filter((child) => child !== null && child.type !== 'comment');
  const at = children.findIndex((child) => child?.id === part.id);
  const element = part.type === 'array_element_initializer' ? named(part) : [];
  if (element.length > 1) return keyOf(element[0]!);
  if (children[at - 1]?.type === '=>') return keyOf(children[at - 2]!);
  return children.slice(0, at).filter((child) => child?.type === ',').length;
}

function keyOf(key: SyntaxNode): string | undefined {
  return key.type === 'string'
    ? named(key)
        .map(({ text }) => text)
        .join('')
    : undefined;
}

/** Constants, functions, classes and imports, which all of the file sees. */
function declaredName(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  const scope = reader.tree.rootNode;
  const isName = parent?.childForFieldName('name')?.id === node.id;
  switch (parent?.type) {
    case 'function_definition':
      return isName ? { scope, binding: withValueOf(simple(node, 'function'), parent, parent, reader) } : undefined;
    case 'const_element': {
      const [name, value] = named(parent);
      const isOwn = name?.id === node.id && !/declaration_list$/.test(parent.parent?.parent?.type ?? '');
      return isOwn ? { scope, binding: withValueOf(simple(node, 'const'), value, parent, reader) } : undefined;
    }
    case 'namespace_use_clause':
    case 'qualified_name':
      return importedName(node, reader);
    default:
      return parent && types.has(parent.type) && isName
        ? { scope, binding: withValueOf(simple(node, 'class'), parent, parent, reader) }
        : undefined;
  }
}

/** `define('ORIGIN', 'https://example.com')`. */
function definedConstant(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const argument = node.parent?.parent;
  const list = argument?.type === 'argument' ? argument.parent : null;
  const call = list?.parent;
  const isDefinition =
    call?.type === 'function_call_expression' && /^\\?define$/i.test(call.childForFieldName('function')?.text ?? '');
  if (!isDefinition || named(list)[0]?.id !== argument!.id) return undefined;
  const value = named(list)[1];
  return value && { scope: reader.tree.rootNode, binding: withValueOf(simple(node, 'const'), value, call, reader) };
}

function simple(node: SyntaxNode, kind: Binding['kind']): Declared {
  return { name: node.text, kind, nameRange: rangeOf(node), path: [] };
}

function withValueOf(
  binding: Declared,
  value: SyntaxNode | null | undefined,
  holder: SyntaxNode,
  reader: Reader,
): Declared {
  if (!value) return binding;
  return withValue(binding, () => reader.expression(value, holder));
}
