/** What a dictionary or list of headers is for: found by climbing to the call, the entry or the constant that holds it. */
import type { Call, Expression, FunctionExpression, Identifier, Node, Program } from '../../syntax/programs/program.ts';
import { calledName, isCalled, namesReferring } from './called-names.ts';
import type { HeaderWrite } from './header-write.ts';
import type { CalledName, WaysOfWriting } from './ways-of-writing.ts';

export type HeadersRole = Pick<HeaderWrite, 'direction' | 'via' | 'receiver' | 'isMade'>;

/** Holders around the dictionary that are looked at. */
const highest = 8;
const comparisons = new Set(['==', '!=', 'in', 'not in', '<=', '>=']);
const ofResponse: HeadersRole = { direction: 'response', via: '', isMade: false };
const ofRequest: HeadersRole = { direction: 'request', via: '', isMade: false };

/** What only who asks sends, and what is sent by both. */
const ofClients = /^(user-agent|referer|cookie|host|sec-fetch-\w+)$/i;
const askedWith = /^(origin|accept|authorization|accept-(language|encoding))$/i;

/** `{ 'User-Agent': …, Referer: …, Origin: … }`: headers that a program sends as if it were a browser. */
function isOfClient(holder: Expression): boolean {
  if (holder.kind !== 'object') return false;
  const keys = holder.entries.map(({ key }) => key ?? '');
  return keys.some((key) => ofClients.test(key)) && keys.some((key) => askedWith.test(key));
}

/** Undefined where the headers are neither sent nor received, but compared. */
export function roleOf(holder: Expression, program: Program, ways: WaysOfWriting, level = 0): HeadersRole | undefined {
  const { parent } = holder;
  if (level === 0 && (isOfClient(holder) || preparesRequest(holder, ways))) return ofRequest;
  if (parent === undefined || level > highest) return ofResponse;
  switch (parent.kind) {
    case 'call':
      return roleInCall(parent, program, ways, level);
    case 'object': {
      const entry = parent.entries.find(({ value }) => value.range.start === holder.range.start);
      const isHeaders = entry?.spread || (entry?.key !== undefined && /headers$/i.test(entry.key));
      const { requestKeys, requestEntries, readElsewhere } = ways;
      if (entry?.key === 'headers' && parent.entries.some(({ key }) => requestKeys?.test(key ?? ''))) return ofRequest;
      if (entry?.key === 'headers' && readElsewhere?.(parent)) return undefined;
      if (requestEntries?.test(entry?.key ?? '')) return ofRequest;
      return isHeaders ? roleOf(parent, program, ways, level + 1) : ofResponse;
    }
    case 'declaration':
    case 'assignment':
      return roleOfConstant(namesReferring(holder, program) ?? [], program, ways, level);
    case 'binary':
      // `assert headers == {…}` sends nothing.
      return comparisons.has(parent.operator) ? undefined : roleOf(parent, program, ways, level + 1);
    case 'conditional':
      return roleOf(parent, program, ways, level + 1);
    default:
      return ofResponse;
  }
}

/** Whether what stands here is run to prepare a client's request: `prepareHeaders: (headers) => …`, `setContext(() => …)`. */
export function preparesRequest(node: Node, ways: WaysOfWriting): boolean {
  const { preparers = [] } = ways;
  if (preparers.length === 0) return false;
  for (let around: Node | undefined = node; around !== undefined; around = around.parent)
    if (around.kind === 'function' && isPreparer(around, ways)) return true;
  return false;
}

function isPreparer(prepares: FunctionExpression, ways: WaysOfWriting): boolean {
  let holder: Node = prepares;
  while (holder.parent?.kind === 'list') holder = holder.parent;
  const { parent } = holder;
  if (parent?.kind === 'call')
    return ways.preparers!.some(({ key, of }) => key === undefined && of !== undefined && isCalled(of, parent));
  if (parent?.kind !== 'object') return false;
  const key = parent.entries.find(({ value }) => value.range.start === holder.range.start)?.key ?? '';
  return ways.preparers!.some((one) => one.key?.test(key) && (one.of === undefined || isHandedTo(parent, one.of)));
}

/** Whether the object is an argument of such a call, or stands in one that is. */
function isHandedTo(object: Expression, taker: CalledName): boolean {
  let holder: Node = object;
  while (holder.parent?.kind === 'object' || holder.parent?.kind === 'list') holder = holder.parent;
  return holder.parent?.kind === 'call' && isCalled(taker, holder.parent);
}

/** Whether an object of headers is handed to requests and to nothing else: `const headers = new Headers(); … fetch(url, { headers })`. */
export function isHandedToRequests(headers: Identifier, program: Program, ways: WaysOfWriting): boolean {
  // What a handler is given is an answer or a request by itself, and nobody has to look through the file for who else has it.
  if (isParameter(headers)) return false;
  const binding = program.resolve(headers);
  if (binding === undefined) return false;
  const handedOver = program
    .references(binding)
    .filter(({ parent, range }) => parent?.kind !== 'member' || parent.object.range.start !== range.start);
  const taken = handedOver.filter(({ parent }) => parent?.kind !== 'declaration');
  return taken.length > 0 && taken.every((use) => roleOf(use, program, ways)?.direction === 'request');
}

function isParameter({ name, parent }: Identifier): boolean {
  for (let around: Node | undefined = parent; around !== undefined; around = around.parent)
    if (around.kind === 'function' && around.parameters.some((parameter) => parameter.name === name)) return true;
  return false;
}

/** A constant is a request's where every use is one, and a response's by its most telling use. */
function roleOfConstant(
  uses: readonly Expression[],
  program: Program,
  ways: WaysOfWriting,
  level: number,
): HeadersRole {
  const roles = uses
    .map((use) => roleOf(use, program, ways, level + 1))
    .filter((role): role is HeadersRole => role !== undefined);
  const [first] = roles;
  if (first !== undefined && roles.every(({ direction }) => direction === 'request')) return first;
  const responses = roles.filter(({ direction }) => direction === 'response');
  return responses.find(({ via }) => via !== '') ?? responses[0] ?? ofResponse;
}

function roleInCall(call: Call, program: Program, ways: WaysOfWriting, level: number): HeadersRole | undefined {
  const { name, receiver } = calledName(call);
  const taker = ways.takers.find((one) => isCalled(one, call) && (!one.isNew || call.isNew));
  const writes = { direction: 'response', via: name, receiver, isMade: isHeadersObject(receiver, ways) } as const;
  switch (taker?.is) {
    case 'neither':
      return undefined;
    case 'request':
      return { direction: 'request', via: name, isMade: false };
    case 'headers': {
      const role = roleOf(call, program, ways, level + 1);
      return role === undefined || role.via === '' ? { direction: 'response', via: name, isMade: true } : role;
    }
    case 'response':
      return { direction: 'response', via: name, isMade: true };
    case 'writes':
      return writes;
    default:
      return ways.methods.some((way) => !way.direction && way.name.test(name)) ? writes : ofResponse;
  }
}

function isHeadersObject(receiver: Expression | undefined, { headersObject }: WaysOfWriting): boolean {
  return receiver !== undefined && headersObject.test(receiver.text);
}
