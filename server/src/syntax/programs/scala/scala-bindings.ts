/** Which names Scala declares where: values, functions, types, parameters, patterns, imports. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression, Statement } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { parametersOf } from './scala-parameters.ts';
import { importedName } from './scala-imports.ts';
import { functionOfWildcard } from './scala-positions.ts';
import { named } from '../named-children.ts';

type Declared = DeclaredName['binding'];

const definitions = /^(val|var)_(definition|declaration)$/;
const types = /^(class|object|trait|enum)_definition$/;
const scopes = new Set([
  'compilation_unit',
  'template_body',
  'enum_body',
  'class_definition',
  'trait_definition',
  'block',
  'indented_block',
  'function_definition',
  'function_declaration',
  'lambda_expression',
  'colon_argument',
  'case_clause',
  'for_expression',
]);

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  if (node.type === 'wildcard') return declaredByWildcard(node, reader);
  if (node.type !== 'identifier') return undefined;
  if (/^(import_declaration|namespace_selectors|.*_renamed_identifier)$/.test(parent.type))
    return importedName(node, reader);
  const isName = parent.childForFieldName('name')?.id === node.id;
  if (types.test(parent.type)) return isName ? declaredType(node, parent, reader) : undefined;
  if (definitions.test(parent.type)) return declaredValue(node, parent, reader);
  switch (parent.type) {
    case 'function_definition':
    case 'function_declaration':
      return isName
        ? {
            scope: enclosing(parent.parent),
            binding: withValue(simple(node, 'function'), () => reader.expression(parent, parent)),
          }
        : undefined;
    case 'parameter':
    case 'binding':
      return isName ? declaredParameter(node, parent, reader) : undefined;
    case 'class_parameter':
      return isName
        ? { scope: enclosing(parent), binding: { ...simple(node, 'let'), ...given(parent, reader) } }
        : undefined;
    case 'lambda_expression':
      return parent.childForFieldName('parameters')?.id === node.id ? declaredParameter(node, node, reader) : undefined;
    case 'colon_argument':
      return parent.childForFieldName('lambda_start')?.id === node.id
        ? declaredParameter(node, node, reader)
        : undefined;
    case 'enumerator':
      return named(parent)[0]?.id === node.id ? { scope: enclosing(parent), binding: simple(node, 'loop') } : undefined;
    case 'tuple_pattern':
      return declaredByTuple(node, parent, reader);
    default:
      return declaredByPattern(node, reader);
  }
}

/** The assignment that writes to this occurrence of a name, `this.name` of a field included; `+=` is an operator of the grammar. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const access = node.parent;
  const isField = access?.type === 'field_expression' && access.childForFieldName('field')?.id === node.id;
  if (isField && access.childForFieldName('value')?.text !== 'this') return undefined;
  const target = isField ? access : node;
  const { parent } = target;
  const isAssignment = parent?.type === 'assignment_expression' && parent.parent?.type !== 'arguments';
  const isOperator = parent?.type === 'infix_expression' && /^[-+*/|]=$/.test(operatorOf(parent));
  const writes = (isAssignment || isOperator) && parent.childForFieldName('left')?.id === target.id;
  return writes ? reader.expression(parent, parent) : undefined;
}

export function operatorOf(node: SyntaxNode): string {
  return node.childForFieldName('operator')?.text ?? '';
}

/** A declaration as a statement. */
export function declaration(node: SyntaxNode, value: () => Expression | undefined, reader: Reader): Statement {
  const written = node.childForFieldName('name') ?? node.childForFieldName('pattern');
  const names = written?.type === 'tuple_pattern' ? named(written) : written ? [written] : [];
  const bindings = (): Binding[] =>
    names.flatMap((name) => (name.type === 'identifier' ? (reader.bindingAt(name.text, rangeOf(name)) ?? []) : []));
  return reader.lazy(node, { kind: 'declaration' }, { bindings, value }) as Statement;
}

/** An object has its members by itself; a class of the same name stands beside it. */
function declaredType(node: SyntaxNode, type: SyntaxNode, reader: Reader): DeclaredName {
  return {
    scope: enclosing(type.parent),
    binding: withValue(simple(node, 'class'), () => reader.expression(type, type)),
  };
}

