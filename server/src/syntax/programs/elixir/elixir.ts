/** Lowers Elixir trees. See https://hexdocs.pm/elixir/syntax-reference.html */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { BinaryOperator, Node } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import { expressionIn, unwrapping } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { isExpression, rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { lowerAttribute, nameOfUse } from './elixir-attributes.ts';
import { assignmentTo, declaredBy, unwritten } from './elixir-bindings.ts';
import {
  callLowerings,
  calledByName,
  isHandedOver,
  lowerCall,
  lowerPipe,
  lowerRound,
  namedCapture,
  readMember,
} from './elixir-calls.ts';
import { lowerChoice, lowerStab, stabParent } from './elixir-choices.ts';
import {
  attributeDefinition,
  isBinary,
  isChoice,
  isDefinition,
  isModule,
  isUnary,
  nameOfDefinition,
  operatorOf,
  pipeOf,
  operandOf,
} from './elixir-forms.ts';
import { clauseParent, lowerCapture, lowerClause, lowerDefinition, lowerFn, lowerModule } from './elixir-functions.ts';
import { literalLowerings } from './elixir-literals.ts';
import { readExports, readImports } from './elixir-modules.ts';
import { captured } from './elixir-parameters.ts';
import { called } from './elixir-patterns.ts';
import { isValueBlock, rangeOfBlock, statementsOf } from './elixir-positions.ts';
import { asStatement, statementsIn } from './elixir-statements.ts';

const strings = new Set(['string', 'charlist', 'atom', 'quoted_atom']);
const blocks = new Set(['do_block', 'else_block', 'rescue_block', 'catch_block', 'after_block', 'body']);
const operators: Readonly<Record<string, BinaryOperator>> = {
  '&&': '&&',
  and: '&&',
  '||': '||',
  or: '||',
  '==': '==',
  '===': '==',
  '!=': '!=',
  '!==': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  // Of texts, and of lists.
  '<>': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  in: 'in',
  'not in': 'not in',
};
/** What stands in a body and is no statement that is evaluated. */
const declarations = new Set(['arguments', 'source']);

export const elixir: LanguageAdapter = {
  language: 'elixir',
  comment: /#/g,
  unwrap: unwrapping(wrapped),
  lower(node, reader) {
    const lowered = Object.hasOwn(lowerings, node.type) ? lowerings[node.type]!(node, reader) : undefined;
    const isPlain = lowered && isExpression(lowered) && !declarations.has(node.type);
    return isPlain && !isDefinition(node) && !isModule(node) ? asStatement(node, lowered, reader) : lowered;
  },
  statements: statementsIn,
  isString: ({ type }) => strings.has(type),
  stringAround(node) {
    const literal = /^(quoted_content|escape_sequence)$/.test(node.type) ? node.parent : node;
    if (!literal) return undefined;
    return strings.has(literal.type) || (literal.type === 'sigil' && /^~[sScC]/.test(literal.text))
      ? literal
      : undefined;
  },
  isIdentifier: (node) => isUse(node),
  parentOf(node) {
    if (node.type === 'stab_clause') return stabParent(node);
    const isMoved = node.type === 'do_block' || node.type === 'arguments' || node.parent?.type === 'pair';
    return isMoved ? clauseParent(node) : node.parent;
  },
  imports: readImports,
  exports: readExports,
  declaredBy,
  unwritten,
  assignmentTo,
};

/** What a node without a meaning of its own stands for. */
function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'block':
      return onlyOf(named(node));
    case 'call':
      return pipeOf(node) ?? readMember(node) ?? (isDefinition(node) ? undefined : calledByName(node));
    case 'unary_operator':
      return isUnary(node, '^') ? (operandOf(node) ?? undefined) : namedCapture(node);
    default:
      return blocks.has(node.type) && isValueBlock(node) ? onlyOf(statementsOf(node)) : undefined;
  }
}

function onlyOf([only, other]: readonly SyntaxNode[]): SyntaxNode | undefined {
  return other || only?.type === 'stab_clause' ? undefined : only;
}

/** Names of members, keys and definitions are no expressions. */
function isUse(node: SyntaxNode): boolean {
  if (node.type === 'unary_operator') return isUnary(node, '@') && !attributeDefinition(node);
  if (node.type !== 'identifier' && node.type !== 'alias') return false;
  const { parent } = node;
  const isField = (field: string): boolean => parent?.childForFieldName(field)?.id === node.id;
  switch (parent?.type) {
    case 'dot':
      return !isField('right');
    case 'unary_operator':
      return !isUnary(parent, '@');
    case 'call':
      return !isField('target') || !(isDefinition(parent) || isDefinedBy(parent));
    default:
      return true;
  }
}

/** The head of a definition: `allowed?(origin)` behind `def`. */
function isDefinedBy(head: SyntaxNode): boolean {
  let definition = head.parent;
  if (isBinary(definition, 'when')) definition = definition.parent;
  definition = definition?.parent ?? null;
  return isDefinition(definition) && nameOfDefinition(definition)?.parent?.id === head.id;
}

