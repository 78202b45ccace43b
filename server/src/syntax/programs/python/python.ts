/** Lowers Python trees. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { BinaryOperator, Expression, Node } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { assignmentTo, declaredBy, parametersOf, seesScope } from './python-bindings.ts';
import { lowerComprehension } from './python-comprehensions.ts';
import { readExports, readImports } from './python-modules.ts';
import { lowerStatement, statementsOf } from './python-statements.ts';
import { literalParts, named, piecesOf } from './python-text.ts';

const wrappers = new Set(['parenthesized_expression', 'await', 'decorated_definition', 'as_pattern']);
const operators: Readonly<Record<string, BinaryOperator>> = {
  and: '&&',
  or: '||',
  '==': '==',
  '!=': '!=',
  '<>': '!=',
  is: '==',
  'is not': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '-': '-',
  '*': '*',
  in: 'in',
  'not in': 'not in',
};

export const python: LanguageAdapter = {
  language: 'python',
  comment: /#/g,
  unwrap(node) {
    let inner = node;
    while (wrappers.has(inner.type)) {
      const next = inner.type === 'decorated_definition' ? inner.childForFieldName('definition') : named(inner)[0];
      if (!next) return inner;
      inner = next;
    }
    return inner;
  },
  lower,
  statements: (node, reader) => statementsOf(node.namedChildren, reader),
  isString: (node) => node.type === 'string' || node.type === 'concatenated_string',
  stringAround(node) {
    const literal = /^(string_(start|content|end)|escape_sequence|escape_interpolation)$/.test(node.type)
      ? enclosingString(node)
      : node;
    if (literal?.type === 'concatenated_string') return literal;
    if (literal?.type !== 'string') return undefined;
    return literal.parent?.type === 'concatenated_string' ? literal.parent : literal;
  },
  isIdentifier(node) {
    if (node.type !== 'identifier') return false;
    const { parent } = node;
    if (parent?.type === 'attribute') return parent.childForFieldName('attribute')?.id !== node.id;
    if (parent?.type === 'keyword_argument') return parent.childForFieldName('name')?.id !== node.id;
    if (parent?.type === 'assignment') return parent.childForFieldName('left')?.id !== node.id;
    return !/^(dotted_name|aliased_import|(global|nonlocal)_statement|import_prefix)$/.test(parent?.type ?? '');
  },
  parentOf: elifParent,
  imports: readImports,
  exports: readExports,
  declaredBy,
  assignmentTo,
  seesScope,
};

/** `x[i]`, `x[a:b]`; a slice with a step is nothing that is known. */
function lowerSubscript(node: SyntaxNode, reader: Reader): Node {
  const object = () => reader.expression(node.childForFieldName('value'), node);
  const subscript = node.childForFieldName('subscript');
  const signs = subscript?.children.filter((child) => child?.type === ':') ?? [];
  if (subscript?.type !== 'slice' || signs.length > 1)
    return reader.lazy(node, { kind: 'index' }, { object, index: () => reader.expression(subscript, node) });
  const bound = (isBehind: boolean) => (): Expression | undefined => {
    const found = named(subscript).find((child) => child.startIndex > signs[0]!.startIndex === isBehind);
    return found && reader.expression(found, subscript);
  };
  return reader.lazy(node, { kind: 'slice' }, { object, from: bound(false), to: bound(true) });
}

function enclosingString(node: SyntaxNode): SyntaxNode | undefined {
  let current: SyntaxNode | null = node;
  while (current && current.type !== 'string') current = current.type === 'interpolation' ? null : current.parent;
  return current ?? undefined;
}

/** `elif` and `else` stand beside one another in the tree; each belongs to the test before it. */
function elifParent(node: SyntaxNode): SyntaxNode | null {
  const { parent } = node;
  if ((node.type !== 'elif_clause' && node.type !== 'else_clause') || parent?.type !== 'if_statement') return parent;
  let before = node.previousNamedSibling;
  while (before?.type === 'comment') before = before.previousNamedSibling;
  return before?.type === 'elif_clause' ? before : parent;
}

