/** From a condition on the origin to the languages of the origins that certainly, and that possibly, meet it. */
import { anyText, complement, intersectionOf, noText, theTexts, union, unionOf } from './patterns/automaton.ts';
import type { Language } from './patterns/automaton.ts';
import { fold, settle } from './condition-walk.ts';
import { decide } from './decide.ts';
import { lazily } from './lazily.ts';
import { acceptedTexts, isAscii, originsWithPart } from './part-language.ts';
import { fullMatch } from './patterns/pattern-language.ts';
import { always, never, not, sharedAll, sharedSome } from './request-test.ts';
import type { OriginTest, RequestTest } from './request-test.ts';
import type { CorsRequest } from './request.ts';
import type { Ternary } from './verdict.ts';

/** Unknown parts are left out of `lower` and are everything in `upper`. */
export interface Bounds {
  readonly lower: Language;
  readonly upper: Language;
}

const nullOrigin = lazily(() => fullMatch('null'));

const restrictions = new WeakMap<Omit<CorsRequest, 'origin'>, WeakMap<RequestTest, RequestTest>>();

/** The condition for one kind of request: only tests on the origin remain. */
export function restrict(test: RequestTest, request: Omit<CorsRequest, 'origin'>): RequestTest {
  let known = restrictions.get(request);
  if (known === undefined) restrictions.set(request, (known = new WeakMap()));
  return fold<RequestTest>(test, (part, restricted) => restrictedTo(request, part, restricted), known);
}

function restrictedTo(
  request: Omit<CorsRequest, 'origin'>,
  test: RequestTest,
  parts: readonly RequestTest[],
): RequestTest {
  switch (test.kind) {
    case 'always':
    case 'never':
    case 'unknown':
    case 'circumstance':
    case 'origin':
      return test;
    case 'not':
      return not(parts[0]!);
    case 'all':
      return sharedAll(parts);
    case 'some':
      return sharedSome(parts);
    default:
      return decide(test, { ...request, origin: 'https://any.example' }) === true ? always : never;
  }
}

/** Conditions of one policy hold each other: what is known of a part stays known. */
const boundsOfParts = new WeakMap<RequestTest, Bounds>();

/** Throws `BudgetExceeded` when the condition is too large. */
export function boundsOf(test: RequestTest): Bounds {
  return fold<Bounds>(test, boundsBy, boundsOfParts, (part) => possibleOrigins(part) !== undefined);
}

/** Most origins that are asked of a condition one after the other. */
const mostAsked = 1000;
const askedOf = new WeakMap<RequestTest, ReadonlySet<string> | undefined>();

/**
 * The few origins, if there are no others, that can meet a condition which also asks for patterns. Whether they do is asked for each: the
 * patterns need not become one automaton.
 */
function possibleOrigins(test: RequestTest): ReadonlySet<string> | undefined {
  if ((test.kind !== 'all' && test.kind !== 'some') || !needsAutomata(test) || !isFinite(test)) return undefined;
  if (!askedOf.has(test)) askedOf.set(test, originsNamedIn(test));
  return askedOf.get(test);
}

/** Of a condition that is finite. Undefined where there are too many. */
function originsNamedIn(test: RequestTest): ReadonlySet<string> | undefined {
  const origins = new Set<string>();
  const seen = new Set<RequestTest>();
  const open = [test];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (part.kind === 'origin') origins.add(exactOrigin(part)!);
    else if (part.kind === 'all') open.push(part.tests.find(isFinite)!);
    else if (part.kind === 'some') open.push(...part.tests);
    if (origins.size > mostAsked) return undefined;
  }
  return origins;
}

const finite = new WeakMap<RequestTest, boolean>();

/** Whether no origins but those with which it compares can meet the condition. */
function isFinite(test: RequestTest): boolean {
  return fold<boolean>(
    test,
    (part, parts) => {
      if (part.kind === 'all') return parts.includes(true);
      if (part.kind === 'some') return !parts.includes(false);
      return part.kind === 'never' || (part.kind === 'origin' && exactOrigin(part) !== undefined);
    },
    finite,
    ({ kind }) => kind === 'not',
  );
}

