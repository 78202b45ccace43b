/** Lowers JavaScript, TypeScript and JSX trees. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Node, Statement } from '../program.ts';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { assignmentTo, bindingsOf, declaredBy } from './javascript-bindings.ts';
import { readExports, readImports } from './javascript-modules.ts';
import { cooked, named, unquoted } from './javascript-text.ts';

const wrappers = new Set([
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
  'instantiation_expression',
]);
const operators: Readonly<Record<string, string>> = {
  '&&': '&&',
  '||': '||',
  '??': '??',
  '==': '==',
  '===': '==',
  '!=': '!=',
  '!==': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '-': '-',
  '*': '*',
  in: 'in',
};
const functionTypes = new Set([
  'arrow_function',
  'function_expression',
  'function',
  'function_declaration',
  'generator_function',
  'generator_function_declaration',
  'method_definition',
]);

export const javascript: LanguageAdapter = {
  language: 'javascript',
  comment: /\/\/|\/\*/g,
  unwrap(node) {
    let inner = node;
    while (wrappers.has(inner.type)) {
      const next =
        inner.type === 'type_assertion'
          ? inner.namedChildren.at(-1)
          : inner.namedChildren.find((child) => child?.type !== 'comment');
      if (!next) return inner;
      inner = next;
    }
    return inner.type === 'sequence_expression' ? (inner.namedChildren.at(-1) ?? inner) : inner;
  },
  lower,
  statements: (node, reader) => statementsOf(node.namedChildren, reader),
  isString: (node) => node.type === 'string' || node.type === 'template_string',
  stringAround(node) {
    const literal = node.type === 'string_fragment' || node.type === 'escape_sequence' ? node.parent : node;
    if (!literal) return undefined;
    if (literal.type === 'string' || literal.type === 'template_string') return literal;
    return literal.type === 'property_identifier' && isKey(literal) ? literal : undefined;
  },
  isIdentifier: (node) => node.type === 'identifier' || node.type === 'shorthand_property_identifier',
  imports: readImports,
  exports: readExports,
  declaredBy,
  used: /\s*\??\.(?!\.)/y,
  assignmentTo,
};

function isKey(node: SyntaxNode): boolean {
  return node.parent?.type === 'pair' && node.parent.childForFieldName('key')?.id === node.id;
}

function lower(node: SyntaxNode, reader: Reader): Node | undefined {
  const field = (name: string) => node.childForFieldName(name);
  const expression = (name: string) => () => reader.expression(field(name), node);
  switch (node.type) {
    case 'string':
      return reader.lazy(
        node,
        {
          kind: 'string',
          contentRange: { start: node.startIndex + 1, end: Math.max(node.startIndex + 1, node.endIndex - 1) },
          quote: node.text[0] ?? "'",
        },
        { value: () => cooked(unquoted(node.text)) },
      );
    case 'property_identifier':
      return isKey(node)
        ? reader.lazy(node, { kind: 'string', contentRange: rangeOf(node), quote: '', value: node.text })
        : undefined;
    case 'template_string':
      return lowerTemplate(node, reader);
    case 'number':
      return reader.lazy(node, { kind: 'number', value: Number(node.text.replaceAll('_', '').replace(/n$/, '')) });
    case 'true':
    case 'false':
      return reader.lazy(node, { kind: 'boolean', value: node.type === 'true' });
    case 'null':
      return reader.lazy(node, { kind: 'null', undefined: false });
    case 'undefined':
      return reader.lazy(node, { kind: 'null', undefined: true });
    case 'regex':
      return lowerRegex(node, reader);
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'this':
    case 'super':
      return node.text === 'undefined'
        ? reader.lazy(node, { kind: 'null', undefined: true })
        : reader.lazy(node, { kind: 'identifier', name: node.text });
    case 'member_expression':
      return reader.lazy(
        node,
        { kind: 'member', property: field('property')?.text ?? '', propertyRange: rangeOf(field('property') ?? node) },
        { object: expression('object') },
      );
    case 'subscript_expression':
      return reader.lazy(node, { kind: 'index' }, { object: expression('object'), index: expression('index') });
    case 'call_expression':
    case 'new_expression':
      return lowerCall(node, reader);
    case 'binary_expression':
      return reader.lazy(
        node,
        { kind: 'binary', operator: operators[field('operator')?.text ?? ''] ?? 'other' },
        { left: expression('left'), right: expression('right') },
      );
    case 'unary_expression':
      return lowerUnary(node, reader);
    case 'ternary_expression':
      return reader.lazy(
        node,
        { kind: 'conditional' },
        { test: expression('condition'), consequent: expression('consequence'), alternate: expression('alternative') },
      );
    case 'assignment_expression':
      return reader.lazy(
        node,
        { kind: 'assignment', operator: '=' },
        { target: expression('left'), value: expression('right') },
      );
    case 'augmented_assignment_expression':
      return reader.lazy(
        node,
        { kind: 'assignment', operator: field('operator')?.text ?? '' },
        { target: expression('left'), value: expression('right') },
      );
    case 'object':
      return reader.lazy(node, { kind: 'object' }, { entries: () => entriesOf(node, reader) });
    case 'array':
      return reader.lazy(
        node,
        { kind: 'list', type: 'list' },
        {
          elements: () =>
            named(node).map((child) =>
              child.type === 'spread_element'
                ? { value: reader.expression(child.firstNamedChild, child), spread: true }
                : { value: reader.expression(child, child), spread: false },
            ),
        },
      );
    case 'class':
    case 'class_declaration':
    case 'abstract_class_declaration':
      return lowerClass(node, reader);
    case 'statement_block':
      return reader.lazy(node, { kind: 'block' }, { statements: () => statementsOf(node.namedChildren, reader) });
    default:
      return functionTypes.has(node.type) ? lowerFunction(node, reader) : lowerStatement(node, reader);
  }
}

