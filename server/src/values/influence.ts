/**
 * Whether what an expression evaluates to may depend on the origin that asks: through the Origin header, a parameter
 * that may hold it, or the whole request handed to code that cannot be read. In doubt it does.
 */
import type {
  Assignment,
  Binding,
  Call,
  Expression,
  FunctionExpression,
  Identifier,
  Index,
  Member,
  Node,
  Program,
  Slice,
} from '../syntax/programs/program.ts';
import { encloses } from '../syntax/range.ts';
import { escaped } from '../syntax/programs/name-places.ts';
import { isInConstructor } from './fields.ts';
import { nameOfFunction } from './function-uses.ts';
import type { Inner, Path } from './inner-value.ts';
import { holdsUnknown, originTestsOrUnknownIn } from './inner-value.ts';
import type { Place, Session } from './session.ts';
import { functionAround, sameNode } from './session.ts';
import { lastName } from '../syntax/programs/last-name.ts';

/** Words that checks of the origin have in their names. */
const telling = /origin|cors|referr?er|sec-fetch|sec_fetch|allow|whitelist|trust|permit|same_?site/i;
const requestLike =
  /^\$?_{0,2}(req|request|httprequest|nextrequest|event|evt|e|ctx|context|c|scope|raw|node|http|original|originalrequest|environ)\d?$/i;
const typeOfRequest = /request|exchange|context|headers?/i;
const headerContainers = /^(raw)?_?(request|multivalue)?headers?$|^meta$|^environ$/i;
/** Parameters that hold nothing of the request. */
const responseLike = /^\$?_{0,2}(res|resp|response|reply|next|done|env|app|server|router|err|error)\d?$/i;
/** Parameters that hold settings. */
const settingsLike = /^\$?_{0,2}\w*(opts?|options|config|configuration|cfg|conf|settings|props|defaults|argv)$/i;
const deepest = 14;

export function mayLookAtOrigin(expression: Expression, session: Session, place: Place): boolean {
  return session.influence(() => visit(expression, { session, place, seen: new Set(), depth: 0 }));
}

/** Whether the function may look at the origin by a name from around it; what it is handed is not looked at. */
export function takesOriginAlong(fn: FunctionExpression, session: Session, place: Place): boolean {
  return hasNameOfOrigin(fn, { session, place, seen: new Set(), depth: 0 });
}

/** That what is known of the value says that it does not depend on the origin. */
export function isFreeOfOrigin(value: Inner): boolean {
  return ofValue(value) === false;
}

interface Search {
  readonly session: Session;
  readonly place: Place;
  readonly seen: Set<string>;
  readonly depth: number;
  /** What is looked at was kept by another function, where it lasts longer than one request. */
  readonly isKept?: boolean;
}

function visit(expression: Expression, search: Search): boolean {
  const key = `${expression.range.start}:${expression.range.end}:${expression.kind}:${search.isKept === true}`;
  // A definition that comes back to itself adds nothing that its other parts do not.
  if (search.seen.has(key)) return false;
  if (search.depth > deepest) return true;
  search.seen.add(key);
  const inside: Search = { ...search, depth: search.depth + 1 };
  const any = (...parts: readonly (Expression | undefined)[]): boolean =>
    parts.some((part) => part !== undefined && visit(part, inside));
  switch (expression.kind) {
    // A comparison with "*" asks whether everybody was configured to get in.
    case 'string':
      return expression.value === '*';
    case 'number':
    case 'boolean':
    case 'null':
    case 'regex':
      return false;
    case 'template':
      return any(...expression.holes);
    // Whether there is a request or its headers says nothing of who asks: `event.headers && event.headers.accept`.
    case 'binary':
      return expression.operator === '&&' && isChain(expression.left)
        ? any(expression.right)
        : any(expression.left, expression.right);
    case 'unary':
      return any(expression.operand);
    case 'conditional':
      return any(expression.test, expression.consequent, expression.alternate);
    case 'assignment':
      return any(expression.value);
    case 'list':
      return any(...expression.elements.map(({ value }) => value));
    case 'object':
      return any(...expression.entries.map(({ value }) => value));
    case 'function':
      return telling.test(expression.text) || hasNameOfOrigin(expression, inside);
    case 'class':
    case 'unknown':
      return (
        /\b(req|request|event|ctx|context|headers)\b/i.test(expression.text) ||
        telling.test(expression.text) ||
        hasNameOfOrigin(expression, inside)
      );
    default:
      return ofUnknown(expression, inside);
  }
}

