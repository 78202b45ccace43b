/**
 * Lowers Scala trees, of Scala 2 and 3. See https://docs.scala-lang.org/scala3/reference/
 *
 * `a -> b` is a `tuple`; an expression with `_` in it is a `function`; a method without arguments that is known as one is a `call` though
 * no brackets stand behind it; `a op b` with a word as its operator is a `call`.
 */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Argument, BinaryOperator, Node } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn, unwrapping } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { isExpression, rangeOf } from '../reader.ts';
import { assignmentTo, declaredBy, operatorOf } from './scala-bindings.ts';
import { declarationLowerings, lowerBlockArgument, lowerCases, membersOf } from './scala-declarations.ts';
import { readExports, readImports } from './scala-imports.ts';
import { clauseParent, lowerClause, lowerMatch } from './scala-match.ts';
import { hasWildcard, isBlock, isBlockArgument } from './scala-positions.ts';
import { asStatement, lowerStatement, statementsIn } from './scala-statements.ts';
import { literalParts, numberOf, partsAround, withoutUnread } from './scala-text.ts';
import { named } from '../named-children.ts';

const strings = new Set(['string', 'character_literal']);
const names = new Set(['identifier', 'type_identifier', 'wildcard']);
const binaryOperators = new Set(['&&', '||', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*']);
/** Methods that programs call without brackets. */
const bare = new RegExp(
  `^(${[
    'r|trim|strip|toString|renderString|isEmpty|nonEmpty|isBlank|isDefined|toLowerCase|toUpperCase|length|size|getHost|getScheme|getPort',
    'toList|toSeq|toSet|toVector|toArray|toIndexedSeq|asScala|asJava|distinct|head|headOption|last|get|keys|keySet|values|mkString',
    'with\\w+(?:All|Reflect|None|Default|DisableCaching)',
  ].join('|')})$`,
);

export const scala: LanguageAdapter = {
  language: 'scala',
  comment: /\/\/|\/\*/g,
  parsed: withoutUnread,
  unwrap: unwrapping(wrapped),
  lower(node, reader) {
    const lowered = hasWildcard(node) ? lowerWithWildcard(node, reader) : lowerPlain(node, reader);
    return lowered && isExpression(lowered) && !/_definition$/.test(node.type)
      ? asStatement(node, lowered, reader)
      : lowered;
  },
  statements: statementsIn,
  isString,
  stringAround: (node) => [node, node.parent].find((one) => one !== null && isString(one)) ?? undefined,
  isIdentifier: (node) => names.has(node.type) && isUse(node),
  imports: readImports,
  exports: readExports,
  declaredBy,
  // A `_` declares the parameter that it is, whatever follows.
  used: /(?<!(?<![\w$])_)\s*\.(?!\.)/y,
  assignmentTo,
  parentOf: clauseParent,
};

/** Also one with an interpolator and without holes. */
function isString(node: SyntaxNode): boolean {
  if (strings.has(node.type)) return true;
  const text = node.type === 'interpolated_string_expression' ? named(node).at(-1) : undefined;
  return text?.type === 'interpolated_string' && named(text).length === 0;
}

/** What a node without a meaning of its own stands for. */
function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'ascription_expression':
      return named(node)[0];
    case 'generic_type':
    case 'repeated_parameter_type':
      return node.childForFieldName('type') ?? named(node)[0];
    case 'generic_function':
      return node.childForFieldName('function') ?? undefined;
    case 'field_expression':
      return foundBy(node);
    case 'block':
    case 'indented_block':
      return valueOf(node);
    default:
      return undefined;
  }
}

/** `pattern.findFirstIn(origin).isDefined` asks what the call finds, which is a test by itself. */
function foundBy(node: SyntaxNode): SyntaxNode | undefined {
  const call = node.childForFieldName('value');
  const isAsked = /^(isDefined|nonEmpty)$/.test(node.childForFieldName('field')?.text ?? '');
  const method = isAsked && call?.type === 'call_expression' ? call.childForFieldName('function') : null;
  return /^findFirst(Match)?In$/.test(method?.childForFieldName('field')?.text ?? '') ? (call ?? undefined) : undefined;
}

/** A block in place of a value is its last expression; one around a lambda, or handed over with a lambda in it, is the lambda. */
function valueOf(block: SyntaxNode): SyntaxNode | undefined {
  const statements = named(block);
  const last = statements.at(-1);
  if (isBlockArgument(block)) return statements.length === 1 && last?.type === 'lambda_expression' ? last : undefined;
  return isBlock(block) ? undefined : last;
}

/** Names of members, types in patterns, keywords of arguments and packages are no expressions. */
function isUse(node: SyntaxNode): boolean {
  const { parent } = node;
  const isField = (field: string): boolean => parent?.childForFieldName(field)?.id === node.id;
  switch (parent?.type) {
    case 'field_expression':
      return !isField('field');
    case 'infix_expression':
      return !isField('operator');
    case 'assignment_expression':
      return !(isField('left') && parent.parent?.type === 'arguments');
    case 'function_definition':
    case 'function_declaration':
    case 'class_definition':
    case 'object_definition':
    case 'trait_definition':
    case 'enum_definition':
    case 'parameter':
    case 'class_parameter':
    case 'binding':
      return !isField('name');
    case 'val_definition':
    case 'var_definition':
      return !isField('pattern');
    case 'import_declaration':
    case 'namespace_selectors':
    case 'arrow_renamed_identifier':
    case 'as_renamed_identifier':
    case 'package_identifier':
    case 'interpolated_string_expression':
    case 'access_qualifier':
    case 'tuple_pattern':
    case 'self_type':
      return false;
    default:
      return true;
  }
}

