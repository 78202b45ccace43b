/** Who is in a set of origins, as data and in words: for the hover, the command line, the lens and the view of policies. */
import { fold, singleTests } from '../policy/condition-walk.ts';
import type { OriginEntry, Policy } from '../policy/policy.ts';
import { overScheme } from '../policy/origin-set.ts';
import type { OverScheme } from '../policy/origin-set.ts';
import type { Pattern, RequestTest } from '../policy/request-test.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import type { OriginSet, Ternary } from '../policy/verdict.ts';
import { codeSpan } from './markdown.ts';
import { shortened } from './visible-text.ts';

export const atRunTime = 'decided at run time';
const mostListed = 5;
/** In UTF-16 units. */
const longestQuotation = 300;

type Scheme = 'http:' | 'https:';

/** The ways into a set of origins. Where nothing of it is true, nothing is known. */
export interface WaysIn {
  /** Every origin that has a name. */
  readonly everybody: boolean;
  /** The one scheme over which everybody gets in. */
  readonly onlyOver?: Scheme;
  /** Over the other scheme only some; `unknown`: what cannot be read may let them in. */
  readonly someOverOther?: true | 'unknown';
  /** Everybody but some that a check keeps out. */
  readonly keepsSomeOut?: true;
  /** One that is kept out by its name. */
  readonly keptOut?: string;
  readonly nobody: boolean;
  /** As a browser sends them. */
  readonly origins: readonly string[];
  /** Markdown: `origins that match …`. */
  readonly patterns: readonly string[];
  /** Markdown, of what is written and cannot be read. */
  readonly unread: readonly string[];
  /** What cannot be read may let others in. */
  readonly others: boolean;
  /** Pages without an origin that has a name, `null`. */
  readonly sandboxed: boolean;
  /** An origin that nobody names, and that gets in all the same. */
  readonly stranger?: string;
  /** Circumstances decide as well. */
  readonly depends: boolean;
}

/** `text` is the document that the policy was read from; code is quoted from it. */
export function waysInto(set: OriginSet, policy: Policy, text: string): WaysIn {
  const sandboxed = set.has('null') === true;
  const none = { origins: [], patterns: [], unread: [], others: false, sandboxed, depends: set.depends };
  if (set.isEverything) return { ...none, everybody: true, nobody: false, ...limitsOf(set) };
  const { origins, patterns, unread, others } = namedWays(set, policy, text);
  if (!others && strangers.every((origin) => set.has(origin) === true))
    return { ...none, everybody: true, nobody: false, keepsSomeOut: true, ...nameKeptOut(set) };
  if (set.isEmpty && origins.length === 0 && !sandboxed) return { ...none, everybody: false, nobody: true };
  const stranger = set.namedDomains.length > 0 ? set.witness({ domains: set.namedDomains, origins: [] }) : undefined;
  return {
    ...none,
    everybody: false,
    nobody: false,
    origins,
    patterns,
    unread,
    others,
    ...(stranger !== undefined && { stranger }),
  };
}

/** Origins that no program names, and that share no word and no ending. */
const strangers = ['another-website.example', 'xq0zj.zq', 'www.k7-u.co.uk'].flatMap((host) => [
  `https://${host}`,
  `http://${host}`,
]);

type Limits = Pick<WaysIn, 'onlyOver' | 'someOverOther' | 'keepsSomeOut' | 'keptOut'>;

/** Every host may mean every host over one scheme, or on its usual port. */
function limitsOf(set: OriginSet): Limits {
  if (set.test.kind === 'always') return {};
  const [secure, plain] = [overScheme(set, 'https:'), overScheme(set, 'http:')];
  if (secure === undefined || plain === undefined) return {};
  if (secure.everybody === true && plain.everybody === true)
    return secure.keepsSomeOut || plain.keepsSomeOut ? { keepsSomeOut: true, ...nameKeptOut(set) } : {};
  const [onlyOver, own, other]: [Scheme, OverScheme, OverScheme] =
    secure.everybody === true ? ['https:', secure, plain] : ['http:', plain, secure];
  return {
    onlyOver,
    ...(other.anybody !== false && { someOverOther: other.anybody }),
    ...(own.keepsSomeOut && { keepsSomeOut: true, ...nameKeptOut(set) }),
  };
}

