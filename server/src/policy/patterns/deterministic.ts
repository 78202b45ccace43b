/**
 * Deterministic automata over the 128 characters of ASCII, each in its one smallest form: states are numbered from the start in the order
 * of the characters, and characters that no state tells apart share a class. Two automata of the same language are therefore the
 * same object
 * as long as it is remembered, and what two of them give together is computed once.
 */
import { BoundedCache } from '../bounded-cache.ts';
import { coarsestPartition } from './partition.ts';
import { countState } from './state-budget.ts';

/** Characters are the codes below it. */
export const alphabetSize = 128;

/** State 0 is the start, and every state has a next one for each class of characters. Never changed after it was built. */
export interface Automaton {
  readonly id: number;
  /** By character: its class. */
  readonly classOf: Uint8Array;
  /** How many classes there are. */
  readonly width: number;
  /** By state times `width` plus class: the next state. */
  readonly next: Int32Array;
  /** By state: 1 where the text may end. */
  readonly accepting: Uint8Array;
  /** The state from which nothing is accepted any more, -1 without one. */
  readonly dead: number;
}

/** An automaton as an algorithm leaves it: complete, and with states that may be one. */
export type RawAutomaton = Pick<Automaton, 'classOf' | 'width' | 'next' | 'accepting'>;

/** Automata by a number made of their tables, so that equal ones are found again. */
const known = new BoundedCache<Automaton, number>(1_000_000, weightOf);
let lastId = 0;

/** The smallest automaton of the same language. */
export function smallest(raw: RawAutomaton): Automaton {
  const { blockOf, count } = coarsestPartition(raw);
  return remembered(numbered(raw, blockOf, count));
}

/** The automaton with these tables, which are those of a smallest one. */
export function automatonOfTables(tables: RawAutomaton): Automaton {
  return remembered(tables);
}

/** The automaton of all texts, marks included, that this one refuses. */
export function opposite(automaton: Automaton): Automaton {
  return pairwise(`~ ${automaton.id}`, () =>
    remembered({ ...automaton, accepting: automaton.accepting.map((value) => 1 - value) }),
  );
}

/** Whether it accepts nothing at all. */
export function acceptsNothing(automaton: Automaton): boolean {
  return automaton.dead === 0;
}

/** Whether it accepts every text. */
export function acceptsAll({ accepting }: Automaton): boolean {
  return accepting.length === 1 && accepting[0] === 1;
}

/** Whether the text, of ASCII characters or not, is accepted. */
export function accepts({ classOf, width, next, accepting, dead }: Automaton, text: string): boolean {
  let state = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= alphabetSize || state === dead) return false;
    state = next[state * width + classOf[code]!]!;
  }
  return accepting[state] === 1;
}

/** What both accept. Throws `BudgetExceeded` when that takes too many states. */
export function both(left: Automaton, right: Automaton): Automaton {
  if (left === right || acceptsNothing(left) || acceptsAll(right)) return left;
  if (acceptsNothing(right) || acceptsAll(left)) return right;
  const [first, second] = left.id < right.id ? [left, right] : [right, left];
  return pairwise(`& ${first.id} ${second.id}`, () => product(first, second));
}

/** Whether each text of `inner` is one of `outer`. Looks at pairs of states until one says no. */
export function isWithin(inner: Automaton, outer: Automaton): boolean {
  if (inner === outer || acceptsNothing(inner) || acceptsAll(outer)) return true;
  return new Pairs(inner, outer).every(
    (left, right) =>
      left === inner.dead || (right !== outer.dead && (inner.accepting[left] === 0 || outer.accepting[right] === 1)),
  );
}

/** Results of two automata by their numbers. */
const pairs = new BoundedCache<Automaton>(1_000_000, weightOf);

function weightOf({ next }: Automaton): number {
  return next.length + alphabetSize;
}

function pairwise(key: string, compute: () => Automaton): Automaton {
  return pairs.get(key, compute);
}

function product(left: Automaton, right: Automaton): Automaton {
  const walk = new Pairs(left, right);
  const accepting: number[] = [];
  walk.every((first, second) => {
    accepting.push(left.accepting[first]! & right.accepting[second]!);
    return true;
  });
  return smallest({ ...walk.classes, next: Int32Array.from(walk.next), accepting: Uint8Array.from(accepting) });
}

/**
 * The pairs of states that two automata come to with the same text. Where one of them can accept nothing more, its partner is not told
 * apart: every other state is on a way to acceptance.
 */
class Pairs {
  readonly classes: Pick<Automaton, 'classOf' | 'width'>;
  readonly next: number[] = [];
  private readonly representatives: number[];

  constructor(
    private readonly left: Automaton,
    private readonly right: Automaton,
  ) {
    const joint = jointClasses(left, right);
    this.classes = joint;
    this.representatives = joint.representatives;
  }

  /** Whether `accept` says yes to every pair, from the start on. */
  every(accept: (left: number, right: number) => boolean): boolean {
    const { left, right } = this;
    const number = new Map<number, number>();
    const found: number[] = [];
    const states = right.accepting.length;
    const numberOf = (first: number, second: number): number => {
      const key = first === left.dead ? -1 : second === right.dead ? -2 : first * states + second;
      let known = number.get(key);
      if (known === undefined) {
        countState(found.length);
        number.set(key, (known = found.length));
        found.push(first * states + second);
      }
      return known;
    };
    numberOf(0, 0);
    const columns = this.representatives.map(
      (character) => [left.classOf[character]!, right.classOf[character]!] as const,
    );
    for (let index = 0; index < found.length; index++) {
      const [first, second] = [Math.floor(found[index]! / states), found[index]! % states];
      if (!accept(first, second)) return false;
      const [leftRow, rightRow] = [first * left.width, second * right.width];
      for (const [leftClass, rightClass] of columns)
        this.next.push(numberOf(left.next[leftRow + leftClass]!, right.next[rightRow + rightClass]!));
    }
    return true;
  }
}

