/** A policy as a table: single origins, and what each may do. For the view of policies. */
import { checkPreflight, decidePageRequest } from '../browser/fetch-cors.ts';
import { answer } from '../policy/answer.ts';
import { namedHosts } from '../policy/named-hosts.ts';
import type { OriginSet } from '../policy/verdict.ts';
import type { Policy } from '../policy/policy.ts';
import type { Circumstances, CorsRequest } from '../policy/request.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import { circumstancesOfReader, verdictOf } from '../verdict/analyse.ts';
import { readsOf } from '../verdict/readers.ts';
import { asSent } from './layers.ts';
import { waysInto } from './readers-in-words.ts';

/** `sometimes`: under some circumstances. `unknown`: the text does not decide it. */
export type Outcome = 'yes' | 'no' | 'sometimes' | 'unknown';

export interface Cell {
  readonly outcome: Outcome;
  /** Why not, in one plain sentence. */
  readonly why?: string;
}

export interface OriginRow {
  readonly origin: string;
  /**
   * `named` in the policy, of a pattern in it (`matching`), a `stranger` whom it lets in, pages without an origin (`sandboxed`), or a
   * website that nobody names.
   */
  readonly kind: 'named' | 'matching' | 'stranger' | 'sandboxed' | 'other';
  /** The answer to a GET, without cookies and with the user's. */
  readonly read: Cell;
  readonly readWithCookies: Cell;
  /** In the order of the table's methods: whether a preflight for it is answered with yes. */
  readonly preflights: readonly PreflightCell[];
}

export interface PreflightCell extends Cell {
  /** The same for a request with cookies. */
  readonly withCookies: Outcome;
}

export interface PolicyTable {
  readonly methods: readonly string[];
  readonly rows: readonly OriginRow[];
  /** Origins that are named too, and for which there is no room. */
  readonly left: number;
}

const usualMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const mostMethods = 8;
const mostNamed = 25;
/** Asked for in the name of all websites that nobody names. */
export const anyOtherWebsite = 'https://another-website.example';

/** `text` is the document that the policy was read from. */
export function tableOf(read: Policy, text: string): PolicyTable {
  const policy = asSent(read);
  const methods = methodsOf(policy);
  const { readers, credentialedReaders } = verdictOf(policy);
  const ways = [readers, credentialedReaders].map((set) => waysInto(set, policy, text));
  const written = policy.settings.origins.value.flatMap(({ kind, text: origin }) =>
    kind === 'text' && origin !== undefined && inspectOrigin(origin).valid ? [origin] : [],
  );
  const named = [...new Set([...ways.flatMap(({ origins }) => origins), ...written])].filter(
    (origin) => origin !== 'null',
  );
  const strangers = new Set(ways.flatMap(({ stranger }) => stranger ?? []));
  const outside = { domains: [], origins: [...named, ...strangers] };
  const matching = ways.some(({ patterns }) => patterns.length > 0) ? [credentialedReaders, readers] : [];
  const member = matching
    .map((set) => meantMember(set, outside.origins) ?? set.witness(outside))
    .find((origin) => origin !== undefined);
  const row = (kind: OriginRow['kind']) => (origin: string) => rowOf(policy, origin, kind, methods);
  return {
    methods,
    rows: [
      ...named.slice(0, mostNamed).map(row('named')),
      ...(member === undefined ? [] : [member]).map(row('matching')),
      ...[...strangers].map(row('stranger')),
      ...(named.includes(anyOtherWebsite) ? [] : [anyOtherWebsite]).map(row('other')),
      row('sandboxed')('null'),
    ],
    left: Math.max(0, named.length - mostNamed),
  };
}

/** One whom a pattern is for: a host that it spells out, or one below it. */
function meantMember({ test, has }: OriginSet, others: readonly string[]): string | undefined {
  return namedHosts(test)
    .flatMap((host) => [`https://${host}`, `https://app.${host}`])
    .find((origin) => !others.includes(origin) && inspectOrigin(origin).valid && has(origin) === true);
}

/** Those that the policy names, and those that every API has. */
function methodsOf({ settings: { methods } }: Policy): readonly string[] {
  const listed = methods === undefined || methods.value === 'unknown' ? [] : (methods.value ?? []);
  const names = listed.map(({ text }) => text).filter((name) => /^[A-Za-z-]+$/.test(name) && name !== 'OPTIONS');
  return [...new Set([...usualMethods, ...names])].slice(0, mostMethods);
}

function rowOf(policy: Policy, origin: string, kind: OriginRow['kind'], methods: readonly string[]): OriginRow {
  const circumstances = circumstancesOfReader(policy, origin);
  return {
    origin,
    kind,
    read: readCell(policy, origin, false, circumstances),
    readWithCookies: readCell(policy, origin, true, circumstances),
    preflights: methods.map((method) => {
      const [without, withCookies] = [false, true].map((cookies) =>
        preflightCell(policy, { origin, method, cookies }, circumstances),
      ) as [Cell, Cell];
      return { ...without, withCookies: withCookies.outcome };
    }),
  };
}

function readCell(policy: Policy, origin: string, cookies: boolean, circumstances: Circumstances | undefined): Cell {
  const { method } = readsOf(policy);
  const page = { origin, method, headers: [], credentials: cookies ? 'include' : 'omit' } as const;
  const decision = decidePageRequest(page, (request) => answer(policy, request));
  if (decision.readable === true) return { outcome: 'yes' };
  if (decision.readable === false) return { outcome: 'no', why: decision.explanation };
  const under = decidePageRequest(page, (request) => answer(policy, { ...request, circumstances }));
  return { outcome: circumstances !== undefined && under.readable === true ? 'sometimes' : 'unknown' };
}

interface Asked {
  readonly origin: string;
  readonly method: string;
  readonly cookies: boolean;
}

function preflightCell(
  policy: Policy,
  { origin, method, cookies }: Asked,
  circumstances: Circumstances | undefined,
): Cell {
  const asked: CorsRequest = { origin, method: 'OPTIONS', preflight: { method, headers: [] }, cookie: false };
  const result = checkPreflight(origin, method, [], cookies, answer(policy, asked));
  if (result === undefined) return { outcome: 'yes' };
  if (result !== 'unknown') return { outcome: 'no', why: result.explanation };
  if (circumstances === undefined) return { outcome: 'unknown' };
  const under = checkPreflight(origin, method, [], cookies, answer(policy, { ...asked, circumstances }));
  return { outcome: under === undefined ? 'sometimes' : 'unknown' };
}
