/** `if`, `when`, `try` and `?:` of Kotlin, each as a statement or as a value. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { loweredTry } from '../lowered-try.ts';
import { expressionIn } from '../lowering.ts';
import type { Lowering } from '../lowering.ts';
import type { Expression, Node, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { neighboursIn } from '../kept-by-node.ts';
import { named } from '../named-children.ts';
import { isStatement } from './kotlin-positions.ts';

const exits = new Set(['return_expression', 'throw_expression']);

/** Both ways of an `if`, either of which may be missing. */
function branchesOf(node: SyntaxNode): { readonly yes: SyntaxNode | undefined; readonly no: SyntaxNode | undefined } {
  const otherwise = node.children.findIndex((child) => child?.type === 'else');
  const test = node.childForFieldName('condition');
  const branches = named(node).filter(({ id }) => id !== test?.id);
  const border = otherwise < 0 ? Number.POSITIVE_INFINITY : node.children[otherwise]!.startIndex;
  return {
    yes: branches.find(({ startIndex }) => startIndex < border),
    no: branches.find(({ startIndex }) => startIndex > border),
  };
}

export const lowerIf: Lowering = (node, reader) => {
  const { yes, no } = branchesOf(node);
  const test = expressionIn(node, 'condition', reader);
  if (isStatement(node))
    return reader.lazy(
      node,
      { kind: 'if' },
      {
        test,
        consequent: () => (yes ? reader.statement(yes) : nothingIn(node, reader)),
        alternate: () => (no ? reader.statement(no) : undefined),
      },
    );
  return reader.lazy(
    node,
    { kind: 'conditional' },
    {
      test,
      consequent: () => valueOf(yes, node, reader),
      alternate: () => valueOf(no, node, reader),
    },
  );
};

function nothingIn(node: SyntaxNode, reader: Reader): Statement {
  return reader.made(
    node,
    { start: node.endIndex, end: node.endIndex },
    { kind: 'block', statements: [] },
  ) as Statement;
}

/** What a branch gives: its expression, or the last one of its block. */
function valueOf(branch: SyntaxNode | undefined, parent: SyntaxNode, reader: Reader): Expression {
  const value = branch?.type === 'block' ? named(branch).at(-1) : branch;
  return reader.expression(value, branch ?? parent);
}

/** A `when` is its first case. */
export function firstCase(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === 'when_expression' ? casesOf(node)[0] : undefined;
}

function casesOf(node: SyntaxNode): SyntaxNode[] {
  return named(node).filter(({ type }) => type === 'when_entry');
}

const caseBeside = neighboursIn(casesOf);

function isElse(entry: SyntaxNode): boolean {
  return entry.childrenForFieldName('condition').length === 0;
}

/** What `else` gives or does stands for it. */
export function bodyOfElse(entry: SyntaxNode): SyntaxNode | undefined {
  return entry.type === 'when_entry' && isElse(entry) && entry.children[0]?.type === 'else' ? bodyOf(entry) : undefined;
}

function bodyOf(entry: SyntaxNode): SyntaxNode | undefined {
  const tests = new Set(entry.childrenForFieldName('condition').map((one) => one?.id));
  return named(entry)
    .filter(({ id }) => !tests.has(id))
    .at(-1);
}

/** Each case belongs to the one before it, as `else if` does. */
export function caseBefore(entry: SyntaxNode): SyntaxNode | null {
  return caseBeside(entry, entry.parent).before ?? entry.parent;
}

/** One case with all that follow it: a chain of `if`s, or of conditionals where a value is asked for. */
export const lowerCase: Lowering = (entry, reader) => {
  const when = entry.parent;
  if (when?.type !== 'when_expression') return undefined;
  const next = caseBeside(entry, when).after;
  const range = { start: entry.startIndex, end: when.endIndex };
  const test = () => testOf(entry, when, reader);
  if (isStatement(when))
    return reader.made(
      entry,
      range,
      { kind: 'if' },
      {
        test,
        consequent: () => statementOf(bodyOf(entry), entry, reader),
        alternate: () => next && (bodyOfElse(next) ? statementOf(bodyOf(next), next, reader) : reader.lower(next)),
      },
    );
  return reader.made(
    entry,
    range,
    { kind: 'conditional' },
    {
      test,
      consequent: () => valueOf(bodyOf(entry), entry, reader),
      alternate: () =>
        next
          ? bodyOfElse(next)
            ? valueOf(bodyOf(next), next, reader)
            : reader.lower(next)
          : reader.made(entry, { start: when.endIndex, end: when.endIndex }, { kind: 'unknown' }),
    },
  );
};

