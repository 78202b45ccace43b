/** What a policy means for pages: it partitions the origins by what the server answers them. */
import { decidePageRequest, passesPreflight } from '../browser/fetch-cors.ts';
import { answer } from '../policy/answer.ts';
import { circumstancesFor } from '../policy/circumstances.ts';
import { lazily } from '../policy/lazily.ts';
import { restrict } from '../policy/origin-language.ts';
import {
  boundsWithinUniverse,
  findWitness,
  originSet,
  simpleGet,
  simpleGetWithCookie,
  simplePreflight,
} from '../policy/origin-set.ts';
import type { KnownOriginSet, RequestShape } from '../policy/origin-set.ts';
import type { HeaderRule, Policy } from '../policy/policy.ts';
import type { Circumstances } from '../policy/request.ts';
import { all, always, never, not, originEquals, some, unknown } from '../policy/request-test.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { OriginSet, Ternary, Verdict } from '../policy/verdict.ts';
import type { Outside } from '../policy/witness.ts';

type Rules = Pick<Policy, 'headers' | 'statuses'>;

/** One field line: a text, the request's Origin, or something that is not known. */
type Line = { readonly text: string } | 'request-origin' | 'unknown';
/** What a header holds under a condition. No lines: it is not sent. */
interface Outcome {
  readonly lines: readonly Line[];
  readonly when: RequestTest;
}

const verdicts = new WeakMap<Rules, Verdict>();

/** The verdict on a policy. Each member is computed when it is first read. */
export function verdictOf(policy: Rules): Verdict {
  let verdict = verdicts.get(policy);
  if (verdict === undefined) verdicts.set(policy, (verdict = createVerdict(policy)));
  return verdict;
}

/** A readable member of the set, outside of what is trusted, that both the server's model and the browser's let read. */
export function provenWitness(
  policy: Rules,
  set: OriginSet,
  outside: Outside,
  options: { readonly credentials: boolean },
): string | undefined {
  const bounds = boundsWithinUniverse(set.test);
  const accept = (origin: string): Ternary => set.has(origin) === true && canRead(policy, origin, options);
  return findWitness(set.test, outside, accept, bounds);
}

/** Whether a page of this origin can certainly read the answer to a simple GET. */
export function canRead(policy: Rules, origin: string, options: { readonly credentials: boolean }): boolean {
  const credentials = options.credentials ? 'include' : 'omit';
  const { readable, credentialed } = formulasOf(policy);
  const circumstances = options.credentials
    ? circumstancesFor(credentialed(), { ...simpleGetWithCookie, origin })
    : circumstancesFor(readable(), { ...simpleGet, origin });
  const decision = decidePageRequest({ origin, method: 'GET', headers: [], credentials }, (request) =>
    answer(policy, { ...request, circumstances }),
  );
  return decision.readable === true;
}

/** Circumstances under which this origin reads, with or without cookies; undefined where there are none that are known. */
export function circumstancesOfReader(policy: Rules, origin: string): Circumstances | undefined {
  const { readable, credentialed } = formulasOf(policy);
  return (
    circumstancesFor(credentialed(), { ...simpleGetWithCookie, origin }) ??
    circumstancesFor(readable(), { ...simpleGet, origin })
  );
}

/** The same under all circumstances: nothing but the request itself decides. */
export function canAlwaysRead(policy: Rules, origin: string, options: { readonly credentials: boolean }): boolean {
  const decision = decidePageRequest(
    { origin, method: 'GET', headers: [], credentials: options.credentials ? 'include' : 'omit' },
    (request) => answer(policy, request),
  );
  return decision.readable === true;
}

/** An origin outside of what is trusted whose preflights for requests with cookies certainly succeed. */
export function provenSender(policy: Rules, set: OriginSet, outside: Outside): string | undefined {
  const asks = { method: simplePreflight.preflight!.method, headers: [], credentials: true };
  const sends = (origin: string): boolean => {
    const circumstances = circumstancesFor(formulasOf(policy).sends(), { ...simplePreflight, origin });
    return passesPreflight({ ...asks, origin }, (request) => answer(policy, { ...request, circumstances })) === true;
  };
  const accept = (origin: string): Ternary => set.has(origin) === true && sends(origin);
  return findWitness(set.test, outside, accept, boundsWithinUniverse(set.test));
}

interface Formulas {
  readable(): RequestTest;
  credentialed(): RequestTest;
  sends(): RequestTest;
}

