/**
 * Where a program names a CORS response header: as a call's argument, a key, a pair, an assignment; directly or through
 * a constant. Each place is one write of one header.
 */
import type {
  Assignment,
  Call,
  Expression,
  ListExpression,
  ObjectExpression,
  Program,
  Unary,
} from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { InSteps } from '../in-steps.ts';
import { isHandedToRequests, preparesRequest, roleOf } from './headers-role.ts';
import type { HeaderWrite } from './header-write.ts';
import { corsHeaderName } from './header-write.ts';
import { headerLines } from './header-lines.ts';
import { setterWrites, typedHeaderWrites } from './setter-writes.ts';
import type { WaysOfWriting, WritingCall } from './ways-of-writing.ts';
import { operationOf } from './ways-of-writing.ts';
import { calledName, namesReferring } from './called-names.ts';

/** All writes of CORS headers and `Vary`, in source order. */
export function* findWrites(program: Program, evaluator: Evaluator, ways: WaysOfWriting): InSteps<HeaderWrite[]> {
  const found: HeaderWrite[] = [
    ...headerLines(program, evaluator, ways),
    ...propertyWrites({ program, ways, evaluator }),
    ...setterWrites(program, ways),
    ...typedHeaderWrites(program, ways),
  ];
  const places = new Set(found.map(placeOf));
  const finding: Finding = { program, ways, evaluator };
  yield;
  for (const part of [...namesOfHeaders(program, ways), ...constantNames(program, evaluator, ways)]) {
    const named = wholeName(part, evaluator);
    const write = named && writeAt(named.at, named.name, finding);
    if (write && !places.has(placeOf(write))) {
      places.add(placeOf(write));
      found.push(write);
    }
    yield;
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}

interface Finding {
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly ways: WaysOfWriting;
}

interface NamedHeader {
  readonly name: string;
  readonly at: Expression;
}

/** Every expression that is a header's name: a literal, a constant of the program, one of a library. */
function namesOfHeaders(program: Program, { constants = [] }: WaysOfWriting): NamedHeader[] {
  const written = program.strings(corsHeaderName).flatMap((literal): NamedHeader[] => {
    const name = literal.value.trim();
    const uses = namesReferring(literal, program);
    return uses === undefined ? [{ name, at: literal }] : uses.map((use) => ({ name, at: use }));
  });
  return [...written, ...constants.flatMap((holder) => constantsOf(holder, program))];
}

/** `"Access-Control-" + "Allow-Origin"`, `HEADER.toLowerCase()`: the name that is made of it; undefined where none is. */
function wholeName(part: NamedHeader, evaluator: Evaluator): NamedHeader | undefined {
  let { at } = part;
  for (let around: Expression | undefined = madeOf(at); around; around = madeOf(at)) at = around;
  if (at === part.at) return part;
  const value = evaluator.evaluate(at);
  return value.kind === 'text' && corsHeaderName.test(value.text) ? { name: value.text.trim(), at } : undefined;
}

/** What is made of a text: a longer one, or the same one in other letters. */
function madeOf(text: Expression): Expression | undefined {
  const { parent } = text;
  if (parent?.kind === 'binary') return parent.operator === '+' ? parent : undefined;
  const call = parent?.kind === 'member' && parent.object.range.start === text.range.start ? parent.parent : undefined;
  const isMethod = call?.kind === 'call' && call.callee.range.end === parent?.range.end && call.arguments.length === 0;
  return isMethod ? call : undefined;
}

/** `response.access_control_allow_origin = '*'`. */
function propertyWrites(finding: Finding): HeaderWrite[] {
  const { program, ways } = finding;
  if (ways.properties === undefined) return [];
  return [...program.text.matchAll(ways.properties)].flatMap((match): HeaderWrite[] => {
    const name = spelledOut(match[1]!);
    const at = memberAt(match.index + match[0].indexOf(match[1]!), program);
    const assignment = at?.parent;
    if (name === undefined || at?.kind !== 'member' || assignment?.kind !== 'assignment') return [];
    const isTarget = assignment.target.range.start === at.range.start;
    const write = assignmentWrite(at, name, at.object, assignment, finding);
    return isTarget ? [{ ...write, nameRange: at.propertyRange, form: 'property' }] : [];
  });
}

/** `HttpHeaders.VARY`, `http.header.VARY`, `header::VARY`: the constant is the member of whatever is called so. */
function constantsOf(holder: string, program: Program): NamedHeader[] {
  const found: NamedHeader[] = [];
  for (const match of program.text.matchAll(new RegExp(`\\b${holder}\\s*(?:\\.|::)\\s*(\\w+)`, 'g'))) {
    const name = spelledOut(match[1]!);
    const at = name && memberAt(match.index + match[0].length - 1, program);
    if (name && at) found.push({ name, at });
  }
  return found;
}

/** The member whose own name stands there; in some languages that is an expression by itself. */
function memberAt(offset: number, program: Program): Expression | undefined {
  const at = program.expressionAt(offset);
  const isName = at?.kind === 'identifier' && at.parent?.kind === 'member' && at.parent.range.end === at.range.end;
  return isName ? (at.parent as Expression) : at;
}

/** `Header.AllowOrigin`, `HEADERS.ACAO`: a member of an enum or of an object, in another file too, whose value is a header's name. */
function constantNames(program: Program, evaluator: Evaluator, ways: WaysOfWriting): NamedHeader[] {
  if (ways.named === undefined) return [];
  return [...program.text.matchAll(ways.named)].flatMap((match): NamedHeader[] => {
    const at = program.expressionAt(match.index + match[0].length - 1);
    if ((at?.kind !== 'member' && at?.kind !== 'identifier') || !standsForName(at, ways)) return [];
    const value = evaluator.evaluate(at);
    // A constant that the class inherits is known by how it is spelled.
    const inherited = at.kind === 'identifier' && program.resolve(at) === undefined ? spelledOut(at.name) : undefined;
    const name = value.kind === 'text' ? value.text : inherited;
    return name !== undefined && corsHeaderName.test(name) ? [{ name: name.trim(), at }] : [];
  });
}

/** The place of a name: the argument of a call that writes headers, a computed key, an index that is assigned to. */
function standsForName(at: Expression, ways: WaysOfWriting): boolean {
  const { parent, range } = at;
  switch (parent?.kind) {
    case 'call': {
      const position = parent.arguments.findIndex(({ value }) => value.range.start === range.start);
      return position >= 0 && wayOf(parent, position, ways) !== undefined;
    }
    case 'object':
      return parent.entries.some(({ keyExpression }) => keyExpression?.range.start === range.start);
    case 'index':
      return parent.index.range.start === range.start;
    case 'list':
      return parent.type === 'tuple' && parent.elements[0]?.value.range.start === range.start;
    default:
      return false;
  }
}

/** `ACCESS_CONTROL_ALLOW_ORIGIN` and `AccessControlAllowOrigin` as the header that they name. */
function spelledOut(constant: string): string | undefined {
  const words = constant.includes('_') ? constant.split('_') : constant.split(/(?<=[a-z])(?=[A-Z])/);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('-');
  return corsHeaderName.test(name) ? name : undefined;
}

/** Two writes at one place are one. */
function placeOf({ range, nameRange }: HeaderWrite): string {
  return `${range.start}:${nameRange.start}`;
}

function writeAt(at: Expression, name: string, finding: Finding): HeaderWrite | undefined {
  const { parent } = at;
  switch (parent?.kind) {
    case 'call':
      return callWrite(at, name, parent, finding);
    case 'object':
      return entryWrite(at, name, parent, finding) ?? fieldsWrite(at, name, parent, finding);
    case 'list':
      return pairWrite(at, name, parent, finding);
    case 'index': {
      const holder = parent.parent;
      if (holder?.kind === 'unary' && holder.operator === 'delete')
        return removal(at, name, parent.object, holder, finding);
      return holder?.kind === 'assignment' && holder.target.range.start === parent.range.start
        ? assignmentWrite(at, name, parent.object, holder, finding)
        : undefined;
    }
    default:
      return undefined;
  }
}

function assignmentWrite(
  at: Expression,
  name: string,
  receiver: Expression,
  assignment: Assignment,
  finding: Finding,
): HeaderWrite {
  const { ways } = finding;
  return {
    name,
    nameRange: at.range,
    form: 'assignment',
    operation: 'set',
    value: valueOfField(assignment.value, ways),
    node: assignment,
    range: assignment.range,
    receiver,
    via: '',
    isMade: ways.headersObject.test(receiver.text),
    direction:
      ways.requests.test(receiver.text) || goesToRequest(assignment, receiver, finding) ? 'request' : 'response',
  };
}

/** `delete headers[name]`, `del response[name]`. */
function removal(at: Expression, name: string, receiver: Expression, node: Unary, { ways }: Finding): HeaderWrite {
  return {
    name,
    nameRange: at.range,
    form: 'assignment',
    operation: 'remove',
    value: undefined,
    node,
    range: node.range,
    receiver,
    via: '',
    isMade: ways.headersObject.test(receiver.text),
    direction: ways.requests.test(receiver.text) ? 'request' : 'response',
  };
}

/** Whether what is written to is a request of a client, by its text, by who takes it or by what the function around it is for. */
function goesToRequest(written: Expression, receiver: Expression | undefined, { program, ways }: Finding): boolean {
  if (receiver === undefined) return false;
  return (
    ways.requestHeaders?.test(receiver.text) === true ||
    preparesRequest(written, ways) ||
    (receiver.kind === 'identifier' && ways.preparers !== undefined && isHandedToRequests(receiver, program, ways))
  );
}

function callWrite(at: Expression, name: string, call: Call, finding: Finding): HeaderWrite | undefined {
  const { ways } = finding;
  const position = call.arguments.findIndex(({ value }) => value.range.start === at.range.start);
  const way = wayOf(call, position, ways);
  // One argument asks for a header's value, it does not set one.
  const value = call.arguments[position + 1]?.value;
  if (way === undefined || (value === undefined && way.operation !== 'remove')) return undefined;
  const called = calledName(call);
  return {
    name,
    nameRange: at.range,
    form: 'call',
    operation: operationOf(way, call),
    value: way.operation === 'remove' ? undefined : value,
    node: call,
    range: call.range,
    ...(called.receiver && { receiver: called.receiver }),
    via: called.name,
    isMade: called.receiver !== undefined && ways.headersObject.test(called.receiver.text),
    direction: way.direction ?? (goesToRequest(call, called.receiver, finding) ? 'request' : 'response'),
  };
}

function wayOf(call: Call, position: number, ways: WaysOfWriting): WritingCall | undefined {
  const { name, receiver } = calledName(call);
  return (receiver === undefined ? ways.functions : ways.methods).find(
    (way) =>
      !way.line &&
      (way.position ?? 0) === position &&
      way.name.test(name) &&
      (!(way.on instanceof RegExp) || way.on.test(receiver?.text ?? '')),
  );
}

/** `{ 'Access-Control-Allow-Origin': '*' }`. */
function entryWrite(
  at: Expression,
  name: string,
  object: ObjectExpression,
  { program, ways }: Finding,
): HeaderWrite | undefined {
  const entry = object.entries.find(({ keyRange }) => keyRange.start <= at.range.start && at.range.end <= keyRange.end);
  const role = entry && roleOf(object, program, ways);
  return (
    role && {
      name,
      nameRange: entry.keyRange,
      form: 'entry',
      operation: 'set',
      value: valueOfField(entry.value, ways),
      node: entry.value,
      range: entry.range,
      container: wholeDictionary(object),
      ...role,
    }
  );
}

/** `{ ...(isListed ? { name: value } : {}), Vary: 'Origin' }`: what is spread in under a condition is a part of the whole. */
function wholeDictionary(object: ObjectExpression): ObjectExpression {
  let part: Expression = object;
  while (part.parent?.kind === 'conditional' || part.parent?.kind === 'binary') part = part.parent;
  const { parent, range } = part;
  const isSpread =
    parent?.kind === 'object' &&
    parent.entries.some(({ spread, value }) => spread && value.range.start === range.start);
  return isSpread ? wholeDictionary(parent) : object;
}

/** `{ key: 'Access-Control-Allow-Origin', value: '*' }`, as lists of headers in settings have it. */
function fieldsWrite(
  at: Expression,
  name: string,
  object: ObjectExpression,
  { ways: { fields }, evaluator }: Finding,
): HeaderWrite | undefined {
  const holder = object.entries.find(({ value }) => value.range.start === at.range.start);
  const value = object.entries.find(({ key }) => key === fields?.value);
  const isName = holder?.key !== undefined && fields?.name.includes(holder.key);
  if (!isName || value === undefined || standsUnderName(object, evaluator)) return undefined;
  return {
    name,
    nameRange: at.range,
    form: 'key-value',
    operation: 'set',
    value: value.value,
    node: object,
    range: object.range,
    container: object.parent?.kind === 'list' ? object.parent : object,
    via: '',
    isMade: false,
    direction: 'response',
  };
}

/** The text in `{ value: '*' }` and `[{ key: 'Access-Control-Allow-Origin', value: '*' }]`, as CloudFront's functions write a header. */
function valueOfField(written: Expression, { fields }: WaysOfWriting): Expression {
  const [only, ...others] = written.kind === 'list' ? written.elements : [];
  const field = only !== undefined && others.length === 0 && !only.spread ? only.value : written;
  const value = field.kind === 'object' ? field.entries.find(({ key }) => key === fields?.value)?.value : undefined;
  return value ?? written;
}

/** `[{ key, value }]` under a header's name: the write is the one of that name. */
function standsUnderName(object: ObjectExpression, evaluator: Evaluator): boolean {
  const list = object.parent;
  if (list?.kind !== 'list') return false;
  const { parent } = list;
  if (parent?.kind === 'assignment') {
    const { target } = parent;
    const name = target.kind === 'index' ? evaluator.evaluate(target.index) : undefined;
    return name?.kind === 'text' && corsHeaderName.test(name.text);
  }
  return (
    parent?.kind === 'object' &&
    parent.entries.some(
      ({ key, value }) => key !== undefined && corsHeaderName.test(key) && value.range.start === list.range.start,
    )
  );
}

/** `[['Access-Control-Allow-Origin', '*'], …]`, or names and values one after the other. */
function pairWrite(
  at: Expression,
  name: string,
  list: ListExpression,
  { program, ways }: Finding,
): HeaderWrite | undefined {
  const index = list.elements.findIndex(({ value }) => value.range.start === at.range.start);
  const value = list.elements[index + 1]?.value;
  if (value === undefined || index % 2 !== 0) return undefined;
  const isPair = list.elements.length === 2 && list.parent?.kind === 'list';
  const holder = isPair ? (list.parent as Expression) : list;
  const role = roleOf(holder, program, ways);
  // A plain list of texts is one of headers only where something takes it as that.
  if (role === undefined || (role.via === '' && !isPair)) return undefined;
  return {
    name,
    nameRange: at.range,
    form: 'pair',
    operation: 'append',
    value,
    node: list,
    range: isPair ? list.range : { start: at.range.start, end: value.range.end },
    container: holder,
    ...role,
  };
}