function lowerPlain(node: SyntaxNode, reader: Reader): Node | undefined {
  if (isBlockArgument(node)) return lowerBlockArgument(node, reader);
  if (Object.hasOwn(lowerings, node.type)) return lowerings[node.type]!(node, reader);
  const statement = lowerStatement(node, reader);
  return statement ?? (/_(type|expression|pattern)$/.test(node.type) ? lowerUnknown(node, reader) : undefined);
}

/** `_.endsWith(".com")`, `origin.startsWith(_)`: the function's parameter has the name `_`. */
function lowerWithWildcard(node: SyntaxNode, reader: Reader): Node {
  const wildcards = node.descendantsOfType('wildcard').filter((one) => one !== null);
  const fn = reader.lazy(
    node,
    { kind: 'function', async: false, decorators: [] },
    {
      parameters: () => wildcards.map((one) => ({ name: '_', range: rangeOf(one), rest: false })),
      body: () => {
        const body = wildcards.length === 1 ? lowerPlain(node, reader) : lowerUnknown(node, reader);
        if (body) Object.defineProperty(body, 'parent', { value: fn, enumerable: true, configurable: true });
        return body;
      },
    },
  );
  return fn;
}

const lowerText: Lowering = (node, reader) => reader.lazy(node, { kind: 'string', ...literalParts(node, reader.text) });
const lowerNumber: Lowering = (node, reader) => reader.lazy(node, { kind: 'number', value: numberOf(node.text) });
const lowerUnknown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });
const lowerName: Lowering = (node, reader) =>
  isUse(node) || node.parent?.type === 'assignment_expression'
    ? reader.lazy(node, { kind: 'identifier', name: node.text })
    : undefined;

const lowerings: Lowerings = {
  ...declarationLowerings,
  match_expression: lowerMatch,
  case_clause: lowerClause,
  string: lowerText,
  character_literal: lowerText,
  interpolated_string_expression: lowerInterpolation,
  integer_literal: lowerNumber,
  floating_point_literal: lowerNumber,
  boolean_literal: (node, reader) => reader.lazy(node, { kind: 'boolean', value: node.text === 'true' }),
  null_literal: (node, reader) => reader.lazy(node, { kind: 'null', undefined: false }),
  unit: (node, reader) => reader.lazy(node, { kind: 'null', undefined: true }),
  identifier: lowerName,
  type_identifier: lowerName,
  wildcard: lowerName,
  operator_identifier: lowerUnknown,
  stable_type_identifier: lowerPath,
  stable_identifier: lowerPath,
  field_expression: lowerMember,
  call_expression: lowerCall,
  instance_expression: lowerCreation,
  infix_expression: lowerInfix,
  prefix_expression: lowerPrefix,
  postfix_expression: lowerUnknown,
  assignment_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'assignment', operator: '=' },
      { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
    ),
  tuple_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'list', type: 'tuple' },
      { elements: () => named(node).map((child) => ({ value: reader.expression(child, node), spread: false })) },
    ),
  case_block: lowerCases,
};

/** `s"https://$host"`; other interpolators than `s`, `f` and `raw` mean what their library says. */
function lowerInterpolation(node: SyntaxNode, reader: Reader): Node {
  const literal = named(node).find(({ type }) => type === 'interpolated_string');
  const interpolator = node.childForFieldName('interpolator')?.text ?? '';
  if (!literal) return lowerUnknown(node, reader)!;
  const holes = named(literal).filter(({ type }) => type === 'interpolation');
  // `ci"Origin"`, `uri"https://a"`: a text of a type of its own.
  if (holes.length === 0) return reader.lazy(node, { kind: 'string', ...literalParts(literal, reader.text) });
  if (!/^(s|f|raw|ci|uri)$/.test(interpolator)) return lowerUnknown(node, reader)!;
  const parts = partsAround(literal, holes, reader.text);
  return reader.lazy(
    node,
    { kind: 'template', parts },
    { holes: () => holes.map((hole) => reader.expression(named(hole)[0], hole)) },
  );
}

/** `Uri.Scheme.https` in a pattern, `IOApp.Simple` as a type. */
function lowerPath(node: SyntaxNode, reader: Reader): Node {
  const parts = named(node);
  const name = parts.at(-1);
  return reader.lazy(
    node,
    { kind: 'member', property: name?.text ?? '', propertyRange: rangeOf(name ?? node) },
    { object: () => reader.expression(parts[0], node) },
  );
}

