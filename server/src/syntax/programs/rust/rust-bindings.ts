/** Which names Rust declares where: items, parameters, and what patterns bind. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { importedName } from './rust-imports.ts';
import { nameOf, patternPlace } from './rust-patterns.ts';
import type { PatternPlace } from './rust-patterns.ts';
import { functions, isField } from './rust-positions.ts';

type Declared = DeclaredName['binding'];

const scopes = new Set([
  'source_file',
  'declaration_list',
  'block',
  'match_arm',
  'for_expression',
  'if_expression',
  'while_expression',
  ...functions,
]);
const classes = new Set(['struct_item', 'enum_item', 'union_item', 'trait_item']);
const uses = /^(use_list|scoped_use_list|use_declaration|use_as_clause|scoped_identifier)$/;

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  if (parent.type === 'self_parameter') return declaredParameter(node, parent, [], reader);
  if (uses.test(parent.type)) return importedName(node, reader);
  if (isField(parent, 'name', node)) return declaredItem(node, parent, reader);
  const place = patternPlace(node);
  return place && declaredInPattern(node, place, reader);
}

function declaredItem(node: SyntaxNode, item: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const scope = enclosing(item.parent);
  if (classes.has(item.type))
    return { scope, binding: withValue(simple(node, 'class'), () => reader.expression(item, item)) };
  switch (item.type) {
    case 'mod_item':
      return item.childForFieldName('body')
        ? { scope, binding: withValue(simple(node, 'class'), () => reader.expression(item, item)) }
        : importedName(node, reader);
    case 'function_item':
      return { scope, binding: withValue(simple(node, 'function'), () => reader.expression(item, item)) };
    case 'const_item':
    case 'static_item': {
      const value = item.childForFieldName('value');
      const binding = { ...simple(node, 'const'), ...typeOf(item, reader) };
      return { scope, binding: value ? withValue(binding, () => reader.expression(value, item)) : binding };
    }
    default:
      return undefined;
  }
}

function declaredInPattern(node: SyntaxNode, place: PatternPlace, reader: Reader): DeclaredName | undefined {
  const { holder, path } = place;
  switch (holder.type) {
    case 'parameter':
      return declaredParameter(node, holder, path, reader);
    case 'closure_parameters':
      return declaredParameter(node, place.root, path, reader);
    case 'for_expression':
      return { scope: holder, binding: simple(node, 'loop') };
    case 'let_declaration': {
      const binding = { ...simple(node, mutable(holder) ? 'let' : 'const'), ...typeOf(holder, reader) };
      // Each `let` makes a name of its own, and is seen from its end on.
      return {
        scope: enclosing(holder.parent),
        from: holder.endIndex,
        shadows: true,
        binding: partOf(holder, path, binding, reader),
      };
    }
    case 'let_condition': {
      const scope = enclosing(holder.parent);
      return {
        scope,
        from: holder.endIndex,
        shadows: true,
        binding: partOf(holder, path, simple(node, 'const'), reader),
      };
    }
    case 'match_arm': {
      const choice = holder.parent?.parent;
      const binding = simple(node, 'const');
      return { scope: holder, binding: choice ? partOf(choice, path, binding, reader) : binding };
    }
    default:
      return undefined;
  }
}

function mutable(declaration: SyntaxNode): boolean {
  return named(declaration).some(({ type }) => type === 'mutable_specifier');
}

/** The part of a value that a pattern binds. */
function partOf(holder: SyntaxNode, path: PatternPlace['path'], binding: Declared, reader: Reader): Declared {
  const value = holder.childForFieldName('value');
  if (!value) return binding;
  if (path !== undefined) return withValue({ ...binding, path }, () => reader.expression(value, holder));
  return withValue(binding, () => reader.made(holder, binding.nameRange, { kind: 'unknown' }) as Expression);
}

function declaredParameter(
  node: SyntaxNode,
  line: SyntaxNode,
  path: PatternPlace['path'],
  reader: Reader,
): DeclaredName | undefined {
  let owner = line.parent;
  while (owner && !functions.has(owner.type)) owner = owner.parent;
  if (!owner) return undefined;
  const index = parametersOf(owner).findIndex(({ id }) => id === line.id);
  const fn = reader.expression(owner, owner);
  return {
    scope: owner,
    binding: {
      ...simple(node, 'parameter'),
      ...typeOf(line, reader),
      path: path ?? ['?'],
      parameterIndex: index,
      ...(fn.kind === 'function' && { parameterOf: fn }),
    },
  };
}

/** Parameters of a function or closure, `self` included, in order. */
export function parametersOf(fn: SyntaxNode): SyntaxNode[] {
  return named(fn.childForFieldName('parameters')).filter(({ type }) => type !== 'attribute_item');
}

/** The name of a parameter; undefined where a pattern takes it apart. */
export function parameterName(parameter: SyntaxNode): SyntaxNode | undefined {
  if (parameter.type === 'self_parameter') return named(parameter).find(({ type }) => type === 'self');
  return nameOf(parameter.type === 'parameter' ? parameter.childForFieldName('pattern') : parameter);
}

/** The assignment that writes to this occurrence of a name. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const { parent } = node;
  const writes = /^(compound_)?assignment_(expression|expr)$/.test(parent?.type ?? '') && isField(parent, 'left', node);
  return writes && parent ? reader.expression(parent, parent) : undefined;
}

/** What names are declared in: the parameters of a function and the names of its body are of one block. */
function enclosing(node: SyntaxNode | null): SyntaxNode {
  let current = node!;
  while (!scopes.has(current.type) && current.parent) current = current.parent;
  return current.type === 'block' && current.parent && functions.has(current.parent.type) ? current.parent : current;
}

function simple(node: SyntaxNode, kind: Binding['kind']): Declared {
  return { name: node.text, kind, nameRange: rangeOf(node), path: [] };
}

function typeOf(holder: SyntaxNode, reader: Reader): { readonly type?: Expression } {
  const type = holder.childForFieldName('type');
  return type ? { type: reader.expression(type, holder) } : {};
}
