/** Calls of Rust: those that only turn a value into another type are the value, and those of an `Option` are operators. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { expressionIn } from '../lowering.ts';
import type { Lowerings } from '../lowering.ts';
import type { Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

/** Methods without a meaning for us: what is there afterwards is the same text, list or object. */
const conversions = new Set([
  'as_bytes',
  'as_deref',
  'as_mut',
  'as_ref',
  'as_slice',
  'as_str',
  'borrow',
  'by_ref',
  'clone',
  'cloned',
  'collect',
  'copied',
  'into',
  'into_boxed_str',
  'into_iter',
  'into_owned',
  'into_string',
  'iter',
  'iter_mut',
  'leak',
  'ok',
  'parse',
  'to_owned',
  'to_str',
  'to_string',
  'to_vec',
  'try_into',
  'unwrap',
]);
/** The same with a message, or with what becomes of an error. */
const withMessage = new Set(['expect', 'context', 'with_context', 'map_err', 'ok_or', 'ok_or_else', 'inspect']);
/** Constructors that hold what they are given, and nothing else. */
const holders = new RegExp(
  '^(?:[\\w:]+::)?(?:Some|Ok|Arc::new|Rc::new|Box::new|Cow::(?:Borrowed|Owned|from)|String::from|' +
    'Header(?:Value|Name)::(?:from_static|from_str|from_bytes|try_from|from))$',
);
/** Functions that only turn what they are handed into another type. */
const mapped =
  /^(?:\w+::)*(?:From::from|Into::into|(?:String|Method)::from|(?:str|String|ToString|ToOwned)::to_(?:string|owned))$/;
/** What takes a header as a pair of its name and its value: `insert_header(("Vary", "Origin"))`. */
const takesPair = /^(insert_header|append_header|set_header|add|if_true|add_header)$/;

export const callLowerings: Lowerings = { call_expression: lowerCall };

/** The value that a call only turns into another type. */
export function converted(call: SyntaxNode): SyntaxNode | undefined {
  const given = named(call.childForFieldName('arguments'));
  const method = methodOf(call);
  if (method) {
    const isConversion = given.length === 0 && conversions.has(method.name);
    const isSame =
      isConversion || (given.length === 1 && (withMessage.has(method.name) || isMapped(method, given[0]!)));
    return isSame ? method.object : undefined;
  }
  const callee = call.childForFieldName('function')?.text.replaceAll(/\s+/g, '') ?? '';
  return given.length === 1 && holders.test(callee) ? given[0] : undefined;
}

/** `.map(String::from)`, `.map(From::from)`: each member as another type. */
function isMapped({ name }: Method, conversion: SyntaxNode): boolean {
  return name === 'map' && mapped.test(conversion.text);
}

interface Method {
  readonly object: SyntaxNode;
  readonly name: string;
}

function methodOf(call: SyntaxNode): Method | undefined {
  const written = call.childForFieldName('function');
  const member = written?.type === 'generic_function' ? written.childForFieldName('function') : written;
  const object = member?.type === 'field_expression' ? member.childForFieldName('value') : null;
  const name = member?.childForFieldName('field')?.text;
  return object && name !== undefined ? { object, name } : undefined;
}

function lowerCall(node: SyntaxNode, reader: Reader): Node {
  const method = methodOf(node);
  const own = method && lowerMethod(node, method, reader);
  if (own) return own;
  const list = node.childForFieldName('arguments');
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(list ?? node) },
    {
      callee: expressionIn(node, 'function', reader),
      arguments: () => {
        const given = named(list).filter(({ type }) => type !== 'attribute_item');
        return (pairIn(given, method) ?? given).map((child) => ({
          value: reader.expression(child, child),
          spread: false,
          range: rangeOf(child),
        }));
      },
    },
  );
}

/** The pair's members are the call's own arguments. */
export function isTakenApart(tuple: SyntaxNode): boolean {
  const list = tuple.parent;
  const call = list?.type === 'arguments' ? list.parent : null;
  return call?.type === 'call_expression' && pairIn(named(list), methodOf(call)) !== undefined;
}

function pairIn([only, ...others]: readonly SyntaxNode[], method: Method | undefined): SyntaxNode[] | undefined {
  if (only?.type !== 'tuple_expression' || others.length > 0 || !takesPair.test(method?.name ?? '')) return undefined;
  const pair = named(only);
  return pair.length === 2 ? pair : undefined;
}

/** `a.unwrap_or(b)`, `a.or(b)`, `a.is_some()`. */
function lowerMethod(node: SyntaxNode, { object, name }: Method, reader: Reader): Node | undefined {
  const given = named(node.childForFieldName('arguments'));
  const [first] = given;
  const left = () => reader.expression(object, node);
  const otherwise = (right: () => Expression): Node =>
    reader.lazy(node, { kind: 'binary', operator: '??' }, { left, right });
  const isNothing = (operator: '==' | '!='): Node =>
    reader.lazy(
      node,
      { kind: 'binary', operator },
      { left, right: () => reader.made(node, rangeOf(node), { kind: 'null', undefined: false }) },
    );
  switch (name) {
    case 'unwrap_or':
    case 'or':
      return first && given.length === 1 ? otherwise(() => reader.expression(first, node)) : undefined;
    case 'unwrap_or_else':
    case 'or_else':
      return first && otherwise(() => calledAtOnce(first, node, reader));
    case 'unwrap_or_default':
      return otherwise(() => emptyText(node, reader));
    case 'is_some':
    case 'is_ok':
      return given.length === 0 ? isNothing('!=') : undefined;
    case 'is_none':
    case 'is_err':
      return given.length === 0 ? isNothing('==') : undefined;
    default:
      return undefined;
  }
}

/** What a function gives that is called with nothing, or with an error. */
function calledAtOnce(fn: SyntaxNode, node: SyntaxNode, reader: Reader): Expression {
  const end = { start: fn.endIndex, end: fn.endIndex };
  return reader.made(
    node,
    rangeOf(fn),
    { kind: 'call', isNew: false, arguments: [], argumentsRange: end },
    { callee: () => reader.expression(fn, node) },
  ) as Expression;
}

function emptyText(node: SyntaxNode, reader: Reader): Expression {
  const end = { start: node.endIndex, end: node.endIndex };
  return reader.made(node, end, { kind: 'string', value: '', quote: '"', contentRange: end }) as Expression;
}
