/** Lowers Rust trees. See https://doc.rust-lang.org/reference/expressions.html */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { BinaryOperator, Node, ObjectEntry } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn, unwrapping } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { isExpression, rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { assignmentTo, declaredBy } from './rust-bindings.ts';
import { callLowerings, converted, isTakenApart } from './rust-calls.ts';
import { declarationLowerings, ownType } from './rust-declarations.ts';
import { readExports, readImports, unwrittenName } from './rust-imports.ts';
import { lowerMacro } from './rust-macros.ts';
import { readText } from './rust-masks.ts';
import { isField, isValueBlock, onlyExpression } from './rust-positions.ts';
import { armsOf, asStatement, parentInFlow, statementLowerings, statementsIn } from './rust-statements.ts';
import { literalParts, numberOf } from './rust-text.ts';

const strings = new Set(['string_literal', 'raw_string_literal', 'char_literal']);
const names = new Set(['identifier', 'type_identifier', 'self', 'shorthand_field_identifier']);
const binaryOperators = new Set(['&&', '||', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/']);

export const rust: LanguageAdapter = {
  language: 'rust',
  comment: /\/\/|\/\*/g,
  parsed: readText,
  unwrap: unwrapping(wrapped),
  lower(node, reader) {
    const lowered = Object.hasOwn(lowerings, node.type)
      ? lowerings[node.type]!(node, reader)
      : lowerOther(node, reader);
    return lowered && isExpression(lowered) ? asStatement(node, lowered, reader) : lowered;
  },
  statements: statementsIn,
  isString: ({ type }) => strings.has(type),
  stringAround(node) {
    const literal = /^(string_content|escape_sequence)$/.test(node.type) ? node.parent : node;
    return literal && strings.has(literal.type) ? literal : undefined;
  },
  isIdentifier: (node) => names.has(node.type) && isUse(node),
  imports: readImports,
  exports: readExports,
  declaredBy,
  unwritten: unwrittenName,
  assignmentTo,
  parentOf: parentInFlow,
};

/** What a node without a meaning of its own stands for. */
function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'try_expression':
    case 'await_expression':
    case 'else_clause':
    case 'base_field_initializer':
      return named(node)[0];
    case 'unsafe_block':
    case 'async_block':
    case 'const_block':
      return named(node).find(({ type }) => type === 'block');
    case 'expression_statement': {
      const [only] = named(node);
      return only && hasOwnStatement(only) ? only : undefined;
    }
    case 'reference_expression':
    case 'type_cast_expression':
      return node.childForFieldName('value') ?? undefined;
    case 'unary_expression':
      return /^\*/.test(node.text) ? named(node)[0] : undefined;
    case 'generic_function':
      return node.childForFieldName('function') ?? undefined;
    case 'reference_type':
    case 'generic_type':
      return node.childForFieldName('type') ?? undefined;
    case 'match_expression':
      return armsOf(node)[0];
    case 'block':
      return isValueBlock(node) ? onlyExpression(node) : undefined;
    case 'call_expression':
      return converted(node);
    case 'index_expression': {
      const [object, index] = named(node);
      return index?.text === '..' ? object : undefined;
    }
    default:
      return undefined;
  }
}

function hasOwnStatement({ type }: SyntaxNode): boolean {
  return /^(if|match|for|while|loop|return|break|continue)_expression$|^(unsafe_)?block$/.test(type);
}

/** Names of members, fields, items and patterns are no expressions. */
function isUse(node: SyntaxNode): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'scoped_identifier':
    case 'scoped_type_identifier':
      return isField(parent, 'path', node);
    case 'use_declaration':
    case 'use_list':
    case 'scoped_use_list':
    case 'use_as_clause':
    case 'use_wildcard':
    case 'lifetime':
    case 'label':
    case 'attribute':
    case 'self_parameter':
    case 'type_parameters':
      return false;
    case 'macro_invocation':
      return !isField(parent, 'macro', node);
    case 'token_tree':
      return !isPartOfToken(node);
    default:
      return !isField(parent, 'name', node) || /^(struct_expression|field_pattern)$/.test(parent?.type ?? '');
  }
}

/** In a macro's tokens, what stands behind a dot or a path, or is the name of what is given. */
function isPartOfToken(node: SyntaxNode): boolean {
  const before = node.previousSibling?.text;
  return before === '.' || before === '::';
}

const lowerText: Lowering = (node, reader) => reader.lazy(node, { kind: 'string', ...literalParts(node, reader.text) });
const lowerNumber: Lowering = (node, reader) => reader.lazy(node, { kind: 'number', value: numberOf(node.text) });
const lowerUnknown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });

const lowerName: Lowering = (node, reader) => {
  if (!isUse(node)) return undefined;
  if (node.text === 'None') return reader.lazy(node, { kind: 'null', undefined: false });
  const name = node.text === 'Self' ? (ownType(node) ?? 'Self') : node.text;
  return reader.lazy(node, { kind: 'identifier', name });
};

