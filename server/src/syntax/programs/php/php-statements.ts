/** Lowers PHP's statements. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { countedLoop, ending, ifWith, jump, statementIn, whileTrue } from '../lowered-statements.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Expression, Node, Statement } from '../program.ts';
import { loweredTry } from '../lowered-try.ts';
import type { Reader } from '../reader.ts';
import { declaration } from './php-bindings.ts';
import { types } from './php-names.ts';
import { lowerSwitch } from './php-switch.ts';
import { neighboursIn } from '../kept-by-node.ts';
import { named } from '../named-children.ts';

const lowerBlock: Lowering = (node, reader) =>
  reader.lazy(node, { kind: 'block' }, { statements: () => statementsIn(node, reader) });
const lowerIf = ifWith(alternateOf, 'body');

const lowerings: Lowerings = {
  // A file runs from its top for each request.
  program: lowerBlock,
  namespace_definition: (node, reader) => {
    const body = node.childForFieldName('body');
    return body ? lowerBlock(body, reader) : undefined;
  },
  compound_statement: lowerBlock,
  colon_block: lowerBlock,
  if_statement: lowerIf,
  else_if_clause: lowerIf,
  return_statement: ending('return'),
  // Nothing behind it runs, in whatever function it stands.
  exit_statement: (node, reader) => reader.lazy(node, { kind: 'return' }),
  expression_statement: lowerExpressionStatement,
  foreach_statement: lowerForeach,
  for_statement: countedLoop(counterOf),
  while_statement: whileTrue,
  do_statement: whileTrue,
  try_statement: lowerTry,
  switch_statement: (node, reader) => lowerSwitch(node, statementsOf, reader),
  unset_statement: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'unary', operator: 'delete' },
      { operand: () => reader.expression(named(node)[0], node) },
    ),
  break_statement: jump,
  continue_statement: jump,
};

/** Undefined for what is no statement. */
export function lowerStatement(node: SyntaxNode, reader: Reader): Node | undefined {
  if (Object.hasOwn(lowerings, node.type)) return lowerings[node.type]!(node, reader);
  return /_statement$/.test(node.type) && !/^(case|default)_statement$/.test(node.type)
    ? reader.lazy(node, { kind: 'other-statement' })
    : undefined;
}

/** Statements of a file, a block or a case, in order. */
export function statementsIn(node: SyntaxNode, reader: Reader): Statement[] {
  return statementsOf(named(node), reader);
}

const silent = new Set([
  'php_tag',
  'text',
  'text_interpolation',
  'namespace_use_declaration',
  'declare_statement',
  'empty_statement',
  'named_label_statement',
]);

function statementsOf(nodes: readonly SyntaxNode[], reader: Reader): Statement[] {
  return nodes.flatMap((node): Statement[] => {
    if (silent.has(node.type) || (node.type === 'namespace_definition' && !node.childForFieldName('body'))) return [];
    if (node.type === 'const_declaration')
      return named(node)
        .filter(({ type }) => type === 'const_element')
        .map((element) => {
          const [name, value] = named(element);
          return declaration(element, name, () => reader.expression(value, element), reader);
        });
    const name = node.childForFieldName('name');
    return node.type === 'function_definition' || types.has(node.type)
      ? [declaration(node, name, () => reader.expression(node, node), reader)]
      : [reader.statement(node)];
  });
}

/** `throw` is an expression of the language, and `die()` ends what runs. */
function lowerExpressionStatement(node: SyntaxNode, reader: Reader): Node {
  const [expression] = named(node);
  if (expression?.type === 'throw_expression')
    return reader.lazy(node, { kind: 'throw' }, { value: () => reader.expression(named(expression)[0], expression) });
  return reader.lazy(node, { kind: 'expression-statement' }, { expression: () => reader.expression(expression, node) });
}

/** What stands behind `elseif` or `else`. */
function alternateOf(node: SyntaxNode, reader: Reader): Statement | undefined {
  const holder = node.type === 'if_statement' ? node : node.parent!;
  const next = node === holder ? clausesOf(holder)[0] : clausesBeside(node, holder).after;
  if (!next) return undefined;
  if (next.type === 'else_if_clause') return reader.statement(next);
  const body = next.childForFieldName('body') ?? named(next)[0];
  return body && reader.statement(body);
}

/** Of a clause that stands behind the condition of another, that one. */
export function clauseBefore(node: SyntaxNode): SyntaxNode | null {
  const holder = node.parent;
  if (holder?.type !== 'if_statement') return holder;
  return clausesBeside(node, holder).before ?? holder;
}

function clausesOf(choice: SyntaxNode): SyntaxNode[] {
  return named(choice).filter(({ type }) => type === 'else_if_clause' || type === 'else_clause');
}

const clausesBeside = neighboursIn(clausesOf);

/** `foreach ($list as $key => $value)`. */
function lowerForeach(node: SyntaxNode, reader: Reader): Node {
  const [over, target] = named(node);
  const [key, item] = target?.type === 'pair' ? named(target) : [undefined, target];
  const nameOf = (one: SyntaxNode | undefined): string | undefined =>
    one?.type === 'variable_name' ? one.text : undefined;
  return reader.lazy(
    node,
    { kind: 'loop', item: nameOf(item), ...(key && { key: nameOf(key) }) },
    { over: () => reader.expression(over, node), body: statementIn(node, 'body', reader) },
  );
}

/** `$i = 0; $i < count($list); $i++` */
function counterOf(
  node: SyntaxNode,
  reader: Reader,
): { readonly name: string; readonly below: Expression } | undefined {
  const [start, test, step] = ['initialize', 'condition', 'update'].map((field) => node.childForFieldName(field));
  const name = start?.childForFieldName('left')?.text;
  const below = test?.childForFieldName('right');
  const counts =
    name !== undefined &&
    start?.childForFieldName('right')?.text === '0' &&
    test?.childForFieldName('left')?.text === name &&
    test.childForFieldName('operator')?.text === '<' &&
    step?.type === 'update_expression' &&
    step.childForFieldName('argument')?.text === name &&
    step.text.includes('++');
  return counts && below ? { name, below: reader.expression(below, node) } : undefined;
}

function lowerTry(node: SyntaxNode, reader: Reader): Node {
  const clauses = (type: string) => named(node).filter((child) => child.type === type);
  return loweredTry(
    node,
    () => clauses('catch_clause').flatMap((clause) => clause.childForFieldName('body') ?? []),
    () => clauses('finally_clause')[0]?.childForFieldName('body'),
    reader,
  );
}
