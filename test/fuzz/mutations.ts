/**
 * One change of a text, as people, tools and attackers make them. All is decided by the numbers of the change, so that a case can
 * be tried again, and shrunk by making the numbers smaller.
 */
import fc from 'fast-check';
import type { Example } from './corpus.ts';
import { oddLetters, oddWords } from './odd-words.ts';

export interface Change {
  readonly kind: keyof typeof changes;
  /** Where, as a share of the tokens, lines or letters; below 1. */
  readonly at: number;
  /** How much, or where else; below 1. */
  readonly much: number;
  /** Which one of what may be put there. */
  readonly which: number;
}
export interface Mutant {
  readonly path: string;
  readonly text: string;
  /** What it was before. */
  readonly original: string;
}

/** No text grows beyond it. */
const longestMutant = 60_000;
/** What grows with their number is counted by `test/policy/growth.test.ts`; here it is the shape that matters. */
const mostParts = 60;
const tokens =
  /[\p{L}_$][\p{L}\p{N}_$-]*|\d+|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[^\S\n]+|\n|./gsu;
const quoted = /(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1/g;

type Changed = (text: string, change: Change, other: Example) => string;

const changes = {
  prefix: (text, { at }) => text.slice(0, place(at, text.length + 1)),
  suffix: (text, { at }) => text.slice(place(at, text.length + 1)),
  deletedLetters: (text, { at, much }) => {
    const start = place(at, text.length);
    return text.slice(0, start) + text.slice(start + 1 + place(much, 40));
  },
  deletedLines: onLines((lines, { at, much }) => void lines.splice(place(at, lines.length), 1 + place(much, 4))),
  repeatedLines: onLines((lines, { at, much, which }) => {
    const start = place(at, lines.length);
    const part = lines.slice(start, start + 1 + (which % 3));
    lines.splice(start, 0, ...Array.from({ length: countOf(much) }, () => part).flat());
  }),
  swappedLines: onLines((lines, { at, much }) => swap(lines, place(at, lines.length), place(much, lines.length))),
  deletedToken: onTokens((all, { at }) => void all.splice(place(at, all.length), 1)),
  repeatedToken: onTokens((all, { at, much }) => {
    const start = place(at, all.length);
    all.splice(start, 1, (all[start] ?? '').repeat(countOf(much)));
  }),
  swappedTokens: onTokens((all, { at, much }) => swap(all, place(at, all.length), place(much, all.length))),
  foreignToken: onTokens((all, { at, much }, other) => {
    const theirs = other.text.match(tokens) ?? [];
    all.splice(place(at, all.length), 1, theirs[place(much, theirs.length)] ?? '');
  }),
  oddWord: onTokens(
    (all, { at, which }) => void all.splice(place(at, all.length), 1, oddWords[which % oddWords.length]!),
  ),
  oddText: (text, { at, which }) => {
    const places = [...text.matchAll(quoted)];
    const one = places[place(at, places.length)];
    const word = oddWords[which % oddWords.length]!;
    return one === undefined ? text + word : replaced(text, one.index + 1, one[2]!.length, word);
  },
  oddLetter: (text, { at, which }) =>
    replaced(text, place(at, text.length + 1), which % 2, oddLetters[(which >> 1) % oddLetters.length]!),
  foreignPiece: (text, { at, much, which }, other) => {
    const start = place(much, other.text.length);
    return replaced(text, place(at, text.length + 1), 0, other.text.slice(start, start + 1 + (which % 300)));
  },
  foreignEnd: (text, { at, much }, other) =>
    text.slice(0, place(at, text.length + 1)) + other.text.slice(place(much, other.text.length + 1)),
  nested: onTokens((all, { at, much, which }) => {
    const [open, close] = brackets[which % brackets.length]!;
    const count = countOf(much);
    all.splice(place(at, all.length), 0, open.repeat(count), close.repeat(which % 5 === 0 ? 0 : count));
  }),
  nestedAround: (text, { at, much, which }) => {
    const [open, close] = brackets[which % brackets.length]!;
    const [start, count] = [place(at, text.length + 1), countOf(much)];
    return text.slice(0, start) + open.repeat(count) + text.slice(start) + close.repeat(count);
  },
  nestedLines: onLines((lines, { at, much, which }) => {
    const count = countOf(much);
    const head = ['if a:', 'with a as b:', 'for x in y:', '- ', 'a:', 'try:'][which % 6]!;
    const start = place(at, lines.length);
    const inside = lines.splice(start).map((line) => ' '.repeat(count) + line);
    lines.push(...Array.from({ length: count }, (_, level) => ' '.repeat(level) + head), ...inside);
  }),
  lineEnds: (text, { which }) =>
    text.replaceAll(/\r?\n/g, ['\r\n', '\r', '\u2028', '\n\n', ' ', '\\\n', '\f\n'][which % 7]!),
  otherCase: onTokens((all, { at, which }) => {
    const start = place(at, all.length);
    all[start] = which % 2 === 0 ? (all[start] ?? '').toUpperCase() : (all[start] ?? '').toLowerCase();
  }),
  otherQuotes: (text, { at, much }) => {
    const places = [...text.matchAll(/["'`]/g)];
    const one = places[place(at, places.length)];
    return one === undefined ? text : replaced(text, one.index, 1, ['"', "'", '`', ''][place(much, 4)]!);
  },
} satisfies Record<string, Changed>;

const brackets: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['{\n', '\n}'],
  ['!', ''],
  ['a?b:', ''],
  ['<a>', '</a>'],
  ['${', '}'],
  ['f(', ')'],
  ['a { ', ' }'],
  ['x => ', ''],
  ['(a|', ')*'],
];

/** The example with these changes, one after the other. `all` is what pieces are taken from. */
export function mutantOf(all: readonly Example[], chosen: number, list: readonly Change[]): Mutant {
  const example = all[chosen % all.length]!;
  const kin = kinOf(all, example);
  const text = list.reduce((before, change) => {
    const other = kin[(change.which >> 4) % kin.length]!;
    return (changes[change.kind] as Changed)(before, change, other).slice(0, longestMutant);
  }, example.text);
  return { path: `/${example.path}`, text, original: example.text };
}

/** Mutants of these examples. They shrink to fewer changes, nearer to the beginning, of less. */
export function mutants(all: readonly Example[]): fc.Arbitrary<Mutant> {
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const change = fc.record<Change>({
    kind: fc.constantFrom(...(Object.keys(changes) as Change['kind'][])),
    at: share,
    much: share,
    which: fc.nat(),
  });
  return fc
    .tuple(fc.nat(all.length - 1), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([chosen, list]) => mutantOf(all, chosen, list));
}

const families = new WeakMap<readonly Example[], Map<string, Example[]>>();

/** Examples in the same language. */
function kinOf(all: readonly Example[], { reader }: Example): readonly Example[] {
  const known = families.get(all) ?? new Map<string, Example[]>();
  families.set(all, known);
  const kin = known.get(reader) ?? all.filter((other) => other.reader === reader);
  known.set(reader, kin);
  return kin;
}

function onLines(change: (lines: string[], how: Change) => void): Changed {
  return (text, how) => {
    const lines = text.split('\n');
    change(lines, how);
    return lines.join('\n');
  };
}

function onTokens(change: (all: string[], how: Change, other: Example) => void): Changed {
  return (text, how, other) => {
    const all = text.match(tokens) ?? [];
    change(all, how, other);
    return all.join('');
  };
}

function replaced(text: string, start: number, length: number, by: string): string {
  return text.slice(0, start) + by + text.slice(start + length);
}

function swap(all: string[], left: number, right: number): void {
  [all[left], all[right]] = [all[right] ?? '', all[left] ?? ''];
}

/** The index that lies at this share of so many. */
function place(share: number, length: number): number {
  return Math.floor(share * length);
}

/** Mostly a few, seldom many. */
function countOf(share: number): number {
  return 1 + Math.floor(share ** 4 * mostParts);
}