function listOf(type: 'list' | 'tuple'): Lowering {
  return (node, reader) =>
    // `[value; 3]` repeats a value.
    node.childForFieldName('length')
      ? lowerUnknown(node, reader)
      : reader.lazy(
          node,
          { kind: 'list', type },
          {
            elements: () =>
              named(node)
                .filter((child) => child.type !== 'attribute_item')
                .map((child) => ({ value: reader.expression(child, node), spread: false })),
          },
        );
}

const lowerPath: Lowering = (node, reader) => {
  const [path, name] = [node.childForFieldName('path'), node.childForFieldName('name')];
  if (!name) return lowerUnknown(node, reader);
  if (!path || /^(crate|super|self)$/.test(path.text))
    return reader.lazy(node, { kind: 'identifier', name: name.text });
  return reader.lazy(
    node,
    { kind: 'member', property: name.text, propertyRange: rangeOf(name) },
    { object: () => reader.expression(path, node) },
  );
};

const lowerAssignment: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'assignment', operator: node.childForFieldName('operator')?.text ?? '=' },
    { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
  );

const lowerings: Lowerings = {
  ...statementLowerings,
  ...declarationLowerings,
  ...callLowerings,
  string_literal: lowerText,
  raw_string_literal: lowerText,
  char_literal: lowerText,
  integer_literal: lowerNumber,
  float_literal: lowerNumber,
  boolean_literal: (node, reader) => reader.lazy(node, { kind: 'boolean', value: node.text === 'true' }),
  identifier: lowerName,
  type_identifier: lowerName,
  shorthand_field_identifier: lowerUnknown,
  self: lowerName,
  scoped_identifier: lowerPath,
  scoped_type_identifier: lowerPath,
  array_expression: listOf('list'),
  tuple_expression: (node, reader) => (isTakenApart(node) ? undefined : listOf('tuple')(node, reader)),
  unit_expression: listOf('tuple'),
  field_expression: (node, reader) => {
    const name = node.childForFieldName('field');
    return reader.lazy(
      node,
      { kind: 'member', property: name?.text ?? '', propertyRange: rangeOf(name ?? node) },
      { object: expressionIn(node, 'value', reader) },
    );
  },
  index_expression: lowerIndex,
  struct_expression: lowerStruct,
  macro_invocation: lowerMacro,
  binary_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'binary', operator: binaryOperator(node) },
      { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
    ),
  unary_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'unary', operator: /^[!-]/.exec(node.text)?.[0] ?? 'other' },
      { operand: () => reader.expression(named(node)[0], node) },
    ),
  assignment_expression: lowerAssignment,
  compound_assignment_expr: lowerAssignment,
  range_expression: lowerUnknown,
};

function lowerOther(node: SyntaxNode, reader: Reader): Node | undefined {
  return /_type$/.test(node.type) ? lowerUnknown(node, reader) : undefined;
}

function binaryOperator(node: SyntaxNode): BinaryOperator {
  const text = node.childForFieldName('operator')?.text ?? '';
  return binaryOperators.has(text) ? (text as BinaryOperator) : 'other';
}

/** `x[i]`, `x[a..b]`. */
function lowerIndex(node: SyntaxNode, reader: Reader): Node {
  const [object, index] = named(node);
  const of = () => reader.expression(object, node);
  if (index?.type !== 'range_expression')
    return reader.lazy(node, { kind: 'index' }, { object: of, index: () => reader.expression(index, node) });
  const [start, end] = /^\.\./.test(index.text) ? [undefined, named(index)[0]] : named(index);
  if (/\.\.=/.test(index.text)) return reader.lazy(node, { kind: 'unknown' });
  const bound = (one: SyntaxNode | undefined) => () => (one ? reader.expression(one, index) : undefined);
  return reader.lazy(node, { kind: 'slice' }, { object: of, from: bound(start), to: bound(end) });
}

/** `Config { origins: list, debug, ..base }`. */
function lowerStruct(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'object' },
    {
      type: () => reader.expression(node.childForFieldName('name'), node),
      entries: () => named(node.childForFieldName('body')).flatMap((line) => entryOf(line, reader)),
    },
  );
}

function entryOf(line: SyntaxNode, reader: Reader): ObjectEntry[] {
  const range = rangeOf(line);
  switch (line.type) {
    case 'shorthand_field_initializer': {
      const [name] = named(line);
      if (!name) return [];
      return [{ key: name.text, keyRange: range, value: reader.expression(name, line), spread: false, range }];
    }
    case 'field_initializer': {
      const [field, value] = [line.childForFieldName('field'), line.childForFieldName('value')];
      if (!field) return [];
      return [
        { key: field.text, keyRange: rangeOf(field), value: reader.expression(value, line), spread: false, range },
      ];
    }
    case 'base_field_initializer':
      return [{ keyRange: range, value: reader.expression(named(line)[0], line), spread: true, range }];
    default:
      return [];
  }
}
