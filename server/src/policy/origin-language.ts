/** From a condition on the origin to the languages of the origins that certainly, and that possibly, meet it. */
import { anyText, complement, intersectionOf, noText, theTexts, union, unionOf } from './patterns/automaton.ts';
import type { Language } from './patterns/automaton.ts';
import { fold } from './condition-walk.ts';
import { decide } from './decide.ts';
import { lazily } from './lazily.ts';
import { acceptedTexts, isAscii, originsWithPart } from './part-language.ts';
import { fullMatch } from './patterns/pattern-language.ts';
import { always, never, not, sharedAll, sharedSome } from './request-test.ts';
import type { OriginTest, RequestTest } from './request-test.ts';
import type { CorsRequest } from './request.ts';

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
  return fold<Bounds>(test, boundsBy, boundsOfParts);
}

function boundsBy(part: RequestTest, bounds: readonly Bounds[]): Bounds {
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