/** Each character has one of so many classes. */
export type CharacterClasses = Pick<Automaton, 'classOf' | 'width'>;

/** Characters that neither tells apart, with one of each. */
export function jointClasses(left: CharacterClasses, right: CharacterClasses) {
  const classOf = new Uint8Array(alphabetSize);
  const representatives: number[] = [];
  const byPair = new Int16Array(left.width * right.width).fill(-1);
  for (let character = 0; character < alphabetSize; character++) {
    const pair = left.classOf[character]! * right.width + right.classOf[character]!;
    if (byPair[pair] === -1) byPair[pair] = representatives.push(character) - 1;
    classOf[character] = byPair[pair]!;
  }
  return { classOf, width: representatives.length, representatives };
}

/** The blocks as states, numbered from the start; characters that no block tells apart in one class. */
function numbered(raw: RawAutomaton, blockOf: Int32Array, count: number): RawAutomaton {
  const member = new Int32Array(count).fill(-1);
  for (let state = 0; state < blockOf.length; state++)
    if (member[blockOf[state]!] === -1) member[blockOf[state]!] = state;
  const order = new Int32Array(count);
  const place = new Int32Array(count).fill(-1);
  const firstOf = representativesOf(raw.classOf, raw.width);
  const width = firstOf.length;
  const rows = new Int32Array(count * width);
  order[0] = blockOf[0]!;
  place[blockOf[0]!] = 0;
  let found = 1;
  for (let state = 0; state < found; state++) {
    const from = member[order[state]!]! * raw.width;
    for (let column = 0; column < width; column++) {
      const to = blockOf[raw.next[from + firstOf[column]!]!]!;
      if (place[to] === -1) {
        order[found] = to;
        place[to] = found++;
      }
      rows[state * width + column] = place[to]!;
    }
  }
  const accepting = new Uint8Array(found);
  for (let state = 0; state < found; state++) accepting[state] = raw.accepting[member[order[state]!]!]!;
  return { ...withoutEqualColumns(raw, firstOf, rows.subarray(0, found * width)), accepting };
}

/** The classes in the order of their first characters. */
function representativesOf(classOf: Uint8Array, width: number): number[] {
  const seen = new Set<number>();
  for (const of of classOf) {
    seen.add(of);
    if (seen.size === width) break;
  }
  return [...seen];
}

/** `rows`: the next states, a column for each class of `firstOf`. */
function withoutEqualColumns(raw: RawAutomaton, firstOf: readonly number[], rows: Int32Array) {
  const width = firstOf.length;
  const { nameOf, kept } = distinctColumns(rows, width);
  const renamed = new Uint8Array(raw.width);
  for (let column = 0; column < width; column++) renamed[firstOf[column]!] = nameOf[column]!;
  const classOf = raw.classOf.map((of) => renamed[of]!);
  if (kept.length === width) return { classOf, width, next: rows };
  const next = new Int32Array((rows.length / width) * kept.length);
  for (let row = 0, at = 0; row < rows.length; row += width)
    for (const column of kept) next[at++] = rows[row + column]!;
  return { classOf, width: kept.length, next };
}

/** Equal columns have one name; names are in the order of the first columns that have them, which are kept. */
function distinctColumns(rows: Int32Array, width: number) {
  let nameOf = new Int32Array(width);
  let kept = [0];
  // Most differ after a few rows.
  for (let row = 0; row < rows.length && kept.length < width; row += width) {
    const names = new Map<number, number>();
    const renamed = new Int32Array(width);
    const firsts: number[] = [];
    for (let column = 0; column < width; column++) {
      const pair = rows[row + column]! * width + nameOf[column]!;
      let name = names.get(pair);
      if (name === undefined) {
        names.set(pair, (name = firsts.length));
        firsts.push(column);
      }
      renamed[column] = name;
    }
    nameOf = renamed;
    kept = firsts;
  }
  return { nameOf, kept };
}

/** The automaton that was built before with these tables, or this one with a number of its own. */
function remembered(raw: RawAutomaton): Automaton {
  const hash = tableHash(raw);
  const before = known.find(hash);
  if (before !== undefined && hasSameTables(before, raw)) return before;
  const { classOf, width, next, accepting } = raw;
  return known.keep(hash, { id: ++lastId, classOf, width, next, accepting, dead: deadState(raw) });
}

function hasSameTables(left: RawAutomaton, right: RawAutomaton): boolean {
  return (
    isEqual(left.accepting, right.accepting) && isEqual(left.next, right.next) && isEqual(left.classOf, right.classOf)
  );
}

function deadState({ width, next, accepting }: RawAutomaton): number {
  return accepting.findIndex((value, state) => {
    if (value === 1) return false;
    for (let at = state * width; at < (state + 1) * width; at++) if (next[at] !== state) return false;
    return true;
  });
}

function isEqual(left: Uint8Array | Int32Array, right: Uint8Array | Int32Array): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
}

/** FNV-1a over the tables. https://datatracker.ietf.org/doc/draft-eastlake-fnv/ */
function tableHash({ classOf, next, accepting }: RawAutomaton): number {
  let hash = 0x811c9dc5;
  for (const table of [classOf, next, accepting])
    for (let at = 0; at < table.length; at++) hash = Math.imul(hash ^ table[at]!, 0x01000193);
  return hash >>> 0;
}
