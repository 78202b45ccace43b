/** Who reads, and what the answers lack, as conditions on the request. */
import { BoundedCache } from '../policy/bounded-cache.ts';
import { singleTests } from '../policy/condition-walk.ts';
import { lazily } from '../policy/lazily.ts';
import { restrict } from '../policy/origin-language.ts';
import { originSet, simplePreflight } from '../policy/origin-set.ts';
import type { RequestShape } from '../policy/origin-set.ts';
import { always, never, not, originEquals, sharedAll, sharedSome, unknown } from '../policy/request-test.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { OriginSet, Ternary } from '../policy/verdict.ts';
import { headerStates, refusedWhen } from './header-states.ts';
import { judgedReads, usualReads } from './judged-method.ts';
import type { Reads } from './judged-method.ts';
import type { HeaderQuestion, HeaderState, Rules } from './header-states.ts';
import { identityOfRules, rulesAlone } from './rules-identity.ts';

export interface Formulas {
  readable(): RequestTest;
  credentialed(): RequestTest;
  sends(): RequestTest;
}

/** Those of the policies that were asked for last: of a file with thousands they would fill the memory. */
const formulas = new BoundedCache<Formulas, number>(500);

/** Who reads and who sends, as conditions with their circumstances. Each is made when it is first asked for. */
export function formulasOf(policy: Rules): Formulas {
  return formulas.get(identityOfRules(policy), () => {
    const rules = rulesAlone(policy);
    return {
      readable: lazily(() => readableWhen(rules, readsOf(rules).plain)),
      credentialed: lazily(() => credentialedWhen(rules, readsOf(rules).withCookie)),
      sends: lazily(() => credentialedWhen(rules, simplePreflight)),
    };
  });
}

/** Most keystrokes leave the rules as they are: by what they say, and not by where they stand. */
const reads = new BoundedCache<Reads, number>(1000);

/** The requests by which a policy is judged. */
export function readsOf(policy: Rules): Reads {
  return reads.get(
    identityOfRules(policy),
    () => judgedReads(policy, (shape) => originSet(readableWhen(policy, shape), shape).isEmpty) ?? usualReads,
  );
}

const allowOrigin = 'access-control-allow-origin';
/** The origin is let in: the header is theirs, or `*` where that counts. */
const lettingIn: HeaderQuestion = {
  header: allowOrigin,
  lines: 'only',
  meets: (line) => {
    if (line === 'request-origin') return always;
    const text = line.text.trim();
    return text === '*' ? always : originEquals(text);
  },
};
const lettingInWithCookies: HeaderQuestion = {
  ...lettingIn,
  meets: (line) => (textOf(line) === '*' ? never : lettingIn.meets(line)),
};
const wildcard: HeaderQuestion = {
  header: allowOrigin,
  lines: 'only',
  meets: (line) => (textOf(line) === '*' ? always : never),
};
const credentialsTrue: HeaderQuestion = {
  header: 'access-control-allow-credentials',
  lines: 'only',
  meets: (line) => (textOf(line) === 'true' ? always : never),
};
const anyLine: HeaderQuestion = { header: allowOrigin, lines: 'only', meets: () => always };
const varyingByOrigin: HeaderQuestion = {
  header: 'vary',
  lines: 'any',
  meets: (line) => (variesByOrigin(textOf(line)) ? always : never),
};

function textOf(line: 'request-origin' | { readonly text: string }): string | undefined {
  return typeof line === 'object' ? line.text.trim() : undefined;
}

function variesByOrigin(value: string | undefined): boolean {
  return (value ?? '').split(',').some((name) => ['origin', '*'].includes(name.trim().toLowerCase()));
}

function readableWhen(policy: Rules, shape: RequestShape): RequestTest {
  return sharedAll([onlyLineMeets(policy, lettingIn, shape), notRefused(policy, shape)]);
}

function credentialedWhen(policy: Rules, shape: RequestShape): RequestTest {
  return sharedAll([letInWithCookiesWhen(policy, shape), notRefused(policy, shape)]);
}

function letInWithCookiesWhen(policy: Rules, shape: RequestShape): RequestTest {
  return sharedAll([onlyLineMeets(policy, lettingInWithCookies, shape), credentialsTrueWhen(policy, shape)]);
}

/** Who is let in by the headers of an answer, be it an error that holds nothing of the application's. */
export function readersOfAnyAnswer(policy: Rules, { credentials }: { readonly credentials: boolean }): OriginSet {
  const { plain, withCookie } = readsOf(policy);
  return credentials
    ? originSet(letInWithCookiesWhen(policy, withCookie), withCookie)
    : originSet(onlyLineMeets(policy, lettingIn, plain), plain);
}

