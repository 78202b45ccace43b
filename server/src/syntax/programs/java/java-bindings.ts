/** Which names Java declares where: fields, methods, types, parameters, variables, patterns, imports. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression, Statement } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { annotationsOf, hasModifier } from './java-annotations.ts';
import { importedName } from './java-imports.ts';
import { named } from '../named-children.ts';

type Declared = DeclaredName['binding'];

/** What has parameters and a body of its own. */
export const functions = new Set([
  'method_declaration',
  'constructor_declaration',
  'compact_constructor_declaration',
  'lambda_expression',
]);
const types = new Set([
  'class_declaration',
  'interface_declaration',
  'enum_declaration',
  'record_declaration',
  'annotation_type_declaration',
]);
const scopes = new Set([
  'program',
  'class_body',
  'interface_body',
  'enum_body',
  'block',
  'constructor_body',
  'switch_block_statement_group',
  'for_statement',
  'enhanced_for_statement',
  'try_with_resources_statement',
  'catch_clause',
  ...functions,
]);
const bodies = new Set(['block', 'constructor_body']);

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  if (!parent || node.type !== 'identifier') return undefined;
  if (parent.type === 'scoped_identifier') return importedName(node, reader);
  if (types.has(parent.type)) return declaredType(node, parent, reader);
  if (functions.has(parent.type)) return declaredByFunction(node, parent, reader);
  const isName = parent.childForFieldName('name')?.id === node.id;
  switch (parent.type) {
    case 'variable_declarator':
      return isName ? declaredVariable(node, parent, reader) : undefined;
    case 'formal_parameter':
      return isName ? declaredParameter(node, parent, reader) : undefined;
    case 'inferred_parameters':
      return declaredParameter(node, node, reader);
    case 'enum_constant':
      return isName ? { scope: enclosing(parent.parent), binding: simple(node, 'const') } : undefined;
    case 'enhanced_for_statement':
      return isName ? { scope: parent, binding: { ...simple(node, 'loop'), ...typeOf(parent, reader) } } : undefined;
    case 'resource':
      return isName
        ? { scope: enclosing(parent.parent), binding: withValueIn(parent, 'value', simple(node, 'const'), reader) }
        : undefined;
    case 'catch_formal_parameter':
      return isName ? { scope: enclosing(parent.parent), binding: simple(node, 'catch') } : undefined;
    case 'instanceof_expression':
      return isName
        ? { scope: enclosing(parent.parent), binding: withValueIn(parent, 'left', simple(node, 'const'), reader) }
        : undefined;
    default:
      return undefined;
  }
}

/** The assignment that writes to this occurrence of a name, `this.name` of a field included. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const access = node.parent;
  const isOwnField = access?.type === 'field_access' && access.childForFieldName('field')?.id === node.id;
  if (isOwnField && access.childForFieldName('object')?.type !== 'this') return undefined;
  const target = isOwnField ? access : node;
  const { parent } = target;
  if (parent?.type === 'update_expression') return reader.expression(parent, parent);
  const writes = parent?.type === 'assignment_expression' && parent.childForFieldName('left')?.id === target.id;
  return writes ? reader.expression(parent, parent) : undefined;
}

/** A declaration as a statement. */
export function declaration(
  node: SyntaxNode,
  name: SyntaxNode | null,
  value: () => Expression | undefined,
  reader: Reader,
): Statement {
  const bindings = (): Binding[] => {
    const binding = name && reader.bindingAt(name.text, rangeOf(name));
    return binding ? [binding] : [];
  };
  return reader.lazy(node, { kind: 'declaration' }, { bindings, value }) as Statement;
}

/** Types are seen in all of the block or class that declares them. */
function declaredType(node: SyntaxNode, type: SyntaxNode, reader: Reader): DeclaredName | undefined {
  if (type.childForFieldName('name')?.id !== node.id) return undefined;
  return {
    scope: enclosing(type.parent),
    binding: withValue(simple(node, 'class'), () => reader.expression(type, type)),
  };
}