const formulas = new WeakMap<Rules, Formulas>();

/** Who reads and who sends, as conditions with their circumstances. Each is made when it is first asked for. */
function formulasOf(policy: Rules): Formulas {
  let known = formulas.get(policy);
  if (known === undefined) {
    known = {
      readable: lazily(() => readableWhen(policy, simpleGet)),
      credentialed: lazily(() => credentialedWhen(policy)),
      sends: lazily(() => credentialedWhen(policy, simplePreflight)),
    };
    formulas.set(policy, known);
  }
  return known;
}

function createVerdict(policy: Rules): Verdict {
  const { readable, credentialed, sends } = formulasOf(policy);
  const readers = lazily(() => originSet(readable(), simpleGet));
  const credentialedReaders = lazily(() => originSet(credentialed(), simpleGetWithCookie));
  const credentials = lazily(() => originSet(credentialsTrueWhen(policy)).inhabited);
  const vary = lazily(() => varyMissing(policy));
  const wildcard = lazily(
    () => originSet(all([wildcardWhen(policy, simpleGetWithCookie), credentialsTrueWhen(policy)])).inhabited,
  );
  const wildcardInPreflight = lazily(
    () =>
      originSet(all([wildcardWhen(policy, simplePreflight), credentialsTrueWhen(policy, simplePreflight)])).inhabited,
  );
  const senders = lazily(() => originSet(sends(), simplePreflight));
  return {
    get readers() {
      return readers();
    },
    get credentialedReaders() {
      return credentialedReaders();
    },
    get anyone() {
      return readers().everything;
    },
    get anyoneWithCredentials() {
      return credentialedReaders().everything;
    },
    get credentials() {
      return credentials();
    },
    get varyMissing() {
      return vary();
    },
    get wildcardWithCredentials() {
      return wildcard();
    },
    get wildcardWithCredentialsInPreflight() {
      return wildcardInPreflight();
    },
    get credentialedSenders() {
      return senders();
    },
    get anyoneSendsWithCredentials() {
      return senders().everything;
    },
  };
}

function readableWhen(policy: Rules, shape: RequestShape): RequestTest {
  return all([
    some(outcomesOf(policy, 'access-control-allow-origin', shape).map((outcome) => allowedWhen(outcome, true))),
    not(restrict(refusedWhen(policy), shape)),
  ]);
}

function credentialedWhen(policy: Rules, shape: RequestShape = simpleGetWithCookie): RequestTest {
  const allowed = outcomesOf(policy, 'access-control-allow-origin', shape).map((outcome) =>
    allowedWhen(outcome, false),
  );
  return all([some(allowed), credentialsTrueWhen(policy, shape), not(restrict(refusedWhen(policy), shape))]);
}

function wildcardWhen(policy: Rules, shape: RequestShape): RequestTest {
  return some(
    outcomesOf(policy, 'access-control-allow-origin', shape).map(({ lines, when }) => {
      if (lines.length !== 1) return never;
      return lines[0] === 'unknown' ? all([when, unknown()]) : textOf(lines[0]) === '*' ? when : never;
    }),
  );
}

function credentialsTrueWhen(policy: Rules, shape: RequestShape = simpleGetWithCookie): RequestTest {
  return some(
    outcomesOf(policy, 'access-control-allow-credentials', shape).map(({ lines, when }) => {
      if (lines.includes('unknown')) return all([when, unknown()]);
      return lines.length === 1 && textOf(lines[0]) === 'true' ? when : never;
    }),
  );
}

/** The origins that the outcome lets in: the header is theirs, or `*` where that counts. */
function allowedWhen({ lines, when }: Outcome, wildcardCounts: boolean): RequestTest {
  const [line] = lines;
  // Two lines are joined by a comma, which is no origin.
  if (line === undefined || lines.length > 1) return never;
  if (line === 'unknown') return all([when, unknown()]);
  if (line === 'request-origin') return when;
  const text = line.text.trim();
  if (text === '*') return wildcardCounts ? when : never;
  return all([when, originEquals(text)]);
}

/**
 * An answer that depends on Origin needs `Vary: Origin`, or a cache gives one site's answer to another. The same text
 * for everybody needs none; for an allowlist, the answers that let somebody in are the ones that count.
 */