function lower(node: SyntaxNode, reader: Reader): Node | undefined {
  const field = (name: string) => node.childForFieldName(name);
  const expression = (name: string) => () => reader.expression(field(name), node);
  switch (node.type) {
    case 'string':
    case 'concatenated_string':
      return lowerString(node, reader);
    case 'integer':
    case 'float':
      return reader.lazy(node, { kind: 'number', value: Number(node.text.replaceAll('_', '')) });
    case 'true':
    case 'false':
      return reader.lazy(node, { kind: 'boolean', value: node.type === 'true' });
    case 'none':
      return reader.lazy(node, { kind: 'null', undefined: false });
    case 'identifier':
      return reader.lazy(node, { kind: 'identifier', name: node.text });
    case 'attribute':
      return reader.lazy(
        node,
        {
          kind: 'member',
          property: field('attribute')?.text ?? '',
          propertyRange: rangeOf(field('attribute') ?? node),
        },
        { object: expression('object') },
      );
    case 'subscript':
      return lowerSubscript(node, reader);
    case 'call':
      return lowerCall(node, reader);
    case 'binary_operator':
    case 'boolean_operator':
      return reader.lazy(
        node,
        { kind: 'binary', operator: operators[field('operator')?.text ?? ''] ?? 'other' },
        { left: expression('left'), right: expression('right') },
      );
    case 'comparison_operator':
      return lowerComparison(node, reader);
    case 'not_operator':
      return reader.lazy(node, { kind: 'unary', operator: '!' }, { operand: expression('argument') });
    case 'unary_operator':
      return reader.lazy(
        node,
        { kind: 'unary', operator: /^[-~]$/.test(field('operator')?.text ?? '') ? field('operator')!.text : 'other' },
        { operand: expression('argument') },
      );
    case 'conditional_expression': {
      const [value, test, alternative] = named(node);
      return reader.lazy(
        node,
        { kind: 'conditional' },
        {
          test: () => reader.expression(test, node),
          consequent: () => reader.expression(value, node),
          alternate: () => reader.expression(alternative, node),
        },
      );
    }
    case 'named_expression':
      return reader.lazy(
        node,
        { kind: 'assignment', operator: ':=' },
        { target: expression('name'), value: expression('value') },
      );
    case 'assignment':
      return field('right')
        ? reader.lazy(
            node,
            { kind: 'assignment', operator: '=' },
            { target: expression('left'), value: expression('right') },
          )
        : reader.lazy(node, { kind: 'unknown' });
    case 'augmented_assignment':
      return reader.lazy(
        node,
        { kind: 'assignment', operator: field('operator')?.text ?? '' },
        { target: expression('left'), value: expression('right') },
      );
    case 'dictionary':
      return reader.lazy(node, { kind: 'object' }, { entries: () => entriesOf(node, reader) });
    case 'list':
    case 'list_pattern':
      return lowerList(node, 'list', reader);
    case 'set':
      return lowerList(node, 'set', reader);
    case 'tuple':
    case 'tuple_pattern':
    case 'pattern_list':
    case 'expression_list':
      return lowerList(node, 'tuple', reader);
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
      return lowerComprehension(node, reader);
    case 'dictionary_comprehension':
    case 'ellipsis':
    case 'yield':
      return reader.lazy(node, { kind: 'unknown' });
    case 'function_definition':
    case 'lambda':
      return lowerFunction(node, reader);
    case 'class_definition':
      return lowerClass(node, reader);
    default:
      return lowerStatement(node, reader);
  }
}

/** One literal, or several that stand side by side and are one text. */
function lowerString(node: SyntaxNode, reader: Reader): Node {
  const literals = node.type === 'string' ? [node] : named(node).filter((child) => child.type === 'string');
  const [first, last] = [literals[0], literals.at(-1)];
  if (!first || !last) return reader.lazy(node, { kind: 'unknown' });
  const opening = literalParts(first);
  const parts: string[] = [''];
  const holes: SyntaxNode[] = [];
  for (const piece of literals.flatMap((literal) => piecesOf(literal, reader.text))) {
    if (typeof piece === 'string') parts[parts.length - 1] += piece;
    else {
      holes.push(piece);
      parts.push('');
    }
  }
  if (holes.length > 0) {
    return reader.lazy(
      node,
      { kind: 'template', parts },
      {
        holes: () =>
          holes.map((hole) =>
            hole.childForFieldName('format_specifier') || hole.childForFieldName('type_conversion')
              ? (reader.lazy(hole, { kind: 'unknown' }) as Expression)
              : reader.expression(hole.childForFieldName('expression'), hole),
          ),
      },
    );
  }
  const contentRange = { start: opening.contentRange.start, end: literalParts(last).contentRange.end };
  return reader.lazy(node, {
    kind: 'string',
    value: parts[0],
    contentRange,
    quote: opening.prefix.replaceAll(/[fu]/g, '') + opening.quote,
  });
}

function lowerCall(node: SyntaxNode, reader: Reader): Node {
  const list = node.childForFieldName('arguments');
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: list ? rangeOf(list) : { start: node.endIndex, end: node.endIndex } },
    {
      callee: () => reader.expression(node.childForFieldName('function'), node),
      arguments: () => {
        if (list?.type === 'generator_expression')
          return [{ value: reader.expression(list, node), spread: false, range: rangeOf(list) }];
        return (list ? named(list) : []).map((child) => {
          const range = rangeOf(child);
          if (child.type === 'keyword_argument') {
            const name = child.childForFieldName('name');
            return {
              value: reader.expression(child.childForFieldName('value'), child),
              ...(name && { name: name.text, nameRange: rangeOf(name) }),
              spread: false,
              range,
            };
          }
          if (child.type === 'list_splat')
            return { value: reader.expression(child.firstNamedChild, child), spread: true, range };
          // A dictionary's members are keyword arguments, which an empty name says.
          if (child.type === 'dictionary_splat')
            return { value: reader.expression(child.firstNamedChild, child), name: '', spread: true, range };
          return { value: reader.expression(child, child), spread: false, range };
        });
      },
    },
  );
}