function notRefused(policy: Rules, shape: RequestShape): RequestTest {
  return not(restrict(refusedWhen(policy), shape));
}

/** A literal `*` goes out together with credentials. */
export function wildcardWithCredentialsWhen(policy: Rules, shape: RequestShape): RequestTest {
  return sharedAll([onlyLineMeets(policy, wildcard, shape), credentialsTrueWhen(policy, shape)]);
}

export function credentialsTrueWhen(policy: Rules, shape: RequestShape): RequestTest {
  return sharedSome(
    headerStates(policy, credentialsTrue, shape).map(({ count, meets, unknown: open, when }) => {
      if (open) return sharedAll([when, unknown()]);
      return count === 1 && meets ? when : never;
    }),
  );
}

/** Two lines are joined by a comma, which is no origin. */
function onlyLineMeets(policy: Rules, question: HeaderQuestion, shape: RequestShape): RequestTest {
  return sharedSome(
    headerStates(policy, question, shape).map(({ count, meets, unknown: open, when }) => {
      if (count !== 1) return never;
      if (open) return sharedAll([when, unknown()]);
      return meets ? when : never;
    }),
  );
}

/**
 * An answer that depends on Origin needs `Vary: Origin`, or a cache gives one site's answer to another. The same text
 * for everybody needs none; for an allowlist, the answers that let somebody in are the ones that count.
 */
export function varyMissing(policy: Rules): Ternary {
  return lacksVary(policy, ({ count }) => count > 0);
}

/** A cache that keeps a refusal may give it to a site that is allowed. */
export function varyMissingFromRefusals(policy: Rules): Ternary {
  return lacksVary(policy, ({ count }) => count === 0);
}

/** Whether some of the answers lack `Vary: Origin`, where it is decided by the origin who is let in. */
function lacksVary(policy: Rules, isOne: (state: HeaderState) => boolean): Ternary {
  const { plain } = readsOf(policy);
  const states = headerStates(policy, anyLine, plain);
  const depends =
    states.some(({ reflects, when }) => reflects || dependsOnOrigin(when)) || isChosenByOrigin(policy, plain);
  if (!depends) return states.some((state) => state.unknown) ? 'unknown' : false;
  const allowed = sharedSome(states.filter(isOne).map(certainly));
  const unvaried = sharedSome(
    headerStates(policy, varyingByOrigin, plain).map((state) => (state.meets ? never : certainly(state))),
  );
  return originSet(sharedAll([allowed, unvaried]), plain).inhabited;
}

/** Most texts of one header that are told apart. */
const mostTexts = 8;

/** Everybody is told something, and the origin decides which of several texts it is. */
function isChosenByOrigin({ headers, statuses }: Rules, shape: RequestShape): boolean {
  const texts = new Set(
    headers.flatMap(({ name, value }) => (name === allowOrigin && value.kind === 'text' ? [value.text] : [])),
  );
  if (texts.size < 2) return false;
  return [...texts].slice(0, mostTexts).some((text) => {
    const isText: HeaderQuestion = { ...anyLine, meets: (line) => (textOf(line) === text.trim() ? always : never) };
    return headerStates({ headers, statuses }, isText, shape).some(({ meets, when }) => meets && dependsOnOrigin(when));
  });
}

/** Preflights are told who may read, and what they ask for is answered without the header. */
export function letsInPreflightsAlone(policy: Rules): boolean {
  const { plain } = readsOf(policy);
  const sent = headerStates(policy, anyLine, plain).filter(({ count }) => count > 0);
  const isSent = sharedSome(sent.map(({ when }) => when));
  const ofPreflights = originSet(readableWhen(policy, simplePreflight), simplePreflight);
  return originSet(isSent, plain).isEmpty && !ofPreflights.isEmpty;
}

/** Nothing but errors is answered, so that what carries the headers is a page for errors. */
export function answersErrorsOnly(policy: Rules): boolean {
  return refusedWhen(policy).kind === 'always';
}

/** The state's condition, as far as its lines are known. */
function certainly({ unknown: open, when }: HeaderState): RequestTest {
  return open ? sharedAll([when, unknown()]) : when;
}

function dependsOnOrigin(test: RequestTest): boolean {
  for (const { kind } of singleTests(test)) if (kind === 'origin') return true;
  return false;
}
