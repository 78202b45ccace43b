/** Which names Python declares where: assignments, parameters, functions, classes, imports, loops, comprehensions. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import type { SourceRange } from '../../range.ts';
import { comprehensionFunction } from './python-comprehensions.ts';
import { named } from '../named-children.ts';
import { withImportAround } from '../imported-names.ts';

type Declared = DeclaredName['binding'];

const scopes = new Set(['module', 'function_definition', 'lambda', 'class_definition']);
const patterns = new Set(['pattern_list', 'tuple_pattern', 'list_pattern']);
const parameterLists = new Set(['parameters', 'lambda_parameters']);
const parameterForms = new Set([
  'default_parameter',
  'typed_parameter',
  'typed_default_parameter',
  'list_splat_pattern',
  'dictionary_splat_pattern',
]);

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  if (!parent || node.type !== 'identifier') return undefined;
  const isField = (holder: SyntaxNode, name: string) => holder.childForFieldName(name)?.id === node.id;
  switch (parent.type) {
    case 'attribute':
    case 'keyword_argument':
    case 'call':
      return undefined;
    case 'function_definition':
    case 'class_definition': {
      if (!isField(parent, 'name')) return undefined;
      const kind = parent.type === 'class_definition' ? 'class' : 'function';
      return inScope(
        node,
        parent.parent,
        reader,
        withValue(simple(node, kind), () => reader.expression(parent, parent)),
      );
    }
    case 'dotted_name':
      return importedName(node, parent, reader);
    case 'aliased_import':
      return isField(parent, 'alias')
        ? inScope(node, parent, reader, withImportAround(simple(node, 'import'), reader))
        : undefined;
    case 'named_expression': {
      const value = parent.childForFieldName('value');
      return isField(parent, 'name') && value
        ? inScope(
            node,
            parent,
            reader,
            withValue(simple(node, 'let'), () => reader.expression(value, parent)),
          )
        : undefined;
    }
    case 'as_pattern_target':
      return inScope(node, parent, reader, simple(node, 'catch'));
    default:
      return parameterLists.has(parent.type) || parameterForms.has(parent.type)
        ? (declaredParameter(node, reader) ?? declaredInPattern(node, reader))
        : declaredInPattern(node, reader);
  }
}

/** The assignment that writes to this occurrence of a name. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  let current = node;
  let { parent } = node;
  while (parent && patterns.has(parent.type)) [current, parent] = [parent, parent.parent];
  if (!parent || !/^((augmented_)?assignment|named_expression)$/.test(parent.type)) return undefined;
  const target = parent.childForFieldName(parent.type === 'named_expression' ? 'name' : 'left');
  if (target?.id !== current.id || !parent.childForFieldName(parent.type === 'named_expression' ? 'value' : 'right'))
    return undefined;
  return reader.expression(parent, parent);
}

/** Whether a name of a class body is seen from the range: methods do not see the names of their class. */
export function seesScope(scope: SyntaxNode, range: SourceRange, reader: Reader): boolean {
  if (scope.type !== 'class_definition') return true;
  for (let node = reader.nodeAt(range.start) ?? null; node && node.id !== scope.id; node = node.parent) {
    if (node.type === 'function_definition' || node.type === 'lambda') return false;
  }
  return true;
}

/** Children of a parameter list that are parameters. */
export function parametersOf(list: SyntaxNode): SyntaxNode[] {
  return named(list).filter((child) => child.type !== 'keyword_separator' && child.type !== 'positional_separator');
}

function simple(node: SyntaxNode, kind: Binding['kind'], path: Binding['path'] = []): Declared {
  return { name: node.text, kind, nameRange: rangeOf(node), path };
}

function inScope(node: SyntaxNode, from: SyntaxNode | null, reader: Reader, binding: Declared): DeclaredName {
  let scope = enclosing(from);
  if (scope.type === 'function_definition') {
    const outer = declaredElsewhere(node.text, scope, reader);
    if (outer === 'global') scope = reader.tree.rootNode;
    else if (outer === 'nonlocal') scope = enclosing(scope.parent);
  }
  return { scope, binding };
}