/** `a < b < c` is `a < b and b < c`. */
function lowerComparison(node: SyntaxNode, reader: Reader): Node {
  const operands = named(node);
  const spelled = node
    .childrenForFieldName('operators')
    .map((operator) => operators[operator?.text.replaceAll(/\s+/g, ' ') ?? ''] ?? 'other');
  const pair = (index: number): Node => {
    const [left, right] = [operands[index], operands[index + 1]];
    const range =
      operands.length <= 2 ? rangeOf(node) : { start: (left ?? node).startIndex, end: (right ?? node).endIndex };
    return reader.made(
      node,
      range,
      { kind: 'binary', operator: spelled[index] ?? 'other' },
      { left: () => reader.expression(left, node), right: () => reader.expression(right, node) },
    );
  };
  const chain = (count: number): Node => {
    if (count === 1) return pair(0);
    return reader.made(
      node,
      { start: node.startIndex, end: operands[count]!.endIndex },
      { kind: 'binary', operator: '&&' },
      { left: () => chain(count - 1), right: () => pair(count - 1) },
    );
  };
  return chain(Math.min(Math.max(1, operands.length - 1), 20));
}

function entriesOf(node: SyntaxNode, reader: Reader): unknown[] {
  return named(node).flatMap((child): unknown[] => {
    const range = rangeOf(child);
    if (child.type === 'dictionary_splat')
      return [{ keyRange: range, value: reader.expression(child.firstNamedChild, child), spread: true, range }];
    const key = child.type === 'pair' ? child.childForFieldName('key') : null;
    if (!key) return [];
    const keyExpression = reader.expression(key, child);
    return [
      {
        ...(keyExpression.kind === 'string' && { key: keyExpression.value }),
        keyExpression,
        keyRange: rangeOf(key),
        value: reader.expression(child.childForFieldName('value'), child),
        spread: false,
        range,
      },
    ];
  });
}

function lowerList(node: SyntaxNode, type: 'list' | 'tuple' | 'set', reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'list', type },
    {
      elements: () =>
        named(node).map((child) =>
          /^list_splat/.test(child.type)
            ? { value: reader.expression(child.firstNamedChild, child), spread: true }
            : { value: reader.expression(child, child), spread: false },
        ),
    },
  );
}

function decoratorsOf(node: SyntaxNode, reader: Reader): Expression[] {
  if (node.parent?.type !== 'decorated_definition') return [];
  return named(node.parent)
    .filter((child) => child.type === 'decorator')
    .map((decorator) => reader.expression(named(decorator)[0], decorator));
}

function lowerFunction(node: SyntaxNode, reader: Reader): Node {
  const list = node.childForFieldName('parameters');
  return reader.lazy(
    node,
    { kind: 'function', name: node.childForFieldName('name')?.text, async: node.firstChild?.type === 'async' },
    {
      decorators: () => decoratorsOf(node, reader),
      parameters: () =>
        (list ? parametersOf(list) : []).map((child) => {
          let target: SyntaxNode | null = child;
          let rest = false;
          while (target && target.type !== 'identifier') {
            rest ||= target.type.endsWith('_splat_pattern');
            target = target.childForFieldName('name') ?? target.firstNamedChild;
          }
          const fallback = child.childForFieldName('value');
          return {
            ...(target && { name: target.text }),
            range: rangeOf(child),
            ...(fallback && { fallback: reader.expression(fallback, child) }),
            rest,
          };
        }),
      body: () => {
        const body = node.childForFieldName('body');
        return body ? reader.lower(body) : undefined;
      },
    },
  );
}

function lowerClass(node: SyntaxNode, reader: Reader): Node {
  const body = node.childForFieldName('body');
  return reader.lazy(
    node,
    { kind: 'class', name: node.childForFieldName('name')?.text },
    {
      decorators: () => decoratorsOf(node, reader),
      superclass: () => {
        const list = node.childForFieldName('superclasses');
        const first = list && named(list).find((child) => child.type !== 'keyword_argument');
        return first ? reader.expression(first, node) : undefined;
      },
      members: () =>
        (body ? named(body) : []).flatMap((child) => {
          const definition =
            child.type === 'decorated_definition'
              ? child.childForFieldName('definition')
              : child.type === 'expression_statement'
                ? child.firstNamedChild
                : child;
          const isAssignment = definition?.type === 'assignment';
          const name = definition?.childForFieldName(isAssignment ? 'left' : 'name');
          if (!definition || name?.type !== 'identifier') return [];
          const value = isAssignment ? definition.childForFieldName('right') : definition;
          return [
            {
              name: name.text,
              ...(value && { value: reader.expression(value, definition) }),
              range: rangeOf(child),
              static: isAssignment,
            },
          ];
        }),
    },
  );
}