function statementOf(body: SyntaxNode | undefined, entry: SyntaxNode, reader: Reader): Statement {
  return body ? reader.statement(body) : nothingIn(entry, reader);
}

/** One of the conditions of a case holds. */
function testOf(entry: SyntaxNode, when: SyntaxNode, reader: Reader): Node {
  const tests = entry
    .childrenForFieldName('condition')
    .filter((one): one is SyntaxNode => one !== null && one.isNamed)
    .map((one) => conditionOf(one, when, reader));
  return tests.reduceRight<Node | undefined>((rest, test) => {
    if (!rest) return test;
    const range = { start: test.range.start, end: rest.range.end };
    return reader.made(entry, range, { kind: 'binary', operator: '||', left: test, right: rest });
  }, undefined)!;
}

/** `"a"` compares the subject, `in list` looks for it there; without a subject it is the condition itself. */
function conditionOf(condition: SyntaxNode, when: SyntaxNode, reader: Reader): Node {
  const holder = named(when).find(({ type }) => type === 'when_subject');
  const asked = named(holder).at(-1);
  if (!holder || !asked) return reader.expression(condition, when);
  const left = reader.expression(asked, holder);
  if (condition.type === 'type_test') return reader.made(condition, rangeOf(condition), { kind: 'unknown' });
  const isRange = condition.type === 'range_test';
  const right = reader.expression(isRange ? named(condition)[0] : condition, condition);
  const operator = !isRange ? '==' : condition.text.startsWith('!') ? 'not in' : 'in';
  // What is evaluated is remembered by its range: a comparison has another one than its text alone.
  const range = { start: condition.startIndex, end: condition.endIndex + (isRange ? 0 : 1) };
  return reader.made(condition, range, { kind: 'binary', operator, left, right });
}

const inside = (node: SyntaxNode | undefined): SyntaxNode | undefined =>
  named(node).find(({ type }) => type === 'block');

/** As a value it is what its body gives, where nothing that catches gives anything else than nothing. */
export const lowerTry: Lowering = (node, reader) => {
  const handlers = named(node).filter(({ type }) => type === 'catch_block');
  if (isStatement(node))
    return loweredTry(
      node,
      () => handlers.flatMap((handler) => inside(handler) ?? []),
      () => inside(named(node).find(({ type }) => type === 'finally_block')),
      reader,
      inside(node),
    );
  return reader.lazy(node, { kind: 'unknown' });
};

/** The value of a `try` whose handlers give nothing, or leave. */
export function valueOfTry(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type !== 'try_expression' || isStatement(node)) return undefined;
  const gives = named(node)
    .filter(({ type }) => type === 'catch_block')
    .map((handler) => named(inside(handler)).at(-1));
  const isNothing = gives.every((last) => last && (exits.has(last.type) || isOneOf(last, ['null', 'false'])));
  return isNothing ? named(inside(node)).at(-1) : undefined;
}

/** Whether the node is one of these words. What is longer is not read, so that an edit inside of it changes nothing here. */
function isOneOf(node: SyntaxNode, words: readonly string[]): boolean {
  return words.some(({ length }) => length === node.endIndex - node.startIndex) && words.includes(node.text);
}

/** `origin ?: return`: what leaves where the left side is nothing. */
export function exitOf(node: SyntaxNode | undefined): SyntaxNode | undefined {
  if (node?.type !== 'binary_expression' || !node.children.some((child) => child?.type === '?:')) return undefined;
  const right = node.childForFieldName('right');
  return right && (exits.has(right.type) || isOneOf(right, ['break', 'continue'])) ? right : undefined;
}

/** The statement that it stands for in front of what is done with the value: `if (origin == null) return`. */
export function leavingFirst(node: SyntaxNode | undefined, reader: Reader): Statement[] {
  const exit = exitOf(node);
  if (!node || !exit) return [];
  const range = rangeOf(exit);
  const none = reader.made(node, { start: range.start, end: range.start }, { kind: 'null', undefined: false });
  const test = reader.made(
    node,
    { start: node.startIndex, end: range.start },
    { kind: 'binary', operator: '==', right: none },
    { left: expressionIn(node, 'left', reader) },
  );
  return [reader.made(exit, range, { kind: 'if', test }, { consequent: () => reader.statement(exit) }) as Statement];
}
