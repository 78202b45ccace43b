/** `match`: each case is asked whether it takes the subject, in order. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { bodyOfCase, isBlock, isStatement } from './scala-positions.ts';
import { statementsOf } from './scala-statements.ts';
import { neighboursIn } from '../kept-by-node.ts';
import type { Neighbours } from '../kept-by-node.ts';
import { named } from '../named-children.ts';

/** A `match` that stands as a statement: its first case is an `if`, and each further one what is done otherwise. */
export function lowerMatch(node: SyntaxNode, reader: Reader): Node {
  const [first] = clausesOf(node);
  if (isStatement(node))
    return reader.lazy(node, { kind: 'block' }, { statements: () => (first ? [reader.statement(first)] : []) });
  return first ? conditional(node, first, reader) : reader.lazy(node, { kind: 'unknown' });
}

export function lowerClause(clause: SyntaxNode, reader: Reader): Node | undefined {
  const node = matchOf(clause);
  if (node === undefined) return undefined;
  if (!isStatement(node)) return beside(clause).before ? conditional(clause, clause, reader) : reader.lower(node);
  return reader.lazy(
    clause,
    { kind: 'if' },
    {
      test: () => testOf(node, clause, reader),
      consequent: () => bodyOf(clause, reader),
      alternate() {
        const next = beside(clause).after;
        return next ? reader.statement(next) : undefined;
      },
    },
  );
}

/** Each belongs to the one before it, as it is asked when that one did not take the subject. */
export function clauseParent(node: SyntaxNode): SyntaxNode | null {
  return (node.type === 'case_clause' ? beside(node).before : undefined) ?? node.parent;
}

/** Of a case, what is matched; undefined for the cases of a function or of a handler of errors. */
function matchOf(clause: SyntaxNode): SyntaxNode | undefined {
  const match = clause.parent?.parent;
  return match?.type === 'match_expression' ? match : undefined;
}

/** The value of a `match`, from this case on. */
function conditional(at: SyntaxNode, clause: SyntaxNode, reader: Reader): Node {
  const next = beside(clause).after;
  return reader.lazy(
    at,
    { kind: 'conditional' },
    {
      test: () => testOf(matchOf(clause)!, clause, reader),
      consequent: () => valueOfBody(clause, reader),
      alternate: () =>
        next ? reader.expression(next, clause) : (reader.made(at, rangeOf(clause), { kind: 'unknown' }) as Expression),
    },
  );
}

function valueOfBody(clause: SyntaxNode, reader: Reader): Expression {
  const body = bodyOfCase(clause);
  return reader.expression(body.at(-1), clause);
}

function bodyOf(clause: SyntaxNode, reader: Reader): Statement {
  const body = bodyOfCase(clause);
  const [only] = body;
  if (only && body.length === 1 && isBlock(only)) return reader.statement(only);
  const range = only
    ? { start: only.startIndex, end: body.at(-1)!.endIndex }
    : { start: clause.endIndex, end: clause.endIndex };
  return reader.made(
    clause,
    range,
    { kind: 'block' },
    { statements: () => body.flatMap((child) => statementsOf(child, reader)) },
  ) as Statement;
}

export function clausesOf(node: SyntaxNode | null): SyntaxNode[] {
  return named(node?.childForFieldName('body')).filter(({ type }) => type === 'case_clause');
}

const clausesBeside = neighboursIn(clausesOf);

function beside(clause: SyntaxNode): Neighbours {
  return clausesBeside(clause, matchOf(clause));
}

/** The pattern takes the subject, and the guard holds. */
function testOf(node: SyntaxNode, clause: SyntaxNode, reader: Reader): Expression {
  const pattern = clause.childForFieldName('pattern');
  const guard = named(clause)
    .find(({ type }) => type === 'guard')
    ?.childForFieldName('condition');
  const tests = [
    ...(pattern ? (takes(pattern, node, reader) ?? []) : [unread(clause, reader)]),
    ...(guard ? [reader.expression(guard, clause)] : []),
  ];
  const [first, ...others] = tests;
  if (!first) return reader.made(clause, rangeOf(pattern ?? clause), { kind: 'boolean', value: true }) as Expression;
  return others.reduce((left, right) => combined(clause, '&&', left, right, reader), first);
}

/** What has to hold for the pattern; an empty list for one that takes everything. */
function takes(pattern: SyntaxNode, node: SyntaxNode, reader: Reader): Expression[] {
  const subject = (): Expression => reader.expression(node.childForFieldName('value'), node);
  switch (pattern.type) {
    case 'wildcard':
      return [];
    case 'identifier':
      if (pattern.text === 'None') return [negated(pattern, subject(), reader)];
      return /^[a-z_]/.test(pattern.text) ? [] : [equal(pattern, subject(), reader)];
    case 'string':
    case 'integer_literal':
    case 'boolean_literal':
    case 'null_literal':
    case 'stable_identifier':
      return [equal(pattern, subject(), reader)];
    case 'alternative_pattern': {
      const tests = alternatives(pattern).map((one) => takes(one, node, reader)[0]);
      const known = tests.filter((test) => test !== undefined);
      if (known.length < tests.length) return [];
      return [known.reduce((left, right) => combined(pattern, '||', left, right, reader))];
    }
    case 'case_class_pattern': {
      const [type, inner, other] = named(pattern);
      if (!inner || other || type?.text !== 'Some') return [unread(pattern, reader)];
      return [subject(), ...takes(inner, node, reader)];
    }
    default:
      return [unread(pattern, reader)];
  }
}

function alternatives(pattern: SyntaxNode): SyntaxNode[] {
  return named(pattern).flatMap((one) => (one.type === 'alternative_pattern' ? alternatives(one) : [one]));
}

function equal(pattern: SyntaxNode, left: Expression, reader: Reader): Expression {
  const right = reader.expression(pattern, pattern);
  return reader.made(pattern, rangeOf(pattern), { kind: 'binary', operator: '==', left, right }) as Expression;
}

function negated(pattern: SyntaxNode, operand: Expression, reader: Reader): Expression {
  return reader.made(pattern, rangeOf(pattern), { kind: 'unary', operator: '!', operand }) as Expression;
}

function combined(
  at: SyntaxNode,
  operator: '&&' | '||',
  left: Expression,
  right: Expression,
  reader: Reader,
): Expression {
  return reader.made(at, rangeOf(at), { kind: 'binary', operator, left, right }) as Expression;
}

function unread(at: SyntaxNode, reader: Reader): Expression {
  return reader.made(at, rangeOf(at), { kind: 'unknown' }) as Expression;
}
