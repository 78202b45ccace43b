/** Lowers what stands as a statement in Ruby. See https://docs.ruby-lang.org/en/3.4/syntax/control_expressions_rdoc.html */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { valueOf } from './ruby-branches.ts';
import { lowerCase, lowerWhen } from './ruby-case.ts';
import { blocks, classes, isLoop, isResult, isStatement } from './ruby-positions.ts';
import { named } from '../named-children.ts';
import { statementAround, withStatement } from '../expression-statements.ts';

const tests = new Set(['if', 'elsif', 'if_modifier', 'unless', 'unless_modifier']);

/** Methods that are called for what they do, by their names: what they give is nobody's result. */
const acts = /^(set|add|append|header|headers|head|render|redirect_to|puts|store|merge!|use|run|error!)(_|$|!)/;

export function lowerStatement(node: SyntaxNode, reader: Reader): Node | undefined {
  if (blocks.has(node.type)) {
    if (classes.has(node.parent?.type ?? '')) return undefined;
    return reader.lazy(node, { kind: 'block' }, { statements: () => statementsIn(node, reader) });
  }
  if (tests.has(node.type)) return lowerIf(node, reader);
  switch (node.type) {
    case 'case':
      return lowerCase(node, reader);
    case 'when':
      return lowerWhen(node, reader);
    case 'return':
    case 'next':
      return isJump(node)
        ? reader.lazy(node, { kind: 'jump' })
        : reader.lazy(node, { kind: 'return' }, { value: () => returned(node, reader) });
    case 'break':
    case 'redo':
    case 'retry':
      return reader.lazy(node, { kind: 'jump' });
    case 'while':
    case 'until':
      return reader.lazy(node, { kind: 'loop' }, { body: () => statementIn(node, 'body', reader) });
    case 'for':
      return reader.lazy(
        node,
        { kind: 'loop', item: node.childForFieldName('pattern')?.text },
        {
          over: () => reader.expression(named(node.childForFieldName('value'))[0], node),
          body: () => statementIn(node, 'body', reader),
        },
      );
    default:
      return undefined;
  }
}

/** `next` ends a round of a loop, and a block that is a function otherwise. */
function isJump(node: SyntaxNode): boolean {
  if (node.type !== 'next') return false;
  let around = node.parent;
  while (around && around.type !== 'block' && around.type !== 'do_block') around = around.parent;
  return around?.parent?.type === 'call' && isLoop(around.parent);
}

export function lowerEach(call: SyntaxNode, reader: Reader): Node {
  const block = call.childForFieldName('block');
  const [item] = named(block?.childForFieldName('parameters'));
  return reader.lazy(
    call,
    { kind: 'loop', item: item?.type === 'identifier' ? item.text : undefined },
    {
      over: () => reader.expression(call.childForFieldName('receiver'), call),
      body: () => statementIn(block ?? call, 'body', reader),
    },
  );
}

/**
 * Statements of a file or a block, in order, those that `ensure` runs at the end. What `rescue` does after an error that nothing
 * foresees is no part of them; see `rescueParent`.
 */
export function statementsIn(node: SyntaxNode, reader: Reader): Statement[] {
  return named(node)
    .filter(({ type }) => !/^(rescue|exception_variable|heredoc_body)$/.test(type))
    .flatMap((child) => statementOf(child, reader) ?? []);
}

/** A handler of errors belongs to what is around the statements that may fail. */
export function rescueParent(node: SyntaxNode): SyntaxNode | null {
  return node.type === 'rescue' ? (node.parent?.parent ?? null) : node.parent;
}

/** What stands there as a statement: an expression is one that is evaluated, or the result of the method. */
export function statementOf(node: SyntaxNode, reader: Reader): Statement | undefined {
  const lowered = reader.lower(node);
  if (lowered === undefined) return undefined;
  if (lowered.kind === 'function' && node.type !== 'lambda') return declarationOf(node, lowered, reader);
  if (lowered.kind === 'class') return declarationOf(node, lowered, reader);
  const around = statementAround(lowered);
  return around ?? (lowered as Statement);
}

function declarationOf(node: SyntaxNode, value: Node, reader: Reader): Statement {
  const name = node.childForFieldName('name');
  const bindings = () => {
    const binding = name && reader.bindingAt(name.text, rangeOf(name));
    return binding ? [binding] : [];
  };
  return reader.made(node, rangeOf(node), { kind: 'declaration', value }, { bindings }) as Statement;
}

