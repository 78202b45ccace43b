/** Lowers calls of Elixir: what stands before a pipe is the first argument, a block the last one, keywords an object. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Argument, Expression, Node } from '../program.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import {
  argumentsOf,
  bareName,
  doBlockOf,
  isBinary,
  isChoice,
  isUnary,
  keywordValue,
  operandOf,
} from './elixir-forms.ts';

/** Functions of a connection are the same with the name of their module and where they are imported. */
const ofConnection = /^(Plug\.)?Conn$/;

export const callLowerings: Lowerings = {
  dot: lowerDot,
  access_call: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'index' },
      {
        object: () => reader.expression(node.childForFieldName('target'), node),
        index: () => reader.expression(node.childForFieldName('key'), node),
      },
    ),
};

/** A call that is not a definition or a choice. */
export const lowerCall: Lowering = (node, reader) =>
  bareName(node) === 'for' ? lowerFor(node, reader) : loweredCall(node, node, reader);

/** `value |> name(others)`, `value |> name`. */
export function lowerPipe(node: SyntaxNode, reader: Reader): Node {
  const right = node.childForFieldName('right');
  return right ? loweredCall(node, right, reader) : reader.lazy(node, { kind: 'unknown' });
}

function loweredCall(at: SyntaxNode, call: SyntaxNode, reader: Reader): Node {
  const list = argumentsOf(call);
  return reader.lazy(
    at,
    {
      kind: 'call',
      isNew: false,
      argumentsRange: list ? rangeOf(list) : { start: call.endIndex, end: call.endIndex },
    },
    {
      callee: () => calleeOf(call, at, reader),
      arguments: () => argumentsIn(at, call, reader),
    },
  );
}

function calleeOf(call: SyntaxNode, at: SyntaxNode, reader: Reader): Expression {
  if (call.type !== 'call') return reader.expression(call, at);
  const target = call.childForFieldName('target');
  // `check.(origin)`
  const isValue = target?.type === 'dot' && target.childForFieldName('right') === null;
  return reader.expression(isValue ? target.childForFieldName('left') : target, at);
}

function argumentsIn(at: SyntaxNode, call: SyntaxNode, reader: Reader): Argument[] {
  const piped = at.id === call.id ? null : at.childForFieldName('left');
  const block = doBlockOf(call);
  return [piped, ...named(argumentsOf(call)).map(withoutGuard), block].flatMap((child): Argument[] =>
    child ? [{ value: reader.expression(child, at), spread: false, range: rangeOf(child) }] : [],
  );
}

/** `plug CORSPlug, [origin: "*"] when action in [:index]`: what is handed over stands before the guard. */
function withoutGuard(child: SyntaxNode): SyntaxNode {
  return (isBinary(child, 'when') && child.childForFieldName('left')) || child;
}

/** `object.name`: a member of a value, or a function of a module. */
function lowerDot(node: SyntaxNode, reader: Reader): Node | undefined {
  const [object, name] = [node.childForFieldName('left'), node.childForFieldName('right')];
  if (!object || !name) return undefined;
  if (ofConnection.test(object.text)) return reader.lazy(node, { kind: 'identifier', name: name.text });
  return reader.lazy(
    node,
    { kind: 'member', property: name.text, propertyRange: rangeOf(name) },
    { object: () => reader.expression(object, node) },
  );
}

/** A dot without brackets behind it reads a member, or calls a function without arguments. */
export function readMember(call: SyntaxNode): SyntaxNode | undefined {
  const target = call.childForFieldName('target');
  const isBare = argumentsOf(call) === null && doBlockOf(call) === null;
  return isBare && target?.type === 'dot' && target.childForFieldName('right') !== null ? target : undefined;
}

/** `origins()` reads like a name. */
export function calledByName(call: SyntaxNode): SyntaxNode | undefined {
  const target = call.childForFieldName('target');
  const isBare = named(argumentsOf(call)).length === 0 && doBlockOf(call) === null;
  return isBare && target?.type === 'identifier' ? target : undefined;
}

/** Whether a block is handed over as a function: of calls that are none of the language's own choices. */
export function isHandedOver(block: SyntaxNode): boolean {
  const owner = block.type === 'do_block' ? block.parent : null;
  return owner?.type === 'call' && !isChoice(owner) && !/^(for|receive|quote)$/.test(bareName(owner) ?? '');
}

/** `for origin <- list, do: …` gives what stands behind it for each member. */
function lowerFor(node: SyntaxNode, reader: Reader): Node {
  const list = argumentsOf(node);
  const [generator, ...others] = named(list).filter(({ type }) => type !== 'keywords');
  if (!list || !isBinary(generator, '<-') || others.length > 0 || !keywordValue(node, 'do'))
    return reader.lazy(node, { kind: 'unknown' });
  const object = reader.made(node, rangeOf(node), { kind: 'identifier', name: 'Enum' });
  const callee = { kind: 'member', object, property: 'map', propertyRange: rangeOf(node) } as const;
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(list) },
    {
      callee: () => reader.made(node, rangeOf(node), callee),
      arguments: () =>
        [generator.childForFieldName('right'), list].map((child) => ({
          value: reader.expression(child, node),
          spread: false,
          range: rangeOf(child ?? node),
        })),
    },
  );
}

/** The arguments of `for` stand for the function that is run for each member. */
export function lowerRound(list: SyntaxNode, reader: Reader): Node | undefined {
  const node = list.parent;
  if (bareName(node) !== 'for' || argumentsOf(node!)?.id !== list.id) return undefined;
  const item = named(list)[0]?.childForFieldName('left');
  const parameters = item
    ? [{ ...(item.type === 'identifier' && { name: item.text }), range: rangeOf(item), rest: false }]
    : [];
  return reader.lazy(
    list,
    { kind: 'function', async: false, decorators: [], parameters },
    { body: () => reader.expression(keywordValue(node!, 'do'), list) },
  );
}

/** `&name/1`, `&Module.name/1`: the function itself. */
export function namedCapture(node: SyntaxNode): SyntaxNode | undefined {
  const operand = isUnary(node, '&') ? operandOf(node) : null;
  const isNamed = isBinary(operand, '/') && operand.childForFieldName('right')?.type === 'integer';
  return isNamed ? (operand.childForFieldName('left') ?? undefined) : undefined;
}
