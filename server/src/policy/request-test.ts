/**
 * A condition on a request, as a formula: under what circumstances a header is written or an origin accepted.
 *
 * Guards of the source text (`if (list.includes(origin))`, nginx `map`, a regular expression of an option) all become
 * this one type. Build it only with the constructors below: they simplify, so that `always` and `never` are found by
 * looking at `kind`.
 */
import type { SourceRange } from '../syntax/range.ts';

/** The whole origin, or what `new URL(origin)` gives; the scheme without its colon. */
export type NamedPart = 'origin' | 'hostname' | 'host' | 'scheme' | 'port';
/** What a test looks at. */
export type OriginPart = NamedPart | CutPart;

/** A piece that code cuts out of a part: `slice`, `split`, `replace`. Where none of the ways fits, what the code has is not known. */
export interface CutPart {
  readonly of: OriginPart;
  /** The part is before + piece + after, in one way only; JavaScript patterns over the whole of each text. */
  readonly ways: readonly { readonly before: string; readonly piece: string; readonly after: string }[];
  /** The first or last characters of the part, this many. */
  readonly edge?: { readonly side: 'start' | 'end'; readonly length: number };
  /** For people: `last 12 characters`. */
  readonly words: string;
}

export type Dialect = 'javascript' | 'python' | 'pcre' | 'go' | 'java' | 'dotnet';

export interface Pattern {
  readonly source: string;
  /** The language's own flag letters, for example `i`. */
  readonly flags: string;
  readonly dialect: Dialect;
  /** How the framework applies it: anywhere in the text, from its start, or over the whole text. */
  readonly mode: 'search' | 'prefix' | 'full';
}

export type OriginTest =
  | {
      readonly kind: 'origin';
      readonly part: OriginPart;
      readonly operator: 'equals' | 'starts-with' | 'ends-with' | 'contains' | 'within';
      /** `within`: the origin is a substring of this text. */ readonly text: string;
      readonly ignoreCase: boolean;
      readonly range?: SourceRange;
      /** Range of the text literal, for fixes. */ readonly textRange?: SourceRange;
    }
  | {
      readonly kind: 'origin';
      readonly part: OriginPart;
      readonly operator: 'matches';
      readonly pattern: Pattern;
      readonly range?: SourceRange;
      readonly textRange?: SourceRange;
    };

export type Phase = 'development' | 'production' | 'opt-in';

/**
 * Something that the text does not decide and that has nothing to do with who asks: a query parameter, a data base's
 * answer, `NODE_ENV`. Some requests meet it and some do not. Two tests of one subject with different values exclude each other.
 */
export interface CircumstanceTest {
  readonly kind: 'circumstance';
  /** What is looked at, as written. */
  readonly subject: string;
  /** What it is compared with; absent where it only has to be truthy. */
  readonly value?: string;
  /** It holds on the developer's machine only, or in production only, as its words say; `opt-in`: only where somebody switches it on. */
  readonly phase?: Phase;
  /** How it comes out in a preflight, where it looks at a header that none carries. */
  readonly inPreflight?: boolean;
}

export type RequestTest =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  /**
   * The text does not decide it, and it may look at the origin: a call into code that cannot be read. `reason` is
   * `independent` where nothing of the request takes part. A `subject` names the one evaluation that decides it: whoever asks, two tests of
   * one subject come out the same, and a test and its denial cover every case. Without it no two of them are known to be the same.
   */
  | { readonly kind: 'unknown'; readonly reason?: string; readonly subject?: string; readonly inPreflight?: boolean }
  | CircumstanceTest
  | { readonly kind: 'not'; readonly test: RequestTest }
  | { readonly kind: 'all'; readonly tests: readonly RequestTest[] }
  | { readonly kind: 'some'; readonly tests: readonly RequestTest[] }
  | OriginTest
  /** The request has an `Origin` header that is not empty. */
  | { readonly kind: 'origin-present' }
  | { readonly kind: 'method'; readonly name: string }
  /** It is a CORS-preflight request (OPTIONS with `Access-Control-Request-Method`). */
  | { readonly kind: 'preflight' }
  /** A preflight whose requested method is one of these. */
  | { readonly kind: 'requested-method'; readonly names: readonly string[] }
  /**
   * A preflight all of whose requested headers are among these (compared in lower case). `one`: where it asks
   * for any, one of them is enough.
   */
  | { readonly kind: 'requested-headers'; readonly names: readonly string[]; readonly enough?: 'one' }
  | { readonly kind: 'cookie' };

