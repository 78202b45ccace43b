/** Lowers Python's statements. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { ending, ifWith, jump, statementIn, statementLowering, whileTrue } from '../lowered-statements.ts';
import { expressionIn } from '../lowering.ts';
import type { Lowerings } from '../lowering.ts';
import type { Binding, Expression, Node, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

const lowerIf = ifWith(alternateOf);

const lowerings: Lowerings = {
  // The cases of a match stand in a block that is none.
  block: (node, reader) => (node.parent?.type === 'match_statement' ? undefined : lowerBlock(node, node, reader)),
  with_statement: (node, reader) => lowerBlock(node, node.childForFieldName('body') ?? node, reader),
  if_statement: lowerIf,
  elif_clause: lowerIf,
  return_statement: ending('return'),
  raise_statement: ending('throw'),
  expression_statement: (node, reader) =>
    reader.lazy(node, { kind: 'expression-statement' }, { expression: () => expressionOf(node, reader) }),
  for_statement: lowerFor,
  while_statement: whileTrue,
  try_statement: lowerTry,
  except_clause: lowerHandler,
  match_statement: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'switch' },
      { subject: expressionIn(node, 'subject', reader), cases: () => casesOf(node, reader) },
    ),
  // A statement of its own, which JavaScript has as an expression.
  delete_statement: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'unary', operator: 'delete' },
      { operand: () => reader.expression(named(node)[0], node) },
    ),
  break_statement: jump,
  continue_statement: jump,
};

/** Undefined for what is no statement. */
export const lowerStatement = statementLowering(lowerings);

function lowerBlock(node: SyntaxNode, body: SyntaxNode, reader: Reader): Node {
  return reader.lazy(node, { kind: 'block' }, { statements: () => statementsOf(body.namedChildren, reader) });
}

function lowerFor(node: SyntaxNode, reader: Reader): Node {
  const item = node.childForFieldName('left');
  return reader.lazy(
    node,
    { kind: 'loop', item: item?.type === 'identifier' ? item.text : undefined },
    { over: expressionIn(node, 'right', reader), body: statementIn(node, 'body', reader) },
  );
}

/** Which of several handlers runs is not known; a single one is lowered as the handler itself. */
function lowerHandler(node: SyntaxNode, reader: Reader): Node | undefined {
  if (node.parent === null || handlersOf(node.parent).length < 2) return undefined;
  return reader.lazy(
    node,
    { kind: 'if', test: reader.made(node, rangeOf(node), { kind: 'unknown' }) },
    {
      consequent: () => reader.statement(blockOf(node) ?? node),
      alternate: () => {
        const handlers = handlersOf(node.parent!);
        const next = handlers[handlers.findIndex((handler) => handler.id === node.id) + 1];
        return next ? reader.statement(next) : undefined;
      },
    },
  );
}

/** Statements in order; decorators are transparent. */
export function statementsOf(nodes: readonly (SyntaxNode | null)[], reader: Reader): Statement[] {
  return nodes.flatMap((node): Statement[] => {
    if (!node || node.type === 'comment') return [];
    const definition = node.type === 'decorated_definition' ? node.childForFieldName('definition') : node;
    if (definition?.type === 'function_definition' || definition?.type === 'class_definition') {
      return [
        reader.lazy(
          definition,
          { kind: 'declaration' },
          { bindings: () => bindingsOf(definition, reader), value: () => reader.lower(definition) },
        ) as Statement,
      ];
    }
    return [reader.statement(node)];
  });
}

function bindingsOf(definition: SyntaxNode, reader: Reader): Binding[] {
  const name = definition.childForFieldName('name');
  const binding = name && reader.bindingAt(name.text, rangeOf(name));
  return binding ? [binding] : [];
}

/** `f(), g()` as a statement is a tuple without brackets. */
function expressionOf(node: SyntaxNode, reader: Reader): Expression {
  const parts = named(node);
  if (parts.length < 2) return reader.expression(parts[0], node);
  return reader.made(node, rangeOf(node), {
    kind: 'list',
    type: 'tuple',
    elements: parts.map((part) => ({ value: reader.expression(part, node), spread: false })),
  }) as Expression;
}

function alternateOf(node: SyntaxNode, reader: Reader): Statement | undefined {
  let next = node.type === 'if_statement' ? node.childForFieldName('alternative') : node.nextNamedSibling;
  while (next?.type === 'comment') next = next.nextNamedSibling;
  if (!next) return undefined;
  const statement = next.type === 'else_clause' ? blockOf(next) : next;
  return statement ? reader.statement(statement) : undefined;
}

function blockOf(clause: SyntaxNode): SyntaxNode | undefined {
  return named(clause).find((child) => child.type === 'block');
}

function handlersOf(node: SyntaxNode): SyntaxNode[] {
  return named(node).filter((child) => child.type === 'except_clause' || child.type === 'except_group_clause');
}

function lowerTry(node: SyntaxNode, reader: Reader): Node {
  const body = node.childForFieldName('body');
  const clause = (type: string) => named(node).find((child) => child.type === type);
  return reader.lazy(
    node,
    { kind: 'try' },
    {
      body: () => {
        const otherwise = clause('else_clause');
        const after = otherwise && blockOf(otherwise);
        return reader.made(
          body ?? node,
          rangeOf(body ?? node),
          { kind: 'block' },
          {
            statements: () => [
              ...(body ? statementsOf(body.namedChildren, reader) : []),
              ...(after ? statementsOf(after.namedChildren, reader) : []),
            ],
          },
        );
      },
      handler: () => {
        const handlers = handlersOf(node);
        const [first] = handlers;
        if (!first) return undefined;
        const block = blockOf(first);
        if (handlers.length === 1) return block && reader.lower(block);
        return reader.made(
          node,
          { start: first.startIndex, end: handlers.at(-1)!.endIndex },
          { kind: 'block', statements: [reader.statement(first)] },
        );
      },
      finalizer: () => {
        const last = clause('finally_clause');
        const block = last && blockOf(last);
        return block && reader.lower(block);
      },
    },
  );
}

/** No case runs into the next, so each ends with a jump; `"a" | "b"` becomes a case for each. */
function casesOf(node: SyntaxNode, reader: Reader): unknown[] {
  const body = node.childForFieldName('body');
  return (body ? named(body) : [])
    .filter((child) => child.type === 'case_clause')
    .flatMap((clause) => {
      const range = rangeOf(clause);
      const block = clause.childForFieldName('consequence') ?? blockOf(clause);
      const own = [
        ...(block ? [reader.statement(block)] : []),
        reader.made(clause, { start: range.end, end: range.end }, { kind: 'jump' }),
      ];
      const unread = () => reader.made(clause, range, { kind: 'unknown' });
      const patterns = named(clause).filter((child) => child.type === 'case_pattern');
      const inner = patterns[0]?.firstNamedChild;
      const alternatives = inner?.type === 'union_pattern' ? named(inner) : [inner];
      const isDefault = patterns[0]?.text === '_';
      if (clause.childForFieldName('guard') || patterns.length !== 1) return [{ test: unread(), body: own, range }];
      if (isDefault) return [{ body: own, range }];
      return alternatives.map((pattern, index) => {
        const lowered = pattern ? reader.lower(pattern) : undefined;
        const isLiteral = lowered && ['string', 'number', 'boolean', 'null'].includes(lowered.kind);
        return { test: isLiteral ? lowered : unread(), body: index === alternatives.length - 1 ? own : [], range };
      });
    });
}
