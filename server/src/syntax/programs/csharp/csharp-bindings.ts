/** Which names C# declares where: fields, properties, methods, types, parameters, variables, patterns, aliases. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression, Statement } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { hasModifier } from './csharp-attributes.ts';
import { aliasName } from './csharp-imports.ts';
import { madeOf, writtenOut } from './csharp-out.ts';
import { ownerOfParameter, parameterLists, parametersOf } from './csharp-parameters.ts';
import { behind, named } from './csharp-text.ts';

type Declared = DeclaredName['binding'];

/** What has parameters and a body of its own. */
export const functions = new Set([
  'method_declaration',
  'constructor_declaration',
  'local_function_statement',
  'lambda_expression',
  'anonymous_method_expression',
  'operator_declaration',
  'conversion_operator_declaration',
  'indexer_declaration',
]);
const types = /^(class|interface|enum|record|struct)_declaration$/;
const scopes = new Set([
  'compilation_unit',
  'declaration_list',
  'enum_member_declaration_list',
  'block',
  'accessor_declaration',
  'switch_body',
  'switch_section',
  'switch_expression_arm',
  'for_statement',
  'foreach_statement',
  'using_statement',
  'fixed_statement',
  'catch_clause',
  ...functions,
]);

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  if (node.type === 'implicit_parameter' || parameterLists.has(parent.type)) return declaredParameter(node, reader);
  if (node.type !== 'identifier') return undefined;
  if (parent.type === 'tuple_pattern') return declaredInTuple(node, parent, reader);
  if (parent.childForFieldName('name')?.id !== node.id) return declaredElsewhere(node, parent, reader);
  if (types.test(parent.type)) return declaredType(node, parent, reader);
  switch (parent.type) {
    case 'using_directive':
      return aliasName(node, reader);
    case 'method_declaration':
    case 'local_function_statement':
      return {
        scope: enclosing(parent.parent),
        binding: withValue(simple(node, 'function'), () => reader.expression(parent, parent)),
      };
    case 'property_declaration':
      return { scope: enclosing(parent.parent), binding: declaredProperty(node, parent, reader) };
    case 'variable_declarator':
      return declaredVariable(node, parent, reader);
    case 'parameter':
      return declaredParameter(node, reader);
    case 'enum_member_declaration':
      return { scope: enclosing(parent.parent), binding: withValueOf(parent, simple(node, 'const'), reader) };
    case 'catch_declaration':
      return { scope: enclosing(parent.parent), binding: simple(node, 'catch') };
    case 'declaration_expression':
      return {
        scope: enclosing(parent.parent),
        from: parent.endIndex,
        binding: withValue({ ...simple(node, 'const'), ...typeOf(parent, reader) }, () => writtenOut(parent, reader)),
      };
    case 'declaration_pattern':
    case 'recursive_pattern':
      return declaredByPattern(node, parent, reader);
    default:
      return undefined;
  }
}

function declaredElsewhere(node: SyntaxNode, parent: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const isItem = parent.type === 'foreach_statement' && parent.childForFieldName('left')?.id === node.id;
  return isItem ? { scope: parent, binding: { ...simple(node, 'loop'), ...typeOf(parent, reader) } } : undefined;
}

/** The assignment that writes to this occurrence of a name, `this.name` of a field included. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const access = node.parent;
  const isOwn = access?.type === 'member_access_expression' && access.childForFieldName('name')?.id === node.id;
  if (isOwn && access.childForFieldName('expression')?.type !== 'this') return undefined;
  const target = isOwn ? access : node;
  const { parent } = target;
  if (/^(postfix|prefix)_unary_expression$/.test(parent?.type ?? '') && /\+\+|--/.test(parent!.text))
    return reader.expression(parent, parent!);
  const writes = parent?.type === 'assignment_expression' && parent.childForFieldName('left')?.id === target.id;
  return writes && parent.parent?.type !== 'initializer_expression' ? reader.expression(parent, parent) : undefined;
}

/** A declaration as a statement. */
export function declaration(
  node: SyntaxNode,
  name: SyntaxNode | null,
  value: () => Expression | undefined,
  reader: Reader,
): Statement {
  const bindings = (): Binding[] =>
    (name?.type === 'tuple_pattern' ? named(name) : name ? [name] : []).flatMap(
      (one) => reader.bindingAt(one.text, rangeOf(one)) ?? [],
    );
  return reader.lazy(node, { kind: 'declaration' }, { bindings, value }) as Statement;
}

/** Types are seen in all of the namespace or class that declares them. */
function declaredType(node: SyntaxNode, type: SyntaxNode, reader: Reader): DeclaredName {
  return {
    scope: enclosing(type.parent),
    binding: withValue(simple(node, 'class'), () => reader.expression(type, type)),
  };
}

