/** Which names Go declares where: constants, variables, parameters, results, functions, types, imports, loops. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression, Statement } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { aliasName } from './go-modules.ts';
import { parametersOf, resultsOf } from './go-parameters.ts';
import { resultAt } from './go-results.ts';
import { namedFields } from '../named-children.ts';
import { listed } from './go-text.ts';

type Declared = DeclaredName['binding'];

const functions = new Set(['function_declaration', 'method_declaration', 'func_literal']);
const scopes = new Set([
  'source_file',
  'block',
  'if_statement',
  'for_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'expression_case',
  'default_case',
  'type_case',
  'communication_case',
  ...functions,
]);

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const { parent } = node;
  if (!parent || !/^(identifier|type_identifier|package_identifier)$/.test(node.type)) return undefined;
  switch (parent.type) {
    case 'function_declaration':
      return isField(parent, 'name', node)
        ? {
            scope: reader.tree.rootNode,
            binding: withValue(simple(node, 'function'), () => reader.expression(parent, parent)),
          }
        : undefined;
    case 'type_spec':
    case 'type_alias':
      return isField(parent, 'name', node)
        ? declaredIn(
            parent,
            withValue(simple(node, 'class'), () => reader.expression(parent, parent)),
          )
        : undefined;
    case 'const_spec':
    case 'var_spec':
      return declaredInSpec(node, parent, reader);
    case 'parameter_declaration':
    case 'variadic_parameter_declaration':
      return declaredParameter(node, parent, reader);
    case 'import_spec':
      return aliasName(node, reader);
    case 'expression_list':
      return declaredInList(node, parent, reader);
    default:
      return undefined;
  }
}

/** The assignment that writes to this occurrence of a name: in a list, only its own part. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const { parent } = node;
  const statement = parent?.type === 'expression_list' ? parent.parent : parent;
  switch (statement?.type) {
    case 'assignment_statement':
    // A name that the block has already is written to by `name, other := …`.
    case 'short_var_declaration': {
      const index = listed(statement.childForFieldName('left')).findIndex((child) => child.id === node.id);
      return index < 0 ? undefined : assignmentAt(statement, index, reader);
    }
    case 'inc_statement':
    case 'dec_statement':
      return reader.expression(statement, statement);
    case 'range_clause':
      return isField(statement, 'left', parent!)
        ? assignment(statement, '=', node, () => unread(statement, reader), reader)
        : undefined;
    default:
      return undefined;
  }
}

/** Each part of an assignment or of a short declaration, as an assignment of its own. */
export function assignmentsOf(statement: SyntaxNode, reader: Reader): Expression[] {
  return listed(statement.childForFieldName('left')).map((_, index) => assignmentAt(statement, index, reader));
}

function assignmentAt(statement: SyntaxNode, index: number, reader: Reader): Expression {
  const targets = listed(statement.childForFieldName('left'));
  const operator = statement.childForFieldName('operator')?.text ?? '=';
  const value = () => {
    const result = resultAt(listed(statement.childForFieldName('right')), index, targets.length, reader);
    return result.path.reduce(
      (object, step) => elementOf(object, step, statement, reader),
      result.value() ?? unread(statement, reader),
    );
  };
  return assignment(statement, operator, targets[index]!, value, reader);
}

function assignment(
  statement: SyntaxNode,
  operator: string,
  target: SyntaxNode,
  value: () => Expression,
  reader: Reader,
): Expression {
  return reader.lazy(
    statement,
    { kind: 'assignment', operator },
    { target: () => reader.expression(target, statement), value },
  ) as Expression;
}

/** One of several results: `f()[1]`, which nobody can write. */
function elementOf(object: Expression, step: number, statement: SyntaxNode, reader: Reader): Expression {
  const index = reader.made(statement, object.range, { kind: 'number', value: step });
  return reader.made(statement, object.range, { kind: 'index', object, index }) as Expression;
}

function unread(node: SyntaxNode, reader: Reader): Expression {
  return reader.made(node, rangeOf(node), { kind: 'unknown' }) as Expression;
}

/** The names that a line of a declaration or a statement binds. */
export function bindingsOf(names: readonly SyntaxNode[], reader: Reader): Binding[] {
  return names.flatMap((name) => {
    const binding = declaredBy(name, reader) && reader.bindingAt(name.text, rangeOf(name));
    return binding ? [binding] : [];
  });
}

/** A declaration as a statement. */
export function declaration(
  node: SyntaxNode,
  names: () => readonly SyntaxNode[],
  value: () => Expression | undefined,
  reader: Reader,
): Statement {
  return reader.lazy(
    node,
    { kind: 'declaration' },
    { bindings: () => bindingsOf(names(), reader), value },
  ) as Statement;
}

