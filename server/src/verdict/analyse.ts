/** What a policy means for pages: it partitions the origins by what the server answers them. */
import { decidePageRequest, passesPreflight } from '../browser/fetch-cors.ts';
import { answer } from '../policy/answer.ts';
import { BoundedCache } from '../policy/bounded-cache.ts';
import { circumstancesFor, hasCircumstances } from '../policy/circumstances.ts';
import { identityOf } from '../policy/condition-identity.ts';
import type { Bounds } from '../policy/origin-language.ts';
import { intersection, isBudgetError } from '../policy/patterns/automaton.ts';
import { lazily } from '../policy/lazily.ts';
import { boundsWithinUniverse, findWitness, originSet, simplePreflight } from '../policy/origin-set.ts';
import type { KnownOriginSet } from '../policy/origin-set.ts';
import type { Circumstances, CorsRequest } from '../policy/request.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { OriginSet, Ternary, Verdict } from '../policy/verdict.ts';
import type { Outside } from '../policy/witness.ts';
import type { Rules } from './header-states.ts';
import { identityOfRules, rulesAlone } from './rules-identity.ts';
import {
  credentialsTrueWhen,
  formulasOf,
  readsOf,
  varyMissing,
  varyMissingFromRefusals,
  wildcardWithCredentialsWhen,
} from './readers.ts';

/** As many as a large file has policies, and a few words for each. */
const mostRemembered = 500;
const verdictsByRules = new BoundedCache<Verdict, number>(mostRemembered);
const witnesses = new BoundedCache<string | undefined>(4 * mostRemembered);

/**
 * The verdict on a policy. Each member is computed when it is first read, once for all policies that say the same: the places that
 * its conditions name may be those of an earlier text.
 */
export function verdictOf(policy: Rules): Verdict {
  return verdictsByRules.get(identityOfRules(policy), () => createVerdict(rulesAlone(policy)));
}

/** A readable member of the set, outside of what is trusted, that both the server's model and the browser's let read. */
export function provenWitness(
  policy: Rules,
  set: OriginSet,
  outside: Outside,
  options: { readonly credentials: boolean },
): string | undefined {
  const { readers, credentialedReaders } = verdictOf(policy);
  const accept = (origin: string): Ternary => set.has(origin) === true && canRead(policy, origin, options);
  const { domains, origins } = outside;
  const key = JSON.stringify([identityOfRules(policy), identityOf(set.test), domains, origins, options.credentials]);
  return witnesses.get(key, () =>
    witnessAmong(set, options.credentials ? credentialedReaders : readers, outside, accept),
  );
}

/** A witness of the set that is one of the others too, as far as languages tell. */
function witnessAmong(
  set: OriginSet,
  others: OriginSet,
  outside: Outside,
  accept: (origin: string) => Ternary,
): string | undefined {
  if (others.isEmpty) return undefined;
  return findWitness(set.test, outside, accept, () => withinBoth(set, others));
}

/** Undefined where the languages need more states than the budget. */
function withinBoth(set: OriginSet, others: OriginSet): Bounds | undefined {
  const [own, other] = [set, others].map(({ test }) => boundsWithinUniverse(test));
  if (own === undefined || other === undefined || set.test === others.test) return own;
  try {
    return { lower: intersection(own.lower, other.upper), upper: intersection(own.upper, other.upper) };
  } catch (error) {
    if (isBudgetError(error)) return own;
    throw error;
  }
}

/** Whether a page of this origin can certainly read the answer to a simple GET, or to the method by which the policy is judged. */
export function canRead(policy: Rules, origin: string, options: { readonly credentials: boolean }): boolean {
  const credentials = options.credentials ? 'include' : 'omit';
  const { readable, credentialed } = formulasOf(policy);
  const { method, plain, withCookie } = readsOf(policy);
  const circumstances = options.credentials
    ? neededCircumstances(credentialed(), { ...withCookie, origin })
    : neededCircumstances(readable(), { ...plain, origin });
  const decision = decidePageRequest({ origin, method, headers: [], credentials }, (request) =>
    answer(policy, { ...request, circumstances }),
  );
  return decision.readable === true;
}

/** Where nothing depends on circumstances, the answer says by itself whether the origin reads. */
function neededCircumstances(test: RequestTest, request: CorsRequest): Circumstances | undefined {
  return hasCircumstances(test) ? circumstancesFor(test, request) : undefined;
}

/** Circumstances under which this origin reads, with or without cookies; undefined where there are none that are known. */
export function circumstancesOfReader(policy: Rules, origin: string): Circumstances | undefined {
  const { readable, credentialed } = formulasOf(policy);
  const { plain, withCookie } = readsOf(policy);
  return (
    circumstancesFor(credentialed(), { ...withCookie, origin }) ?? circumstancesFor(readable(), { ...plain, origin })
  );
}

/** The same under all circumstances: nothing but the request itself decides. */
export function canAlwaysRead(policy: Rules, origin: string, options: { readonly credentials: boolean }): boolean {
  const decision = decidePageRequest(
    { origin, method: readsOf(policy).method, headers: [], credentials: options.credentials ? 'include' : 'omit' },
    (request) => answer(policy, request),
  );
  return decision.readable === true;
}

/** An origin outside of what is trusted whose preflights for requests with cookies certainly succeed. */
export function provenSender(policy: Rules, set: OriginSet, outside: Outside): string | undefined {
  const asks = { method: simplePreflight.preflight!.method, headers: [], credentials: true };
  const sends = (origin: string): boolean => {
    const circumstances = neededCircumstances(formulasOf(policy).sends(), { ...simplePreflight, origin });
    return passesPreflight({ ...asks, origin }, (request) => answer(policy, { ...request, circumstances })) === true;
  };
  const accept = (origin: string): Ternary => set.has(origin) === true && sends(origin);
  return witnessAmong(set, verdictOf(policy).credentialedSenders, outside, accept);
}

function createVerdict(policy: Rules): Verdict {
  const { readable, credentialed, sends } = formulasOf(policy);
  const readers = lazily(() => originSet(readable(), readsOf(policy).plain));
  const credentialedReaders = lazily(() => originSet(credentialed(), readsOf(policy).withCookie));
  const credentials = lazily(() => credentialsIn(policy));
  const vary = lazily(() => varyMissing(policy));
  const refusalVary = lazily(() => varyMissingFromRefusals(policy));
  const wildcard = lazily(() => wildcardIn(policy));
  const wildcardInPreflight = lazily(() => originSet(wildcardWithCredentialsWhen(policy, simplePreflight)).inhabited);
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
    get varyMissingFromRefusals() {
      return refusalVary();
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

function credentialsIn(policy: Rules): Ternary {
  return originSet(credentialsTrueWhen(policy, readsOf(policy).withCookie)).inhabited;
}

function wildcardIn(policy: Rules): Ternary {
  return originSet(wildcardWithCredentialsWhen(policy, readsOf(policy).withCookie)).inhabited;
}

export type { KnownOriginSet };
