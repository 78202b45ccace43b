/** A set of origins, given by a condition and answered by its regular languages. */
import { hasCircumstances, possible } from './circumstances.ts';
import { anyText, holds, intersection, isBudgetError, isSubset, noText, shortestTexts } from './patterns/automaton.ts';
import type { Language } from './patterns/automaton.ts';
import { BoundedCache } from './bounded-cache.ts';
import { identityOf } from './condition-identity.ts';
import { decide } from './decide.ts';
import { lazily } from './lazily.ts';
import { domainOfHost, namedHosts } from './named-hosts.ts';
import { everybodyPlain, everybodySecure, portsPlain, portsSecure, universe } from './fixed-languages.ts';
import { boundsOf, meets, needsAutomata, restrict } from './origin-language.ts';
import type { Bounds } from './origin-language.ts';
import type { RequestTest } from './request-test.ts';
import type { CorsRequest } from './request.ts';
import type { OriginSet, Ternary } from './verdict.ts';
import { isTrusted, shortestWitnesses, witnessCandidates } from './witness.ts';
import type { Outside } from './witness.ts';

export type RequestShape = Omit<CorsRequest, 'origin'>;

/** A page's simple read: nothing is asked first. */
export const simpleGet: RequestShape = { method: 'GET', cookie: false };
export const simpleGetWithCookie: RequestShape = { method: 'GET', cookie: true };

/** What a browser asks before a request that a form could not send; a preflight never carries cookies. */
export const simplePreflight: RequestShape = {
  method: 'OPTIONS',
  preflight: { method: 'POST', headers: [] },
  cookie: false,
};

/** An `OriginSet` that also knows what is possible. */
export interface KnownOriginSet extends OriginSet {
  /** Whether every origin is in it, by the meaning of `isEverything`. */
  readonly everything: Ternary;
  /** Whether any origin is in it. */
  readonly inhabited: Ternary;
}

const sets = new WeakMap<RequestShape, WeakMap<RequestTest, KnownOriginSet>>();

/**
 * The origins that meet the condition in a request of this shape. Questions are answered when they are asked, once for a condition: a rule
 * after the other asks for those of each entry, of which a list may have thousands.
 */
export function originSet(test: RequestTest, shape: RequestShape = simpleGet): KnownOriginSet {
  const ofShape = sets.get(shape) ?? new WeakMap<RequestTest, KnownOriginSet>();
  sets.set(shape, ofShape);
  const set = ofShape.get(test) ?? createSet(test, shape);
  ofShape.set(test, set);
  return set;
}

function createSet(test: RequestTest, shape: RequestShape): KnownOriginSet {
  const restricted = restrict(test, shape);
  // An origin is in the set where there are circumstances under which it meets the condition.
  const formula = possible(restricted);
  const { bounds, everything, inhabited } = languageOf(formula);
  const has = (origin: string): Ternary => decide(formula, { ...shape, origin });
  const namedDomains = lazily(() => domainsOf(formula));
  return {
    test: formula,
    depends: hasCircumstances(restricted),
    has,
    get everything() {
      return everything();
    },
    get inhabited() {
      return inhabited();
    },
    get isEverything() {
      return everything() === true;
    },
    get isEmpty() {
      return inhabited() === false;
    },
    get namedDomains() {
      return namedDomains();
    },
    witness: (outside) => findWitness(formula, outside, has, bounds),
  };
}

/** Most candidates that are tried before automata are built. */
const mostTried = 40;

/** The first candidate that `accept` lets through, the most readable first. Whom the condition or its bounds keep out is not accepted. */
export function findWitness(
  test: RequestTest,
  outside: Outside,
  accept: (origin: string) => Ternary,
  boundsOfIt: () => Bounds | undefined,
): string | undefined {
  if (test.kind === 'never' || test.kind === 'unknown') return undefined;
  if (needsAutomata(test)) {
    const mayGetIn = (tried: string): boolean => meets(test, tried) !== false;
    for (const origin of witnessCandidates(test, outside, mayGetIn, mostTried))
      if (accept(origin) === true) return origin;
  }
  const bounds = boundsOfIt();
  if (bounds !== undefined && withinBudget(() => isTrusted(bounds.lower, outside))) return undefined;
  for (const origin of witnessCandidates(test, outside, (tried) => isMember(tried, bounds)))
    if (accept(origin) === true) return origin;
  if (bounds === undefined) return undefined;
  return withinBudget(() => {
    for (const origin of shortestWitnesses(bounds.lower, outside)) if (accept(origin) === true) return origin;
    return undefined;
  });
}

/** What languages say; undefined where that needs too many states. */
function withinBudget<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (isBudgetError(error)) return undefined;
    throw error;
  }
}

/** The condition's origins, at least and at most; undefined where that needs more states than the budget. */
export function boundsWithinUniverse(test: RequestTest): Bounds | undefined {
  return languageOf(test).bounds();
}

