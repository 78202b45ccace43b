/** Lowers `if`, `unless`, `case`, `cond`, `with` and `try` of Elixir: statements, or values where they are used as such. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import {
  argumentsOf,
  bareName,
  bodyOf,
  doBlockOf,
  isBinary,
  otherwiseOf,
  patternsOfStab,
  pipeOf,
  stabsBeside,
  stabsOf,
  whole,
} from './elixir-forms.ts';
import { always, clauseOf, lowerFnClause } from './elixir-functions.ts';
import { conjunction, fits } from './elixir-patterns.ts';
import { isStatement, rangeOfBlock } from './elixir-positions.ts';
import { statementOf, statementsIn } from './elixir-statements.ts';

export function lowerChoice(node: SyntaxNode, reader: Reader): Node {
  switch (bareName(node)) {
    case 'if':
    case 'unless':
      return lowerTested(node, () => testOfIf(node, reader), reader);
    case 'with':
      return lowerTested(node, () => testOfWith(node, reader), reader);
    case 'try':
      return lowerTry(node, reader);
    default:
      return lowerClauses(node, reader);
  }
}

function testOfIf(node: SyntaxNode, reader: Reader): Expression {
  const given = pipeOf(node)?.childForFieldName('left') ?? named(argumentsOf(node))[0];
  const written = reader.expression(given, node);
  if (bareName(node) === 'if') return written;
  return reader.made(node, written.range, { kind: 'unary', operator: '!', operand: written }) as Expression;
}

/** Each value that is handed on has to fit its pattern; what else stands between is done on the way. */
function testOfWith(node: SyntaxNode, reader: Reader): Expression {
  const tests = named(argumentsOf(node))
    .filter((step) => isBinary(step, '<-'))
    .flatMap((step) => {
      const [left, right] = [step.childForFieldName('left'), step.childForFieldName('right')];
      const pattern = isBinary(left, 'when') ? left.childForFieldName('left') : left;
      const guard = isBinary(left, 'when') ? left.childForFieldName('right') : null;
      if (!pattern) return [];
      return [
        fits(pattern, () => reader.expression(right, step), reader),
        guard ? reader.expression(guard, step) : undefined,
      ];
    });
  return conjunction(tests, node, reader) ?? always(node, reader);
}

function lowerTested(node: SyntaxNode, test: () => Expression, reader: Reader): Node {
  const [yes, no] = [bodyOf(node), otherwiseOf(node)];
  if (!isStatement(whole(node)))
    return reader.lazy(
      whole(node),
      { kind: 'conditional' },
      { test, consequent: () => valueOf(yes, node, reader), alternate: () => valueOf(no, node, reader) },
    );
  return reader.lazy(
    whole(node),
    { kind: 'if' },
    {
      test,
      consequent: () => (yes ? statementOf(yes, reader) : emptyBlock(node, reader)),
      alternate: () => (no ? statementOf(no, reader) : undefined),
    },
  );
}

function emptyBlock(node: SyntaxNode, reader: Reader): Node {
  return reader.made(node, { start: node.endIndex, end: node.endIndex }, { kind: 'block', statements: [] });
}

/** What a branch gives; nothing where there is none. */
function valueOf(block: SyntaxNode | null, at: SyntaxNode, reader: Reader): Expression {
  if (!block) return reader.made(at, rangeOf(at), { kind: 'null', undefined: false }) as Expression;
  return reader.expression(block, at);
}

/** What `case` compares, what stands before `|> case do` included; undefined for `cond`. */
function subjectOf(node: SyntaxNode): SyntaxNode | undefined {
  if (bareName(node) !== 'case') return undefined;
  return pipeOf(node)?.childForFieldName('left') ?? named(argumentsOf(node))[0];
}

