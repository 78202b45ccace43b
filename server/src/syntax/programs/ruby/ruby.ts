/** Lowers Ruby trees. See https://docs.ruby-lang.org/en/3.4/syntax_rdoc.html */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { BinaryOperator, Node } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn, unwrapping } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { isExpression, rangeOf } from '../reader.ts';
import { assignmentTo, declaredBy } from './ruby-bindings.ts';
import { argumentParent, callLowerings, holderOf, isAttribute, isName, madeFunction, memberOf } from './ruby-calls.ts';
import { functionLowerings } from './ruby-functions.ts';
import { literalLowerings } from './ruby-literals.ts';
import { readExports, readImports } from './ruby-modules.ts';
import { caseParent } from './ruby-case.ts';
import { isLoop } from './ruby-positions.ts';
import { asStatement, lowerEach, lowerStatement, rescueParent, statementsIn } from './ruby-statements.ts';
import { named } from '../named-children.ts';

const strings = new Set([
  'string',
  'chained_string',
  'simple_symbol',
  'delimited_symbol',
  'bare_string',
  'bare_symbol',
]);
const names = new Set(['identifier', 'constant', 'self']);
const operators: Readonly<Record<string, BinaryOperator>> = {
  '&&': '&&',
  and: '&&',
  '||': '||',
  or: '||',
  '==': '==',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '-': '-',
  '*': '*',
};
/** What stands in a body and is no statement that is evaluated. */
const declarations = new Set(['method', 'singleton_method', 'class', 'module', 'argument_list']);
/** Operators that are methods of their left side. */
const calledOperators = new Set(['=~', '!~', '===', '<<']);

export const ruby: LanguageAdapter = {
  language: 'ruby',
  comment: /#|^=begin/gm,
  unwrap: unwrapping(wrapped),
  lower(node, reader) {
    const lowered = isLoop(node)
      ? lowerEach(node, reader)
      : Object.hasOwn(lowerings, node.type)
        ? lowerings[node.type]!(node, reader)
        : lowerStatement(node, reader);
    return lowered && isExpression(lowered) && !declarations.has(node.type)
      ? asStatement(node, lowered, reader)
      : lowered;
  },
  statements: statementsIn,
  isString: ({ type }) => strings.has(type),
  stringAround(node) {
    const literal = /^(string_content|escape_sequence)$/.test(node.type) ? node.parent : node;
    if (!literal || !strings.has(literal.type)) return undefined;
    return literal.parent?.type === 'chained_string' ? literal.parent : literal;
  },
  isIdentifier: (node) => names.has(node.type) && isUse(node),
  // What is called stands at the method's name in the tree; see `memberOf`.
  parentOf(node) {
    const { parent } = node;
    const isReceiver = parent?.type === 'call' && parent.childForFieldName('receiver')?.id === node.id;
    if (isReceiver) return holderOf(parent);
    if (node.type === 'rescue') return rescueParent(node);
    return parent?.type === 'argument_list' ? argumentParent(node) : caseParent(node);
  },
  imports: readImports,
  exports: readExports,
  declaredBy,
  assignmentTo,
};

/** What a node without a meaning of its own stands for. */
function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'parenthesized_statements': {
      const [only, other] = named(node);
      return other ? undefined : only;
    }
    case 'rescue_modifier':
      return node.childForFieldName('body') ?? undefined;
    case 'call':
      return madeFunction(node) ?? (isName(node) ? (node.childForFieldName('method') ?? undefined) : undefined);
    case 'pattern':
    case 'superclass':
      return named(node)[0];
    default:
      return undefined;
  }
}

/** Names of members, methods, keys and parameters are no expressions. */
function isUse(node: SyntaxNode): boolean {
  const { parent } = node;
  const isField = (field: string): boolean => parent?.childForFieldName(field)?.id === node.id;
  switch (parent?.type) {
    case 'call':
      return !isField('method') || !parent.childForFieldName('receiver');
    case 'scope_resolution':
      return !isField('name') || !parent.childForFieldName('scope');
    case 'method':
    case 'singleton_method':
    case 'class':
    case 'module':
      return !isField('name');
    case 'assignment':
      return !isField('left');
    case 'method_parameters':
    case 'lambda_parameters':
    case 'block_parameters':
    case 'destructured_parameter':
    case 'left_assignment_list':
    case 'exception_variable':
    case 'alias':
    case 'undef':
      return false;
    case 'optional_parameter':
    case 'keyword_parameter':
    case 'splat_parameter':
    case 'hash_splat_parameter':
    case 'block_parameter':
      return !isField('name');
    default:
      return true;
  }
}