function varyMissing(policy: Rules): Ternary {
  const outcomes = outcomesOf(policy, 'access-control-allow-origin', simpleGet);
  const depends = outcomes.some(({ lines, when }) => lines.includes('request-origin') || dependsOnOrigin(when));
  if (!depends) return outcomes.some(({ lines }) => lines.includes('unknown')) ? 'unknown' : false;
  const allowed = some(
    outcomes
      .filter(({ lines }) => lines.length > 0)
      .map(({ lines, when }) => (lines.includes('unknown') ? all([when, unknown()]) : when)),
  );
  const unvaried = some(
    outcomesOf(policy, 'vary', simpleGet).map(({ lines, when }) => {
      if (lines.some((line) => variesByOrigin(textOf(line)))) return never;
      return lines.includes('unknown') ? all([when, unknown()]) : when;
    }),
  );
  return originSet(all([allowed, unvaried])).inhabited;
}

function variesByOrigin(value: string | undefined): boolean {
  return (value ?? '').split(',').some((name) => ['origin', '*'].includes(name.trim().toLowerCase()));
}

function dependsOnOrigin(test: RequestTest): boolean {
  switch (test.kind) {
    case 'origin':
      return true;
    case 'not':
      return dependsOnOrigin(test.test);
    case 'all':
    case 'some':
      return test.tests.some(dependsOnOrigin);
    default:
      return false;
  }
}

/** What one header holds in the answers to this kind of request, as a partition of the origins. */
function outcomesOf(policy: Rules, name: string, shape: RequestShape): readonly Outcome[] {
  const success = restrict(successWhen(policy), shape);
  let outcomes: readonly Outcome[] = [{ lines: [], when: always }];
  for (const rule of policy.headers) {
    if (rule.name !== name) continue;
    const when = restrict(rule.statuses === 'success' ? all([rule.when, success]) : rule.when, shape);
    if (when.kind === 'never') continue;
    outcomes = merged(
      outcomes.flatMap((outcome) => [
        { lines: applied(rule, outcome.lines), when: all([outcome.when, when]) },
        { lines: outcome.lines, when: all([outcome.when, not(when)]) },
      ]),
    );
  }
  return outcomes;
}

/** Outcomes with the same lines become one. */
function merged(outcomes: readonly Outcome[]): readonly Outcome[] {
  const byLines = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    if (outcome.when.kind === 'never') continue;
    const key = JSON.stringify(outcome.lines);
    const other = byLines.get(key);
    byLines.set(key, other ? { ...outcome, when: some([other.when, outcome.when]) } : outcome);
  }
  return [...byLines.values()];
}

function applied(rule: HeaderRule, before: readonly Line[]): readonly Line[] {
  if (rule.operation === 'remove') return [];
  const line = lineOf(rule);
  if (line === undefined) return before;
  if (rule.operation === 'set') return [line];
  if (rule.operation === 'default') return before.length > 0 ? before : [line];
  if (rule.operation === 'merge' && rule.name !== 'vary' && before.length > 0) {
    const texts = [...before, line].map(textOf);
    return texts.includes(undefined) ? ['unknown'] : [{ text: texts.join(', ') }];
  }
  return [...before, line];
}

function lineOf({ value }: HeaderRule): Line | undefined {
  switch (value.kind) {
    case 'text':
      return { text: value.text };
    case 'request-origin':
      return 'request-origin';
    case 'unknown':
      return 'unknown';
    case 'request-header':
      if (value.name.toLowerCase() === 'origin') return 'request-origin';
      // A simple request asks for no method and no headers.
      return value.name.toLowerCase().startsWith('access-control-request-') ? undefined : 'unknown';
  }
}

function textOf(line: Line | undefined): string | undefined {
  return typeof line === 'object' ? line.text.trim() : undefined;
}

/** When the status lets headers without `always` through; what the application decides is taken as a success. */
function successWhen(policy: Rules): RequestTest {
  const success = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);
  return policy.statuses.reduceRight<RequestTest>(
    (rest, { when, status }) => (status === null || success.has(status) ? some([when, rest]) : all([not(when), rest])),
    always,
  );
}

/** When the server itself answers with an error: there is nothing to read, whatever headers it carries. */
function refusedWhen(policy: Rules): RequestTest {
  return policy.statuses.reduceRight<RequestTest>(
    (rest, { when, status }) => (status !== null && status >= 400 ? some([when, rest]) : all([not(when), rest])),
    never,
  );
}

export type { KnownOriginSet };
