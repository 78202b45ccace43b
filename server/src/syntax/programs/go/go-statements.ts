/** Lowers Go's statements. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { assignmentsOf, declaration } from './go-bindings.ts';
import { resultsOf } from './go-parameters.ts';
import { named, namedFields } from '../named-children.ts';
import { listed, specsOf } from './go-text.ts';

export function lowerStatement(node: SyntaxNode, reader: Reader): Node | undefined {
  const field = (name: string) => node.childForFieldName(name);
  switch (node.type) {
    case 'block':
      return reader.lazy(node, { kind: 'block' }, { statements: () => statementsIn(node, reader) });
    case 'if_statement':
      return lowerIf(node, reader);
    case 'return_statement':
      return reader.lazy(node, { kind: 'return' }, { value: () => returned(node, reader) });
    case 'expression_statement':
      return reader.lazy(
        node,
        { kind: 'expression-statement' },
        { expression: () => reader.expression(named(node)[0], node) },
      );
    case 'var_spec':
    case 'const_spec':
      return declaration(
        node,
        () => namedFields(node, 'name'),
        () => together(listed(field('value')), node, reader),
        reader,
      );
    case 'short_var_declaration':
      return declaration(
        node,
        () => listed(field('left')),
        () => together(listed(field('right')), node, reader),
        reader,
      );
    case 'for_statement':
      return lowerLoop(node, reader);
    case 'expression_switch_statement':
    case 'type_switch_statement':
      return reader.lazy(
        node,
        { kind: 'switch' },
        { subject: () => subjectOf(node, reader), cases: () => casesOf(node, reader) },
      );
    case 'break_statement':
    case 'continue_statement':
      return reader.lazy(node, { kind: 'jump' });
    default:
      return /_statement$/.test(node.type) ? reader.lazy(node, { kind: 'other-statement' }) : undefined;
  }
}

/** Statements of a file, a block or a case, in order. Declarations in brackets become one for each line. */
export function statementsIn(node: SyntaxNode, reader: Reader): Statement[] {
  return named(node)
    .flatMap((child) => (child.type === 'statement_list' ? named(child) : [child]))
    .flatMap((child) => statementsOf(child, reader));
}

function statementsOf(node: SyntaxNode, reader: Reader): Statement[] {
  switch (node.type) {
    case 'package_clause':
    case 'import_declaration':
    case 'fallthrough_statement':
    case 'empty_statement':
      return [];
    case 'var_declaration':
    case 'const_declaration':
      return specsOf(node).map((spec) => reader.statement(spec));
    case 'type_declaration':
      return specsOf(node).map((spec) =>
        declaration(
          spec,
          () => namedFields(spec, 'name'),
          () => reader.expression(spec, spec),
          reader,
        ),
      );
    case 'function_declaration':
    case 'method_declaration':
      return [
        declaration(
          node,
          () => (node.type === 'function_declaration' ? namedFields(node, 'name') : []),
          () => reader.expression(node, node),
          reader,
        ),
      ];
    case 'labeled_statement':
      return named(node)
        .filter(({ type }) => type !== 'label_name')
        .flatMap((child) => statementsOf(child, reader));
    default: {
      // What an `if` or a `switch` begins with runs before it.
      const before = node.childForFieldName('initializer');
      return [...(before ? statementsOf(before, reader) : []), reader.statement(node)];
    }
  }
}

/** Assignments; several in one statement stand side by side. */
export function lowerAssignment(node: SyntaxNode, reader: Reader): Node {
  const parts = assignmentsOf(node, reader);
  return parts.length === 1 ? parts[0]! : tuple(node, () => parts, reader);
}

/** `count++` adds one. */
export function lowerStep(node: SyntaxNode, reader: Reader): Node {
  const operator = node.type === 'inc_statement' ? '+=' : '-=';
  return reader.lazy(
    node,
    { kind: 'assignment', operator },
    {
      target: () => reader.expression(named(node)[0], node),
      value: () => reader.made(node, { start: node.endIndex, end: node.endIndex }, { kind: 'number', value: 1 }),
    },
  );
}

export function tuple(node: SyntaxNode, values: () => readonly Expression[], reader: Reader): Expression {
  return reader.made(
    node,
    rangeOf(node),
    { kind: 'list', type: 'tuple' },
    { elements: () => values().map((value) => ({ value, spread: false })) },
  ) as Expression;
}