export const always: RequestTest = { kind: 'always' };
export const never: RequestTest = { kind: 'never' };
export const originPresent: RequestTest = { kind: 'origin-present' };
export const optionsMethod: RequestTest = { kind: 'method', name: 'OPTIONS' };
/** A preflight as browsers send it: without an Origin it is no request of CORS. */
export const preflightWithOrigin: RequestTest = {
  kind: 'all',
  tests: [{ kind: 'preflight' }, originPresent],
};
/** A preflight that asks for no header of its own, or another request. */
export const noHeadersRequested: RequestTest = { kind: 'requested-headers', names: [] };
export function unknown(reason?: string): RequestTest {
  return reason === undefined ? { kind: 'unknown' } : { kind: 'unknown', reason };
}

/** What the text does not decide, evaluated once in a request under this name. */
export function undecided(subject: string): RequestTest {
  return { kind: 'unknown', subject };
}

/** The same for what looks at a request header that no preflight carries: there it comes out as it does without the header. */
export function undecidedHeader(subject: string, inPreflight: boolean): RequestTest {
  return { kind: 'unknown', subject, inPreflight };
}

/** The name of its outcome among the circumstances of a request. */
export function undecidedKey(subject: string): string {
  return `undecided ${subject}`;
}

export function not(test: RequestTest): RequestTest {
  switch (test.kind) {
    case 'always':
      return never;
    case 'never':
      return always;
    case 'unknown':
      return test.subject === undefined ? test : denied(test);
    case 'not':
      return test.test;
    case 'all':
    case 'some':
      return deniesParts(test) ? undenied(test) : denied(test);
    default:
      return denied(test);
  }
}

/** Single tests, and among them denials. */
function deniesParts({ tests }: Composite): boolean {
  return tests.some(({ kind }) => kind === 'not') && !tests.some(({ kind }) => kind === 'all' || kind === 'some');
}

/** `!(a && !b && !c)` is `!a || b || c`: so written, the condition names what it lets in. */
function undenied(test: Composite): RequestTest {
  const known = denials.get(test);
  if (known !== undefined) return known;
  const opposites = test.tests.map((part) => not(part));
  const asserted = test.kind === 'all' ? sharedSome(opposites) : sharedAll(opposites);
  denials.set(test, asserted);
  return asserted;
}

const denials = new WeakMap<RequestTest, RequestTest>();

/** One object for each condition, so that what is known of it stays known. */
function denied(test: RequestTest): RequestTest {
  const known = denials.get(test);
  if (known !== undefined) return known;
  const denial: RequestTest = { kind: 'not', test };
  denials.set(test, denial);
  return denial;
}

export function all(tests: readonly RequestTest[]): RequestTest {
  return bounded(sharedAll(tests));
}

export function some(tests: readonly RequestTest[]): RequestTest {
  return bounded(sharedSome(tests));
}

/** A longer conjunction stays a part of its own where it is shared: copying it into each that holds it would take its length each time. */
const longestCopied = 8;

/**
 * The same without a bound on the size, for conditions that share their parts. Only `fold` and `singleTests` may walk them.
 */
export function sharedAll(tests: readonly RequestTest[]): RequestTest {
  const kept = parts(tests, 'all', always, never);
  if (kept === undefined) return never;
  if (kept.length === 0) return always;
  return kept.length === 1 ? kept[0]! : { kind: 'all', tests: kept };
}

export function sharedSome(tests: readonly RequestTest[]): RequestTest {
  const kept = parts(tests, 'some', never, always);
  if (kept === undefined) return always;
  if (kept.length === 0) return never;
  return kept.length === 1 ? kept[0]! : { kind: 'some', tests: kept };
}

export function originEquals(text: string, range?: SourceRange, ignoreCase = false): RequestTest {
  return {
    kind: 'origin',
    part: 'origin',
    operator: 'equals',
    text,
    ignoreCase,
    ...(range && { range, textRange: range }),
  };
}

export function originMatches(pattern: Pattern, range?: SourceRange): RequestTest {
  return { kind: 'origin', part: 'origin', operator: 'matches', pattern, ...(range && { range, textRange: range }) };
}

/** The text that a test compares with: a scheme may be written with its colon, as `protocol` has it. */
export function comparedText(test: OriginTest & { readonly text: string }): string {
  return test.part === 'scheme' ? test.text.replace(/:$/, '') : test.text;
}

/**
 * The parts of a conjunction or disjunction, the neutral ones and repetitions left out. Undefined where one of them, or two that
 * exclude each other, decide the whole.
 */
