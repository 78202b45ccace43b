/** From a condition on the origin to the languages of the origins that certainly, and that possibly, meet it. */
import { DFA } from 'refa';
import { anyText, complement, determinise, intersection, maxCharacter, noText, union } from './patterns/automaton.ts';
import type { Language } from './patterns/automaton.ts';
import { decide } from './decide.ts';
import { specialHostCharacters } from './host-characters.ts';
import { lazily } from './lazily.ts';
import { acceptedTexts, codes, host, isAscii, originsWithPart, port, scheme } from './part-language.ts';
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
      return { lower: complement(upper), upper: complement(lower) };
    }
    case 'all':
      return test.tests.map(boundsOf).reduce((left, right) => combine(intersection, left, right));
    case 'some':
      return boundsOfSome(test.tests);
    case 'origin':
      return boundsOfOriginTest(test);
    default:
      return { lower: noText, upper: anyText };
  }
}

function boundsOfSome(tests: readonly RequestTest[]): Bounds {
  // Long lists of exact origins are one automaton, not one union for each.
  const exact = tests.filter(isExactOrigin);
  const words = exactly(
    determinise(
      DFA.fromWords(
        exact.map((test) => codes(test.text)),
        { maxCharacter },
      ),
    ),
  );
  const rest = tests.filter((test) => !isExactOrigin(test)).map(boundsOf);
  return [words, ...rest].reduce((left, right) => combine(union, left, right));
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

function combine(operation: (left: Language, right: Language) => Language, left: Bounds, right: Bounds): Bounds {
  const lower = operation(left.lower, right.lower);
  // Most conditions are known exactly: one operation instead of two.
  const exact = left.lower === left.upper && right.lower === right.upper;
  return { lower, upper: exact ? lower : operation(left.upper, right.upper) };
}

function exactly(language: Language): Bounds {
  return { lower: language, upper: language };
}
