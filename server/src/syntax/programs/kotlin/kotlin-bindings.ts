/** Which names Kotlin declares where: properties, functions, types, parameters, variables, imports, and `it`. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression, Statement } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { givenByAnnotation } from './kotlin-annotations.ts';
import { importedName } from './kotlin-imports.ts';
import { scopeOf } from './kotlin-positions.ts';
import { isVal, nameAndType, valueOfProperty } from './kotlin-properties.ts';

type Declared = DeclaredName['binding'];

/** What has parameters and a body of its own. */
const functions = new Set(['function_declaration', 'anonymous_function', 'secondary_constructor', 'setter']);
const types = new Set(['class_declaration', 'object_declaration', 'companion_object', 'type_alias']);
const scopes = new Set([
  'source_file',
  'class_body',
  'enum_class_body',
  'block',
  'lambda_literal',
  'for_statement',
  'when_expression',
  'catch_block',
  'getter',
  ...functions,
]);

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  if (!parent || node.type !== 'identifier') return undefined;
  const isName = parent.childForFieldName('name')?.id === node.id;
  switch (parent.type) {
    case 'qualified_identifier':
    case 'import':
      return importedName(node, reader);
    case 'variable_declaration':
      return nameAndType(parent)?.name.id === node.id ? declaredVariable(node, parent, reader) : undefined;
    case 'parameter':
      return nameAndType(parent)?.name.id === node.id ? declaredParameter(node, parent, reader) : undefined;
    case 'class_parameter':
      return nameAndType(parent)?.name.id === node.id ? declaredByClass(node, parent, reader) : undefined;
    case 'function_declaration':
      return isName ? declaredHere(node, parent, 'function', reader) : undefined;
    case 'enum_entry':
      return named(parent)[0]?.id === node.id
        ? { scope: enclosing(parent.parent), binding: simple(node, 'const') }
        : undefined;
    case 'catch_block':
      return named(parent)[0]?.id === node.id ? { scope: parent, binding: simple(node, 'catch') } : undefined;
    default:
      return types.has(parent.type) && isName ? declaredHere(node, parent, 'class', reader) : undefined;
  }
}

/** The assignment that writes to this occurrence of a name, `this.name` of a property included. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const access = node.parent;
  const isOwn = access?.type === 'navigation_expression' && named(access).at(-1)?.id === node.id;
  if (isOwn && named(access)[0]?.type !== 'this_expression') return undefined;
  const target = isOwn ? access : node;
  const { parent } = target;
  if (parent?.type === 'unary_expression' && /\+\+|--/.test(parent.text)) return reader.expression(parent, parent);
  const writes = parent?.type === 'assignment' && parent.childForFieldName('left')?.id === target.id;
  if (!writes) return undefined;
  // A `val` is written to once, where it is declared: this is a property of what the block around is about.
  const binding = isOwn ? undefined : reader.bindingAt(node.text, rangeOf(node));
  return binding?.kind === 'const' && binding.value !== undefined ? undefined : reader.expression(parent, parent);
}

/** A declaration as a statement. */
export function declaration(
  node: SyntaxNode,
  names: readonly SyntaxNode[],
  value: () => Expression | undefined,
  reader: Reader,
): Statement {
  const bindings = (): Binding[] => names.flatMap((name) => reader.bindingAt(name.text, rangeOf(name)) ?? []);
  return reader.lazy(node, { kind: 'declaration' }, { bindings, value }) as Statement;
}

/** Functions and types are seen in all of what declares them. */
function declaredHere(node: SyntaxNode, owner: SyntaxNode, kind: 'function' | 'class', reader: Reader): DeclaredName {
  return {
    scope: enclosing(owner.parent),
    binding: withValue(simple(node, kind), () => reader.expression(owner, owner)),
  };
}

/** A property, which all of its class sees, a variable, which is seen from its end on, or the name of a lambda or loop. */
function declaredVariable(node: SyntaxNode, variable: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const several = variable.parent?.type === 'multi_variable_declaration' ? variable.parent : undefined;
  const index = several && named(several).findIndex(({ id }) => id === variable.id);
  const holder = (several ?? variable).parent;
  const base = (kind: Binding['kind']): Declared => ({
    ...simple(node, kind),
    ...typeOf(variable, reader),
    ...(index !== undefined && { path: [index] }),
  });
  switch (holder?.type) {
    case 'property_declaration':
      return declaredProperty(holder, base(isVal(holder) ? 'const' : 'let'), reader);
    case 'for_statement':
      return { scope: holder, binding: { ...base('loop'), path: [] } };
    case 'lambda_parameters':
      return holder.parent ? ofLambda(holder.parent, base('parameter'), several ?? variable, reader) : undefined;
    case 'when_subject':
      return {
        scope: enclosing(holder.parent),
        binding: withValue(base('const'), () => reader.expression(named(holder).at(-1), holder)),
      };
    default:
      return undefined;
  }
}

function declaredProperty(property: SyntaxNode, binding: Declared, reader: Reader): DeclaredName {
  const isField = /^(class_body|enum_class_body|source_file)$/.test(property.parent?.type ?? '');
  return {
    scope: enclosing(property.parent),
    ...(!isField && { from: property.endIndex }),
    binding: withValue(binding, () => propertyValue(property, reader)),
  };
}

/** What is written there, or what an annotation says that somebody will write there. */
export function propertyValue(property: SyntaxNode, reader: Reader): Expression | undefined {
  const given = givenByAnnotation(property, reader);
  if (given?.kind === 'call' && given.callee.text === 'Value') return given;
  const value = valueOfProperty(property);
  return value ? reader.expression(value, property) : given;
}