/** The name of a method stands for the member that is called. */
const lowerName: Lowering = (node, reader) => {
  const call = node.parent;
  const receiver = call?.type === 'call' ? call.childForFieldName('receiver') : null;
  const isMethod = receiver !== null && call!.childForFieldName('method')?.id === node.id;
  if (isMethod) return isAttribute(call!) ? undefined : memberOf(node, receiver, node, reader);
  return isUse(node) || isTarget(node) ? reader.lazy(node, { kind: 'identifier', name: node.text }) : undefined;
};

function isTarget({ id, parent }: SyntaxNode): boolean {
  return parent?.type === 'left_assignment_list' || parent?.childForFieldName('left')?.id === id;
}

const lowerAssignment: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'assignment', operator: node.childForFieldName('operator')?.text ?? '=' },
    { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
  );

const notKnown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });

const lowerings: Lowerings = {
  ...literalLowerings,
  ...callLowerings,
  ...functionLowerings,
  identifier: lowerName,
  constant: lowerName,
  self: lowerName,
  instance_variable: lowerVariable,
  class_variable: lowerVariable,
  global_variable: notKnown,
  scope_resolution(node, reader) {
    const [scope, name] = [node.childForFieldName('scope'), node.childForFieldName('name')];
    if (scope && name) return memberOf(node, scope, name, reader);
    return reader.lazy(node, { kind: 'identifier', name: name?.text ?? '' });
  },
  element_reference: lowerElement,
  assignment: lowerAssignment,
  operator_assignment: lowerAssignment,
  binary: lowerBinary,
  unary: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'unary', operator: unaryOperator(node) },
      { operand: expressionIn(node, 'operand', reader) },
    ),
  conditional: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'conditional' },
      {
        test: expressionIn(node, 'condition', reader),
        consequent: expressionIn(node, 'consequence', reader),
        alternate: expressionIn(node, 'alternative', reader),
      },
    ),
  range: notKnown,
  // Of several statements in brackets the last one counts, whatever the others do.
  parenthesized_statements: notKnown,
  case_match: notKnown,
};

function unaryOperator(node: SyntaxNode): string {
  const written = node.childForFieldName('operator')?.text ?? '';
  if (written === '!' || written === 'not') return '!';
  return written === '-' || written === '~' ? written : 'other';
}

/** `@origins` belongs to the object whose method is run. */
function lowerVariable(node: SyntaxNode, reader: Reader): Node {
  const range = rangeOf(node);
  const object = reader.made(node, range, { kind: 'identifier', name: 'self' });
  return reader.lazy(node, { kind: 'member', property: node.text, propertyRange: range, object });
}

/** `x[i]`, `x[a..b]`; `x[a, b]` is nothing that is known. */
function lowerElement(node: SyntaxNode, reader: Reader): Node {
  const object = expressionIn(node, 'object', reader);
  const [index, other] = named(node).slice(1);
  if (other) return reader.lazy(node, { kind: 'unknown' });
  if (index?.type !== 'range')
    return reader.lazy(node, { kind: 'index' }, { object, index: () => reader.expression(index, node) });
  // The end of `a...b` is left away, the one of `a..b` is not.
  const [from, to] = [index.childForFieldName('begin'), index.childForFieldName('end')];
  const isOpen = to === null;
  if (!isOpen && !index.text.includes('...')) return reader.lazy(node, { kind: 'unknown' });
  return reader.lazy(
    node,
    { kind: 'slice' },
    {
      object,
      from: () => (from ? reader.expression(from, index) : undefined),
      to: () => (to ? reader.expression(to, index) : undefined),
    },
  );
}

function lowerBinary(node: SyntaxNode, reader: Reader): Node {
  const written = node.childForFieldName('operator')?.text ?? '';
  if (calledOperators.has(written)) return calledOperator(node, written, reader);
  return reader.lazy(
    node,
    { kind: 'binary', operator: operators[written] ?? 'other' },
    { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
  );
}

/** `origin =~ pattern` calls the method of that name. */
function calledOperator(node: SyntaxNode, written: string, reader: Reader): Node {
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const range = rangeOf(node);
  const isNegated = written === '!~';
  const callee = () =>
    reader.made(
      node,
      range,
      { kind: 'member', property: isNegated ? '=~' : written, propertyRange: range },
      { object: () => reader.expression(left, node) },
    );
  const given = () => [{ value: reader.expression(right, node), spread: false, range: rangeOf(right ?? node) }];
  const call = { kind: 'call', isNew: false, argumentsRange: rangeOf(right ?? node) } as const;
  if (!isNegated) return reader.lazy(node, call, { callee, arguments: given });
  const operand = () => reader.made(node, range, call, { callee, arguments: given });
  return reader.lazy(node, { kind: 'unary', operator: '!' }, { operand });
}
