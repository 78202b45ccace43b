/** Lowers Java trees. See https://docs.oracle.com/javase/specs/jls/se21/html/index.html */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Argument, BinaryOperator, Node, ObjectEntry } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn, unwrapping } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { annotationLowerings } from './java-annotations.ts';
import { assignmentTo, declaredBy } from './java-bindings.ts';
import { declarationLowerings, lowerClassBody } from './java-declarations.ts';
import { readExports, readImports, unwrittenName } from './java-imports.ts';
import { lowerStatement, statementsIn } from './java-statements.ts';
import { lowerSwitchValue } from './java-switch.ts';
import { named } from '../named-children.ts';
import { literalParts, numberOf } from './java-text.ts';

const strings = new Set(['string_literal', 'character_literal']);
const names = new Set(['identifier', 'type_identifier', 'this', 'super']);
const binaryOperators = new Set(['&&', '||', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*']);
const unaryOperators: Readonly<Record<string, string>> = { '!': '!', '-': '-', '~': '~' };

export const java: LanguageAdapter = {
  language: 'java',
  comment: /\/\/|\/\*/g,
  unwrap: unwrapping(wrapped),
  lower,
  statements: statementsIn,
  isString: ({ type }) => strings.has(type),
  stringAround(node) {
    const literal = /_fragment$|^escape_sequence$/.test(node.type) ? node.parent : node;
    return literal && strings.has(literal.type) ? literal : undefined;
  },
  isIdentifier: (node) => names.has(node.type) && isUse(node),
  imports: readImports,
  exports: readExports,
  declaredBy,
  unwritten: unwrittenName,
  used: /\s*\.(?!\.)/y,
  assignmentTo,
  // `registry` in `registry.addMapping("/**")` belongs to what is called, for which the grammar has no node.
  parentOf(node) {
    const call = node.parent;
    const isObject = call?.type === 'method_invocation' && call.childForFieldName('object')?.id === node.id;
    return isObject ? call.childForFieldName('name') : call;
  },
};

/** What a node without a meaning of its own stands for. */
function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'generic_type':
    case 'superclass':
      return named(node)[0];
    case 'annotated_type':
      return named(node).at(-1);
    case 'cast_expression':
    case 'array_creation_expression':
      return node.childForFieldName('value') ?? undefined;
    case 'marker_annotation':
      return node.childForFieldName('name') ?? undefined;
    default:
      return undefined;
  }
}

/** Names of members, of what is set in an annotation, of labels and of packages are no expressions. */
function isUse(node: SyntaxNode): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'method_invocation':
      return parent.childForFieldName('name')?.id !== node.id || !parent.childForFieldName('object');
    case 'field_access':
      return parent.childForFieldName('field')?.id !== node.id;
    case 'element_value_pair':
      return parent.childForFieldName('key')?.id !== node.id;
    case 'scoped_identifier':
    case 'scoped_type_identifier':
    case 'labeled_statement':
    case 'break_statement':
    case 'continue_statement':
    case 'package_declaration':
      return false;
    case 'method_reference':
      return named(parent)[0]?.id === node.id;
    default:
      return true;
  }
}

function lower(node: SyntaxNode, reader: Reader): Node | undefined {
  return Object.hasOwn(lowerings, node.type) ? lowerings[node.type]!(node, reader) : lowerOther(node, reader);
}

const lowerText: Lowering = (node, reader) => reader.lazy(node, { kind: 'string', ...literalParts(node, reader.text) });
const lowerNumber: Lowering = (node, reader) => reader.lazy(node, { kind: 'number', value: numberOf(node.text) });
const lowerBoolean: Lowering = (node, reader) => reader.lazy(node, { kind: 'boolean', value: node.type === 'true' });
const lowerUnknown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });

/** The name of a called method stands for the member that is called, whose object stands in front of it. */
const lowerName: Lowering = (node, reader) => {
  const call = node.parent;
  const object = call?.type === 'method_invocation' ? call.childForFieldName('object') : null;
  if (object && call?.childForFieldName('name')?.id === node.id)
    return reader.made(
      node,
      { start: object.startIndex, end: node.endIndex },
      { kind: 'member', property: node.text, propertyRange: rangeOf(node) },
      { object: () => reader.expression(object, call) },
    );
  return isUse(node) ? reader.lazy(node, { kind: 'identifier', name: node.text }) : undefined;
};

