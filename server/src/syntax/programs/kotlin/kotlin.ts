/**
 * Lowers Kotlin trees. See https://kotlinlang.org/spec/
 *
 * `CorsConfiguration()` makes an object as `new` does elsewhere: a call of a name that begins with a capital letter is `isNew`.
 * A block behind a call is its last argument; `origin?.let { … }` as a statement is `if (origin != null) { … }`, and
 * `val x = y ?: return` is `if (y == null) return` in front of the declaration. `when` is a chain of `if`s or of conditionals.
 */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { BinaryOperator, Node } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn, unwrapping } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { assignmentTo, declaredBy, unwrittenNames } from './kotlin-bindings.ts';
import {
  bodyOfElse,
  caseBefore,
  exitOf,
  firstCase,
  lowerCase,
  lowerIf,
  lowerTry,
  valueOfTry,
} from './kotlin-branches.ts';
import { callLowerings, lowerCallOfTypes } from './kotlin-calls.ts';
import { declarationLowerings } from './kotlin-declarations.ts';
import { readExports, readImports } from './kotlin-imports.ts';
import { isBlockOfScope } from './kotlin-positions.ts';
import { isNegationInside, lowerNegated } from './kotlin-negation.ts';
import { asStatement, isJump, statementLowerings, statementsIn } from './kotlin-statements.ts';
import { lowerNumber, lowerText } from './kotlin-text.ts';

const strings = new Set(['string_literal', 'multiline_string_literal', 'character_literal']);
const names = new Set(['identifier', 'this_expression', 'super_expression']);
const binaryOperators: Readonly<Record<string, BinaryOperator>> = {
  ...Object.fromEntries(['&&', '||', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/'].map((one) => [one, one])),
  '===': '==',
  '!==': '!=',
  '?:': '??',
};
const unaryOperators: Readonly<Record<string, string>> = { '!': '!', '-': '-' };

export const kotlin: LanguageAdapter = {
  language: 'kotlin',
  comment: /\/\/|\/\*/g,
  unwrap: unwrapping(wrapped),
  lower,
  statements: statementsIn,
  isString: ({ type }) => strings.has(type),
  stringAround(node) {
    const literal = /^string_content$|^escape_sequence$/.test(node.type) ? node.parent : node;
    return literal && strings.has(literal.type) ? literal : undefined;
  },
  isIdentifier: (node) => names.has(node.type) && isUse(node),
  imports: readImports,
  exports: readExports,
  declaredBy,
  unwritten: unwrittenNames,
  used: /\s*(?:\?\.|\.(?!\.))/y,
  assignmentTo,
  parentOf(node) {
    if (node.type === 'when_entry') return caseBefore(node);
    const { parent } = node;
    // What a lambda does stands in its block, which its brace stands for.
    const isInBlock = parent?.type === 'lambda_literal' && node.isNamed && node.type !== 'lambda_parameters';
    return isInBlock && !isBlockOfScope(parent) ? parent.children[0]! : parent;
  },
};

/** What a node without a meaning of its own stands for. */
function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'annotated_lambda':
    case 'annotated_expression':
    case 'labeled_expression':
    case 'annotation':
    case 'nullable_type':
    case 'type_projection':
      return named(node).at(node.type === 'nullable_type' ? 0 : -1);
    case 'user_type':
      return named(node).filter(({ type }) => type === 'identifier').length === 1 ? named(node)[0] : undefined;
    case 'callable_reference':
      return named(node).length === 1 ? named(node)[0] : undefined;
    case 'as_expression':
      return node.childForFieldName('left') ?? undefined;
    case 'unary_expression':
      return isNegationInside(node) || node.children.at(-1)?.type === '!!'
        ? (node.childForFieldName('argument') ?? undefined)
        : undefined;
    case 'binary_expression':
      return exitOf(node) && (node.childForFieldName('left') ?? undefined);
    case 'when_expression':
      return firstCase(node);
    case 'when_entry':
      return bodyOfElse(node);
    case 'try_expression':
      return valueOfTry(node);
    default:
      return undefined;
  }
}

const declaring = new Set(['variable_declaration', 'parameter', 'class_parameter', 'catch_block', 'enum_entry']);
const pathParts = new Set([
  'qualified_identifier',
  'import',
  'package_header',
  'label',
  'type_parameter',
  'type_constraint',
]);

