/**
 * Lowers functions and modules of Elixir. Several clauses of a function are one function: a chain of tests whether what it is handed
 * fits the patterns of each.
 */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { ClassExpression, Expression, Node, Parameter, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import {
  argumentsOf,
  bareName,
  bodyOf,
  clausesBeside,
  clausesOf,
  doBlockOf,
  guardOf,
  isChoice,
  isDefinition,
  isModule,
  keyOf,
  nameOfDefinition,
  patternsOf,
  patternsOfStab,
  stabsBeside,
  stabsOf,
  operandOf,
} from './elixir-forms.ts';
import { argument, capturedParameters, parameterOf } from './elixir-parameters.ts';
import { conjunction, fits } from './elixir-patterns.ts';
import { statementOf } from './elixir-statements.ts';

/** A definition: the function, where it is the first of its clauses; the others belong to that one. */
export function lowerDefinition(node: SyntaxNode, reader: Reader): Node | undefined {
  const clauses = clausesOf(node);
  if (clauses[0]?.id !== node.id) return undefined;
  const range = { start: node.startIndex, end: clauses.at(-1)!.endIndex };
  return reader.made(
    node,
    range,
    { kind: 'function', name: nameOfDefinition(node)?.text, async: false, decorators: [] },
    {
      parameters: () => parametersOf(clauses.map(patternsOf), reader),
      body: () => bodyOfFunction(node, reader),
    },
  );
}

/** One for each place, by what all clauses call it. */
function parametersOf(clauses: readonly (readonly SyntaxNode[])[], reader: Reader): Parameter[] {
  return (clauses[0] ?? []).map((_, index) =>
    parameterOf(
      clauses.flatMap((patterns) => patterns[index] ?? []),
      reader,
    ),
  );
}

function bodyOfFunction(node: SyntaxNode, reader: Reader): Node | undefined {
  const list = argumentsOf(node);
  if (list && isTested(node)) return blockOf(node, [statementOf(list, reader)], reader);
  const body = bodyOf(node);
  if (!body) return undefined;
  return body.type === 'do_block' ? reader.lower(body) : reader.expression(body, node);
}

function blockOf(node: SyntaxNode, statements: readonly Statement[], reader: Reader): Node {
  return reader.made(node, rangeOf(node), { kind: 'block', statements });
}

/** Whether what is handed over decides which clause runs. */
function isTested(definition: SyntaxNode): boolean {
  const [first, second] = clausesOf(definition);
  if (second || !first) return second !== undefined;
  return guardOf(named(argumentsOf(first))[0]) !== undefined || patternsOf(first).some(mayNotFit);
}

function mayNotFit({ type }: SyntaxNode): boolean {
  return type !== 'identifier';
}

/** The arguments of a definition stand for its clause: `if` it fits, its body, else the next clause. */
export function lowerClause(list: SyntaxNode, reader: Reader): Node | undefined {
  const definition = list.parent;
  if (!isDefinition(definition) || argumentsOf(definition)?.id !== list.id || !isTested(definition)) return undefined;
  const next = clausesBeside(definition).after;
  const nextList = next && argumentsOf(next);
  const tests = () => [
    ...patternsOf(definition).map((pattern, index) =>
      fits(pattern, argument(definition, index, pattern, reader), reader),
    ),
    guardIn(guardOf(named(list)[0]), definition, reader),
  ];
  return clauseOf(list, tests, bodyOf(definition), nextList ?? undefined, reader);
}

function guardIn(guard: SyntaxNode | undefined, at: SyntaxNode, reader: Reader): Expression | undefined {
  return guard && reader.expression(guard, at);
}

/** A clause in its chain; one that everything fits is tested by nothing. */
export function clauseOf(
  node: SyntaxNode,
  tests: () => readonly (Expression | undefined)[],
  body: SyntaxNode | null,
  next: SyntaxNode | undefined,
  reader: Reader,
): Node {
  return reader.lazy(
    node,
    { kind: 'if' },
    {
      test: () => conjunction(tests(), node, reader) ?? always(node, reader),
      consequent: () =>
        body ? statementOf(body, reader) : reader.made(node, rangeOf(node), { kind: 'block', statements: [] }),
      alternate: () => next && statementOf(next, reader),
    },
  );
}

export function always(node: SyntaxNode, reader: Reader): Expression {
  return reader.made(node, rangeOf(node), { kind: 'boolean', value: true }) as Expression;
}

/** What a clause belongs to: the one before it; the body of a clause belongs to the clause, also where it stands behind `do:`. */
export function clauseParent(node: SyntaxNode): SyntaxNode | null {
  const { parent } = node;
  if (parent?.type === 'pair') return ownerOfPair(node) ?? parent;
  if (!isDefinition(parent)) return parent;
  const list = argumentsOf(parent);
  if (node.type === 'do_block') return isTested(parent) ? list : parent;
  if (node.id !== list?.id) return parent;
  const { before } = clausesBeside(parent);
  return before ? argumentsOf(before) : parent;
}

/** The keywords `do:` and `else:` are no table of options: what stands behind them belongs to the call. */
function ownerOfPair(value: SyntaxNode): SyntaxNode | null {
  const keywords = value.parent!.parent;
  const call = keywords?.parent?.parent ?? null;
  if (!/^(do|else)$/.test(keyOf(value.parent!) ?? '') || call?.type !== 'call') return null;
  if (isDefinition(call)) return isTested(call) ? argumentsOf(call) : call;
  if (bareName(call) === 'for') return argumentsOf(call);
  return isChoice(call) ? call : null;
}

/** `fn origin -> … end`; with several clauses a chain of tests. */
export function lowerFn(node: SyntaxNode, reader: Reader): Node {
  const [first, second] = stabsOf(node);
  return reader.lazy(
    node,
    { kind: 'function', async: false, decorators: [] },
    {
      parameters: () =>
        parametersOf(
          stabsOf(node).map((stab) => patternsOfStab(stab).patterns),
          reader,
        ),
      body: () => {
        if (!first) return undefined;
        if (second || isTestedStab(first)) return blockOf(node, [statementOf(first, reader)], reader);
        const body = first.childForFieldName('right');
        return body ? reader.lower(body) : undefined;
      },
    },
  );
}

function isTestedStab(stab: SyntaxNode): boolean {
  const { patterns, guard } = patternsOfStab(stab);
  return guard !== undefined || patterns.some(mayNotFit);
}

/** A clause of `fn`. */
export function lowerFnClause(stab: SyntaxNode, fn: SyntaxNode, reader: Reader): Node | undefined {
  if (stabsOf(fn).length < 2 && !isTestedStab(stab)) return undefined;
  const { patterns, guard } = patternsOfStab(stab);
  const tests = () => [
    ...patterns.map((pattern, index) => fits(pattern, argument(fn, index, pattern, reader), reader)),
    guardIn(guard, stab, reader),
  ];
  return clauseOf(stab, tests, stab.childForFieldName('right'), stabsBeside(stab, fn).after, reader);
}

/** `&(&1 in @origins)`. */
export function lowerCapture(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'function', async: false, decorators: [], parameters: capturedParameters(node) },
    { body: () => reader.expression(operandOf(node), node) },
  );
}

/** A module is a class without objects: its functions are its own. */
export function lowerModule(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'class', name: named(argumentsOf(node))[0]?.text, decorators: [] },
    { members: () => named(doBlockOf(node)).flatMap((child) => memberOf(child, reader)) },
  );
}

function memberOf(child: SyntaxNode, reader: Reader): ClassExpression['members'][number][] {
  const name = isDefinition(child) ? nameOfDefinition(child) : isModule(child) ? named(argumentsOf(child))[0] : null;
  if (!name || (isDefinition(child) && clausesOf(child)[0]?.id !== child.id)) return [];
  return [{ name: name.text, value: reader.expression(child, child), range: rangeOf(child), static: true }];
}
