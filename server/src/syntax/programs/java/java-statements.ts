/** Lowers Java's statements. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import {
  countedLoop,
  ending,
  expressionStatement,
  ifElse,
  jump,
  statementIn,
  statementLowering,
  whileTrue,
} from '../lowered-statements.ts';
import { expressionIn } from '../lowering.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Expression, Node, Statement } from '../program.ts';
import { loweredTry } from '../lowered-try.ts';
import type { Reader } from '../reader.ts';
import { declaration, fieldValue } from './java-bindings.ts';
import { casesOf, subjectOf } from './java-switch.ts';
import { named } from '../named-children.ts';

const lowerBlock: Lowering = (node, reader) =>
  reader.lazy(node, { kind: 'block' }, { statements: () => statementsIn(node, reader) });

const lowerings: Lowerings = {
  block: lowerBlock,
  constructor_body: lowerBlock,
  // What is done within a lock is done.
  synchronized_statement: (node, reader) => {
    const body = node.childForFieldName('body');
    return body ? lowerBlock(body, reader) : undefined;
  },
  if_statement: ifElse,
  return_statement: ending('return'),
  throw_statement: ending('throw'),
  expression_statement: expressionStatement,
  enhanced_for_statement: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'loop', item: node.childForFieldName('name')?.text },
      { over: expressionIn(node, 'value', reader), body: statementIn(node, 'body', reader) },
    ),
  for_statement: countedLoop(counterOf),
  while_statement: whileTrue,
  do_statement: whileTrue,
  try_statement: lowerTry,
  try_with_resources_statement: lowerTry,
  switch_expression: lowerSwitch,
  variable_declarator: (node, reader) => variable(node, node.parent ?? node, reader),
  break_statement: jump,
  continue_statement: jump,
};

/** One name of a declaration, with its value. */
function variable(declarator: SyntaxNode, line: SyntaxNode, reader: Reader): Statement {
  return declaration(
    declarator,
    declarator.childForFieldName('name'),
    () => fieldValue(declarator, line, reader),
    reader,
  );
}

/** Undefined for what is no statement. */
export const lowerStatement = statementLowering(lowerings);

/** Statements of a file, a class, a block or a case, in order; each declarator is a declaration of its own. */
export function statementsIn(node: SyntaxNode, reader: Reader): Statement[] {
  return named(node).flatMap((child) => statementsOf(child, reader));
}

export function statementsOf(node: SyntaxNode, reader: Reader): Statement[] {
  switch (node.type) {
    case 'package_declaration':
    case 'import_declaration':
    case 'switch_label':
      return [];
    case 'local_variable_declaration':
    case 'field_declaration':
    case 'constant_declaration':
      return named(node)
        .filter(({ type }) => type === 'variable_declarator')
        .map((declarator) => variable(declarator, node, reader));
    case 'labeled_statement':
      return named(node)
        .slice(1)
        .flatMap((child) => statementsOf(child, reader));
    default:
      return /_declaration$/.test(node.type)
        ? [declaration(node, node.childForFieldName('name'), () => reader.expression(node, node), reader)]
        : [reader.statement(node)];
  }
}

/** `int i = 0; i < list.size(); i++` */
function counterOf(
  node: SyntaxNode,
  reader: Reader,
): { readonly name: string; readonly below: Expression } | undefined {
  const [start, test, step] = ['init', 'condition', 'update'].map((name) => node.childForFieldName(name));
  const declarator = named(start).find(({ type }) => type === 'variable_declarator');
  const name = declarator?.childForFieldName('name')?.text;
  const below = test?.childForFieldName('right');
  const counts =
    name !== undefined &&
    declarator?.childForFieldName('value')?.text === '0' &&
    test?.childForFieldName('left')?.text === name &&
    test.childForFieldName('operator')?.text === '<' &&
    step?.type === 'update_expression' &&
    named(step)[0]?.text === name;
  return counts && below ? { name, below: reader.expression(below, node) } : undefined;
}

/** What is opened in the head of a `try` is declared before its body. */
function lowerTry(node: SyntaxNode, reader: Reader): Node {
  const clauses = (type: string) => named(node).filter((child) => child.type === type);
  return loweredTry(
    node,
    () => clauses('catch_clause').flatMap((clause) => clause.childForFieldName('body') ?? []),
    () => named(clauses('finally_clause')[0])[0],
    reader,
  );
}

function lowerSwitch(node: SyntaxNode, reader: Reader): Node | undefined {
  if (
    node.parent?.type === 'expression_statement' ||
    /^(block|switch_block|.*_group|.*_body)$/.test(node.parent?.type ?? '')
  )
    return reader.lazy(
      node,
      { kind: 'switch' },
      { subject: () => subjectOf(node, reader), cases: () => casesOf(node, statementsOf, reader) },
    );
  return undefined;
}