function together(nodes: readonly SyntaxNode[], statement: SyntaxNode, reader: Reader): Expression | undefined {
  const values = () => nodes.map((value) => reader.expression(value, statement));
  return nodes.length > 1 ? tuple(statement, values, reader) : values()[0];
}

function lowerIf(node: SyntaxNode, reader: Reader): Node {
  const field = (name: string) => node.childForFieldName(name);
  return reader.lazy(
    node,
    { kind: 'if' },
    {
      test: () => reader.expression(field('condition'), node),
      consequent: () => reader.statement(field('consequence') ?? node),
      alternate: () => {
        const alternative = field('alternative');
        return alternative ? reader.statement(alternative) : undefined;
      },
    },
  );
}

/** A `return` without values gives the named results as they are. */
function returned(node: SyntaxNode, reader: Reader): Expression | undefined {
  const [list] = named(node);
  if (list) return together(listed(list), node, reader);
  let fn = node.parent;
  while (fn && !/^(function_declaration|method_declaration|func_literal)$/.test(fn.type)) fn = fn.parent;
  const names = fn ? resultsOf(fn).flatMap(({ name }) => (name ? [name.text] : [])) : [];
  if (names.length === 0) return undefined;
  const values = () =>
    names.map((name) => reader.made(node, rangeOf(node), { kind: 'identifier', name }) as Expression);
  return names.length === 1 ? values()[0] : tuple(node, values, reader);
}

function lowerLoop(node: SyntaxNode, reader: Reader): Node {
  const body = () => {
    const found = node.childForFieldName('body');
    return found ? reader.statement(found) : reader.lazy(node, { kind: 'other-statement' });
  };
  const head = named(node).find((child) => child.type !== 'block');
  if (head?.type === 'range_clause') {
    const [key, second] = listed(head.childForFieldName('left')).map(({ text }) => text);
    const item = second === '_' ? undefined : second;
    return reader.lazy(
      node,
      { kind: 'loop', key, item },
      { body, over: () => reader.expression(head.childForFieldName('right'), node) },
    );
  }
  if (head?.type !== 'for_clause')
    return reader.lazy(
      node,
      { kind: 'loop' },
      { body, test: () => (head ? reader.expression(head, node) : undefined) },
    );
  return reader.lazy(node, { kind: 'loop' }, { body, counter: () => counterOf(head, reader) });
}

/** `i := 0; i < len(list); i++` */
function counterOf(
  clause: SyntaxNode,
  reader: Reader,
): { readonly name: string; readonly below: Expression } | undefined {
  const [start, test, step] = ['initializer', 'condition', 'update'].map((name) => clause.childForFieldName(name));
  const name = listed(start?.childForFieldName('left') ?? null)[0]?.text;
  const below = test?.childForFieldName('right');
  const counts =
    name !== undefined &&
    start?.childForFieldName('right')?.text === '0' &&
    test?.childForFieldName('left')?.text === name &&
    test.childForFieldName('operator')?.text === '<' &&
    step?.type === 'inc_statement' &&
    named(step)[0]?.text === name;
  return counts && below ? { name, below: reader.expression(below, clause) } : undefined;
}

/** A switch without a subject runs the first case that is true. */
function subjectOf(node: SyntaxNode, reader: Reader): Expression {
  const value = node.childForFieldName('value');
  if (value) return reader.expression(value, node);
  const start = { start: node.startIndex, end: node.startIndex };
  return reader.made(node, start, { kind: 'boolean', value: true }) as Expression;
}

/** No case runs into the next unless it says `fallthrough`, so each ends with a jump; `case "a", "b"` becomes a case for each. */
function casesOf(node: SyntaxNode, reader: Reader): unknown[] {
  return named(node)
    .filter(({ type }) => /^(expression|type|default)_case$/.test(type))
    .flatMap((clause): unknown[] => {
      const range = rangeOf(clause);
      const list = named(clause).find(({ type }) => type === 'statement_list');
      const fallsThrough = list?.lastNamedChild?.type === 'fallthrough_statement';
      const jump = () => reader.made(clause, { start: range.end, end: range.end }, { kind: 'jump' });
      const body = [...(list ? statementsIn(list, reader) : []), ...(fallsThrough ? [] : [jump()])];
      if (clause.type === 'default_case') return [{ body, range }];
      const tests =
        clause.type === 'type_case'
          ? [reader.made(clause, range, { kind: 'unknown' })]
          : listed(clause.childForFieldName('value')).map((value) => reader.expression(value, clause));
      return tests.map((test, index) => ({ test, body: index === tests.length - 1 ? body : [], range }));
    });
}
