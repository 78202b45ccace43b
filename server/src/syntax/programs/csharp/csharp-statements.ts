/** Lowers C#'s statements. */
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
import { isExpression } from '../reader.ts';
import { loweredTry } from '../lowered-try.ts';
import type { Reader } from '../reader.ts';
import { declaration, propertyValue, variableValue } from './csharp-bindings.ts';
import { casesOf } from './csharp-patterns.ts';
import { behind, named } from './csharp-text.ts';

const lowerBlock: Lowering = (node, reader) =>
  reader.lazy(node, { kind: 'block' }, { statements: () => statementsIn(node, reader) });
/** What is done within a lock or with a resource is done: the statement is its body, behind what its head declares. */
const bodyOnly: Lowering = (node, reader) =>
  reader.lazy(node, { kind: 'block' }, { statements: () => statementsIn(node, reader) });

const lowerings: Lowerings = {
  block: lowerBlock,
  preproc_else: lowerBlock,
  preproc_if: lowerDirective,
  preproc_elif: lowerDirective,
  using_statement: bodyOnly,
  lock_statement: bodyOnly,
  fixed_statement: bodyOnly,
  checked_statement: bodyOnly,
  unsafe_statement: bodyOnly,
  if_statement: ifElse,
  return_statement: ending('return'),
  throw_statement: ending('throw'),
  expression_statement: expressionStatement,
  foreach_statement: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'loop', item: node.childForFieldName('left')?.text },
      { over: expressionIn(node, 'right', reader), body: statementIn(node, 'body', reader) },
    ),
  for_statement: countedLoop(counterOf),
  while_statement: whileTrue,
  do_statement: whileTrue,
  try_statement: lowerTry,
  switch_statement: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'switch' },
      { subject: expressionIn(node, 'value', reader), cases: () => casesOf(node, statementsOf, reader) },
    ),
  break_statement: jump,
  continue_statement: jump,
};

/** Undefined for what is no statement. */
export const lowerStatement = statementLowering(lowerings);

/** What stands between the directives, or the file, the block or the case, in order. */
export function statementsIn(node: SyntaxNode, reader: Reader): Statement[] {
  const skipped = new Set(
    ['condition', 'alternative'].flatMap((field) =>
      /^preproc_/.test(node.type) ? (node.childForFieldName(field)?.id ?? []) : [],
    ),
  );
  return named(node)
    .filter(({ id }) => !skipped.has(id))
    .flatMap((child) => statementsOf(child, reader));
}

/** Each declarator of a statement is a declaration of its own; what stands in a namespace is seen in the file. */
export function statementsOf(node: SyntaxNode, reader: Reader): Statement[] {
  switch (node.type) {
    case 'global_statement':
      return named(node).flatMap((child) => statementsOf(child, reader));
    case 'namespace_declaration':
      return statementsIn(node.childForFieldName('body') ?? node, reader);
    case 'using_directive':
    case 'file_scoped_namespace_declaration':
    case 'attribute_list':
    case 'modifier':
      return [];
    case 'local_declaration_statement':
    case 'field_declaration':
    case 'event_field_declaration':
      return named(node).flatMap((child) => (child.type === 'variable_declaration' ? statementsOf(child, reader) : []));
    case 'variable_declaration':
      return named(node)
        .filter(({ type }) => type === 'variable_declarator')
        .map((declarator) => {
          const name = declarator.childForFieldName('name') ?? named(declarator)[0] ?? null;
          return declaration(declarator, name, () => variableValue(declarator, reader), reader);
        });
    case 'labeled_statement':
      return named(node)
        .slice(1)
        .flatMap((child) => statementsOf(child, reader));
    case 'local_function_statement':
      return [declaration(node, node.childForFieldName('name'), () => reader.expression(node, node), reader)];
    case 'property_declaration':
      return [declaration(node, node.childForFieldName('name'), () => propertyValue(node, reader), reader)];
    default:
      return /_declaration$/.test(node.type)
        ? [declaration(node, node.childForFieldName('name'), () => reader.expression(node, node), reader)]
        : [reader.statement(node)];
  }
}

/** `#if DEBUG … #else … #endif`: a question about the build, or a choice between two expressions. */
function lowerDirective(node: SyntaxNode, reader: Reader): Node {
  const condition = node.childForFieldName('condition');
  const other = node.childForFieldName('alternative');
  const held = named(node).filter(({ id }) => id !== condition?.id && id !== other?.id);
  const test = () => reader.expression(condition, node);
  const [only] = held.length === 1 ? held.map((one) => reader.lower(one)) : [];
  if (only && isExpression(only) && !/_declaration$/.test(held[0]!.type))
    return reader.lazy(
      node,
      { kind: 'conditional', consequent: only },
      { test, alternate: () => reader.expression(named(other)[0], node) },
    );
  const [first, last] = [held[0] ?? node, held.at(-1) ?? node];
  const consequent = () =>
    reader.made(
      node,
      { start: first.startIndex, end: last.endIndex },
      { kind: 'block' },
      { statements: () => statementsIn(node, reader) },
    );
  return reader.lazy(
    node,
    { kind: 'if' },
    { test, consequent, alternate: () => (other ? reader.statement(other) : undefined) },
  );
}

/** `int i = 0; i < list.Count; i++` */
function counterOf(
  node: SyntaxNode,
  reader: Reader,
): { readonly name: string; readonly below: Expression } | undefined {
  const [start, test, step] = ['initializer', 'condition', 'update'].map((name) => node.childForFieldName(name));
  const declarator = named(start).find(({ type }) => type === 'variable_declarator');
  const name = declarator?.childForFieldName('name')?.text;
  const below = test?.childForFieldName('right');
  const counts =
    name !== undefined &&
    declarator !== undefined &&
    behind(declarator, '=')?.text === '0' &&
    test?.childForFieldName('left')?.text === name &&
    test.childForFieldName('operator')?.text === '<' &&
    /\+\+/.test(step?.text ?? '') &&
    named(step)[0]?.text === name;
  return counts && below ? { name, below: reader.expression(below, node) } : undefined;
}

function lowerTry(node: SyntaxNode, reader: Reader): Node {
  const clauses = (type: string) => named(node).filter((child) => child.type === type);
  return loweredTry(
    node,
    () => clauses('catch_clause').flatMap((clause) => clause.childForFieldName('body') ?? []),
    () => named(clauses('finally_clause')[0])[0],
    reader,
  );
}