/** `Q => "w"`, `P { get; set; } = "v"`, `R { get { return "z"; } }`. */
export function propertyValue(property: SyntaxNode, reader: Reader): Expression | undefined {
  const value = property.childForFieldName('value');
  if (value) return reader.expression(value, property);
  const getter = named(property.childForFieldName('accessors')).find(
    (accessor) => accessor.childForFieldName('body') && /\bget\b/.test(accessor.text.split(/[{=]/)[0]!),
  );
  return getter && reader.expression(getter, property);
}

function declaredProperty(node: SyntaxNode, property: SyntaxNode, reader: Reader): Declared {
  const canBeSet = /\b(set|init)\b/.test(property.childForFieldName('accessors')?.text ?? '');
  const binding = { ...simple(node, canBeSet ? 'let' : 'const'), ...typeOf(property, reader) };
  return withValue(binding, () => propertyValue(property, reader));
}

/** A field, which all of its class sees, or a variable, which is seen from its end on. */
function declaredVariable(node: SyntaxNode, declarator: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const list = declarator.parent;
  const statement = list?.parent;
  if (!list || !statement) return undefined;
  const isField = /^(event_)?field_declaration$/.test(statement.type);
  const kind = hasModifier(statement, 'const') || hasModifier(statement, 'readonly') ? 'const' : 'let';
  const binding = withValue({ ...simple(node, kind), ...typeOf(list, reader) }, () =>
    variableValue(declarator, reader),
  );
  const scope = enclosing(statement);
  return isField ? { scope, binding } : { scope, from: declarator.endIndex, binding };
}

/** What a variable begins with. */
export function variableValue(declarator: SyntaxNode, reader: Reader): Expression | undefined {
  const value = behind(declarator, '=');
  return value && reader.expression(value, declarator);
}

/** `var (a, b) = pair;` */
function declaredInTuple(node: SyntaxNode, tuple: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const declarator = tuple.parent;
  const statement = declarator?.parent;
  if (!declarator || !statement) return undefined;
  const path = [named(tuple).findIndex(({ id }) => id === node.id)];
  const binding = { ...simple(node, 'let'), path };
  return declarator.type === 'variable_declarator'
    ? {
        scope: enclosing(statement),
        from: declarator.endIndex,
        binding: withValue(binding, () => variableValue(declarator, reader)),
      }
    : { scope: enclosing(declarator), binding: simple(node, 'loop') };
}

/** `value is string text`, `case string text:`: the name stands for the value; within `{ Host: var host }` for something of it. */
function declaredByPattern(node: SyntaxNode, pattern: SyntaxNode, reader: Reader): DeclaredName {
  let holder = pattern.parent;
  while (
    holder &&
    /_pattern|^subpattern$|_pattern_clause$/.test(holder.type) &&
    holder.type !== 'is_pattern_expression'
  )
    holder = holder.parent;
  const subject = holder && subjectOf(holder);
  const isWhole = pattern.parent?.id === holder?.id;
  return {
    scope: holder?.type === 'switch_expression_arm' ? holder : enclosing(pattern.parent),
    from: pattern.endIndex,
    binding: withValue({ ...simple(node, 'const'), ...typeOf(pattern, reader) }, () =>
      subject && isWhole ? reader.expression(subject, holder!) : madeOf(subject ? [subject] : [], node, reader),
    ),
  };
}

/** What is compared with the patterns in this node. */
function subjectOf(holder: SyntaxNode): SyntaxNode | undefined {
  switch (holder.type) {
    case 'is_pattern_expression':
      return holder.childForFieldName('expression') ?? undefined;
    case 'switch_expression_arm':
      return named(holder.parent)[0];
    case 'switch_section':
      return holder.parent?.parent?.childForFieldName('value') ?? undefined;
    default:
      return undefined;
  }
}

/** Parameters of a primary constructor are seen in all of the class. */
function declaredParameter(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const owner = ownerOfParameter(node);
  if (!owner) return undefined;
  const index = parametersOf(owner).findIndex(({ name }) => name?.id === node.id);
  const parameter = parametersOf(owner)[index];
  if (!parameter) return undefined;
  const fn = types.test(owner.type) ? undefined : reader.expression(owner, owner);
  const { fallback, type } = parameter;
  return {
    scope: owner,
    binding: {
      ...simple(node, 'parameter'),
      ...(type && { type: reader.expression(type, owner) }),
      ...(fallback && { fallback: reader.expression(fallback, owner) }),
      parameterIndex: index,
      ...(fn?.kind === 'function' && { parameterOf: fn }),
    },
  };
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
  return type && type.type !== 'implicit_type' ? { type: reader.expression(type, holder) } : {};
}

function withValueOf(holder: SyntaxNode, binding: Declared, reader: Reader): Declared {
  const value = holder.childForFieldName('value');
  return value ? withValue(binding, () => reader.expression(value, holder)) : binding;
}