function parts(
  tests: readonly RequestTest[],
  kind: 'all' | 'some',
  neutral: RequestTest,
  deciding: RequestTest,
): readonly RequestTest[] | undefined {
  if (tests.some((test) => test.kind === deciding.kind)) return undefined;
  const [first, ...others] = tests.filter((test) => test.kind !== neutral.kind);
  if (first === undefined) return [];
  if (others.length === 0 && first.kind !== kind) return [first];
  const kept = new Set<RequestTest>();
  const names = new Map<string, string | undefined>();
  const longer: Composite[] = [];
  for (const one of tests) {
    for (const test of one.kind === kind && one.tests.length <= longestCopied ? one.tests : [one]) {
      if (test.kind === deciding.kind) return undefined;
      if (test.kind === neutral.kind || kept.has(test)) continue;
      const name = nameOf(test);
      if (name !== undefined && names.has(name.own)) continue;
      if (name !== undefined) names.set(name.own, name.opposite);
      if (test.kind === kind) longer.push(test);
      kept.add(test);
    }
  }
  for (const opposite of names.values())
    if (opposite !== undefined && (names.has(opposite) || longer.some((part) => holdsName(part, opposite))))
      return undefined;
  return [...kept];
}

type Composite = RequestTest & { readonly tests: readonly RequestTest[] };

/** What stands in a part that was not copied: the names of its small tests, and further parts of it that were not copied either. */
interface Inside {
  /** By their numbers. Parts that hold each other share one table: those of a part have lower numbers than its `end`. */
  readonly names: Map<string, number>;
  readonly end: number;
  readonly longer: readonly Composite[];
}

const inside = new WeakMap<RequestTest, Inside>();

function insideOf(test: Composite): Inside {
  let found = inside.get(test);
  if (found === undefined) inside.set(test, (found = lookInto(test)));
  return found;
}

function lookInto(test: Composite): Inside {
  const [first, ...others] = test.tests.filter((part): part is Composite => part.kind === test.kind);
  const begun = first && insideOf(first);
  // A part is mostly held by one other, which goes on with its table; a second one begins with a copy.
  const isLast = begun !== undefined && begun.names.size === begun.end;
  const names = isLast ? begun.names : new Map([...(begun?.names ?? [])].filter(([, number]) => number < begun!.end));
  for (const part of test.tests) {
    const name = nameOf(part)?.own;
    if (name !== undefined && !names.has(name)) names.set(name, names.size);
  }
  return { names, end: names.size, longer: [...(begun?.longer ?? []), ...others] };
}

/** Whether a small test of this name is among the parts, or among those of a part that was not copied. */
function holdsName(test: Composite, name: string): boolean {
  const { names, end, longer } = insideOf(test);
  return (names.get(name) ?? end) < end || longer.some((part) => holdsName(part, name));
}

/** What a small test says, wherever it stands, and what its denial says. */
interface TestName {
  readonly own: string;
  /** What is unknown without a subject has none, since it may be two different things. */
  readonly opposite: string | undefined;
}

const testNames = new WeakMap<RequestTest, TestName>();

/** Small tests that are the same wherever they stand. A condition that grows by one part asks for the names of all the others again. */
function nameOf(test: RequestTest): TestName | undefined {
  const known = testNames.get(test);
  if (known !== undefined) return known;
  const denied = test.kind === 'not' ? test.test : undefined;
  const words = wordsOf(denied ?? test);
  if (words === undefined) return undefined;
  const isUnnamed = words.startsWith('unknown ');
  if (denied !== undefined && isUnnamed) return undefined;
  const name =
    denied === undefined
      ? { own: words, opposite: isUnnamed ? undefined : `!${words}` }
      : { own: `!${words}`, opposite: words };
  testNames.set(test, name);
  return name;
}

function wordsOf(test: RequestTest): string | undefined {
  switch (test.kind) {
    case 'unknown':
      return test.subject === undefined ? `unknown ${test.reason ?? ''}` : `undecided ${test.subject}`;
    case 'origin-present':
    case 'preflight':
    case 'cookie':
      return test.kind;
    case 'method':
      return `method ${test.name}`;
    case 'circumstance':
      return `circumstance ${test.subject} = ${test.value ?? ''}`;
    default:
      return undefined;
  }
}

/** Most tests of one condition, written out; beyond it the condition is unknown. Shared parts would be walked again and again. */
const mostTests = 8_000;
/** Smaller ones are counted again instead of being remembered. */
const smallest = 24;
const sizes = new WeakMap<RequestTest, number>();

function bounded(test: RequestTest): RequestTest {
  if (test.kind !== 'all' && test.kind !== 'some') return test;
  const size = test.tests.reduce((sum, part) => sum + sizeOf(part), 1);
  if (size > mostTests) return unknown();
  if (size > smallest) sizes.set(test, size);
  return test;
}

/** How many tests a condition has when it is written out. */
export function sizeOf(test: RequestTest): number {
  if (test.kind === 'not') return 1 + sizeOf(test.test);
  if (test.kind !== 'all' && test.kind !== 'some') return 1;
  return sizes.get(test) ?? test.tests.reduce((sum, part) => sum + sizeOf(part), 1);
}