/** A parameter of a lambda; where the lambda is nothing but a block, it is the name of what that is about. */
function ofLambda(lambda: SyntaxNode, binding: Declared, line: SyntaxNode, reader: Reader): DeclaredName {
  const scope = scopeOf(lambda);
  if (scope)
    return {
      scope: lambda,
      binding: withValue({ ...binding, kind: 'const' }, () => reader.expression(scope.receiver, lambda)),
    };
  const fn = reader.expression(lambda, lambda);
  return {
    scope: lambda,
    binding: {
      ...binding,
      parameterIndex: Math.max(
        0,
        parametersOf(lambda).findIndex(({ line: one }) => one.id === line.id),
      ),
      ...(fn.kind === 'function' && { parameterOf: fn }),
    },
  };
}

/** `it` of every lambda that names no parameter and asks for one. */
export function unwrittenNames(name: string, reader: Reader): DeclaredName[] {
  if (name !== 'it') return [];
  const lambdas = new Map<number, SyntaxNode>();
  for (const node of reader.occurrences('it')) {
    let lambda: SyntaxNode | null = node.parent;
    while (lambda && !(lambda.type === 'lambda_literal' && !hasParameters(lambda))) lambda = lambda.parent;
    if (lambda) lambdas.set(lambda.id, lambda);
  }
  return [...lambdas.values()].map((lambda) => {
    const nameRange = { start: lambda.startIndex, end: lambda.startIndex + 1 };
    return ofLambda(lambda, { name, kind: 'parameter', nameRange, path: [] }, lambda, reader);
  });
}

function hasParameters(lambda: SyntaxNode): boolean {
  return lambda.children.some((child) => child?.type === 'lambda_parameters' || child?.type === '->');
}

function declaredParameter(node: SyntaxNode, line: SyntaxNode, reader: Reader): DeclaredName | undefined {
  let owner = line.parent;
  if (owner && !functions.has(owner.type)) owner = owner.parent;
  if (!owner || !functions.has(owner.type)) return undefined;
  const own = parametersOf(owner).find(({ name }) => name?.id === node.id);
  const fn = reader.expression(owner, owner);
  const given = own?.modifiers && givenByAnnotation(own.modifiers, reader);
  const fallback = own?.fallback ? reader.expression(own.fallback, line) : given;
  return {
    scope: owner,
    binding: {
      ...simple(node, 'parameter'),
      ...typeOf(line, reader),
      ...(fallback && { fallback }),
      parameterIndex: Math.max(
        0,
        parametersOf(owner).findIndex(({ name }) => name?.id === node.id),
      ),
      ...(fn.kind === 'function' && { parameterOf: fn }),
    },
  };
}

/** A parameter of the class, which all of it sees; who makes the object gives it, or an annotation says what. */
function declaredByClass(node: SyntaxNode, line: SyntaxNode, reader: Reader): DeclaredName | undefined {
  let owner: SyntaxNode | null = line.parent;
  while (owner && !types.has(owner.type)) owner = owner.parent;
  if (!owner) return undefined;
  const binding = { ...simple(node, isVal(line) ? 'const' : 'let'), ...typeOf(line, reader) };
  return { scope: owner, binding: withValue(binding, () => givenByAnnotation(line, reader)) };
}

export interface KotlinParameter {
  readonly name: SyntaxNode | undefined;
  readonly type: SyntaxNode | undefined;
  readonly line: SyntaxNode;
  /** Annotations and `vararg`, which stand in front of it. */
  readonly modifiers?: SyntaxNode;
  readonly fallback?: SyntaxNode;
  readonly rest: boolean;
}

/** Parameters of a function, a constructor or a lambda, in order. */
export function parametersOf(fn: SyntaxNode): KotlinParameter[] {
  if (fn.type === 'lambda_literal') return parametersOfLambda(fn);
  const list = named(fn).find(({ type }) => type === 'function_value_parameters');
  const found: KotlinParameter[] = [];
  let modifiers: SyntaxNode | undefined;
  for (const child of list?.children ?? []) {
    if (child === null) continue;
    if (child.type === 'parameter_modifiers') modifiers = child;
    else if (child.type === 'parameter') {
      const rest = /\bvararg\b/.test(modifiers?.text ?? '');
      const holder = modifiers && { modifiers };
      found.push({ ...(nameAndType(child) ?? { name: undefined, type: undefined }), line: child, ...holder, rest });
      modifiers = undefined;
    } else if (child.isNamed && !child.type.endsWith('comment') && found.length > 0) {
      // What stands behind the sign belongs to the parameter in front of it.
      found.splice(-1, 1, { ...found.at(-1)!, fallback: child });
    }
  }
  return found;
}

function parametersOfLambda(lambda: SyntaxNode): KotlinParameter[] {
  const list = named(lambda).find(({ type }) => type === 'lambda_parameters');
  if (!list)
    return !hasParameters(lambda) && /\bit\b/.test(lambda.text)
      ? [{ name: undefined, type: undefined, line: lambda, rest: false }]
      : [];
  return named(list).map((line) => ({
    ...(nameAndType(line) ?? { name: undefined, type: undefined }),
    line,
    rest: false,
  }));
}

/** What names are declared in. The members of a companion are seen as those of its class. */
function enclosing(node: SyntaxNode | null): SyntaxNode {
  let current = node!;
  while (current.parent && (!scopes.has(current.type) || current.parent.type === 'companion_object'))
    current = current.parent;
  return current;
}

function simple(node: SyntaxNode, kind: Binding['kind']): Declared {
  return { name: node.text, kind, nameRange: rangeOf(node), path: [] };
}

function typeOf(holder: SyntaxNode, reader: Reader): { readonly type?: Expression } {
  const type = nameAndType(holder)?.type;
  return type ? { type: reader.expression(type, holder) } : {};
}
