/** Which names JavaScript declares where: declarators, parameters, functions, classes, imports, loops, catches. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { withImportAround } from '../imported-names.ts';

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
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'class':
    case 'enum_declaration':
      return isField(parent, 'name')
        ? {
            scope: enclosing(parent.parent, blocks),
            binding: withValue(simple(kindOf(parent)), () => reader.expression(parent, parent)),
          }
        : undefined;
    case 'function_expression':
    case 'function':
      return isField(parent, 'name')
        ? { scope: parent, binding: withValue(simple('function'), () => reader.expression(parent, parent)) }
        : undefined;
    case 'import_clause':
    case 'namespace_import':
    case 'import_require_clause':
      return { scope: enclosing(parent, blocks), binding: withImportAround(simple('import'), reader) };
    case 'import_specifier': {
      const alias = parent.childForFieldName('alias');
      return (alias ?? parent.childForFieldName('name'))?.id === node.id
        ? { scope: enclosing(parent, blocks), binding: withImportAround(simple('import'), reader) }
        : undefined;
    }
    case 'catch_clause':
      return isField(parent, 'parameter') ? { scope: parent, binding: simple('catch') } : undefined;
    default:
      return declaredInPattern(node, reader);
  }
}

/** What a declaration with a name of its own declares: an enum never changes. */
function kindOf({ type }: SyntaxNode): 'function' | 'class' | 'const' {
  if (type === 'enum_declaration') return 'const';
  return type.includes('class') ? 'class' : 'function';
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

/** Where a name stands in a pattern: the way from the value to it, and what stands in for a missing one. */
interface Destructured {
  readonly name: SyntaxNode;
  readonly path: readonly (string | number)[];
  readonly fallback: SyntaxNode | null;
}

/** Walks from the name up to what declares it; undefined where the name is only used in a pattern. */
function declaredInPattern(name: SyntaxNode, reader: Reader): DeclaredName | undefined {
  let found: Destructured = {
    name,
    path: name.type === 'shorthand_property_identifier_pattern' ? [name.text] : [],
    fallback: null,
  };
  let current = name;
  for (let parent = name.parent; parent; [current, parent] = [parent, parent.parent]) {
    const declaring = declarations[parent.type];
    if (declaring) return declaring(found, current, parent, reader);
    const further = throughPattern(found, current, parent);
    if (further === undefined) return undefined;
    found = further;
  }
  return undefined;
}

/** One step outwards; undefined where the child is no target of the pattern. */
function throughPattern(found: Destructured, child: SyntaxNode, pattern: SyntaxNode): Destructured | undefined {
  const stands = (field: string): boolean => pattern.childForFieldName(field)?.id === child.id;
  const withFallback = (field: string): Destructured =>
    child.id === found.name.id ? { ...found, fallback: pattern.childForFieldName(field) } : found;
  switch (pattern.type) {
    case 'object_pattern':
    case 'rest_pattern':
      return found;
    case 'array_pattern':
      return { ...found, path: [pattern.namedChildren.findIndex((one) => one?.id === child.id), ...found.path] };
    case 'pair_pattern': {
      const key = pattern.childForFieldName('key')?.text.replaceAll(/^['"]|['"]$/g, '') ?? '';
      return stands('value') ? { ...found, path: [key, ...found.path] } : undefined;
    }
    case 'object_assignment_pattern':
    case 'assignment_pattern':
      return stands('left') ? withFallback('right') : undefined;
    case 'required_parameter':
    case 'optional_parameter':
      return stands('pattern') ? withFallback('value') : undefined;
    default:
      return undefined;
  }
}

type Declaring = (
  found: Destructured,
  child: SyntaxNode,
  parent: SyntaxNode,
  reader: Reader,
) => DeclaredName | undefined;

/** Nodes whose children are patterns that declare names. */
const declarations: Readonly<Record<string, Declaring>> = {
  formal_parameters(found, child, list, reader) {
    const parameters = list.namedChildren.filter((one) => one?.type !== 'comment');
    const index = parameters.findIndex((one) => one?.id === child.id);
    return list.parent ? parameter(found, list.parent, index, reader) : undefined;
  },
  arrow_function: (found, child, fn, reader) =>
    fn.childForFieldName('parameter')?.id === child.id ? parameter(found, fn, 0, reader) : undefined,
  variable_declarator: (found, child, owner, reader) =>
    owner.childForFieldName('name')?.id === child.id ? declarator(found, owner, reader) : undefined,
  for_in_statement({ name, path }, child, loop) {
    const declares = loop.childForFieldName('left')?.id === child.id && loop.childForFieldName('kind');
    return declares
      ? { scope: loop, binding: { name: name.text, kind: 'loop', nameRange: rangeOf(name), path } }
      : undefined;
  },
};

function fallbackOf({ fallback }: Destructured, reader: Reader): { readonly fallback?: Expression } {
  return fallback ? { fallback: reader.expression(fallback, fallback) } : {};
}

function parameter(found: Destructured, owner: SyntaxNode, index: number, reader: Reader): DeclaredName {
  const fn = reader.expression(owner, owner);
  return {
    scope: owner,
    binding: {
      name: found.name.text,
      kind: 'parameter',
      nameRange: rangeOf(found.name),
      path: found.path,
      parameterIndex: index,
      ...(fn.kind === 'function' && { parameterOf: fn }),
      ...fallbackOf(found, reader),
    },
  };
}

function declarator(found: Destructured, owner: SyntaxNode, reader: Reader): DeclaredName {
  const keyword = owner.parent?.firstChild?.text;
  const kind = keyword === 'const' ? 'const' : keyword === 'let' ? 'let' : 'var';
  const value = owner.childForFieldName('value');
  const binding: Declared = {
    name: found.name.text,
    kind,
    nameRange: rangeOf(found.name),
    path: found.path,
    ...fallbackOf(found, reader),
  };
  return {
    scope: enclosing(owner, kind === 'var' ? new Set(['program', ...functions]) : blocks),
    binding: withImportAround(value ? withValue(binding, () => reader.expression(value, owner)) : binding, reader),
  };
}

function enclosing(node: SyntaxNode | null, types: ReadonlySet<string>): SyntaxNode {
  let current = node!;
  while (!types.has(current.type) && current.parent) current = current.parent;
  return current;
}