/** Whoever is compared with and surely not let in. */
function nameKeptOut(set: OriginSet): Pick<WaysIn, 'keptOut'> {
  for (const test of singleTests(set.test))
    if (
      test.kind === 'origin' &&
      test.operator === 'equals' &&
      test.part === 'origin' &&
      test.text !== 'null' &&
      inspectOrigin(test.text).valid &&
      set.has(test.text) === false
    )
      return { keptOut: test.text };
  return {};
}

/** Everybody, nobody, these origins, what matches; with a stranger who gets in where there is one. One line of Markdown. */
export function wordsFor(set: OriginSet, policy: Policy, text: string): string {
  const ways = waysInto(set, policy, text);
  const words = inWords(ways);
  return ways.depends && words !== 'nobody' && words !== atRunTime ? `${words}; not on every request` : words;
}

function inWords(ways: WaysIn): string {
  if (ways.everybody) return everybodyInWords(ways);
  const { nobody, origins, patterns, unread, others, sandboxed, stranger } = ways;
  if (nobody) return 'nobody';
  const parts = [
    ...listed(origins.map(quotedCode)),
    ...listed([...patterns, ...unread]),
    ...(sandboxed && !origins.includes('null') ? ['sandboxed pages and local files (`null`)'] : []),
  ];
  if (others || parts.length === 0) parts.push(parts.length === 0 ? atRunTime : `possibly others, ${atRunTime}`);
  return parts.join(', ') + (stranger === undefined ? '' : `; this lets in ${quotedCode(stranger)}`);
}

function everybodyInWords({ onlyOver, someOverOther, keepsSomeOut, keptOut, sandboxed }: WaysIn): string {
  const over = onlyOver === undefined ? '' : ` over ${onlyOver}`;
  const example = keptOut === undefined ? '' : ` (${quotedCode(keptOut)})`;
  const other = onlyOver === 'https:' ? 'http:' : 'https:';
  return [
    `everybody${over}${keepsSomeOut ? ` but those that are kept out${example}` : ''}`,
    ...(someOverOther === true ? [`some over ${other}`] : []),
    ...(someOverOther === 'unknown' ? [`possibly others over ${other}, ${atRunTime}`] : []),
    ...(sandboxed ? [] : ['except for sandboxed pages (`null`)']),
  ].join(', ');
}

function listed(items: readonly string[]): string[] {
  return items.length <= mostListed ? [...items] : [...items.slice(0, mostListed), `${items.length - mostListed} more`];
}

type NamedWays = Pick<WaysIn, 'origins' | 'patterns' | 'unread' | 'others'>;

function namedWays(set: OriginSet, policy: Policy, text: string): NamedWays {
  const written = new Map<string, string>();
  for (const { pattern, text: source } of policy.settings.origins.value)
    if (pattern && source !== undefined) written.set(keyOf(pattern), source);
  const origins = new Set<string>();
  const patterns = new Set<string>();
  let others = false;
  const visit = (test: RequestTest): void => {
    if (test.kind === 'all') visitTogether(test.tests);
    else if (test.kind === 'some') test.tests.forEach(visit);
    else if (test.kind === 'unknown') others = true;
    else if (test.kind === 'not') others ||= holdsUnknown(test);
    else if (test.kind !== 'origin') return;
    else if (test.operator !== 'equals' || test.part !== 'origin')
      patterns.add(`origins ${patternWords(test, written)}`);
    else {
      // What no page has as its origin is no way in, unless case is left out of account.
      const { valid, serialised } = inspectOrigin(test.text);
      const origin = valid ? test.text : test.ignoreCase ? serialised : undefined;
      if (origin !== undefined && (set.has(origin) satisfies Ternary) !== false) origins.add(origin);
    }
  };
  /** What has to hold together is one way in, and no way of its own for each part of it. */
  const visitTogether = (tests: readonly RequestTest[]): void => {
    const clauses = clausesOf(tests, 'all', written);
    const parts = [...clauses.values()];
    // The other parts only keep out some of those that a list names.
    const one = parts.find(listsOrigins) ?? (parts.length === 1 ? parts[0] : undefined);
    if (one) visit(one);
    else if (clauses.size > 1) patterns.add(`origins ${[...clauses.keys()].join(' and ')}`);
    others ||= tests.some(holdsUnknown);
  };
  visit(set.test);
  const unread = new Set<string>();
  for (const entry of policy.settings.origins.value)
    if (entry.kind === 'unknown' && others) unread.add(`what ${quotedCode(quoted(entry, text))} says`);
  return { origins: [...origins], patterns: [...patterns], unread: [...unread], others };
}

