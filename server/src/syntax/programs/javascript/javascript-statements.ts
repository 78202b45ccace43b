/** Lowers statements of JavaScript. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { countedLoop, ending, expressionStatement, ifWith, jump, statementIn } from '../lowered-statements.ts';
import { expressionIn, optionalExpression } from '../lowering.ts';
import type { Lowerings } from '../lowering.ts';
import type { Loop, Node, Statement, Switch } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { bindingsOf } from './javascript-bindings.ts';
import { named } from '../named-children.ts';

export const statementLowerings: Lowerings = {
  statement_block: (node, reader) =>
    reader.lazy(node, { kind: 'block' }, { statements: () => statementsOf(node.namedChildren, reader) }),
  if_statement: ifWith(alternateOf),
  return_statement: ending('return'),
  throw_statement: ending('throw'),
  expression_statement: expressionStatement,
  variable_declarator: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'declaration' },
      {
        bindings: () => bindingsOf(node, reader),
        value: optionalExpression(node.childForFieldName('value'), node, reader),
      },
    ),
  switch_statement: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'switch' },
      { subject: expressionIn(node, 'value', reader), cases: () => casesOf(node, reader) },
    ),
  for_in_statement: lowerForIn,
  for_statement: countedLoop(counterOf),
  while_statement: lowerWhile,
  do_statement: lowerWhile,
  try_statement: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'try' },
      {
        body: statementIn(node, 'body', reader),
        handler: () => block(node.childForFieldName('handler')?.childForFieldName('body'), reader),
        finalizer: () => block(node.childForFieldName('finalizer')?.childForFieldName('body'), reader),
      },
    ),
  break_statement: jump,
  continue_statement: jump,
  labeled_statement: (node, reader) => reader.lazy(node, { kind: 'other-statement' }),
};

function alternateOf(node: SyntaxNode, reader: Reader): Statement | undefined {
  const alternative = node.childForFieldName('alternative');
  const inner = alternative?.type === 'else_clause' ? alternative.firstNamedChild : alternative;
  return inner ? reader.statement(inner) : undefined;
}

function casesOf(node: SyntaxNode, reader: Reader): Switch['cases'] {
  return named(node.childForFieldName('body') ?? node)
    .filter((child) => child.type === 'switch_case' || child.type === 'switch_default')
    .map((child) => {
      const value = child.childForFieldName('value');
      return {
        ...(value && { test: reader.expression(value, child) }),
        body: statementsOf(
          named(child).filter((part) => part.id !== value?.id),
          reader,
        ),
        range: rangeOf(child),
      };
    });
}

/** `for (const x of list)`, `for (const key in object)`: only the first runs through members. */
function lowerForIn(node: SyntaxNode, reader: Reader): Node {
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const between = () => reader.text.slice(left?.endIndex ?? node.startIndex, right?.startIndex ?? node.endIndex);
  return reader.lazy(
    node,
    { kind: 'loop', item: left?.type === 'identifier' ? left.text : undefined },
    {
      body: statementIn(node, 'body', reader),
      over: () => (/\bof\b/.test(between()) ? reader.expression(right, node) : undefined),
    },
  );
}

function lowerWhile(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'loop' },
    {
      body: statementIn(node, 'body', reader),
      test: optionalExpression(node.childForFieldName('condition'), node, reader),
    },
  );
}

/** `for (let i = 0; i < list.length; i++)`. */
function counterOf(node: SyntaxNode, reader: Reader): Loop['counter'] {
  const head = reader.text
    .part(node.startIndex, node.endIndex)
    .match(/^for\s*\(\s*(?:let|var)\s+(\w+)\s*=\s*0\s*;\s*\1\s*<\s*/);
  const test = node.childForFieldName('condition');
  const bound = test?.type === 'binary_expression' ? test.childForFieldName('right') : undefined;
  return head && bound ? { name: head[1]!, below: reader.expression(bound, node) } : undefined;
}

function block(node: SyntaxNode | null | undefined, reader: Reader): Node | undefined {
  return node ? reader.lower(node) : undefined;
}

/** Statements in order; `export` is transparent and each declarator is a declaration of its own. */
export function statementsOf(nodes: readonly (SyntaxNode | null)[], reader: Reader): Statement[] {
  return nodes.flatMap((node): Statement[] => {
    if (!node || node.type === 'comment' || node.type === 'empty_statement') return [];
    if (node.type === 'lexical_declaration' || node.type === 'variable_declaration')
      return named(node)
        .filter((child) => child.type === 'variable_declarator')
        .map((child) => reader.statement(child));
    if (node.type === 'export_statement') {
      const declaration = node.childForFieldName('declaration');
      return declaration
        ? statementsOf([declaration], reader)
        : [reader.lazy(node, { kind: 'other-statement' }) as Statement];
    }
    if (/^(function|generator_function|class|abstract_class)_declaration$/.test(node.type)) {
      return [
        reader.lazy(
          node,
          { kind: 'declaration' },
          { bindings: () => bindingsOf(node, reader), value: () => reader.lower(node) },
        ) as Statement,
      ];
    }
    return [reader.statement(node)];
  });
}