function lowerStatement(node: SyntaxNode, reader: Reader): Node | undefined {
  const field = (name: string) => node.childForFieldName(name);
  const expression = (name: string) => () => reader.expression(field(name), node);
  const body = () => {
    const found = field('body');
    return found ? reader.statement(found) : reader.lazy(node, { kind: 'other-statement' });
  };
  switch (node.type) {
    case 'if_statement':
      return reader.lazy(
        node,
        { kind: 'if' },
        {
          test: expression('condition'),
          consequent: () => reader.statement(field('consequence') ?? node),
          alternate: () => {
            const alternative = field('alternative');
            const inner = alternative?.type === 'else_clause' ? alternative.firstNamedChild : alternative;
            return inner ? reader.statement(inner) : undefined;
          },
        },
      );
    case 'return_statement':
      return reader.lazy(
        node,
        { kind: 'return' },
        { value: () => (named(node)[0] ? reader.expression(named(node)[0], node) : undefined) },
      );
    case 'throw_statement':
      return reader.lazy(
        node,
        { kind: 'throw' },
        { value: () => (named(node)[0] ? reader.expression(named(node)[0], node) : undefined) },
      );
    case 'expression_statement':
      return reader.lazy(
        node,
        { kind: 'expression-statement' },
        { expression: () => reader.expression(named(node)[0], node) },
      );
    case 'variable_declarator':
      return reader.lazy(
        node,
        { kind: 'declaration' },
        {
          bindings: () => bindingsOf(node, reader),
          value: () => (field('value') ? reader.expression(field('value'), node) : undefined),
        },
      );
    case 'switch_statement':
      return reader.lazy(
        node,
        { kind: 'switch' },
        {
          subject: expression('value'),
          cases: () =>
            named(field('body') ?? node)
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
              }),
        },
      );
    case 'for_in_statement':
      return reader.lazy(
        node,
        { kind: 'loop', item: field('left')?.type === 'identifier' ? field('left')!.text : undefined },
        {
          body,
          over: () =>
            /\bof\b/.test(
              reader.text.slice(
                field('left')?.endIndex ?? node.startIndex,
                field('right')?.startIndex ?? node.endIndex,
              ),
            )
              ? reader.expression(field('right'), node)
              : undefined,
        },
      );
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return reader.lazy(
        node,
        { kind: 'loop' },
        {
          body,
          test: () =>
            field('condition') && node.type !== 'for_statement'
              ? reader.expression(field('condition'), node)
              : undefined,
        },
      );
    case 'try_statement':
      return reader.lazy(
        node,
        { kind: 'try' },
        {
          body,
          handler: () => block(field('handler')?.childForFieldName('body'), reader),
          finalizer: () => block(field('finalizer')?.childForFieldName('body'), reader),
        },
      );
    case 'break_statement':
    case 'continue_statement':
      return reader.lazy(node, { kind: 'jump' });
    case 'labeled_statement':
      return reader.lazy(node, { kind: 'other-statement' });
    default:
      return undefined;
  }
}

function block(node: SyntaxNode | null | undefined, reader: Reader): Node | undefined {
  return node ? reader.lower(node) : undefined;
}