const lowerList: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'list', type: 'list' },
    { elements: () => named(node).map((child) => ({ value: reader.expression(child, node), spread: false })) },
  );

const lowerings: Lowerings = {
  ...annotationLowerings,
  ...declarationLowerings,
  class_body: lowerClassBody,
  string_literal: lowerText,
  character_literal: lowerText,
  decimal_integer_literal: lowerNumber,
  hex_integer_literal: lowerNumber,
  octal_integer_literal: lowerNumber,
  binary_integer_literal: lowerNumber,
  decimal_floating_point_literal: lowerNumber,
  true: lowerBoolean,
  false: lowerBoolean,
  null_literal: (node, reader) => reader.lazy(node, { kind: 'null', undefined: false }),
  identifier: lowerName,
  type_identifier: lowerName,
  this: lowerName,
  super: lowerName,
  scoped_type_identifier: lowerPath,
  scoped_identifier: lowerPath,
  field_access: (node, reader) => lowerMember(node, 'object', 'field', reader),
  class_literal: lowerUnknown,
  method_reference: lowerReference,
  array_access: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'index' },
      { object: expressionIn(node, 'array', reader), index: expressionIn(node, 'index', reader) },
    ),
  method_invocation: lowerCall,
  object_creation_expression: lowerCreation,
  // Without members; one with members is these.
  array_creation_expression: lowerUnknown,
  array_initializer: lowerList,
  binary_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'binary', operator: binaryOperator(operatorOf(node)) },
      { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
    ),
  instanceof_expression: lowerUnknown,
  unary_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'unary', operator: unaryOperators[operatorOf(node)] ?? 'other' },
      { operand: expressionIn(node, 'operand', reader) },
    ),
  ternary_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'conditional' },
      {
        test: expressionIn(node, 'condition', reader),
        consequent: expressionIn(node, 'consequence', reader),
        alternate: expressionIn(node, 'alternative', reader),
      },
    ),
  assignment_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'assignment', operator: operatorOf(node) || '=' },
      { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
    ),
  update_expression: lowerStep,
};

function lowerOther(node: SyntaxNode, reader: Reader): Node | undefined {
  if (/_type$/.test(node.type)) return lowerUnknown(node, reader);
  const statement = lowerStatement(node, reader);
  return statement ?? (node.type === 'switch_expression' ? lowerSwitchValue(node, reader) : undefined);
}

function operatorOf(node: SyntaxNode): string {
  return node.childForFieldName('operator')?.text ?? '';
}

function binaryOperator(text: string): BinaryOperator {
  return binaryOperators.has(text) ? (text as BinaryOperator) : 'other';
}

function lowerMember(node: SyntaxNode, object: string, member: string, reader: Reader): Node {
  const name = node.childForFieldName(member);
  return reader.lazy(
    node,
    { kind: 'member', property: name?.text ?? '', propertyRange: rangeOf(name ?? node) },
    { object: expressionIn(node, object, reader) },
  );
}

/** `java.util.List` in place: a name of which only the text is known. */
function lowerPath(node: SyntaxNode, reader: Reader): Node | undefined {
  return node.parent?.type === 'import_declaration' ? undefined : lowerUnknown(node, reader);
}

/** `origins::contains`: a function that calls the method with what it is given. */
function lowerReference(node: SyntaxNode, reader: Reader): Node {
  const [object, name] = named(node);
  if (!object || !name) return reader.lazy(node, { kind: 'unknown' });
  return reader.lazy(
    node,
    { kind: 'member', property: name.text, propertyRange: rangeOf(name) },
    { object: () => reader.expression(object, node) },
  );
}

function argumentsOf(list: SyntaxNode | null, reader: Reader): Argument[] {
  return named(list).map((child) => ({ value: reader.expression(child, child), spread: false, range: rangeOf(child) }));
}

function lowerCall(node: SyntaxNode, reader: Reader): Node {
  const list = node.childForFieldName('arguments');
  const choice = fallbackIn(node);
  if (choice)
    return reader.lazy(
      node,
      { kind: 'binary', operator: '??' },
      { left: () => reader.expression(choice.value, node), right: () => reader.expression(choice.fallback, node) },
    );
  const pairs = pairsOfMap(node);
  if (pairs.length > 0)
    return reader.lazy(
      node,
      { kind: 'object' },
      { entries: () => pairs.map(([key, value]) => entryFrom(key, value, node, reader)) },
    );
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(list ?? node) },
    {
      callee: () => reader.expression(node.childForFieldName('name'), node),
      arguments: () => argumentsOf(list, reader),
    },
  );
}

