/** Lowers functions and classes of JavaScript. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Lowerings } from '../lowering.ts';
import type { ClassExpression, Expression, Node, Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

export const functionLowerings: Lowerings = {
  arrow_function: lowerFunction,
  function_expression: lowerFunction,
  function: lowerFunction,
  function_declaration: lowerFunction,
  generator_function: lowerFunction,
  generator_function_declaration: lowerFunction,
  method_definition: lowerFunction,
  class: lowerClass,
  class_declaration: lowerClass,
  abstract_class_declaration: lowerClass,
};

function lowerFunction(node: SyntaxNode, reader: Reader): Node {
  const single = node.childForFieldName('parameter');
  const list = node.childForFieldName('parameters');
  const start = node.startIndex;
  const head = (single ?? list)?.startIndex ?? node.endIndex;
  return reader.lazy(
    node,
    {
      kind: 'function',
      name: node.childForFieldName('name')?.text,
      async: /^(export\s+|default\s+|static\s+)*async\b/.test(reader.text.slice(start, Math.min(start + 40, head))),
    },
    {
      decorators: () => decoratorsOf(node, reader),
      parameters: () =>
        (single ? [single] : list ? named(list) : [])
          .filter((child) => child.type !== 'decorator')
          .map((child) => parameterOf(child, reader)),
      body: () => {
        const body = node.childForFieldName('body');
        return body ? reader.lower(body) : undefined;
      },
    },
  );
}

/** TypeScript has those of a method in front of it, and both languages may have those of a class in front of its `export`. */
function decoratorsOf(node: SyntaxNode, reader: Reader): Expression[] {
  const own = named(node).filter(isDecorator);
  const { parent } = node;
  const inFront = parent && /^(class_body|export_statement)$/.test(parent.type) ? decoratorsBefore(node, parent) : [];
  return [...inFront, ...own].map((decorator) => reader.expression(named(decorator)[0], decorator));
}

function decoratorsBefore(node: SyntaxNode, parent: SyntaxNode): SyntaxNode[] {
  const siblings = named(parent);
  const before = siblings.slice(
    0,
    siblings.findIndex(({ id }) => id === node.id),
  );
  return before.slice(before.findLastIndex((sibling) => !isDecorator(sibling)) + 1);
}

function isDecorator({ type }: SyntaxNode): boolean {
  return type === 'decorator';
}

/** Its pattern stands in one of several fields, by whether it has a type or a default. */
function parameterOf(child: SyntaxNode, reader: Reader): Parameter {
  const pattern = child.childForFieldName('pattern') ?? child.childForFieldName('left') ?? child;
  const target = targetOf(pattern);
  const fallback =
    child.childForFieldName('value') ?? child.childForFieldName('right') ?? pattern.childForFieldName('right');
  return {
    ...(target.type === 'identifier' && { name: target.text }),
    range: rangeOf(child),
    ...(fallback && { fallback: reader.expression(fallback, child) }),
    rest: pattern.type === 'rest_pattern',
  };
}

function targetOf(pattern: SyntaxNode): SyntaxNode {
  if (pattern.type === 'rest_pattern') return pattern.firstNamedChild ?? pattern;
  return pattern.type === 'assignment_pattern' ? (pattern.childForFieldName('left') ?? pattern) : pattern;
}

function lowerClass(node: SyntaxNode, reader: Reader): Node {
  const body = node.childForFieldName('body');
  return reader.lazy(
    node,
    { kind: 'class', name: node.childForFieldName('name')?.text },
    {
      decorators: () => decoratorsOf(node, reader),
      members: () =>
        (body ? named(body) : []).flatMap((child) => [
          ...parameterFields(child, reader),
          ...classMember(child, reader),
        ]),
    },
  );
}

/** `constructor(private readonly origins = ['*'])` of TypeScript: a parameter that is a field as well. */
function parameterFields(method: SyntaxNode, reader: Reader): ClassExpression['members'] {
  const list = method.childForFieldName('parameters');
  if (method.childForFieldName('name')?.text !== 'constructor' || list === null) return [];
  return named(list).flatMap((child) => {
    const isField = child.children.some((one) =>
      /^(accessibility_modifier|readonly|override_modifier)$/.test(one?.type ?? ''),
    );
    const name = child.childForFieldName('pattern');
    return isField && name?.type === 'identifier'
      ? [{ name: name.text, value: reader.expression(name, child), range: rangeOf(child), static: false }]
      : [];
  });
}

function classMember(child: SyntaxNode, reader: Reader): ClassExpression['members'] {
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
}