/** Gives an expression that stands as a statement the statement around it, for which the grammar has no node. */
export function asStatement(node: SyntaxNode, lowered: Node, reader: Reader): Node {
  if (!isStatement(node) || statementAround(lowered) !== undefined) return lowered;
  const range = rangeOf(node);
  const raised = raisedBy(node, reader);
  const statement = raised
    ? reader.made(node, range, { kind: 'throw' }, { value: raised })
    : givesResult(node)
      ? reader.made(node, range, { kind: 'return', value: lowered })
      : reader.made(node, range, { kind: 'expression-statement', expression: lowered });
  return withStatement(lowered, statement);
}

/** Whether the expression is what the method gives, and not there for what it does. */
function givesResult(node: SyntaxNode): boolean {
  if (node.type === 'assignment' || node.type === 'operator_assignment') {
    const target = node.childForFieldName('left')?.type ?? '';
    return target === 'identifier' && isResult(node);
  }
  const isAct = node.type === 'call' && acts.test(node.childForFieldName('method')?.text ?? '');
  return !isAct && isResult(node);
}

/** `raise Denied`, `raise 'no'`. */
function raisedBy(node: SyntaxNode, reader: Reader): (() => Expression | undefined) | undefined {
  const isBare = node.type === 'identifier' && node.text === 'raise';
  const isCall =
    node.type === 'call' && node.childForFieldName('method')?.text === 'raise' && !node.childForFieldName('receiver');
  if (!isBare && !isCall) return undefined;
  const first = isCall ? named(node.childForFieldName('arguments'))[0] : undefined;
  return () => (first ? reader.expression(first, node) : undefined);
}

function statementIn(node: SyntaxNode, field: string, reader: Reader): Statement {
  return reader.statement(node.childForFieldName(field) ?? node);
}

function returned(node: SyntaxNode, reader: Reader): Expression | undefined {
  const values = named(named(node)[0]);
  if (values.length === 0) return undefined;
  if (values.length === 1) return reader.expression(values[0], node);
  const elements = () => values.map((value) => ({ value: reader.expression(value, node), spread: false }));
  return reader.made(node, rangeOf(node), { kind: 'list', type: 'tuple' }, { elements }) as Expression;
}

/** `if`, `unless` and both behind a statement; a conditional where the value is used. */
function lowerIf(node: SyntaxNode, reader: Reader): Node {
  const test = () => testOf(node, reader);
  const isUsed = node.type === 'elsif' ? !isStatement(topOf(node)) : !isStatement(node);
  const [yes, no] = branchesOf(node);
  if (isUsed)
    return reader.lazy(
      node,
      { kind: 'conditional' },
      { test, consequent: () => valueOf(yes, node, reader), alternate: () => valueOf(no, node, reader) },
    );
  return reader.lazy(
    node,
    { kind: 'if' },
    {
      test,
      consequent: () => (yes ? branch(yes, reader) : emptyBlock(node, reader)),
      alternate: () => (no ? branch(no, reader) : undefined),
    },
  );
}

function topOf(node: SyntaxNode): SyntaxNode {
  let top = node;
  while (top.type === 'elsif' && top.parent) top = top.parent;
  return top;
}

function branchesOf(node: SyntaxNode): readonly [SyntaxNode | null, SyntaxNode | null] {
  return /_modifier$/.test(node.type)
    ? [node.childForFieldName('body'), null]
    : [node.childForFieldName('consequence'), node.childForFieldName('alternative')];
}

function testOf(node: SyntaxNode, reader: Reader): Expression {
  const condition = node.childForFieldName('condition');
  const written = reader.expression(condition, node);
  if (!node.type.startsWith('unless')) return written;
  return reader.made(node, rangeOf(condition ?? node), {
    kind: 'unary',
    operator: '!',
    operand: written,
  }) as Expression;
}

function branch(node: SyntaxNode, reader: Reader): Statement {
  return statementOf(node, reader) ?? emptyBlock(node, reader);
}

function emptyBlock(node: SyntaxNode, reader: Reader): Statement {
  const end = { start: node.endIndex, end: node.endIndex };
  return reader.made(node, end, { kind: 'block', statements: [] }) as Statement;
}