function enclosing(node: SyntaxNode | null): SyntaxNode {
  let current = node!;
  while (!scopes.has(current.type) && current.parent) current = current.parent;
  return current;
}

const outerNames = new WeakMap<Reader, Map<string, Map<number, 'global' | 'nonlocal'>>>();

/** What a `global` or `nonlocal` statement of the function says of the name. */
function declaredElsewhere(name: string, scope: SyntaxNode, reader: Reader): 'global' | 'nonlocal' | undefined {
  let byName = outerNames.get(reader);
  if (!byName) outerNames.set(reader, (byName = new Map()));
  let functions = byName.get(name);
  if (!functions) {
    functions = new Map();
    byName.set(name, functions);
    if (reader.text.has(/\b(global|nonlocal)\b/)) {
      for (const occurrence of reader.occurrences(name)) {
        const keyword = /^(global|nonlocal)_statement$/.exec(occurrence.parent?.type ?? '')?.[1];
        if (keyword) functions.set(enclosing(occurrence).id, keyword as 'global' | 'nonlocal');
      }
    }
  }
  return functions.get(scope.id);
}

/** `import os.path` binds `os`; `from x import name` binds `name`; the module's own name binds nothing. */
function importedName(node: SyntaxNode, dotted: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const statement = dotted.parent;
  if (!statement || !/^(import|import_from|future_import)_statement$/.test(statement.type)) return undefined;
  if (statement.childForFieldName('module_name')?.id === dotted.id || dotted.firstNamedChild?.id !== node.id)
    return undefined;
  return inScope(node, statement, reader, withImportAround(simple(node, 'import'), reader));
}

function declaredParameter(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  let current = node;
  let fallback: SyntaxNode | null = null;
  for (let { parent } = node; parent; [current, parent] = [parent, parent.parent]) {
    if (parameterLists.has(parent.type)) {
      const owner = parent.parent;
      if (!owner) return undefined;
      const fn = reader.expression(owner, owner);
      const index = parametersOf(parent).findIndex((child) => child.id === current.id);
      return {
        scope: owner,
        binding: {
          ...simple(node, 'parameter'),
          parameterIndex: index,
          ...(fn.kind === 'function' && { parameterOf: fn }),
          ...(fallback && { fallback: reader.expression(fallback, fallback) }),
        },
      };
    }
    if (!parameterForms.has(parent.type)) return undefined;
    const holder = parent.childForFieldName('name') ?? parent.firstNamedChild;
    if (holder?.id !== current.id) return undefined;
    fallback ??= parent.childForFieldName('value');
  }
  return undefined;
}

function declaredInPattern(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const path: number[] = [];
  let isRest = false;
  let current = node;
  for (let { parent } = node; parent; [current, parent] = [parent, parent.parent]) {
    const isTarget = parent.childForFieldName('left')?.id === current.id;
    switch (parent.type) {
      case 'pattern_list':
      case 'tuple_pattern':
      case 'list_pattern':
        path.unshift(named(parent).findIndex((child) => child.id === current.id));
        break;
      case 'list_splat_pattern':
        isRest = true;
        break;
      case 'assignment': {
        const value = parent.childForFieldName('right');
        if (!isTarget || !value) return undefined;
        const statement = parent;
        return inScope(
          node,
          parent,
          reader,
          isRest
            ? simple(node, 'catch')
            : withValue(simple(node, 'let', path), () => reader.expression(value, statement)),
        );
      }
      case 'for_statement':
        return isTarget ? { scope: parent, binding: simple(node, 'loop', isRest ? ['*'] : path) } : undefined;
      case 'for_in_clause':
        return isTarget ? comprehensionVariable(node, parent, isRest ? ['*'] : path, reader) : undefined;
      default:
        return undefined;
    }
  }
  return undefined;
}

function comprehensionVariable(
  node: SyntaxNode,
  clause: SyntaxNode,
  path: Binding['path'],
  reader: Reader,
): DeclaredName | undefined {
  const comprehension = clause.parent;
  if (!comprehension) return undefined;
  const fn = comprehensionFunction(clause, reader);
  return { scope: comprehension, binding: { ...simple(node, 'parameter', path), parameterIndex: 0, parameterOf: fn } };
}
