/** Which names JavaScript declares where: declarators, parameters, functions, classes, imports, loops, catches. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression } from '../program.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';

const functions = new Set([
  'arrow_function',
  'function_expression',
  'function',
  'function_declaration',
  'generator_function',
  'generator_function_declaration',
  'method_definition',
]);
const blocks = new Set([
  'statement_block',
  'program',
  'switch_body',
  'for_statement',
  'for_in_statement',
  'catch_clause',
  ...functions,
]);

type Declared = DeclaredName['binding'];

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const parent = node.parent;
  if (
    !parent ||
    (node.type !== 'identifier' &&
      node.type !== 'shorthand_property_identifier_pattern' &&
      node.type !== 'type_identifier')
  )
    return undefined;
  const isField = (holder: SyntaxNode, name: string) => holder.childForFieldName(name)?.id === node.id;
  const simple = (kind: Binding['kind']): Declared => ({ name: node.text, kind, nameRange: rangeOf(node), path: [] });
  switch (parent.type) {
    case 'function_declaration':
    case 'generator_function_declaration':
      return isField(parent, 'name')
        ? {
            scope: enclosing(parent.parent, blocks),
            binding: withValue(simple('function'), () => reader.expression(parent, parent)),
          }
        : undefined;
    case 'function_expression':
    case 'function':
      return isField(parent, 'name')
        ? { scope: parent, binding: withValue(simple('function'), () => reader.expression(parent, parent)) }
        : undefined;
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'class':
      return isField(parent, 'name')
        ? {
            scope: enclosing(parent.parent, blocks),
            binding: withValue(simple('class'), () => reader.expression(parent, parent)),
          }
        : undefined;
    case 'import_clause':
    case 'namespace_import':
    case 'import_require_clause':
      return { scope: enclosing(parent, blocks), binding: withImport(simple('import'), reader) };
    case 'import_specifier': {
      const alias = parent.childForFieldName('alias');
      return (alias ?? parent.childForFieldName('name'))?.id === node.id
        ? { scope: enclosing(parent, blocks), binding: withImport(simple('import'), reader) }
        : undefined;
    }
    case 'catch_clause':
      return isField(parent, 'parameter') ? { scope: parent, binding: simple('catch') } : undefined;
    default:
      return declaredInPattern(node, reader);
  }
}

/** All names that a declarator or a declared function or class binds. */
export function bindingsOf(node: SyntaxNode, reader: Reader): Binding[] {
  const name = node.childForFieldName('name');
  if (!name) return [];
  const names =
    name.type === 'identifier' || name.type === 'type_identifier'
      ? [name]
      : name.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']);
  return names.flatMap((each) => {
    if (!each || !declaredBy(each, reader)) return [];
    const binding = reader.bindingAt(each.text, rangeOf(each));
    return binding ? [binding] : [];
  });
}

/** The assignment that writes to this occurrence of a name. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const { parent } = node;
  if (
    !parent ||
    !/^(augmented_)?assignment_expression$/.test(parent.type) ||
    parent.childForFieldName('left')?.id !== node.id
  )
    return undefined;
  return reader.expression(parent, parent);
}

function declaredInPattern(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const path: (string | number)[] = [];
  let fallback: SyntaxNode | null = null;
  let current = node;
  if (node.type === 'shorthand_property_identifier_pattern') path.unshift(node.text);
  for (let parent = node.parent; parent; [current, parent] = [parent, parent.parent]) {
    switch (parent.type) {
      case 'object_pattern':
        break;
      case 'array_pattern':
        path.unshift(parent.namedChildren.findIndex((child) => child?.id === current.id));
        break;
      case 'pair_pattern': {
        if (parent.childForFieldName('value')?.id !== current.id) return undefined;
        path.unshift(parent.childForFieldName('key')?.text.replaceAll(/^['"]|['"]$/g, '') ?? '');
        break;
      }
      case 'object_assignment_pattern':
      case 'assignment_pattern': {
        if (parent.childForFieldName('left')?.id !== current.id) return undefined;
        if (current.id === node.id) fallback = parent.childForFieldName('right');
        break;
      }
      case 'rest_pattern':
        break;
      case 'required_parameter':
      case 'optional_parameter': {
        if (parent.childForFieldName('pattern')?.id !== current.id) return undefined;
        if (current.id === node.id) fallback = parent.childForFieldName('value');
        break;
      }
      case 'formal_parameters':
        return parent.parent
          ? parameter(
              node,
              parent.parent,
              parent.namedChildren
                .filter((child) => child?.type !== 'comment')
                .findIndex((child) => child?.id === current.id),
              path,
              fallback,
              reader,
            )
          : undefined;
      case 'arrow_function':
        return parent.childForFieldName('parameter')?.id === current.id
          ? parameter(node, parent, 0, path, fallback, reader)
          : undefined;
      case 'variable_declarator':
        return parent.childForFieldName('name')?.id === current.id
          ? declarator(node, parent, path, fallback, reader)
          : undefined;
      case 'for_in_statement': {
        const declares = parent.childForFieldName('left')?.id === current.id && parent.childForFieldName('kind');
        return declares
          ? { scope: parent, binding: { name: node.text, kind: 'loop', nameRange: rangeOf(node), path } }
          : undefined;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

function parameter(
  node: SyntaxNode,
  owner: SyntaxNode,
  index: number,
  path: readonly (string | number)[],
  fallback: SyntaxNode | null,
  reader: Reader,
): DeclaredName {
  const fn = reader.expression(owner, owner);
  return {
    scope: owner,
    binding: {
      name: node.text,
      kind: 'parameter',
      nameRange: rangeOf(node),
      path,
      parameterIndex: index,
      ...(fn.kind === 'function' && { parameterOf: fn }),
      ...(fallback && { fallback: reader.expression(fallback, fallback) }),
    },
  };
}

function declarator(
  node: SyntaxNode,
  owner: SyntaxNode,
  path: readonly (string | number)[],
  fallback: SyntaxNode | null,
  reader: Reader,
): DeclaredName {
  const keyword = owner.parent?.firstChild?.text;
  const kind = keyword === 'const' ? 'const' : keyword === 'let' ? 'let' : 'var';
  const value = owner.childForFieldName('value');
  const binding: Declared = {
    name: node.text,
    kind,
    nameRange: rangeOf(node),
    path,
    ...(fallback && { fallback: reader.expression(fallback, fallback) }),
  };
  return {
    scope: enclosing(owner, kind === 'var' ? new Set(['program', ...functions]) : blocks),
    binding: withImport(value ? withValue(binding, () => reader.expression(value, owner)) : binding, reader),
  };
}

function enclosing(node: SyntaxNode | null, types: ReadonlySet<string>): SyntaxNode {
  let current = node!;
  while (!types.has(current.type) && current.parent) current = current.parent;
  return current;
}

function withValue(binding: Declared, value: () => Expression): Declared {
  return Object.defineProperty({ ...binding }, 'value', { get: value, enumerable: true, configurable: true });
}

/** Imports are found later than names, so that the link between them is looked up when somebody follows it. */
function withImport(binding: Declared, reader: Reader): Declared {
  return Object.defineProperty(binding, 'import', {
    get: () =>
      reader.imports.find(
        (candidate) =>
          candidate.local === binding.name &&
          candidate.range.start <= binding.nameRange.start &&
          binding.nameRange.end <= candidate.range.end,
      ),
    enumerable: true,
    configurable: true,
  });
}