function ofUnknown(expression: Identifier | Member | Index | Slice | Call, search: Search): boolean {
  const value = search.session.value(expression, search.place);
  if (value.kind === 'path') return mayBeOfRequest(value, search);
  // What is compared there with a parameter that nobody knows is asked of the parameter.
  const isOpen = search.isKept === true && value.kind === 'predicate' && holdsUnknown(value.test);
  return (isOpen ? undefined : ofValue(value)) ?? ofParts(expression, search);
}

/** A parameter of a function that keeps something for others is the request where it is called so. */
function mayBeOfRequest(path: Path, { isKept = false }: Search): boolean {
  const isNamedSo = path.role !== undefined || path.names.some((name) => requestLike.test(name) || telling.test(name));
  return isOfRequest(path) && (!isKept || path.root !== 'parameter' || isNamedSo);
}

/** Names that stand alone or before a dot. */
const freeName = /(?<![\w$.])[A-Za-z_$][\w$]*/g;

/** Whether a name in it may be of the origin; of a function, as the callback `(site) => site === asked`, one from around it. */
function hasNameOfOrigin(expression: Expression, search: Search): boolean {
  const program = search.session.homeOf(expression);
  const inside: Search = { ...search, place: { ...search.place, program } };
  const parameters = expression.kind === 'function' ? expression.parameters : [];
  // Parameters of a comprehension stand behind its body.
  const isOwn = ({ nameRange }: Binding): boolean =>
    encloses(expression.range, nameRange) || parameters.some(({ range }) => encloses(range, nameRange));
  const names = new Map([...expression.text.matchAll(freeName)].map(({ 0: name, index }) => [name, index]));
  return [...names.values()].some((index) => {
    const used = program.expressionAt(expression.range.start + index);
    const binding = used?.kind === 'identifier' ? program.resolve(used) : undefined;
    return binding !== undefined && !isOwn(binding) && visit(wholeChain(used!), inside);
  });
}

/** `req.params.id` of its first name. */
function wholeChain(name: Expression): Expression {
  let chain = name;
  while (chain.parent?.kind === 'member' && sameNode(chain.parent.object, chain)) chain = chain.parent;
  return chain;
}

/** Of a name, a member, a piece or a call whose value is not known. */
function ofParts(expression: Identifier | Member | Index | Slice | Call, search: Search): boolean {
  switch (expression.kind) {
    case 'identifier':
      return ofName(expression, search);
    case 'member':
      return (
        telling.test(expression.property) ||
        (!isServiceOfReceiver(expression, search) && visit(expression.object, search))
      );
    case 'index':
      return visit(expression.object, search) || visit(expression.index, search);
    case 'slice':
      return visit(expression.object, search);
    case 'call':
      return ofCall(expression, search);
  }
}

/** `h.users` in a method of `h`: an object that serves all requests keeps none of them, unless the field or its own type says so. */
function isServiceOfReceiver({ object, property }: Member, { place }: Search): boolean {
  const binding = object.kind === 'identifier' ? place.program.resolve(object) : undefined;
  const isReceiver = binding?.parameterOf?.parameters[binding.parameterIndex ?? 0]?.receiver === true;
  const isOfOne = requestLike.test(property) || headerContainers.test(property);
  return isReceiver && !isOfOne && !typeOfRequest.test(binding?.type?.text ?? '');
}

/** `req`, `event.headers`: names and members alone, none of which names the origin. */
export function isChain(expression: Expression): boolean {
  return expression.kind === 'identifier' || expression.kind === 'member'
    ? !telling.test(expression.text) && (expression.kind === 'identifier' || isChain(expression.object))
    : false;
}

/** What the value itself says; undefined where nothing is known of it. */
function ofValue(value: Inner): boolean | undefined {
  switch (value.kind) {
    case 'environment':
    case 'text':
    case 'number':
    case 'boolean':
    case 'nothing':
    case 'pattern':
      return false;
    case 'request':
      return value.input === 'origin' || (value.input !== 'method' && telling.test(value.name ?? ''));
    case 'origin-piece':
    case 'position':
    case 'count':
    case 'type-name':
      return true;
    case 'predicate':
    case 'match':
      return originTestsOrUnknownIn(value.test) ? true : holdsUnknown(value.test) ? undefined : false;
    case 'concatenation':
      return value.parts.some((part) => ofValue(part) ?? true);
    case 'list':
      return value.items.some((item) => ofValue(item) ?? false);
    case 'path':
      return isOfRequest(value);
    case 'function':
      return telling.test(value.function.text) ? true : undefined;
    // Where one of several is chosen, the expression that chooses is looked at.
    case 'one-of':
      return value.choices.some((choice) => ofValue(choice.value) === true) ? true : undefined;
    default:
      return undefined;
  }
}