/** A method's name is seen in all of its class; the single parameter of a lambda stands without brackets. */
function declaredByFunction(node: SyntaxNode, fn: SyntaxNode, reader: Reader): DeclaredName | undefined {
  if (fn.type === 'lambda_expression')
    return fn.childForFieldName('parameters')?.id === node.id ? declaredParameter(node, node, reader) : undefined;
  if (fn.type !== 'method_declaration' || fn.childForFieldName('name')?.id !== node.id) return undefined;
  return {
    scope: enclosing(fn.parent),
    binding: withValue(simple(node, 'function'), () => reader.expression(fn, fn)),
  };
}

/** A field, which all of its class sees, or a variable, which is seen from its end on. */
function declaredVariable(node: SyntaxNode, declarator: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const statement = declarator.parent;
  if (!statement) return undefined;
  if (statement.type === 'spread_parameter') return declaredParameter(node, statement, reader);
  const isField = /^(field|constant)_declaration$/.test(statement.type);
  const kind = statement.type === 'constant_declaration' || hasModifier(statement, 'final') ? 'const' : 'let';
  const binding = { ...simple(node, kind), ...typeOf(statement, reader) };
  const scope = enclosing(statement.parent);
  return isField
    ? { scope, binding: withValue(binding, () => fieldValue(declarator, statement, reader)) }
    : { scope, from: declarator.endIndex, binding: withValueIn(declarator, 'value', binding, reader) };
}

/** What is written there, or what an annotation says that somebody will write there: `@Value("${app.origins}")`. */
export function fieldValue(declarator: SyntaxNode, field: SyntaxNode, reader: Reader): Expression | undefined {
  const value = declarator.childForFieldName('value');
  if (value) return reader.expression(value, declarator);
  return annotationsOf(field, reader).find(({ kind }) => kind === 'call');
}

function declaredParameter(node: SyntaxNode, line: SyntaxNode, reader: Reader): DeclaredName | undefined {
  let owner = line.parent;
  if (owner && !functions.has(owner.type)) owner = owner.parent;
  if (!owner || !functions.has(owner.type)) return undefined;
  const index = parametersOf(owner).findIndex(({ name }) => name?.id === node.id);
  const fn = reader.expression(owner, owner);
  const given = annotationsOf(line, reader).find(({ kind }) => kind === 'call');
  return {
    scope: owner,
    binding: {
      ...simple(node, 'parameter'),
      ...typeOf(line, reader),
      ...(given && { fallback: given }),
      parameterIndex: index,
      ...(fn.kind === 'function' && { parameterOf: fn }),
    },
  };
}

export interface JavaParameter {
  readonly name: SyntaxNode | null;
  readonly line: SyntaxNode;
  readonly rest: boolean;
}

/** Parameters of a method, a constructor or a lambda, in order. */
export function parametersOf(fn: SyntaxNode): JavaParameter[] {
  const list = fn.childForFieldName('parameters');
  if (list?.type === 'identifier') return [{ name: list, line: list, rest: false }];
  return named(list).flatMap((line): JavaParameter[] => {
    switch (line.type) {
      case 'identifier':
        return [{ name: line, line, rest: false }];
      case 'formal_parameter':
        return [{ name: line.childForFieldName('name'), line, rest: false }];
      case 'spread_parameter': {
        const declarator = named(line).find(({ type }) => type === 'variable_declarator');
        return [{ name: declarator?.childForFieldName('name') ?? null, line, rest: true }];
      }
      default:
        return [];
    }
  });
}

/** What names are declared in: the parameters of a function and the names of its body are of one block. */
function enclosing(node: SyntaxNode | null): SyntaxNode {
  let current = node!;
  while (!scopes.has(current.type) && current.parent) current = current.parent;
  return bodies.has(current.type) && current.parent && functions.has(current.parent.type) ? current.parent : current;
}

function simple(node: SyntaxNode, kind: Binding['kind']): Declared {
  return { name: node.text, kind, nameRange: rangeOf(node), path: [] };
}

function typeOf(holder: SyntaxNode, reader: Reader): { readonly type?: Expression } {
  const type = holder.childForFieldName('type');
  return type ? { type: reader.expression(type, holder) } : {};
}

function withValueIn(holder: SyntaxNode, field: string, binding: Declared, reader: Reader): Declared {
  const value = holder.childForFieldName(field);
  return value ? withValue(binding, () => reader.expression(value, holder)) : binding;
}
