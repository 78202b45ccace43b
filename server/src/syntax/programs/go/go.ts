/** Lowers Go trees. See https://go.dev/ref/spec */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Argument, BinaryOperator, Node } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn, unwrapping } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { assignmentTo, declaredBy } from './go-bindings.ts';
import { lowerFunction, lowerType } from './go-declarations.ts';
import { isFieldName, lowerComposite } from './go-literals.ts';
import { importedName, readExports, readImports } from './go-modules.ts';
import { lowerAssignment, lowerStatement, lowerStep, statementsIn } from './go-statements.ts';
import { named } from '../named-children.ts';
import { literalParts, numberOf } from './go-text.ts';

const strings = new Set(['interpreted_string_literal', 'raw_string_literal', 'rune_literal']);
const binaryOperators = new Set(['&&', '||', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/']);
const unaryOperators: Readonly<Record<string, string>> = { '!': '!', '-': '-', '^': '~' };

export const go: LanguageAdapter = {
  language: 'go',
  comment: /\/\/|\/\*/g,
  unwrap: unwrapping(wrapped),
  lower,
  statements: statementsIn,
  isString: ({ type }) => strings.has(type),
  stringAround(node) {
    const literal = /_content$|^escape_sequence$/.test(node.type) ? node.parent : node;
    return literal && strings.has(literal.type) ? literal : undefined;
  },
  isIdentifier,
  imports: readImports,
  exports: readExports,
  declaredBy,
  unwritten: importedName,
  used: /\s*\.(?!\.)/y,
  assignmentTo,
};

/** What a node without a meaning of its own stands for: brackets, pointers, type assertions and conversions of whole values. */
function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'parenthesized_type':
    case 'literal_element':
    case 'pointer_type':
    case 'type_elem':
      return named(node)[0];
    case 'expression_list':
      return named(node).length === 1 ? named(node)[0] : undefined;
    case 'generic_type':
      return node.childForFieldName('type') ?? undefined;
    case 'type_assertion_expression':
      return node.childForFieldName('operand') ?? undefined;
    // `f[T](x)` reads like a conversion to the type `f[T]`.
    case 'type_conversion_expression':
      return node.childForFieldName('type')?.type === 'generic_type'
        ? undefined
        : (node.childForFieldName('operand') ?? undefined);
    case 'unary_expression':
      return /^[&*]$/.test(node.childForFieldName('operator')?.text ?? '')
        ? (node.childForFieldName('operand') ?? undefined)
        : undefined;
    default:
      return undefined;
  }
}

/** Types are names like others; names of fields, labels and of what a declaration declares are none. */
function isIdentifier(node: SyntaxNode, reader: Reader): boolean {
  if (node.type === 'package_identifier') return node.parent?.type === 'qualified_type';
  return node.type === 'type_identifier' || (node.type === 'identifier' && !isFieldName(node, reader));
}

function lower(node: SyntaxNode, reader: Reader): Node | undefined {
  return (lowerings[node.type] ?? lowerOther)(node, reader);
}

// A character is compared with characters of texts, so that it is one here.
const lowerText: Lowering = (node, reader) => reader.lazy(node, { kind: 'string', ...literalParts(node, reader.text) });
const lowerNumber: Lowering = (node, reader) => reader.lazy(node, { kind: 'number', value: numberOf(node.text) });
const lowerBoolean: Lowering = (node, reader) => reader.lazy(node, { kind: 'boolean', value: node.type === 'true' });
const lowerName: Lowering = (node, reader) => reader.lazy(node, { kind: 'identifier', name: node.text });

const lowerings: Lowerings = {
  interpreted_string_literal: lowerText,
  raw_string_literal: lowerText,
  rune_literal: lowerText,
  int_literal: lowerNumber,
  float_literal: lowerNumber,
  true: lowerBoolean,
  false: lowerBoolean,
  nil: (node, reader) => reader.lazy(node, { kind: 'null', undefined: false }),
  identifier: lowerName,
  type_identifier: lowerName,
  package_identifier: lowerName,
  selector_expression: (node, reader) => lowerMember(node, 'operand', 'field', reader),
  qualified_type: (node, reader) => lowerMember(node, 'package', 'name', reader),
  index_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'index' },
      { object: expressionIn(node, 'operand', reader), index: expressionIn(node, 'index', reader) },
    ),
  slice_expression: lowerSlice,
  call_expression: lowerCall,
  type_conversion_expression: lowerCall,
  binary_expression: lowerBinary,
  unary_expression: lowerUnary,
  composite_literal: lowerComposite,
  // The braces behind a type are the literal itself.
  literal_value: (node, reader) =>
    node.parent?.type === 'composite_literal' ? undefined : lowerComposite(node, reader),
  assignment_statement: lowerAssignment,
  inc_statement: lowerStep,
  dec_statement: lowerStep,
  func_literal: lowerFunction,
  function_declaration: lowerFunction,
  method_declaration: lowerFunction,
  type_spec: lowerType,
  type_alias: lowerType,
};

function lowerBinary(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'binary', operator: binaryOperator(operatorOf(node)) },
    { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
  );
}

function lowerUnary(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'unary', operator: unaryOperators[operatorOf(node)] ?? 'other' },
    { operand: expressionIn(node, 'operand', reader) },
  );
}

function operatorOf(node: SyntaxNode): string {
  return node.childForFieldName('operator')?.text ?? '';
}

/** Types without a name are expressions of which only the text is known: `make([]string, 0)`. */
function lowerOther(node: SyntaxNode, reader: Reader): Node | undefined {
  return /_type$|^(iota|imaginary_literal)$/.test(node.type)
    ? reader.lazy(node, { kind: 'unknown' })
    : lowerStatement(node, reader);
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

/** `origin[8:]`; a third bound says nothing of the members. */
function lowerSlice(node: SyntaxNode, reader: Reader): Node {
  const bound = (name: string) => () => {
    const found = node.childForFieldName(name);
    return found ? reader.expression(found, node) : undefined;
  };
  return reader.lazy(
    node,
    { kind: 'slice' },
    {
      object: () => reader.expression(node.childForFieldName('operand'), node),
      from: bound('start'),
      to: bound('end'),
    },
  );
}

function lowerCall(node: SyntaxNode, reader: Reader): Node {
  const isConversion = node.type === 'type_conversion_expression';
  const list = node.childForFieldName('arguments');
  const operand = node.childForFieldName('operand');
  const given = isConversion ? (operand ? [operand] : []) : list ? named(list) : [];
  return reader.lazy(
    node,
    {
      kind: 'call',
      isNew: false,
      argumentsRange: list ? rangeOf(list) : { start: operand?.startIndex ?? node.endIndex, end: node.endIndex },
    },
    {
      callee: () => reader.expression(node.childForFieldName(isConversion ? 'type' : 'function'), node),
      arguments: () =>
        given.map((child): Argument => {
          const spread = child.type === 'variadic_argument';
          return {
            value: reader.expression(spread ? child.firstNamedChild : child, child),
            spread,
            range: rangeOf(child),
          };
        }),
    },
  );
}