/** A member, which all of its class sees, or a value of a block, which is seen from its end on. */
function declaredValue(node: SyntaxNode, definition: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const name = definition.childForFieldName('pattern') ?? definition.childForFieldName('name');
  if (name?.id !== node.id) return undefined;
  const value = definition.childForFieldName('value');
  const isMissing = !value || value.type === 'wildcard';
  const kind = definition.type.startsWith('val') ? 'const' : 'let';
  const binding = { ...simple(node, kind), ...typeOf(definition, reader) };
  const isMember = /_body$|^compilation_unit$/.test(definition.parent?.type ?? '');
  return {
    scope: enclosing(definition.parent),
    ...(!isMember && { from: definition.endIndex }),
    binding: isMissing ? binding : withValue(binding, () => reader.expression(value, definition)),
  };
}

/** `val (a, b) = pair` */
function declaredByTuple(node: SyntaxNode, tuple: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const definition = tuple.parent;
  if (!definition || !definitions.test(definition.type)) return declaredByPattern(node, reader);
  const value = definition.childForFieldName('value');
  const path = [named(tuple).findIndex(({ id }) => id === node.id)];
  return {
    scope: enclosing(definition.parent),
    binding: withValue({ ...simple(node, 'const'), path }, () => reader.expression(value, definition)),
  };
}

/** `case origin if allowed(origin) =>` and `case Some(origin) =>` name what is matched; names deeper inside are not known. */
function declaredByPattern(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  if (!/^[a-z_]/.test(node.text)) return undefined;
  let pattern = node;
  while (
    pattern.parent &&
    /_pattern$/.test(pattern.parent.type) &&
    pattern.parent.childForFieldName('type')?.id !== pattern.id
  )
    pattern = pattern.parent;
  const clause = pattern.parent;
  if (clause?.type !== 'case_clause' || clause.childForFieldName('pattern')?.id !== pattern.id) return undefined;
  const isWhole =
    pattern.id === node.id ||
    (pattern.type === 'typed_pattern' && node.parent?.id === pattern.id) ||
    (pattern.type === 'case_class_pattern' &&
      /^(Some|Right|Success)\($/.test(pattern.text.slice(0, pattern.text.indexOf('(') + 1)));
  const match = clause.parent?.parent;
  const subject = match?.type === 'match_expression' ? match.childForFieldName('value') : null;
  const binding = simple(node, 'const');
  return {
    scope: clause,
    binding: isWhole && subject && match ? withValue(binding, () => reader.expression(subject, match)) : binding,
  };
}

/** Each `_` of an expression is the next parameter of the function that it makes; only the first one has a name of its own. */
function declaredByWildcard(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const owner = functionOfWildcard(node);
  if (!owner) return undefined;
  const fn = reader.expression(owner, owner);
  return {
    scope: owner,
    binding: { ...simple(node, 'parameter'), parameterIndex: 0, ...(fn.kind === 'function' && { parameterOf: fn }) },
  };
}

function declaredParameter(node: SyntaxNode, line: SyntaxNode, reader: Reader): DeclaredName | undefined {
  let owner = line.parent;
  while (owner && /^(parameters|bindings)$/.test(owner.type)) owner = owner.parent;
  if (!owner) return undefined;
  const fn = reader.expression(owner, owner);
  return {
    scope: owner,
    binding: {
      ...simple(node, 'parameter'),
      ...given(line, reader),
      parameterIndex: parametersOf(owner).findIndex(({ name }) => name?.id === node.id),
      ...(fn.kind === 'function' && { parameterOf: fn }),
    },
  };
}

function given(line: SyntaxNode, reader: Reader): { readonly type?: Expression; readonly fallback?: Expression } {
  const fallback = line.childForFieldName('default_value');
  return { ...typeOf(line, reader), ...(fallback && { fallback: reader.expression(fallback, line) }) };
}

function enclosing(node: SyntaxNode | null): SyntaxNode {
  let current = node!;
  while (!scopes.has(current.type) && current.parent) current = current.parent;
  return current;
}

function simple(node: SyntaxNode, kind: Binding['kind']): Declared {
  return { name: node.text, kind, nameRange: rangeOf(node), path: [] };
}

function typeOf(holder: SyntaxNode, reader: Reader): { readonly type?: Expression } {
  const type = holder.childForFieldName('type');
  return type ? { type: reader.expression(type, holder) } : {};
}