/** How many websites over a scheme are among some origins. */
export interface OverScheme {
  /** Everybody on a name of their own, on the scheme's own port: surely, or not surely left out. */
  readonly everybody: Ternary;
  /** Any website on any port, one's own machine among them. */
  readonly anybody: Ternary;
  /** Somebody is surely kept out. */
  readonly keepsSomeOut: boolean;
}

/** Who is in the set over the scheme; undefined where that needs more states than the budget. */
export function overScheme({ test }: OriginSet, scheme: 'http:' | 'https:'): OverScheme | undefined {
  const [names, ports] = scheme === 'http:' ? [everybodyPlain, portsPlain] : [everybodySecure, portsSecure];
  const bounds = boundsWithinUniverse(test);
  if (bounds === undefined) return undefined;
  return withinBudget(() => ({
    everybody: isSubset(names(), bounds.lower) || (isSubset(names(), bounds.upper) && 'unknown'),
    anybody:
      !intersection(bounds.lower, ports()).isEmpty || (!intersection(bounds.upper, ports()).isEmpty && 'unknown'),
    keepsSomeOut: !isSubset(ports(), bounds.upper),
  }));
}

/** The first of the shortest origins that surely meet the condition, of a machine of one's own too; undefined where none is known. */
export function shortestMember({ test, has }: OriginSet): string | undefined {
  return withinBudget(() => {
    for (const origin of shortestTexts(boundsWithinUniverse(test)?.lower ?? noText, mostAsked))
      if (has(origin) === true) return origin;
    return undefined;
  });
}

interface OriginLanguage {
  readonly bounds: () => Bounds | undefined;
  readonly everything: () => Ternary;
  readonly inhabited: () => Ternary;
}

/** A policy asks for some ten of them, and a file may hold a hundred policies, which come one after the other. */
const mostLanguages = 1000;
/** Most keystrokes leave the conditions as they are: what their languages answer is kept by what they say. */
const languages = new BoundedCache<OriginLanguage, number>(mostLanguages);

const languagesOfConditions = new WeakMap<RequestTest, OriginLanguage>();

function languageOf(test: RequestTest): OriginLanguage {
  const known = languagesOfConditions.get(test) ?? languages.get(identityOf(test), () => createLanguage(test));
  languagesOfConditions.set(test, known);
  return known;
}

function createLanguage(test: RequestTest): OriginLanguage {
  const bounds = lazily(() => buildBounds(test));
  return {
    bounds,
    everything: lazily((): Ternary => {
      if (needsAutomata(test) && strangersToAll.every((origin) => meets(test, origin) === false)) return false;
      const known = bounds();
      if (known === undefined) return 'unknown';
      if (isEverything(known.lower)) return true;
      return known.upper !== known.lower && isEverything(known.upper) ? 'unknown' : false;
    }),
    inhabited: lazily((): Ternary => {
      if (needsAutomata(test) && isMetBySomebody(test)) return true;
      const known = bounds();
      if (known === undefined) return 'unknown';
      if (!known.lower.isEmpty) return true;
      return known.upper.isEmpty ? false : 'unknown';
    }),
  };
}

/** One over https and one over http whom no text names: where both are kept out, not every origin is in. */
const strangersToAll = ['https://xq0zj.zq', 'http://xq0zj.zq'];

/** How many are asked before an automaton is built. */
const mostAsked = 50;
const nobody: Outside = { domains: [], origins: [] };

/** Whether one of the origins that come to mind first meets the condition: most conditions are met by somebody whom they name. */
function isMetBySomebody(test: RequestTest): boolean {
  let asked = 0;
  for (const origin of witnessCandidates(test, nobody)) {
    if (meets(test, origin) === true) return true;
    if (++asked >= mostAsked) return false;
  }
  return false;
}

function buildBounds(test: RequestTest): Bounds | undefined {
  return withinBudget(() => {
    const { lower, upper } = boundsOf(test);
    const lowerOrigins = originsOf(lower);
    return { lower: lowerOrigins, upper: upper === lower ? lowerOrigins : originsOf(upper) };
  });
}

function originsOf(language: Language): Language {
  return language === anyText ? universe() : intersection(language, universe());
}

/** A candidate that the automaton refuses need not be decided; where patterns are not regular, `accept` alone decides. */
function isMember(origin: string, bounds: Bounds | undefined): boolean {
  return bounds === undefined || holds(bounds.upper, origin);
}

// Somebody who is to be kept out can serve a page over https as well as over http: one of them wholly open is open.
function isEverything(language: Bounds['lower']): boolean {
  return withinBudget(() => isSubset(everybodySecure(), language) || isSubset(everybodyPlain(), language)) ?? false;
}

function domainsOf(test: RequestTest): readonly string[] {
  return [
    ...new Set(
      namedHosts(test)
        .map(domainOfHost)
        .filter((domain) => domain !== undefined),
    ),
  ];
}