function lowerClauses(node: SyntaxNode, reader: Reader): Node {
  const [first] = stabsOf(doBlockOf(node));
  if (isStatement(whole(node)))
    return reader.lazy(
      whole(node),
      { kind: 'block' },
      { statements: () => (first ? [statementOf(first, reader)] : []) },
    );
  return first ? conditional(whole(node), first, node, reader) : reader.lazy(node, { kind: 'unknown' });
}

/** A clause of `case`, `cond` or `fn`; those behind `else` of a `with` and behind `rescue` are met by what is not known. */
export function lowerStab(stab: SyntaxNode, reader: Reader): Node | undefined {
  const holder = stab.parent;
  if (holder?.type === 'anonymous_function') return lowerFnClause(stab, holder, reader);
  if (holder?.type !== 'do_block') return lowerElseClause(stab, reader);
  const owner = holder.parent!;
  const { before, after: next } = stabsBeside(stab, holder);
  if (isStatement(whole(owner)))
    return clauseOf(stab, () => [testOfStab(stab, owner, reader)], stab.childForFieldName('right'), next, reader);
  return before === undefined ? reader.lower(whole(owner)) : conditional(stab, stab, owner, reader);
}

function conditional(at: SyntaxNode, stab: SyntaxNode, owner: SyntaxNode, reader: Reader): Node {
  const next = stabsBeside(stab, stab.parent).after;
  return reader.lazy(
    at,
    { kind: 'conditional' },
    {
      test: () => testOfStab(stab, owner, reader) ?? always(stab, reader),
      consequent: () => valueOf(stab.childForFieldName('right'), stab, reader),
      alternate: () => (next ? reader.expression(next, stab) : valueOf(null, stab, reader)),
    },
  );
}

function testOfStab(stab: SyntaxNode, owner: SyntaxNode, reader: Reader): Expression | undefined {
  const { patterns, guard } = patternsOfStab(stab);
  const [pattern] = patterns;
  const subject = subjectOf(owner);
  if (!pattern) return reader.made(stab, rangeOf(stab), { kind: 'unknown' }) as Expression;
  if (!subject) return bareName(owner) === 'cond' ? reader.expression(pattern, stab) : undefined;
  const tests = [
    fits(pattern, () => reader.expression(subject, owner), reader),
    guard && reader.expression(guard, stab),
  ];
  return conjunction(tests, stab, reader);
}

/** One clause for everything is what is done otherwise. */
function lowerElseClause(stab: SyntaxNode, reader: Reader): Node | undefined {
  const { before, after: next } = stabsBeside(stab, stab.parent);
  const isOnly = before === undefined && next === undefined;
  const isAny = isOnly && patternsOfStab(stab).patterns[0]?.type === 'identifier';
  if (!isStatement(stab.childForFieldName('right')?.firstNamedChild ?? stab)) return undefined;
  const unknown = () => [isAny ? undefined : (reader.made(stab, rangeOf(stab), { kind: 'unknown' }) as Expression)];
  return clauseOf(stab, unknown, stab.childForFieldName('right'), next, reader);
}

/** Each clause belongs to the one before it, as it is asked when that one did not fit. */
export function stabParent(stab: SyntaxNode): SyntaxNode | null {
  return stabsBeside(stab, stab.parent).before ?? stab.parent;
}

function lowerTry(node: SyntaxNode, reader: Reader): Node {
  if (!isStatement(whole(node))) return reader.lazy(whole(node), { kind: 'unknown' });
  const block = doBlockOf(node);
  const clause = (type: string): SyntaxNode | undefined => named(block).find((child) => child.type === type);
  const body = () =>
    block
      ? reader.made(block, rangeOfBlock(block), { kind: 'block' }, { statements: () => statementsIn(block, reader) })
      : emptyBlock(node, reader);
  const lowered = (child: SyntaxNode | undefined) => () => (child ? reader.lower(child) : undefined);
  return reader.lazy(
    node,
    { kind: 'try' },
    {
      body,
      handler: lowered(clause('rescue_block') ?? clause('catch_block')),
      finalizer: lowered(clause('after_block')),
    },
  );
}