/** Names of members, of arguments, of labels and of packages are no expressions. */
function isUse(node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent) return true;
  const [first] = named(parent);
  if (declaring.has(parent.type)) return !(first?.id === node.id || named(parent).find(isName)?.id === node.id);
  if (pathParts.has(parent.type)) return false;
  switch (parent.type) {
    case 'navigation_expression':
      return first?.id === node.id;
    case 'infix_expression':
      return named(parent)[1]?.id !== node.id;
    case 'value_argument':
      return first?.id !== node.id || !parent.children.some((child) => child?.type === '=');
    case 'return_expression':
      return parent.childForFieldName('label')?.id !== node.id;
    case 'this_expression':
    case 'super_expression':
      return false;
    default:
      return parent.childForFieldName('name')?.id !== node.id;
  }
}

const isName = ({ type }: SyntaxNode): boolean => type === 'identifier';

function lower(node: SyntaxNode, reader: Reader): Node | undefined {
  const lowered = loweredAlone(node, reader);
  return lowered && asStatement(node, lowered, reader);
}

function loweredAlone(node: SyntaxNode, reader: Reader): Node | undefined {
  if (node.type === 'lambda_literal' && isBlockOfScope(node)) return statementLowerings['block']!(node, reader);
  if (Object.hasOwn(lowerings, node.type))
    return lowerNegated(node, lowerings[node.type]!, reader) ?? lowerings[node.type]!(node, reader);
  if (/_statement$/.test(node.type)) return reader.lazy(node, { kind: 'other-statement' });
  return /_type$|_expression$/.test(node.type) ? lowerUnknown(node, reader) : undefined;
}

const lowerUnknown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });

const lowerName: Lowering = (node, reader) => {
  if (isJump(node)) return reader.lazy(node, { kind: 'jump' });
  if (!isUse(node)) return undefined;
  if (node.type === 'this_expression' || node.type === 'super_expression')
    return reader.lazy(node, { kind: 'identifier', name: node.type.slice(0, node.type.indexOf('_')) });
  switch (node.text) {
    case 'true':
    case 'false':
      return reader.lazy(node, { kind: 'boolean', value: node.text === 'true' });
    case 'null':
      return reader.lazy(node, { kind: 'null', undefined: false });
    default:
      return reader.lazy(node, { kind: 'identifier', name: node.text.replaceAll('`', '') });
  }
};

const lowerBinary: Lowering = (node, reader) =>
  lowerCallOfTypes(node, reader) ??
  reader.lazy(
    node,
    { kind: 'binary', operator: binaryOperators[operatorOf(node)] ?? 'other' },
    { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
  );

const lowerList: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'list', type: 'list' },
    { elements: () => named(node).map((child) => ({ value: reader.expression(child, node), spread: false })) },
  );

const lowerings: Lowerings = {
  ...callLowerings,
  ...declarationLowerings,
  ...statementLowerings,
  string_literal: lowerText,
  multiline_string_literal: lowerText,
  character_literal: lowerText,
  number_literal: lowerNumber,
  float_literal: lowerNumber,
  identifier: lowerName,
  this_expression: lowerName,
  super_expression: lowerName,
  navigation_expression: lowerMember,
  index_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'index' },
      {
        object: () => reader.expression(named(node)[0], node),
        index: () => reader.expression(named(node)[1], node),
      },
    ),
  binary_expression: lowerBinary,
  in_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'binary', operator: node.children.some((child) => child?.type === '!in') ? 'not in' : 'in' },
      { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
    ),
  unary_expression: lowerUnary,
  if_expression: lowerIf,
  when_entry: lowerCase,
  try_expression: lowerTry,
  collection_literal: lowerList,
  assignment: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'assignment', operator: operatorOf(node) || '=' },
      { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
    ),
};

/** What stands between the two sides. */
function operatorOf(node: SyntaxNode): string {
  return node.children.find((child) => child !== null && !child.isNamed)?.type ?? '';
}

/** `a.b`, `a?.b` and `a::b`; `a::class` is none. */
function lowerMember(node: SyntaxNode, reader: Reader): Node {
  const [object, name] = [named(node)[0], named(node).at(-1)];
  if (!object || !name || object.id === name.id || (name.text === 'class' && node.text.includes('::')))
    return lowerUnknown(node, reader)!;
  return reader.lazy(
    node,
    { kind: 'member', property: name.text.replaceAll('`', ''), propertyRange: rangeOf(name) },
    { object: () => reader.expression(object, node) },
  );
}

/** `count++` adds one. */
function lowerUnary(node: SyntaxNode, reader: Reader): Node {
  const operator = operatorOf(node);
  const operand = expressionIn(node, 'argument', reader);
  if (operator === '++' || operator === '--') {
    const value = reader.made(node, rangeOf(node), { kind: 'number', value: 1 });
    return reader.lazy(
      node,
      { kind: 'assignment', operator: operator === '++' ? '+=' : '-=', value },
      { target: operand },
    );
  }
  return reader.lazy(node, { kind: 'unary', operator: unaryOperators[operator] ?? 'other' }, { operand });
}
