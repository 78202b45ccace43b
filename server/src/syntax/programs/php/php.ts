/** Lowers PHP trees. See https://www.php.net/manual/en/langref.php */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Node } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn, unwrapping } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { lowerArray, lowerPattern } from './php-arrays.ts';
import { assignmentTo, declaredBy, seesScope } from './php-bindings.ts';
import { callLowerings, calledMember, holdsCalled } from './php-calls.ts';
import { declarationLowerings } from './php-declarations.ts';
import { readExports, readImports, unwrittenName } from './php-imports.ts';
import { isUse, plainName, variableName } from './php-names.ts';
import { operatorLowerings } from './php-operators.ts';
import { clauseBefore, lowerStatement, statementsIn } from './php-statements.ts';
import { lowerMatch } from './php-switch.ts';
import { named } from '../named-children.ts';
import { isPlainText, numberOf, textParts } from './php-text.ts';

const strings = new Set(['string', 'encapsed_string', 'heredoc', 'nowdoc']);

export const php: LanguageAdapter = {
  language: 'php',
  comment: /\/\/|\/\*|#(?!\[)/g,
  unwrap: unwrapping(wrapped),
  lower: (node, reader) =>
    Object.hasOwn(lowerings, node.type) ? lowerings[node.type]!(node, reader) : lowerStatement(node, reader),
  statements: statementsIn,
  isString: (node) => strings.has(node.type) && isPlainText(node),
  stringAround(node) {
    let literal: SyntaxNode | null = node;
    while (literal && /_content$|^escape_sequence$|_body$|^nowdoc_string$/.test(literal.type)) literal = literal.parent;
    return literal && strings.has(literal.type) ? literal : undefined;
  },
  isIdentifier: (node) =>
    variableName(node) !== undefined || node.type === 'relative_scope' || (node.type === 'name' && isUse(node)),
  imports: readImports,
  exports: readExports,
  declaredBy,
  unwritten: unwrittenName,
  used: /\s*(\?-|->|::)/y,
  assignmentTo,
  // What a method is called on belongs to what is called, and a further condition to the one before it.
  parentOf: (node) =>
    node.type === 'else_if_clause' || node.type === 'else_clause' ? clauseBefore(node) : holdsCalled(node),
  seesScope,
};

/** What a node without a meaning of its own stands for. */
function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'error_suppression_expression':
    case 'clone_expression':
    case 'by_ref':
    case 'named_type':
    case 'optional_type':
    case 'else_clause':
      return named(node).at(-1);
    case 'argument':
    case 'array_element_initializer': {
      const parts = named(node);
      return parts.length === 1 && parts[0]!.type !== 'variadic_unpacking' ? parts[0] : undefined;
    }
    case 'cast_expression':
      return /^(string|object)$/i.test(node.childForFieldName('type')?.text ?? '')
        ? (node.childForFieldName('value') ?? undefined)
        : undefined;
    default:
      return undefined;
  }
}

const lowerText: Lowering = (node, reader) => {
  const { quote, contentRange, parts, holes } = textParts(node, reader.text);
  if (holes.length === 0) return reader.lazy(node, { kind: 'string', value: parts[0]!, quote, contentRange });
  return reader.lazy(
    node,
    { kind: 'template', parts },
    { holes: () => holes.map((hole) => reader.expression(hole, node)) },
  );
};
const lowerNumber: Lowering = (node, reader) => reader.lazy(node, { kind: 'number', value: numberOf(node.text) });
const lowerUnknown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });

/** The name of a called method stands for the member that is called; other names for themselves. */
const lowerName: Lowering = (node, reader) =>
  calledMember(node, reader) ??
  (isUse(node) ? reader.lazy(node, { kind: 'identifier', name: plainName(node) }) : undefined);

const lowerVariable: Lowering = (node, reader) => {
  const name = variableName(node);
  return (
    calledMember(node, reader) ??
    reader.lazy(node, name === undefined ? { kind: 'unknown' } : { kind: 'identifier', name })
  );
};

const lowerMember =
  (object: string): Lowering =>
  (node, reader) => {
    const name = node.childForFieldName('name');
    const isNamed = name?.type === 'name' || name?.type === 'variable_name';
    if (!name || (object === 'object' && name.type !== 'name') || !isNamed) return lowerUnknown(node, reader);
    return reader.lazy(
      node,
      { kind: 'member', property: name.text.replace(/^\$/, ''), propertyRange: rangeOf(name) },
      { object: expressionIn(node, object, reader) },
    );
  };

const lowerings: Lowerings = {
  ...callLowerings,
  ...declarationLowerings,
  ...operatorLowerings,
  string: lowerText,
  encapsed_string: lowerText,
  heredoc: lowerText,
  nowdoc: lowerText,
  integer: lowerNumber,
  float: lowerNumber,
  boolean: (node, reader) => reader.lazy(node, { kind: 'boolean', value: /^true$/i.test(node.text) }),
  null: (node, reader) => reader.lazy(node, { kind: 'null', undefined: false }),
  name: lowerName,
  relative_scope: lowerName,
  qualified_name: (node, reader) =>
    node.parent?.type === 'namespace_use_clause'
      ? undefined
      : reader.lazy(node, { kind: 'identifier', name: plainName(node) }),
  variable_name: lowerVariable,
  dynamic_variable_name: lowerVariable,
  member_access_expression: lowerMember('object'),
  nullsafe_member_access_expression: lowerMember('object'),
  scoped_property_access_expression: lowerMember('scope'),
  class_constant_access_expression: lowerConstant,
  subscript_expression: lowerSubscript,
  array_creation_expression: lowerArray,
  list_literal: lowerPattern,
  match_expression: lowerMatch,
  primitive_type: lowerUnknown,
  union_type: lowerUnknown,
  intersection_type: lowerUnknown,
  print_intrinsic: lowerUnknown,
  shell_command_expression: lowerUnknown,
  yield_expression: lowerUnknown,
  throw_expression: lowerUnknown,
};

/** `self::ORIGINS`, `Origins::class`. */
function lowerConstant(node: SyntaxNode, reader: Reader): Node {
  const [owner, name] = named(node);
  if (!owner || name?.type !== 'name') return reader.lazy(node, { kind: 'unknown' });
  return reader.lazy(
    node,
    { kind: 'member', property: name.text, propertyRange: rangeOf(name) },
    { object: () => reader.expression(owner, node) },
  );
}

/** `$list['key']`; `$list[]`, which is written to alone, is the member that adds. */
function lowerSubscript(node: SyntaxNode, reader: Reader): Node {
  const [object, index] = named(node);
  const owner = () => reader.expression(object, node);
  if (!index)
    return reader.lazy(
      node,
      {
        kind: 'member',
        property: '[]',
        propertyRange: { start: object?.endIndex ?? node.endIndex, end: node.endIndex },
      },
      { object: owner },
    );
  // In a text, the key stands without quotes: "$_SERVER[HTTP_ORIGIN]".
  const isBare = index.type === 'name' && /^(encapsed_string|heredoc_body)$/.test(node.parent?.type ?? '');
  const key = () =>
    isBare
      ? reader.made(index, rangeOf(index), {
          kind: 'string',
          value: index.text,
          quote: '',
          contentRange: rangeOf(index),
        })
      : reader.expression(index, node);
  return reader.lazy(node, { kind: 'index' }, { object: owner, index: key });
}