const lowerName: Lowering = (node, reader) => {
  const { parent } = node;
  // The name of a member stands for the member.
  if (parent?.type === 'dot' && parent.childForFieldName('right')?.id === node.id) return undefined;
  return reader.lazy(node, { kind: 'identifier', name: node.text });
};

const lowerBlock: Lowering = (node, reader) => {
  if (isModule(node.parent)) return undefined;
  if (isHandedOver(node) && !isDefinition(node.parent)) return lowerHandedOver(node, reader);
  const range = rangeOfBlock(node);
  return isValueBlock(node)
    ? reader.made(node, range, { kind: 'unknown' })
    : reader.made(node, range, { kind: 'block' }, { statements: () => statementsIn(node, reader) });
};

/** A block behind a call: the function that is its last argument. */
function lowerHandedOver(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'function', async: false, decorators: [], parameters: [] },
    {
      body: () => reader.made(node, rangeOf(node), { kind: 'block' }, { statements: () => statementsIn(node, reader) }),
    },
  );
}

const notKnown: Lowering = (node, reader) => reader.lazy(node, { kind: 'unknown' });

const lowerings: Lowerings = {
  ...literalLowerings,
  ...callLowerings,
  identifier: lowerName,
  alias: lowerName,
  call(node, reader) {
    if (isDefinition(node)) return lowerDefinition(node, reader);
    if (isModule(node)) return lowerModule(node, reader);
    return isChoice(node) ? lowerChoice(node, reader) : lowerCall(node, reader);
  },
  arguments: (node, reader) => lowerClause(node, reader) ?? lowerRound(node, reader),
  binary_operator: lowerBinary,
  unary_operator: lowerUnary,
  anonymous_function: lowerFn,
  stab_clause: lowerStab,
  block: notKnown,
  do_block: lowerBlock,
  else_block: lowerBlock,
  rescue_block: lowerBlock,
  catch_block: lowerBlock,
  after_block: lowerBlock,
  body: lowerBlock,
};

function lowerUnary(node: SyntaxNode, reader: Reader): Node {
  if (attributeDefinition(node)) return lowerAttribute(node, reader);
  const written = operatorOf(node);
  if (written === '@') return reader.lazy(node, { kind: 'identifier', name: nameOfUse(node, reader) });
  if (written === '&') {
    const name = captured(node);
    return name === undefined ? lowerCapture(node, reader) : reader.lazy(node, { kind: 'identifier', name });
  }
  const operator = written === '!' || written === 'not' ? '!' : written === '-' ? '-' : 'other';
  return reader.lazy(node, { kind: 'unary', operator }, { operand: () => reader.expression(operandOf(node), node) });
}

function lowerBinary(node: SyntaxNode, reader: Reader): Node | undefined {
  const written = operatorOf(node);
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  switch (written) {
    case '|>':
      return isChoice(right) ? lowerChoice(right, reader) : lowerPipe(node, reader);
    case '=':
      return reader.lazy(
        node,
        { kind: 'assignment', operator: '=' },
        { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
      );
    case '=~':
      return reader.lazy(
        node,
        { kind: 'call', isNew: false, argumentsRange: rangeOf(right ?? node) },
        {
          callee: () => memberOfLeft(node, reader),
          arguments: () => [{ value: reader.expression(right, node), spread: false, range: rangeOf(right ?? node) }],
        },
      );
    case '==':
    case '!=':
    case '===':
    case '!==':
      return emptyTest(node, left, right, reader) ?? plainBinary(node, written, reader);
    case '++':
      return reader.lazy(
        node,
        { kind: 'list', type: 'list' },
        { elements: () => [left, right].map((side) => ({ value: reader.expression(side, node), spread: true })) },
      );
    case '=>':
    case '<-':
    case '->':
    case '::':
    case 'when':
    case '\\\\':
      return undefined;
    default:
      return plainBinary(node, written, reader);
  }
}

function plainBinary(node: SyntaxNode, written: string, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'binary', operator: operators[written] ?? 'other' },
    { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
  );
}

/** `origin =~ ~r/…/` calls the operator as a method of its left side. */
function memberOfLeft(node: SyntaxNode, reader: Reader): Node {
  const range = rangeOf(node);
  return reader.made(
    node,
    range,
    { kind: 'member', property: '=~', propertyRange: range },
    { object: () => reader.expression(node.childForFieldName('left'), node) },
  );
}

/** `get_req_header(conn, "origin") == []`: whether the list has no members. */
function emptyTest(
  node: SyntaxNode,
  left: SyntaxNode | null,
  right: SyntaxNode | null,
  reader: Reader,
): Node | undefined {
  const isEmpty = right?.type === 'list' && named(right).length === 0;
  if (!isEmpty || !left) return undefined;
  const empty = () => called('Enum.empty?', [reader.expression(left, node)], node, reader);
  const operand = operatorOf(node).startsWith('!')
    ? empty
    : () => {
        const inner = empty();
        return reader.made(node, rangeOf(node), { kind: 'unary', operator: '!', operand: inner });
      };
  return reader.lazy(node, { kind: 'unary', operator: '!' }, { operand });
}
