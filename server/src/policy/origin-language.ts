/** From a condition on the origin to the languages of the origins that certainly, and that possibly, meet it. */
import { anyText, complement, intersection, noText, theTexts, together, union } from './patterns/automaton.ts';
import type { Language } from './patterns/automaton.ts';
import { decide } from './decide.ts';
import { specialHostCharacters } from './host-characters.ts';
import { lazily } from './lazily.ts';
import { acceptedTexts, host, isAscii, originsWithPart, port, scheme } from './part-language.ts';
import { fullMatch } from './patterns/pattern-language.ts';
import { all, always, never, not, some } from './request-test.ts';
import type { OriginTest, RequestTest } from './request-test.ts';
import type { CorsRequest } from './request.ts';

/** Unknown parts are left out of `lower` and are everything in `upper`. */
export interface Bounds {
  readonly lower: Language;
  readonly upper: Language;
}

const nullOrigin = lazily(() => fullMatch('null'));

/** Serialised origins that a browser can send: of web pages, of apps and extensions, and `null`. */
export const universe = lazily(() =>
  fullMatch(
    `null|https?://(?:[a-z0-9${specialHostCharacters}.-]+|\\[[0-9a-f:]+\\])(?::${port})?|(?!https?:)${scheme}://${host}(?::${port})?`,
  ),
);

/** The condition for one kind of request: only tests on the origin remain. */
export function restrict(test: RequestTest, request: Omit<CorsRequest, 'origin'>): RequestTest {
  switch (test.kind) {
    case 'always':
    case 'never':
    case 'unknown':
    case 'circumstance':
    case 'origin':
      return test;
    case 'not':
      return not(restrict(test.test, request));
    case 'all':
      return all(test.tests.map((part) => restrict(part, request)));
    case 'some':
      return some(test.tests.map((part) => restrict(part, request)));
    default:
      return decide(test, { ...request, origin: 'https://any.example' }) === true ? always : never;
  }
}

/** Throws `BudgetExceeded` when the condition is too large. */
export function boundsOf(test: RequestTest): Bounds {
  switch (test.kind) {
    case 'always':
      return exactly(anyText);
    case 'never':
      return exactly(noText);
    case 'not': {
      const { lower, upper } = boundsOf(test.test);
      if (lower === upper) return exactly(complement(lower));
      return { lower: complement(upper), upper: complement(lower) };
    }
    case 'all':
      return combined(intersection, test.tests.map(boundsOf), anyText);
    case 'some':
      return boundsOfSome(test.tests);
    case 'origin':
      return boundsOfOriginTest(test);
    default:
      return { lower: noText, upper: anyText };
  }
}

function boundsOfSome(tests: readonly RequestTest[]): Bounds {
  const exact = exactly(theTexts(tests.filter(isExactOrigin).map(({ text }) => text)));
  const rest = tests.filter((test) => !isExactOrigin(test)).map(boundsOf);
  return combined(union, [exact, ...rest], noText);
}

function isExactOrigin(test: RequestTest): test is OriginTest & { text: string } {
  return (
    test.kind === 'origin' &&
    test.operator === 'equals' &&
    test.part === 'origin' &&
    !test.ignoreCase &&
    isAscii(test.text)
  );
}

function boundsOfOriginTest(test: OriginTest): Bounds {
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

function combined(
  operation: (left: Language, right: Language) => Language,
  bounds: readonly Bounds[],
  neutral: Language,
): Bounds {
  const lowers = bounds.map(({ lower }) => lower);
  const lower = together(operation, lowers, neutral);
  // Most conditions are known exactly: one operation instead of two.
  if (bounds.every((each) => each.lower === each.upper)) return exactly(lower);
  const uppers = bounds.map(({ upper }) => upper);
  return { lower, upper: together(operation, uppers, neutral) };
}

function exactly(language: Language): Bounds {
  return { lower: language, upper: language };
}