const verbs = {
  equals: 'is',
  'starts-with': 'starts with',
  'ends-with': 'ends with',
  contains: 'contains',
  within: 'is part of',
  matches: 'matches',
} as const;
const plurals = {
  equals: 'equal to',
  'starts-with': 'that start with',
  'ends-with': 'that end with',
  contains: 'that contain',
  within: 'that are part of',
  matches: 'that match',
} as const;

/** `that end with ".example.com"`. `written` holds a pattern's text as it stands in the source. */
function patternWords(test: Extract<RequestTest, { kind: 'origin' }>, written: Written): string {
  const { part, operator } = test;
  const text = test.operator === 'matches' ? (written.get(keyOf(test.pattern)) ?? test.pattern.source) : test.text;
  if (part === 'origin') return `${plurals[operator]} ${quotedCode(text)}`;
  return `whose ${typeof part === 'string' ? part : part.words} ${verbs[operator]} ${quotedCode(text)}`;
}

/** It speaks of the origin itself and says who gets in, not who stays out. */
function saysWho(test: RequestTest): boolean {
  return fold<boolean>(
    test,
    ({ kind }, parts) => kind === 'origin' || (kind !== 'not' && parts.includes(true)),
    sayers,
  );
}

const sayers = new WeakMap<RequestTest, boolean>();

/** Nothing but whole origins. */
function listsOrigins(test: RequestTest): boolean {
  if (test.kind === 'some') return test.tests.every(listsOrigins);
  return test.kind === 'origin' && test.part === 'origin' && test.operator === 'equals';
}

type Written = ReadonlyMap<string, string>;
/** Alternatives inside each other; nobody reads more in one line. */
const deepestClause = 5;

/** Conditions that say the same are one object, wherever they were read: a pattern may be that of another file. */
function keyOf({ source, flags, dialect, mode }: Pattern): string {
  return [dialect, mode, flags, source].join('/');
}

/** The parts of a conjunction or disjunction that say who, each once, and those of one of its own kind in it; by their words. */
function clausesOf(
  tests: readonly RequestTest[],
  kind: 'all' | 'some',
  written: Written,
  depth = deepestClause,
): Map<string, RequestTest> {
  const found = new Map<string, RequestTest>();
  if (depth === 0) return found;
  for (const test of tests.filter(saysWho)) {
    if (test.kind === 'origin') found.set(patternWords(test, written), test);
    if (test.kind !== 'all' && test.kind !== 'some') continue;
    const inner = clausesOf(test.tests, test.kind, written, depth - 1);
    const sole = inner.size === 1 ? clausesOf([...inner.values()], kind, written, depth - 1) : undefined;
    if (test.kind === kind || sole) for (const [words, part] of sole ?? inner) found.set(words, part);
    else if (inner.size > 1) found.set(`(${[...inner.keys()].join(test.kind === 'some' ? ' or ' : ' and ')})`, test);
  }
  return found;
}

function holdsUnknown(test: RequestTest): boolean {
  if (test.kind === 'not') return holdsUnknown(test.test);
  return test.kind === 'unknown' || ((test.kind === 'all' || test.kind === 'some') && test.tests.some(holdsUnknown));
}

function quoted({ range }: OriginEntry, text: string): string {
  const source = range.path === undefined ? text.slice(range.start, range.end).replaceAll(/\s+/g, ' ').trim() : '';
  if (source === '') return 'another file';
  return source.length > 60 ? `${source.slice(0, 57)}…` : source;
}

/** A code span of Markdown, no longer than somebody reads. */
export function quotedCode(text: string): string {
  return codeSpan(shownShort(text));
}

/** At most so much of a text of the file as somebody reads. */
export function shownShort(text: string): string {
  return shortened(text, longestQuotation);
}
