/** `case … when`: each pattern is asked whether it takes the subject, in order. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { isStatement } from './ruby-positions.ts';
import { valueOf } from './ruby-branches.ts';
import { neighboursIn } from '../kept-by-node.ts';
import { named } from '../named-children.ts';

/** A `case` that stands as a statement: its first `when` is an `if`, and each further one what is done otherwise. */
export function lowerCase(node: SyntaxNode, reader: Reader): Node {
  const [first] = whensOf(node);
  if (isStatement(node))
    return reader.lazy(node, { kind: 'block' }, { statements: () => (first ? [reader.statement(first)] : []) });
  return first ? conditional(node, first, reader) : reader.lazy(node, { kind: 'unknown' });
}

export function lowerWhen(when: SyntaxNode, reader: Reader): Node | undefined {
  const node = when.parent;
  if (node?.type !== 'case') return undefined;
  if (!isStatement(node)) return nextBefore(when) ? conditional(when, when, reader) : reader.lower(node);
  const body = when.childForFieldName('body');
  return reader.lazy(
    when,
    { kind: 'if' },
    {
      test: () => testOf(node, when, reader),
      consequent: () => (body ? reader.statement(body) : empty(when, reader)),
      alternate() {
        const next = nextBehind(when);
        return next ? reader.statement(next) : undefined;
      },
    },
  );
}

/** Each belongs to the one before it, as it is asked when that one did not take the subject. */
export function caseParent(node: SyntaxNode): SyntaxNode | null {
  const isBranch = node.parent?.type === 'case' && (node.type === 'when' || node.type === 'else');
  return (isBranch ? nextBefore(node) : undefined) ?? node.parent;
}

/** The value of a `case`, from this `when` on. */
function conditional(at: SyntaxNode, when: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    at,
    { kind: 'conditional' },
    {
      test: () => testOf(when.parent!, when, reader),
      consequent: () => valueOf(when.childForFieldName('body'), when, reader),
      alternate() {
        const next = nextBehind(when) ?? null;
        return next?.type === 'when' ? reader.expression(next, when) : valueOf(next, when, reader);
      },
    },
  );
}

function branchesOf(node: SyntaxNode | null): SyntaxNode[] {
  return named(node).filter(({ type }) => type === 'when' || type === 'else');
}

const branchesBeside = neighboursIn(branchesOf);

function nextBehind(when: SyntaxNode): SyntaxNode | undefined {
  return branchesBeside(when, when.parent).after;
}

function nextBefore(branch: SyntaxNode): SyntaxNode | undefined {
  return branchesBeside(branch, branch.parent).before;
}

function empty(node: SyntaxNode, reader: Reader): Node {
  return reader.made(node, { start: node.endIndex, end: node.endIndex }, { kind: 'block', statements: [] });
}

function whensOf(node: SyntaxNode): SyntaxNode[] {
  return named(node).filter(({ type }) => type === 'when');
}

/** One of the patterns of the `when` takes the subject; without a subject each is a test by itself. */
function testOf(node: SyntaxNode, when: SyntaxNode, reader: Reader): Expression {
  const subject = node.childForFieldName('value');
  const tests = named(when)
    .filter(({ type }) => type === 'pattern')
    .flatMap((pattern) => named(pattern)[0] ?? [])
    .map((pattern) => (subject ? takes(pattern, subject, reader) : reader.expression(pattern, when)));
  const [first, ...others] = tests;
  if (!first) return reader.made(when, rangeOf(when), { kind: 'unknown' }) as Expression;
  return others.reduce<Expression>(
    (left, right) => reader.made(when, rangeOf(when), { kind: 'binary', operator: '||', left, right }) as Expression,
    first,
  );
}

/** `pattern === subject`; `*list` takes what is in the list. */
function takes(pattern: SyntaxNode, subject: SyntaxNode, reader: Reader): Expression {
  const right = reader.expression(subject, subject);
  const isList = pattern.type === 'splat_argument';
  const left = reader.expression(isList ? named(pattern)[0] : pattern, pattern);
  const range = rangeOf(pattern);
  if (isList)
    return reader.made(pattern, range, { kind: 'binary', operator: 'in', left: right, right: left }) as Expression;
  if (left.kind === 'string' || left.kind === 'null')
    return reader.made(pattern, range, { kind: 'binary', operator: '==', left: right, right: left }) as Expression;
  const callee = reader.made(pattern, range, {
    kind: 'member',
    object: left,
    property: '===',
    propertyRange: range,
  });
  return reader.made(pattern, range, {
    kind: 'call',
    callee,
    arguments: [{ value: right, spread: false, range: right.range }],
    isNew: false,
    argumentsRange: range,
  }) as Expression;
}
