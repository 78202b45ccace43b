/** What a dictionary or list of headers is for: found by climbing to the call, the entry or the constant that holds it. */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import { calledName, isCalled, namesReferring } from './called-names.ts';
import type { HeaderWrite } from './header-write.ts';
import type { WaysOfWriting } from './ways-of-writing.ts';

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
  if (level === 0 && isOfClient(holder)) return ofRequest;
  if (parent === undefined || level > highest) return ofResponse;
  switch (parent.kind) {
    case 'call':
      return roleInCall(parent, program, ways, level);
    case 'object': {
      const entry = parent.entries.find(({ value }) => value.range.start === holder.range.start);
      const isHeaders = entry?.spread || (entry?.key !== undefined && /headers$/i.test(entry.key));
      const { requestKeys } = ways;
      if (entry?.key === 'headers' && parent.entries.some(({ key }) => requestKeys?.test(key ?? ''))) return ofRequest;
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