function declaredInSpec(node: SyntaxNode, spec: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const names = namedFields(spec, 'name');
  const index = names.findIndex((name) => name.id === node.id);
  if (index < 0) return undefined;
  const type = spec.childForFieldName('type');
  const values = listed(spec.childForFieldName('value'));
  const kind = spec.type === 'const_spec' ? 'const' : 'let';
  const binding = { ...simple(node, kind), ...(type && { type: reader.expression(type, spec) }) };
  // A constant without a value repeats the line before it, which nobody does with texts; a variable has its type's zero value.
  if (values.length === 0 && kind === 'let') return declaredIn(spec, binding);
  return declaredIn(spec, resulting(binding, spec, values, index, names.length, reader));
}

/** Names on the left of `:=`, of a loop's `range`, of a type switch and of a receive. */
function declaredInList(node: SyntaxNode, list: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const statement = list.parent;
  if (!statement) return undefined;
  const index = listed(list).findIndex((name) => name.id === node.id);
  switch (statement.type) {
    case 'short_var_declaration':
      return isField(statement, 'left', list)
        ? declaredIn(
            statement,
            resulting(
              simple(node, 'let'),
              statement,
              listed(statement.childForFieldName('right')),
              index,
              listed(list).length,
              reader,
            ),
          )
        : undefined;
    case 'range_clause':
      return isField(statement, 'left', list) && declares(statement)
        ? { scope: statement.parent ?? statement, binding: simple(node, 'loop') }
        : undefined;
    case 'receive_statement':
      return isField(statement, 'left', list) && declares(statement)
        ? declaredIn(statement, simple(node, 'catch'))
        : undefined;
    case 'type_switch_statement': {
      const value = statement.childForFieldName('value');
      return isField(statement, 'alias', list)
        ? { scope: statement, binding: withValue(simple(node, 'let'), () => reader.expression(value, statement)) }
        : undefined;
    }
    default:
      return undefined;
  }
}

function declaredParameter(node: SyntaxNode, line: SyntaxNode, reader: Reader): DeclaredName | undefined {
  if (!namedFields(line, 'name').some((name) => name.id === node.id)) return undefined;
  const owner = line.parent?.parent;
  if (!owner || !functions.has(owner.type)) return undefined;
  const index = parametersOf(owner).findIndex(({ name }) => name?.id === node.id);
  const types = index < 0 ? resultsOf(owner) : parametersOf(owner);
  const own = types.find(({ name }) => name?.id === node.id);
  const type = own?.type && { type: reader.expression(own.type, line) };
  if (index < 0) return { scope: owner, binding: { ...simple(node, 'let'), ...type } };
  const fn = reader.expression(owner, owner);
  return {
    scope: owner,
    binding: {
      ...simple(node, 'parameter'),
      ...type,
      parameterIndex: index,
      ...(fn.kind === 'function' && { parameterOf: fn }),
    },
  };
}

/** What a function's own names are declared in: its parameters and the names of its body are of one block. */
export function enclosing(node: SyntaxNode | null): SyntaxNode {
  let current = node!;
  while (!scopes.has(current.type) && current.parent) current = current.parent;
  return current.type === 'block' && current.parent && functions.has(current.parent.type) ? current.parent : current;
}

/** A name that is seen from the end of its own declaration on: `o := o` means the outer one. */
function declaredIn(statement: SyntaxNode, binding: Declared): DeclaredName {
  const scope = enclosing(statement.parent);
  const from = binding.kind === 'class' ? binding.nameRange.end : statement.endIndex;
  return { scope, binding, ...(scope.parent !== null && { from }) };
}

function isField(holder: SyntaxNode, name: string, node: SyntaxNode): boolean {
  return holder.childForFieldName(name)?.id === node.id;
}

/** Whether a clause says `:=` and not `=`. */
function declares(clause: SyntaxNode): boolean {
  return clause.children.some((child) => child?.type === ':=');
}

function simple(node: SyntaxNode, kind: Binding['kind']): Declared {
  return { name: node.text, kind, nameRange: rangeOf(node), path: [] };
}

/** The name bound to its own expression, or to one of the results of the only one. */
function resulting(
  binding: Declared,
  statement: SyntaxNode,
  values: readonly SyntaxNode[],
  index: number,
  count: number,
  reader: Reader,
): Declared {
  const { value, path } = resultAt(values, index, count, reader);
  return withValue({ ...binding, path }, () => value() ?? unread(statement, reader));
}