/** Whether the origin meets a condition of which only tests on the origin count. */
export function meets(test: RequestTest, origin: string): Ternary {
  return settle(test, (single) => decideOnOrigin(single, origin));
}

function boundsAmong(test: RequestTest, origins: ReadonlySet<string>): Bounds {
  const values = [...origins].map((origin) => ({
    origin,
    value: meets(test, origin),
  }));
  const having = (isMember: (value: Ternary) => boolean): Language =>
    theTexts(values.flatMap(({ origin, value }) => (isMember(value) ? [origin] : [])));
  const lower = having((value) => value === true);
  return values.some(({ value }) => value === 'unknown')
    ? { lower, upper: having((value) => value !== false) }
    : exactly(lower);
}

function decideOnOrigin(single: RequestTest, origin: string): Ternary {
  if (single.kind === 'always' || single.kind === 'never') return single.kind === 'always';
  return single.kind === 'origin' ? decide(single, { origin, method: 'GET', cookie: false }) : 'unknown';
}

const asksForPatterns = new WeakMap<RequestTest, boolean>();

/** Whether some test in it is no comparison with one whole origin. */
export function needsAutomata(test: RequestTest): boolean {
  return fold<boolean>(
    test,
    (part, parts) => (part.kind === 'origin' ? exactOrigin(part) === undefined : parts.includes(true)),
    asksForPatterns,
  );
}

function boundsBy(part: RequestTest, bounds: readonly Bounds[]): Bounds {
  const origins = possibleOrigins(part);
  if (origins !== undefined) return boundsAmong(part, origins);
  switch (part.kind) {
    case 'always':
      return exactly(anyText);
    case 'never':
      return exactly(noText);
    case 'not': {
      const [{ lower, upper }] = bounds as readonly [Bounds];
      return lower === upper ? exactly(complement(lower)) : { lower: complement(upper), upper: complement(lower) };
    }
    case 'all':
      return combined(intersectionOf, bounds);
    case 'some':
      return combined(unionOf, bounds);
    case 'origin':
      return boundsOfOriginTest(part);
    default:
      return { lower: noText, upper: anyText };
  }
}

function boundsOfOriginTest(test: OriginTest): Bounds {
  const exact = exactOrigin(test);
  if (exact !== undefined) return exactly(theTexts([exact]));
  const accepted = acceptedTexts(test);
  if (accepted === undefined) return { lower: noText, upper: anyText };
  const { part, texts, undecided } = accepted;
  if (part === 'origin')
    return undecided === undefined ? exactly(texts) : { lower: texts, upper: union(texts, undecided) };
  const lower = originsWithPart(part, texts);
  // `new URL('null')` throws, and what the code does then is not known.
  return {
    lower,
    upper: union(undecided === undefined ? lower : union(lower, originsWithPart(part, undecided)), nullOrigin()),
  };
}

/** The one origin that a comparison lets in. Those of web pages are in lower case, so that asking for no case is asking for that. */
function exactOrigin(test: OriginTest): string | undefined {
  if (test.operator !== 'equals' || test.part !== 'origin' || !isAscii(test.text)) return undefined;
  if (!test.ignoreCase) return test.text;
  const text = test.text.toLowerCase();
  return /^https?:/.test(text) ? text : undefined;
}

function combined(operation: (languages: readonly Language[]) => Language, bounds: readonly Bounds[]): Bounds {
  const lower = operation(bounds.map((each) => each.lower));
  // Most conditions are known exactly: one operation instead of two.
  if (bounds.every((each) => each.lower === each.upper)) return exactly(lower);
  return { lower, upper: operation(bounds.map(({ upper }) => upper)) };
}

function exactly(language: Language): Bounds {
  return { lower: language, upper: language };
}
