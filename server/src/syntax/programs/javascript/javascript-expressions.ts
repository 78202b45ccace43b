/** Lowers expressions of JavaScript that are made of others. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { expressionIn } from '../lowering.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Argument, BinaryOperator, Node, ObjectEntry } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { cooked, unquoted } from './javascript-text.ts';

const operators: Readonly<Record<string, BinaryOperator>> = {
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

const identifier: Lowering = (node, reader) =>
  node.text === 'undefined'
    ? reader.lazy(node, { kind: 'null', undefined: true })
    : reader.lazy(node, { kind: 'identifier', name: node.text });

export const expressionLowerings: Lowerings = {
  identifier,
  shorthand_property_identifier: identifier,
  this: identifier,
  super: identifier,
  member_expression: lowerMember,
  meta_property: lowerMetaProperty,
  subscript_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'index' },
      { object: expressionIn(node, 'object', reader), index: expressionIn(node, 'index', reader) },
    ),
  call_expression: (node, reader) => lowerCall(node, 'function', reader),
  new_expression: (node, reader) => lowerCall(node, 'constructor', reader),
  binary_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'binary', operator: operators[operatorOf(node)] ?? 'other' },
      { left: expressionIn(node, 'left', reader), right: expressionIn(node, 'right', reader) },
    ),
  unary_expression: lowerUnary,
  ternary_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'conditional' },
      {
        test: expressionIn(node, 'condition', reader),
        consequent: expressionIn(node, 'consequence', reader),
        alternate: expressionIn(node, 'alternative', reader),
      },
    ),
  assignment_expression: (node, reader) => lowerAssignment(node, '=', reader),
  augmented_assignment_expression: (node, reader) => lowerAssignment(node, operatorOf(node), reader),
  object: (node, reader) => reader.lazy(node, { kind: 'object' }, { entries: () => entriesOf(node, reader) }),
  enum_declaration: (node, reader) => reader.lazy(node, { kind: 'object' }, { entries: () => membersOf(node, reader) }),
  array: lowerArray,
};

/** An enum is an object of its members; those without a value have a number that nobody asks for. */
function membersOf(node: SyntaxNode, reader: Reader): ObjectEntry[] {
  const members = named(node.childForFieldName('body') ?? node).filter(({ type }) => type === 'enum_assignment');
  return members.flatMap((member): ObjectEntry[] => {
    const name = member.childForFieldName('name');
    const value = member.childForFieldName('value');
    return name && value
      ? [
          {
            key: cooked(name.type === 'string' ? unquoted(name.text) : name.text),
            keyRange: rangeOf(name),
            value: reader.expression(value, member),
            spread: false,
            range: rangeOf(member),
          },
        ]
      : [];
  });
}

function operatorOf(node: SyntaxNode): string {
  return node.childForFieldName('operator')?.text ?? '';
}

function lowerMember(node: SyntaxNode, reader: Reader): Node {
  const property = node.childForFieldName('property');
  return reader.lazy(
    node,
    { kind: 'member', property: property?.text ?? '', propertyRange: rangeOf(property ?? node) },
    { object: expressionIn(node, 'object', reader) },
  );
}

/** `import.meta`, `new.target`: read as members of a name that nothing declares. */
function lowerMetaProperty(node: SyntaxNode, reader: Reader): Node {
  const [name = '', property = ''] = node.text.split('.').map((part) => part.trim());
  const object = { start: node.startIndex, end: node.startIndex + name.length };
  return reader.lazy(
    node,
    { kind: 'member', property, propertyRange: { start: node.endIndex - property.length, end: node.endIndex } },
    { object: () => reader.made(node, object, { kind: 'identifier', name }) },
  );
}

function lowerAssignment(node: SyntaxNode, operator: string, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'assignment', operator },
    { target: expressionIn(node, 'left', reader), value: expressionIn(node, 'right', reader) },
  );
}

function lowerUnary(node: SyntaxNode, reader: Reader): Node {
  const operator = operatorOf(node);
  if (operator === 'void') return reader.lazy(node, { kind: 'null', undefined: true });
  return reader.lazy(
    node,
    { kind: 'unary', operator: ['!', '-', '~', 'typeof', 'delete'].includes(operator) ? operator : 'other' },
    { operand: expressionIn(node, 'argument', reader) },
  );
}

function lowerCall(node: SyntaxNode, calleeField: 'function' | 'constructor', reader: Reader): Node {
  const list = node.childForFieldName('arguments');
  return reader.lazy(
    node,
    {
      kind: 'call',
      isNew: calleeField === 'constructor',
      argumentsRange: list ? rangeOf(list) : { start: node.endIndex, end: node.endIndex },
    },
    {
      callee: expressionIn(node, calleeField, reader),
      arguments: () => argumentsIn(list, reader),
    },
  );
}

/** A tag, as of `sql`, is handed the template behind it. */
function argumentsIn(list: SyntaxNode | null, reader: Reader): Argument[] {
  if (list?.type === 'template_string') return [argumentOf(list, reader)];
  return list?.type === 'arguments' ? named(list).map((child) => argumentOf(child, reader)) : [];
}

function argumentOf(child: SyntaxNode, reader: Reader): Argument {
  const spread = child.type === 'spread_element';
  return { value: reader.expression(spread ? child.firstNamedChild : child, child), spread, range: rangeOf(child) };
}

function lowerArray(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'list', type: 'list' },
    { elements: () => named(node).map((child) => argumentOf(child, reader)) },
  );
}

function entriesOf(node: SyntaxNode, reader: Reader): ObjectEntry[] {
  return named(node).flatMap((child) => entryOf(child, reader) ?? []);
}

/** Undefined while the key of an entry is not written. */
function entryOf(child: SyntaxNode, reader: Reader): ObjectEntry | undefined {
  const range = rangeOf(child);
  if (child.type === 'spread_element')
    return { keyRange: range, value: reader.expression(child.firstNamedChild, child), spread: true, range };
  if (child.type === 'shorthand_property_identifier')
    return { key: child.text, keyRange: range, value: reader.expression(child, child), spread: false, range };
  const isMethod = child.type === 'method_definition';
  const key = child.childForFieldName(isMethod ? 'name' : 'key');
  if (!key) return undefined;
  return {
    ...keyOf(key, reader),
    keyRange: rangeOf(key),
    value: reader.expression(isMethod ? child : child.childForFieldName('value'), child),
    spread: false,
    range,
  };
}

function keyOf(key: SyntaxNode, reader: Reader): Pick<ObjectEntry, 'key' | 'keyExpression'> {
  if (key.type !== 'computed_property_name') {
    const keyExpression = reader.lower(key) as ObjectEntry['keyExpression'];
    return {
      key: key.type === 'string' ? cooked(unquoted(key.text)) : key.text,
      ...(keyExpression && { keyExpression }),
    };
  }
  const computed = reader.expression(key.firstNamedChild, key);
  return { ...(computed.kind === 'string' && { key: computed.value }), keyExpression: computed };
}
