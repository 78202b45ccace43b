/** Lowers C# trees. See https://learn.microsoft.com/dotnet/csharp/language-reference/language-specification/ */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { BinaryOperator, Node } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn, unwrapping } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { attributeLowerings, attributeName } from './csharp-attributes.ts';
import { assignmentTo, declaredBy } from './csharp-bindings.ts';
import { argumentsOf, arrayMembers, creationLowerings, isPartOfObject } from './csharp-creations.ts';
import { declarationLowerings } from './csharp-declarations.ts';
import { readExports, readImports } from './csharp-imports.ts';
import { lowerPatternTest, lowerSwitchValue } from './csharp-patterns.ts';
import { lowerStatement, statementsIn } from './csharp-statements.ts';
import { interpolatedParts, literalParts, named, numberOf } from './csharp-text.ts';

const strings = new Set(['string_literal', 'verbatim_string_literal', 'raw_string_literal', 'character_literal']);
const names = new Set(['identifier', 'predefined_type', 'this', 'base']);
const binaryOperators = new Set(['&&', '||', '??', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*']);
const unaryOperators: Readonly<Record<string, string>> = { '!': '!', '-': '-', '~': '~' };

export const csharp: LanguageAdapter = {
  language: 'csharp',
  comment: /\/\/|\/\*/g,
  unwrap: unwrapping(wrapped),
  lower,
  statements: statementsIn,
  isString: ({ type }) => strings.has(type),
  stringAround(node) {
    const literal = /_content$|^escape_sequence$|^raw_string_(start|end)$/.test(node.type) ? node.parent : node;
    return literal && strings.has(literal.type) ? literal : undefined;
  },
  isIdentifier: (node) => names.has(node.type) && isUse(node),
  imports: readImports,
  exports: readExports,
  declaredBy,
  used: /\s*[?!]?\.(?!\.)/y,
  assignmentTo,
};

/** What a node without a meaning of its own stands for. */
function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'global_statement':
    case 'parenthesized_expression':
    case 'await_expression':
    case 'checked_expression':
    case 'ref_expression':
    case 'arrow_expression_clause':
    case 'generic_name':
    case 'nullable_type':
      return named(node)[0];
    case 'cast_expression':
      return node.childForFieldName('value') ?? undefined;
    case 'as_expression':
      return node.childForFieldName('left') ?? undefined;
    case 'postfix_unary_expression':
      return node.text.endsWith('!') ? named(node)[0] : undefined;
    // What is not there ends the program: `x ?? throw new Exception()`.
    case 'binary_expression':
      return node.childForFieldName('right')?.type === 'throw_expression'
        ? (node.childForFieldName('left') ?? undefined)
        : undefined;
    case 'attribute':
      return attributeName(node);
    case 'array_creation_expression':
    case 'implicit_array_creation_expression':
      return arrayMembers(node);
    default:
      return undefined;
  }
}

/** Names of members, of arguments, of what is set in an initializer, of labels and of namespaces are no expressions. */
function isUse(node: SyntaxNode): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'generic_name':
      return isUse(parent);
    case 'member_access_expression':
    case 'member_binding_expression':
    case 'argument':
      return parent.childForFieldName('name')?.id !== node.id;
    case 'qualified_name':
    case 'using_directive':
    case 'subpattern':
    case 'labeled_statement':
    case 'goto_statement':
    case 'file_scoped_namespace_declaration':
    case 'namespace_declaration':
    case 'type_parameter':
      return false;
    case 'attribute_argument':
      return named(parent).length === 1;
    case 'assignment_expression':
      return !(
        /^(initializer_expression|attribute_argument)$/.test(parent.parent?.type ?? '') &&
        parent.childForFieldName('left')?.id === node.id
      );
    default:
      return true;
  }
}

function lower(node: SyntaxNode, reader: Reader): Node | undefined {
  return Object.hasOwn(lowerings, node.type) ? lowerings[node.type]!(node, reader) : lowerOther(node, reader);
}

const lowerText: Lowering = (node, reader) => reader.lazy(node, { kind: 'string', ...literalParts(node, reader.text) });
const lowerNumber: Lowering = (node, reader) => reader.lazy(node, { kind: 'number', value: numberOf(node.text) });
const lowerUnknown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });
const lowerName: Lowering = (node, reader) =>
  isUse(node) ? reader.lazy(node, { kind: 'identifier', name: node.text }) : undefined;