/** A value of the module or of the environment is the same for every request; of the request, a member is looked at, or all of it. */
export function isOfRequest({ root, names, role }: Path): boolean {
  const last = names.at(-1) ?? '';
  if (role === 'origin' || role === 'headers' || role === 'request' || role === 'context') return true;
  if (root === 'parameter' && isSetting(names)) return false;
  if (names.length === 1)
    return root === 'global' ? requestLike.test(last) && last.length > 1 : !responseLike.test(last);
  const isRequest = root === 'parameter' || requestLike.test(names[0]!);
  return (
    isRequest && (headerContainers.test(last) || requestLike.test(last) || names.some((name) => telling.test(name)))
  );
}

/** Members of options that were handed over, and what names several origins: a request comes from one. */
function isSetting(names: readonly string[]): boolean {
  return settingsLike.test(names[0]!) || (names.length <= 2 && /origins$/i.test(names.at(-1)!));
}

/** What a name was bound to, and what it was bound to later. */
function ofName(identifier: Identifier, search: Search): boolean {
  const binding = search.place.program.resolve(identifier);
  if (binding === undefined)
    return telling.test(identifier.name) || requestLike.test(identifier.name) || /^\$?this$/.test(identifier.name);
  if (binding.import) return false;
  if (binding.kind === 'catch') return mayRefuse(tryAround(identifier) ?? '');
  if (binding.kind === 'parameter') return isParameterOfRequest(binding, search);
  if (binding.kind === 'loop') {
    const over = loopOver(identifier);
    return over === undefined || visit(over, search);
  }
  if (binding.value !== undefined && visit(binding.value, search)) return true;
  return binding.assignments.some((assignment) => {
    // What a constructor is given to keep in a field is the same for every request.
    if (assignment.target.kind === 'member' && isInConstructor(assignment)) return false;
    if (isBehind(assignment, identifier, binding)) return false;
    const kept = isKeptFor(identifier, assignment, search.place.program) ? { ...search, isKept: true } : search;
    return visit(assignment.value, kept) || conditionsAround(assignment).some((test) => visit(test, kept));
  });
}

/** Of a function that keeps something for others, only what is called like a request or its headers is one. */
function isParameterOfRequest({ name, parameterOf, type }: Binding, { isKept = false }: Search): boolean {
  if (parameterOf === undefined) return true;
  if (responseLike.test(name) || isSetting([name])) return false;
  if (!isKept) return true;
  return requestLike.test(name) || telling.test(name) || typeOfRequest.test(type?.text ?? name);
}

/** Whether another function writes what the name holds, neither around the name nor in the same one, which nobody calls in the file. */
function isKeptFor(name: Identifier, assignment: Assignment, { text }: Program): boolean {
  const [reads, writes] = [functionAround(name), functionAround(assignment)];
  if (reads === undefined || writes === undefined) return false;
  if (encloses(reads.range, writes.range) || encloses(writes.range, reads.range)) return false;
  const called = nameOfFunction(writes);
  if (called === undefined) return false;
  const calls = [...text.matchAll(new RegExp(`(?<![\\w$])${escaped(called)}\\s*\\(`, 'g'))];
  // Where it has a name of its own, one of them is its declaration.
  return calls.length === (writes.name === undefined ? 0 : 1);
}

/** Whether the name is always read before the assignment: it stands behind, in the one run of the function that the name belongs to. */
function isBehind(assignment: Assignment, name: Identifier, { nameRange }: Binding): boolean {
  const fn = functionAround(name);
  const isOwn = sameNode(functionAround(assignment), fn) && (fn === undefined || encloses(fn.range, nameRange));
  return isOwn && assignment.range.end > name.range.start && !comesAround(name, assignment);
}

/** Whether a loop has both in it. */
function comesAround(name: Identifier, { range }: Assignment): boolean {
  for (let { parent } = name as Node; parent !== undefined && parent.kind !== 'function'; { parent } = parent)
    if (parent.kind === 'loop' && encloses(parent.range, range)) return true;
  return false;
}

