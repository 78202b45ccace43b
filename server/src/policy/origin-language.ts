/** From a condition on the origin to the languages of the origins that certainly, and that possibly, meet it. */
import { DFA, NFA } from 'refa';
import { anyText, complement, concatenation, determinise, intersection, maxCharacter, noText, union } from './automaton.ts';
import type { Language } from './automaton.ts';
import { comparedText, decide } from './decide.ts';
import { languageOfPattern } from './pattern-language.ts';
import { all, always, never, not, some } from './request-test.ts';
import type { OriginTest, RequestTest } from './request-test.ts';
import type { CorsRequest } from './request.ts';

/** Unknown parts are left out of `lower` and are everything in `upper`. */
export interface Bounds { readonly lower: Language; readonly upper: Language }

const scheme = '[a-z][a-z0-9+.-]*';
const host = '(?:[a-zA-Z0-9_.-]+|\\[[0-9a-f:]+\\])';
const port = '[1-9]\\d{0,4}';
const nullOrigin = fullMatch('null');

/** Serialised origins that a browser can send: of web pages, of apps and extensions, and `null`. */
export const universe = fullMatch(`null|https?://(?:[a-z0-9_.-]+|\\[[0-9a-f:]+\\])(?::${port})?|(?!https?:)${scheme}://${host}(?::${port})?`);

/** The language of texts that match the source over their whole length. */
export function fullMatch(source: string): Language {
  const language = languageOfPattern({ source, flags: '', dialect: 'javascript', mode: 'full' });
  if (language === undefined) throw new Error(`Not a regular pattern: ${source}`);
  return language;
}

/** The condition for one kind of request: only tests on the origin remain. */
export function restrict(test: RequestTest, request: Omit<CorsRequest, 'origin'>): RequestTest {
  switch (test.kind) {
    case 'always': case 'never': case 'unknown': case 'circumstance': case 'origin': return test;
    case 'not': return not(restrict(test.test, request));
    case 'all': return all(test.tests.map((part) => restrict(part, request)));
    case 'some': return some(test.tests.map((part) => restrict(part, request)));
    default: return decide(test, { ...request, origin: 'https://any.example' }) === true ? always : never;
  }
}

/** Throws `BudgetExceeded` when the condition is too large. */
export function boundsOf(test: RequestTest): Bounds {
  switch (test.kind) {
    case 'always': return exactly(anyText);
    case 'never': return exactly(noText);
    case 'not': {
      const { lower, upper } = boundsOf(test.test);
      return { lower: complement(upper), upper: complement(lower) };
    }
    case 'all': return test.tests.map(boundsOf).reduce((left, right) => combine(intersection, left, right));
    case 'some': return boundsOfSome(test.tests);
    case 'origin': return boundsOfOriginTest(test);
    default: return { lower: noText, upper: anyText };
  }
}

function boundsOfSome(tests: readonly RequestTest[]): Bounds {
  // Long lists of exact origins are one automaton, not one union for each.
  const exact = tests.filter(isExactOrigin);
  const words = exactly(determinise(DFA.fromWords(exact.map((test) => codes(test.text)), { maxCharacter })));
  const rest = tests.filter((test) => !isExactOrigin(test)).map(boundsOf);
  return [words, ...rest].reduce((left, right) => combine(union, left, right));
}

function isExactOrigin(test: RequestTest): test is OriginTest & { text: string } {
  return test.kind === 'origin' && test.operator === 'equals' && test.part === 'origin' && !test.ignoreCase && isAscii(test.text);
}

function boundsOfOriginTest(test: OriginTest): Bounds {
  const texts = acceptedTexts(test);
  if (texts === undefined) return { lower: noText, upper: anyText };
  if (test.part === 'origin') return exactly(texts);
  const lower = originsWithPart(test.part, texts);
  // `new URL('null')` throws, and what the code does then is not known.
  return { lower, upper: union(lower, nullOrigin) };
}

/** The values of the tested part that pass; undefined where they are not a known regular language. */
function acceptedTexts(test: OriginTest): Language | undefined {
  if (test.operator === 'matches') return languageOfPattern(test.pattern);
  const text = comparedText(test);
  if (!isAscii(text)) return undefined;
  if (test.operator === 'within') return test.ignoreCase || text.length > 2000 ? undefined : substringsOf(text);
  const flags = test.ignoreCase ? 'i' : '';
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const source = test.operator === 'ends-with' ? `${literal}$` : literal;
  const mode = { equals: 'full', 'starts-with': 'prefix', 'ends-with': 'search', contains: 'search' } as const;
  return languageOfPattern({ source, flags, dialect: 'javascript', mode: mode[test.operator] });
}

function substringsOf(text: string): Language {
  const substrings = NFA.fromWords([codes(text)], { maxCharacter });
  substrings.suffixes();
  substrings.prefixes();
  return determinise(substrings);
}

function originsWithPart(part: Exclude<OriginTest['part'], 'origin'>, texts: Language): Language {
  const start = fullMatch(`${scheme}://`);
  switch (part) {
    case 'scheme': return concatenation([intersection(texts, fullMatch(scheme)), fullMatch(`://${host}(?::${port})?`)]);
    case 'hostname': return concatenation([start, intersection(texts, fullMatch(host)), fullMatch(`(?::${port})?`)]);
    case 'host': return concatenation([start, intersection(texts, fullMatch(`${host}(?::${port})?`))]);
    case 'port': {
      const without = intersection(texts, fullMatch(''));
      const written = concatenation([fullMatch(':'), intersection(texts, fullMatch(port))]);
      return concatenation([start, fullMatch(host), union(without, written)]);
    }
  }
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

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function codes(text: string): number[] {
  return [...text].map((char) => char.codePointAt(0)!);
}