/** Statements in order; `export` is transparent and each declarator is a declaration of its own. */
function statementsOf(nodes: readonly (SyntaxNode | null)[], reader: Reader): Statement[] {
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

function lowerTemplate(node: SyntaxNode, reader: Reader): Node {
  const substitutions = named(node).filter((child) => child.type === 'template_substitution');
  const inside = { start: node.startIndex + 1, end: Math.max(node.startIndex + 1, node.endIndex - 1) };
  if (substitutions.length === 0)
    return reader.lazy(
      node,
      { kind: 'string', contentRange: inside, quote: '`' },
      { value: () => cooked(unquoted(node.text)) },
    );
  return reader.lazy(
    node,
    { kind: 'template' },
    {
      parts: () => {
        const edges = [inside.start, ...substitutions.flatMap((part) => [part.startIndex, part.endIndex]), inside.end];
        return edges.flatMap((edge, index) =>
          index % 2 === 0 ? [cooked(reader.text.slice(edge, edges[index + 1]))] : [],
        );
      },
      holes: () => substitutions.map((part) => reader.expression(part.firstNamedChild, part)),
    },
  );
}

function lowerRegex(node: SyntaxNode, reader: Reader): Node {
  const pattern = node.childForFieldName('pattern');
  return reader.lazy(node, {
    kind: 'regex',
    source: pattern?.text ?? '',
    flags: node.childForFieldName('flags')?.text ?? '',
    sourceRange: pattern ? rangeOf(pattern) : rangeOf(node),
  });
}

function lowerUnary(node: SyntaxNode, reader: Reader): Node {
  const operator = node.childForFieldName('operator')?.text ?? '';
  if (operator === 'void') return reader.lazy(node, { kind: 'null', undefined: true });
  return reader.lazy(
    node,
    { kind: 'unary', operator: ['!', '-', '~', 'typeof'].includes(operator) ? operator : 'other' },
    { operand: () => reader.expression(node.childForFieldName('argument'), node) },
  );
}

function lowerCall(node: SyntaxNode, reader: Reader): Node {
  const list = node.childForFieldName('arguments');
  const callee = node.childForFieldName(node.type === 'new_expression' ? 'constructor' : 'function');
  return reader.lazy(
    node,
    {
      kind: 'call',
      isNew: node.type === 'new_expression',
      argumentsRange: list ? rangeOf(list) : { start: node.endIndex, end: node.endIndex },
    },
    {
      callee: () => reader.expression(callee, node),
      arguments: () =>
        (list?.type === 'arguments' ? named(list) : []).map((child) => {
          const spread = child.type === 'spread_element';
          return {
            value: reader.expression(spread ? child.firstNamedChild : child, child),
            spread,
            range: rangeOf(child),
          };
        }),
    },
  );
}

function entriesOf(node: SyntaxNode, reader: Reader): unknown[] {
  return named(node).flatMap((child): unknown[] => {
    if (child.type === 'spread_element')
      return [
        {
          keyRange: rangeOf(child),
          value: reader.expression(child.firstNamedChild, child),
          spread: true,
          range: rangeOf(child),
        },
      ];
    if (child.type === 'shorthand_property_identifier')
      return [
        {
          key: child.text,
          keyRange: rangeOf(child),
          value: reader.expression(child, child),
          spread: false,
          range: rangeOf(child),
        },
      ];
    const key = child.childForFieldName(child.type === 'method_definition' ? 'name' : 'key');
    if (!key) return [];
    const value = child.type === 'method_definition' ? child : child.childForFieldName('value');
    const computed = key.type === 'computed_property_name' ? reader.expression(key.firstNamedChild, key) : undefined;
    const text =
      computed === undefined
        ? key.type === 'string'
          ? cooked(unquoted(key.text))
          : key.text
        : computed.kind === 'string'
          ? computed.value
          : undefined;
    return [
      {
        key: text,
        keyExpression: computed ?? reader.lower(key),
        keyRange: rangeOf(key),
        value: reader.expression(value, child),
        spread: false,
        range: rangeOf(child),
      },
    ];
  });
}

function lowerFunction(node: SyntaxNode, reader: Reader): Node {
  const single = node.childForFieldName('parameter');
  const list = node.childForFieldName('parameters');
  return reader.lazy(
    node,
    {
      kind: 'function',
      name: node.childForFieldName('name')?.text,
      async: /^(export\s+|default\s+|static\s+)*async\b/.test(node.text.slice(0, 40)),
      decorators: [],
    },
    {
      parameters: () =>
        (single ? [single] : list ? named(list) : [])
          .filter((child) => child.type !== 'decorator')
          .map((child) => {
            const pattern = child.childForFieldName('pattern') ?? child.childForFieldName('left') ?? child;
            const rest = pattern.type === 'rest_pattern';
            const target = rest
              ? (pattern.firstNamedChild ?? pattern)
              : pattern.type === 'assignment_pattern'
                ? (pattern.childForFieldName('left') ?? pattern)
                : pattern;
            const fallback =
              child.childForFieldName('value') ??
              child.childForFieldName('right') ??
              pattern.childForFieldName('right');
            return {
              ...(target.type === 'identifier' && { name: target.text }),
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
    { kind: 'class', name: node.childForFieldName('name')?.text, decorators: [] },
    {
      members: () =>
        (body ? named(body) : []).flatMap((child) => {
          const name = child.childForFieldName('name') ?? child.childForFieldName('property');
          if (!name) return [];
          const value = child.type === 'method_definition' ? child : child.childForFieldName('value');
          return [
            {
              name: name.text,
              ...(value && { value: reader.expression(value, child) }),
              range: rangeOf(child),
              static: /^static\b/.test(child.text),
            },
          ];
        }),
    },
  );
}