/** A member, or a call of a method that takes nothing. */
function lowerMember(node: SyntaxNode, reader: Reader): Node {
  const name = node.childForFieldName('field');
  const member = { kind: 'member', property: name?.text ?? '', propertyRange: rangeOf(name ?? node) } as const;
  const later = { object: expressionIn(node, 'value', reader) };
  const { parent } = node;
  const isCalled = parent?.type === 'call_expression' && parent.childForFieldName('function')?.id === node.id;
  const isTyped = parent?.type === 'generic_function';
  if (isCalled || isTyped || !bare.test(member.property)) return reader.lazy(node, member, later);
  const end = { start: node.endIndex, end: node.endIndex };
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: end, arguments: [] },
    { callee: () => reader.made(node, rangeOf(node), member, later) },
  );
}

function lowerCall(node: SyntaxNode, reader: Reader): Node {
  const list = node.childForFieldName('arguments');
  const fallback = fallbackOf(node);
  if (fallback)
    return reader.lazy(
      node,
      { kind: 'binary', operator: '??' },
      {
        left: () => reader.expression(node.childForFieldName('function')!.childForFieldName('value'), node),
        right: () => reader.expression(fallback, node),
      },
    );
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(list ?? node) },
    { callee: expressionIn(node, 'function', reader), arguments: () => argumentsOf(list, reader) },
  );
}

/** What `option.getOrElse(x)` and `option.orElse(x)` give where there is nothing; a map's `getOrElse` takes a key before it. */
function fallbackOf(node: SyntaxNode): SyntaxNode | undefined {
  const callee = node.childForFieldName('function');
  if (
    callee?.type !== 'field_expression' ||
    !/^(getOrElse|orElse)$/.test(callee.childForFieldName('field')?.text ?? '')
  )
    return undefined;
  const [only, other] = named(node.childForFieldName('arguments'));
  return other ? undefined : only;
}

function argumentsOf(list: SyntaxNode | null, reader: Reader): Argument[] {
  if (list && list.type !== 'arguments')
    return [{ value: reader.expression(list, list), spread: false, range: rangeOf(list) }];
  return named(list).map((child): Argument => {
    const range = rangeOf(child);
    const name = child.type === 'assignment_expression' ? child.childForFieldName('left') : null;
    if (name?.type === 'identifier')
      return {
        value: reader.expression(child.childForFieldName('right'), child),
        name: name.text,
        nameRange: rangeOf(name),
        spread: false,
        range,
      };
    // `list: _*` of Scala 2, `list*` of Scala 3.
    const isSpread = /(:\s*_\s*\*|\*)$/.test(child.text) && /^(ascription|postfix)_expression$/.test(child.type);
    return { value: reader.expression(isSpread ? named(child)[0] : child, child), spread: isSpread, range };
  });
}

/** `new Filter(x)`; with a body it is an object of a class without a name. */
function lowerCreation(node: SyntaxNode, reader: Reader): Node {
  const [type] = named(node);
  const body = named(node).find((child) => child.type === 'template_body');
  const list = named(node).find((child) => child.type === 'arguments') ?? null;
  if (body)
    return reader.lazy(node, { kind: 'class', decorators: [] }, { members: () => membersOf(body, false, reader) });
  return reader.lazy(
    node,
    { kind: 'call', isNew: true, argumentsRange: rangeOf(list ?? node) },
    { callee: () => reader.expression(type, node), arguments: () => argumentsOf(list, reader) },
  );
}

function lowerInfix(node: SyntaxNode, reader: Reader): Node {
  const operator = operatorOf(node);
  const [left, right] = [expressionIn(node, 'left', reader), expressionIn(node, 'right', reader)];
  if (operator === '->') {
    const elements = () => [left(), right()].map((value) => ({ value, spread: false }));
    return reader.lazy(node, { kind: 'list', type: 'tuple' }, { elements });
  }
  if (/^[-+*/|]=$/.test(operator))
    return reader.lazy(node, { kind: 'assignment', operator }, { target: left, value: right });
  if (/^\w+$/.test(operator) || operator === '++') return lowerWordOperator(node, operator, reader);
  const known = binaryOperators.has(operator) ? (operator as BinaryOperator) : 'other';
  return reader.lazy(node, { kind: 'binary', operator: known }, { left, right });
}

/** `origins contains origin` calls the method of that name, and so does `list ++ others`. */
function lowerWordOperator(node: SyntaxNode, operator: string, reader: Reader): Node {
  const name = node.childForFieldName('operator')!;
  const given = node.childForFieldName('right');
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(given ?? node) },
    {
      callee: () =>
        reader.made(
          node,
          { start: node.startIndex, end: name.endIndex },
          { kind: 'member', property: operator, propertyRange: rangeOf(name) },
          { object: expressionIn(node, 'left', reader) },
        ),
      arguments: () => (given ? [{ value: reader.expression(given, node), spread: false, range: rangeOf(given) }] : []),
    },
  );
}

function lowerPrefix(node: SyntaxNode, reader: Reader): Node {
  const sign = node.text.slice(0, 1);
  const operator = sign === '!' || sign === '-' || sign === '~' ? sign : 'other';
  return reader.lazy(node, { kind: 'unary', operator }, { operand: () => reader.expression(named(node)[0], node) });
}