/** `Map.of("a", 1, "b", 2)` is an object with these entries. */
function pairsOfMap(node: SyntaxNode): (readonly [key: SyntaxNode, value: SyntaxNode])[] {
  if (node.childForFieldName('name')?.text !== 'of') return [];
  if (!/(^|\.)(Immutable)?Map$/.test(node.childForFieldName('object')?.text ?? '')) return [];
  const given = named(node.childForFieldName('arguments'));
  if (given.length % 2 !== 0) return [];
  return given.flatMap((key, index) => (index % 2 === 0 ? [[key, given[index + 1]!] as const] : []));
}

interface WithFallback {
  readonly value: SyntaxNode;
  readonly fallback: SyntaxNode;
}

/** Functions of libraries that give their second argument where the first is nothing. */
const choosing = new RegExp(
  '^(?:[a-z]\\w*\\.)*(?:Objects\\.requireNonNullElse|MoreObjects\\.firstNonNull|ObjectUtils\\.defaultIfNull|' +
    'StringUtils\\.(?:defaultString|defaultIf(?:Empty|Blank)))$',
);

/** `optional.orElse("a")` and `Objects.requireNonNullElse(text, "a")`. */
function fallbackIn(node: SyntaxNode): WithFallback | undefined {
  const object = node.childForFieldName('object');
  const name = node.childForFieldName('name')?.text ?? '';
  if (object === null || !/^(?:orElse|requireNonNullElse|firstNonNull|default\w+)$/.test(name)) return undefined;
  const [first, second, third] = named(node.childForFieldName('arguments'));
  if (name === 'orElse') return first && second === undefined ? { value: object, fallback: first } : undefined;
  return first && second && third === undefined && choosing.test(`${object.text}.${name}`)
    ? { value: first, fallback: second }
    : undefined;
}

/** `new HashMap<>() {{ put("a", "b"); }}` is an object with these entries. */
function lowerCreation(node: SyntaxNode, reader: Reader): Node {
  const list = node.childForFieldName('arguments');
  const puts = putsIn(named(node).find(({ type }) => type === 'class_body'));
  if (puts.length > 0)
    return reader.lazy(node, { kind: 'object' }, { entries: () => puts.flatMap((put) => entryOf(put, reader)) });
  return reader.lazy(
    node,
    { kind: 'call', isNew: true, argumentsRange: rangeOf(list ?? node) },
    {
      callee: () => reader.expression(node.childForFieldName('type'), node),
      arguments: () => argumentsOf(list, reader),
    },
  );
}

/** Calls of `put` in the block that a new object begins with. */
function putsIn(body: SyntaxNode | undefined): SyntaxNode[] {
  return named(named(body).find(({ type }) => type === 'block'))
    .flatMap((statement) => named(statement)[0] ?? [])
    .filter((call) => call.type === 'method_invocation' && call.childForFieldName('name')?.text === 'put');
}

function entryOf(put: SyntaxNode, reader: Reader): ObjectEntry[] {
  const [key, value] = named(put.childForFieldName('arguments'));
  return key && value ? [{ ...entryFrom(key, value, put, reader), range: rangeOf(put) }] : [];
}

function entryFrom(key: SyntaxNode, value: SyntaxNode, parent: SyntaxNode, reader: Reader): ObjectEntry {
  const keyExpression = reader.expression(key, parent);
  const keyRange = rangeOf(key);
  return {
    ...(keyExpression.kind === 'string' && { key: keyExpression.value }),
    keyExpression,
    keyRange,
    value: reader.expression(value, parent),
    spread: false,
    range: { ...keyRange, end: value.endIndex },
  };
}

/** `count++` adds one. */
function lowerStep(node: SyntaxNode, reader: Reader): Node {
  const operand = named(node)[0];
  const operator = node.text.includes('++') ? '+=' : '-=';
  const value = reader.made(node, rangeOf(node), { kind: 'number', value: 1 });
  return reader.lazy(node, { kind: 'assignment', operator, value }, { target: () => reader.expression(operand, node) });
}