const lowerings: Lowerings = {
  ...attributeLowerings,
  ...declarationLowerings,
  ...creationLowerings,
  string_literal: lowerText,
  verbatim_string_literal: lowerText,
  raw_string_literal: lowerText,
  character_literal: lowerText,
  interpolated_string_expression: lowerInterpolated,
  integer_literal: lowerNumber,
  real_literal: lowerNumber,
  boolean_literal: (node, reader) => reader.lazy(node, { kind: 'boolean', value: node.text === 'true' }),
  null_literal: (node, reader) => reader.lazy(node, { kind: 'null', undefined: false }),
  default_expression: (node, reader) =>
    /^default(\(string\??\))?$/.test(node.text)
      ? reader.lazy(node, { kind: 'null', undefined: false })
      : lowerUnknown(node, reader),
  identifier: lowerName,
  predefined_type: lowerName,
  this: lowerName,
  base: lowerName,
  member_access_expression: (node, reader) => lowerMember(node, 'expression', reader),
  conditional_access_expression: lowerConditionalAccess,
  // A member of what stands in front of it is read with that.
  member_binding_expression: () => undefined,
  element_binding_expression: (node, reader) =>
    node.parent?.type === 'conditional_access_expression' && named(node.parent)[0]?.id !== node.id
      ? undefined
      : creationLowerings.element_binding_expression!(node, reader),
  element_access_expression: (node, reader) =>
    lowerIndex(node, node.childForFieldName('expression'), node.childForFieldName('subscript'), reader),
  invocation_expression: lowerCall,
  tuple_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'list', type: 'tuple' },
      { elements: () => argumentsOf(node, reader).map(({ value }) => ({ value, spread: false })) },
    ),
  binary_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'binary', operator: binaryOperator(operatorOf(node)) },
      { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
    ),
  is_pattern_expression: lowerPatternTest,
  is_expression: lowerPatternTest,
  prefix_unary_expression: lowerUnary,
  // In the condition of a directive.
  unary_expression: lowerUnary,
  postfix_unary_expression: lowerStep,
  conditional_expression: (node, reader) =>
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
    isPartOfObject(node) || node.parent?.type === 'attribute_argument'
      ? undefined
      : reader.lazy(
          node,
          { kind: 'assignment', operator: operatorOf(node) || '=' },
          { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
        ),
  switch_expression: lowerSwitchValue,
};

function lowerOther(node: SyntaxNode, reader: Reader): Node | undefined {
  if (/_type$|_expression$|^qualified_name$/.test(node.type)) return lowerUnknown(node, reader);
  return lowerStatement(node, reader);
}

function operatorOf(node: SyntaxNode): string {
  return node.childForFieldName('operator')?.text ?? /^(?:!|-|~)/.exec(node.text)?.[0] ?? '';
}

function binaryOperator(text: string): BinaryOperator {
  return binaryOperators.has(text) ? (text as BinaryOperator) : 'other';
}

/** `Get` of `Get<string[]>`. */
function plainName(node: SyntaxNode | null): SyntaxNode | undefined {
  return (node?.type === 'generic_name' ? named(node)[0] : node) ?? undefined;
}

function lowerMember(node: SyntaxNode, object: string, reader: Reader): Node {
  const name = plainName(node.childForFieldName('name'));
  return reader.lazy(
    node,
    { kind: 'member', property: name?.text ?? '', propertyRange: rangeOf(name ?? node) },
    { object: expressionIn(node, object, reader) },
  );
}

/** `x?.Y` and `x?["y"]`. */
function lowerConditionalAccess(node: SyntaxNode, reader: Reader): Node {
  const object = node.childForFieldName('condition');
  const accessed = named(node).at(-1);
  if (accessed?.type === 'element_binding_expression') return lowerIndex(node, object, accessed, reader);
  const name = plainName(accessed?.childForFieldName('name') ?? null);
  return reader.lazy(
    node,
    { kind: 'member', property: name?.text ?? '', propertyRange: rangeOf(name ?? node) },
    { object: () => reader.expression(object, node) },
  );
}

/** `list[0]`, `list[^1]`, `text[1..3]`. */
function lowerIndex(node: SyntaxNode, object: SyntaxNode | null, list: SyntaxNode | null, reader: Reader): Node {
  const [given] = named(named(list)[0]);
  const of = () => reader.expression(object, node);
  if (given?.type === 'range_expression') {
    const [from, to] = given.text.startsWith('..') ? [undefined, named(given)[0]] : named(given);
    const bound = (one: SyntaxNode | undefined) => () => one && reader.expression(one, given);
    return reader.lazy(node, { kind: 'slice' }, { object: of, from: bound(from), to: bound(to) });
  }
  return reader.lazy(node, { kind: 'index' }, { object: of, index: () => reader.expression(given, node) });
}

/** `nameof(X.Y)` is a text. */
function lowerCall(node: SyntaxNode, reader: Reader): Node {
  const list = node.childForFieldName('arguments');
  const callee = node.childForFieldName('function');
  if (callee?.type === 'identifier' && callee.text === 'nameof') {
    const value = named(list)[0]?.text.split('.').at(-1) ?? '';
    return reader.lazy(node, { kind: 'string', value, quote: '', contentRange: rangeOf(node) });
  }
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(list ?? node) },
    { callee: () => reader.expression(callee, node), arguments: () => argumentsOf(list, reader) },
  );
}

function lowerInterpolated(node: SyntaxNode, reader: Reader): Node {
  const { quote, parts, holes, contentRange } = interpolatedParts(node, reader.text);
  return holes.length === 0
    ? reader.lazy(node, { kind: 'string', quote, value: parts[0] ?? '', contentRange })
    : reader.lazy(
        node,
        { kind: 'template', parts },
        { holes: () => holes.map((hole) => reader.expression(hole, node)) },
      );
}

/** `^1` counts from the end. */
function lowerUnary(node: SyntaxNode, reader: Reader): Node {
  if (/^(\+\+|--)/.test(node.text)) return lowerStep(node, reader);
  const sign = operatorOf(node);
  const operator = node.text.startsWith('^') ? '-' : (unaryOperators[sign] ?? 'other');
  return reader.lazy(node, { kind: 'unary', operator }, { operand: () => reader.expression(named(node)[0], node) });
}

/** `count++` adds one. */
function lowerStep(node: SyntaxNode, reader: Reader): Node {
  const operator = node.text.includes('++') ? '+=' : '-=';
  const value = reader.made(node, rangeOf(node), { kind: 'number', value: 1 });
  return reader.lazy(
    node,
    { kind: 'assignment', operator, value },
    { target: () => reader.expression(named(node)[0], node) },
  );
}