function ofCall(call: Call, search: Search): boolean {
  const { callee } = call;
  const name = lastName(callee);
  if (telling.test(name)) return true;
  const target = search.session.value(callee, search.place);
  const given = call.arguments.some(({ value }) => visit(value, search));
  if (target.kind === 'function') return bodyMayLook(target.function, given);
  if (given) return true;
  if (callee.kind !== 'member') return callee.kind !== 'identifier' && visit(callee, search);
  const owner = search.session.value(callee.object, search.place);
  if (owner.kind === 'path' && mayBeOfRequest(owner, search)) {
    // `req.json()`, `req.accepts('json')` read something else of it.
    return (
      /header|^(get|has|check|is)$/i.test(name) ||
      headerContainers.test(owner.names.at(-1) ?? '') ||
      /^\$?this$/.test(owner.names[0]!) ||
      owner.names[0] === 'self'
    );
  }
  return visit(callee.object, search);
}

/** Code of the workspace: whether its text names the origin, or hands on what it was given. */
function bodyMayLook(fn: FunctionExpression, given: boolean): boolean {
  const text = fn.body?.text ?? '';
  const names = fn.parameters.map(({ name }) => name).filter((name) => name !== undefined);
  if (!given) return telling.test(text) && comesToRequest(text, names);
  if (telling.test(text)) return true;
  return (
    /\bheaders\s*[,)]/.test(text) ||
    names.some((name) => new RegExp(`[(,]\\s*(?:\\.\\.\\.)?${name.replaceAll('$', '\\$')}\\s*[,)]`).test(text))
  );
}

/** Where the origin stands, or a request by one of its names. What is called so is something else where the function was given it. */
const namesOfRequest =
  /origin|cors|referr?er|sec[-_]fetch|\bheaders?\b|\b_?(?:req|request|exchange|event|ctx|context|environ|this|self)\b/gi;

function comesToRequest(text: string, parameters: readonly string[]): boolean {
  return [...text.matchAll(namesOfRequest)].some(([name]) => !parameters.includes(name));
}

/** Words of the language and of logging that stand before a bracket, and methods that read or answer. */
const harmlessWord =
  /^(if|for|while|switch|catch|return|function|await|typeof|console\.\w+|log|(\w+\.)*log(ger)?\.\w+)$/;
const harmlessMethod = new RegExp(
  `\\.(${[
    ...['setHeader', 'header', 'set', 'append', 'writeHead', 'json', 'send', 'end', 'status', 'vary'],
    ...['includes', 'indexOf', 'test', 'match', 'some', 'has', 'get', 'startsWith', 'endsWith', 'push'],
    ...['log', 'info', 'debug', 'warn', 'error'],
  ].join('|')})$`,
);
/** What hands over the origin or the whole request. */
const whole = /(^|[,(])\s*(\.\.\.)?\$?(req|request|event|ctx|context|headers|[\w.]+\.headers|\w*origin\w*)\s*(,|$)/i;

function isHarmless(callee: string): boolean {
  return harmlessWord.test(callee) || harmlessMethod.test(callee);
}

/** Whether the text hands the origin or the whole request to code that may refuse it by an error. */
export function mayRefuse(text: string): boolean {
  for (const [, callee, given] of text.matchAll(/(?<![\w$.])([\w$.]+)\s*\(([^()]*)/g)) {
    if (isHarmless(callee!)) continue;
    if (whole.test(given!) || telling.test(callee!)) return true;
  }
  return false;
}

/** A statement of its own whose name says that it refuses by an error: `assertAllowed(origin)`, `await checkOrigin(req)`. */
export function refusesByError(call: Call): boolean {
  const { callee } = call;
  const name = lastName(callee);
  if (
    isHarmless(callee.text) ||
    !/assert|check|verify|validate|ensure|require|guard|reject|protect|enforce|origin|cors/i.test(name)
  )
    return false;
  return call.arguments.some(({ value }) =>
    /^\$?(req|request|event|ctx|context|headers|[\w.]+\.headers|[\w.]*origin\w*)$/i.test(value.text),
  );
}

function tryAround(node: Node): string | undefined {
  let child: Node = node;
  for (let parent = node.parent; parent !== undefined; parent = parent.parent) {
    if (parent.kind === 'try' && parent.handler !== undefined && sameNode(child, parent.handler))
      return parent.body.text;
    child = parent;
  }
  return undefined;
}

function loopOver(identifier: Identifier): Expression | undefined {
  for (let parent = identifier.parent; parent !== undefined; parent = parent.parent)
    if (parent.kind === 'loop' && parent.item === identifier.name) return parent.over;
  return undefined;
}

/** Tests of the branches that the node stands in, up to its function. */
function conditionsAround(node: Node): Expression[] {
  const tests: Expression[] = [];
  for (let parent = node.parent; parent !== undefined && parent.kind !== 'function'; parent = parent.parent)
    if (parent.kind === 'if' || parent.kind === 'conditional') tests.push(parent.test);
  return tests;
}
