/**
 * How long an engine that goes back takes for a pattern, at worst: from the number of ways in which one text can be read.
 *
 * The pattern becomes an automaton with a state for each character that it names. Two ways around a loop over one word are
 * exponential; a chain of loops that can trade a word is a polynomial whose degree is the chain's length. See Weber and
 * Seidl, "On the degree of ambiguity of finite automata", https://doi.org/10.1016/0304-3975(91)90381-B.
 */
import { BoundedCache } from '../bounded-cache.ts';
import { JS } from 'refa';
import type { CharSet, Concatenation, Element, NoParent } from 'refa';
import { modeOf, toJavaScript } from './pattern-translation.ts';
import type { Pattern } from '../request-test.ts';

type Node = NoParent<Element>;

/** Longest automaton, and most steps for one pattern; beyond them nothing is said. */
const mostStates = 160;
const mostSteps = 200_000;
/** A count is a bound whatever its size: a few rounds show as much as sixty. */
const mostRounds = 6;

class TooCostly extends Error {}

const degrees = new BoundedCache<number | undefined>(500);

/** Time at worst as a power of the text's length, `Infinity` for exponential time; undefined where that is not known. */
export function degreeOfTime(pattern: Pattern): number | undefined {
  const { source, flags, dialect, mode } = pattern;
  return degrees.get(JSON.stringify([source, flags, dialect, mode]), () => findDegree(pattern));
}

function findDegree(pattern: Pattern): number | undefined {
  // RE2 and its kin read a text once, whatever the pattern.
  if (pattern.dialect === 'go') return 1;
  // What is never given back cannot be tried again; how much that saves is not looked at.
  if (pattern.dialect !== 'javascript' && /[*+?}]\+|\(\?>/.test(pattern.source)) return undefined;
  const translated = toJavaScript(pattern);
  if (translated === undefined) return undefined;
  try {
    const { expression } = JS.Parser.fromLiteral(translated).parse({
      backreferences: 'throw',
      assertions: 'parse',
      maxNodes: 5000,
    });
    return new Automaton(expression.alternatives, modeOf(pattern)).degree();
  } catch (error) {
    // A syntax error, a back reference, or the budget.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** A part of the automaton: the states that it begins and ends with, as often as there are ways to them. */
interface Part {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly nullable: boolean;
}
const nothing: Part = { first: [], last: [], nullable: true };

/** State 0 stands before the text, and in a search also at every place of it. */
class Automaton {
  private readonly characters: bigint[] = [0n];
  private readonly next: Map<number, number>[] = [new Map()];
  /** States behind which anything may follow, and those at which the text has to end. */
  private readonly open = new Set<number>();
  private readonly closed = new Set<number>();
  private steps = 0;

  constructor(alternatives: readonly NoParent<Concatenation>[], mode: Pattern['mode']) {
    const anchoredStart = this.state(0n);
    for (const alternative of alternatives) {
      const part = this.sequence(alternative.elements);
      const start = mode !== 'search' || edgeOf(alternative, 'start') ? anchoredStart : 0;
      for (const state of part.first) this.link(start, state);
      const accepting = mode === 'full' || edgeOf(alternative, 'end') ? this.closed : this.open;
      for (const state of [...part.last, ...(part.nullable ? [start] : [])]) accepting.add(state);
    }
    this.characters[0] = printable;
    this.link(0, 0);
  }

  degree(): number {
    const reach = this.reachability();
    const isLoop = (state: number): boolean => reach[state]!.has(state);
    const loops = this.next.map((_, state) => state).filter(isLoop);
    const rejected = this.canBeRejected();
    const sameLoop = (left: number, right: number): boolean => reach[left]!.has(right) && reach[right]!.has(left);
    const slow = loops.filter((state) => rejected.has(state));
    if (slow.some((state) => this.hasTwoWaysAround(state, sameLoop))) return Infinity;
    // One state stands for its loop; whichever state of the loop trades, the loop does.
    const groups: number[][] = [];
    for (const state of slow) {
      const group = groups.find((one) => sameLoop(one[0]!, state));
      if (group) group.push(state);
      else groups.push([state]);
    }
    const trades = groups.map((from, index) =>
      groups.map(
        (to, other) =>
          index !== other &&
          reach[from[0]!]!.has(to[0]!) &&
          from.some((left) => to.some((right) => this.canTrade(left, right, sameLoop))),
      ),
    );
    const longest = groups.map((): number | undefined => undefined);
    const chainFrom = (index: number): number =>
      (longest[index] ??= Math.max(
        0,
        ...groups.map((group, other) => {
          if (!trades[index]![other]) return 0;
          return (
            1 +
            Math.max(
              0,
              ...groups.map((later, third) =>
                other === third || reach[group[0]!]!.has(later[0]!) ? chainFrom(third) : 0,
              ),
            )
          );
        }),
      ));
    return 1 + Math.max(0, ...groups.map((_, index) => chainFrom(index)));
  }

  private sequence(elements: readonly Node[]): Part {
    return elements
      .map((element) => this.part(element))
      .reduce((left, right) => {
        for (const from of left.last) for (const to of right.first) this.link(from, to);
        return {
          first: left.nullable ? [...left.first, ...right.first] : left.first,
          last: right.nullable ? [...left.last, ...right.last] : right.last,
          nullable: left.nullable && right.nullable,
        };
      }, nothing);
  }

  private part(element: Node): Part {
    switch (element.type) {
      case 'CharacterClass': {
        const state = this.state(bitsOf(element.characters));
        return { first: [state], last: [state], nullable: false };
      }
      case 'Alternation': {
        const parts = element.alternatives.map(({ elements }) => this.sequence(elements));
        return {
          first: parts.flatMap(({ first }) => first),
          last: parts.flatMap(({ last }) => last),
          nullable: parts.some(({ nullable }) => nullable),
        };
      }
      case 'Quantifier':
        return this.repeated(element);
      // An assertion takes no text; that it refuses some only makes matching shorter.
      case 'Assertion':
        return nothing;
      case 'Unknown':
        throw new TooCostly();
    }
  }

  private repeated({ alternatives, min, max }: Node & { type: 'Quantifier' }): Part {
    const body = (): Part => this.part({ type: 'Alternation', alternatives });
    if (max === 0) return nothing;
    const least = Math.min(min, mostRounds);
    const rounds = Array.from({ length: max === Infinity ? Math.max(1, least) : Math.min(max, mostRounds) }, body);
    const final = rounds.at(-1)!;
    if (max === Infinity) for (const from of final.last) for (const to of final.first) this.link(from, to);
    const first: number[] = [];
    const last: number[] = [];
    let before: readonly number[] = [];
    rounds.forEach((round, index) => {
      // A round begins where the one before it ended; where that may be empty, also where it began.
      for (const from of before) for (const to of round.first) this.link(from, to);
      if (index === 0 || round.nullable) first.push(...round.first);
      before = round.nullable ? [...before, ...round.last] : round.last;
      if (index >= least - 1) last.push(...round.last);
    });
    return {
      first,
      last: final.nullable ? rounds.flatMap((round) => round.last) : last,
      nullable: least === 0 || final.nullable,
    };
  }

  private state(characters: bigint): number {
    if (this.characters.length > mostStates) throw new TooCostly();
    this.characters.push(characters);
    this.next.push(new Map());
    return this.characters.length - 1;
  }

  private link(from: number, to: number): void {
    this.step();
    const ways = this.next[from]!;
    ways.set(to, (ways.get(to) ?? 0) + 1);
  }

  private step(): void {
    if (++this.steps > mostSteps) throw new TooCostly();
  }

  private reachability(): ReadonlySet<number>[] {
    return this.next.map((ways) => {
      const found = new Set(ways.keys());
      for (const state of found)
        for (const to of this.next[state]!.keys()) {
          this.step();
          found.add(to);
        }
      return found;
    });
  }

  /** Whether one word leads around from the state to itself in two ways. */
  private hasTwoWaysAround(state: number, sameLoop: (left: number, right: number) => boolean): boolean {
    for (const [to, ways] of this.next[state]!) if (ways > 1 && sameLoop(state, to)) return true;
    const key = (left: number, right: number, apart: boolean): number =>
      (left * (mostStates + 2) + right) * 2 + Number(apart);
    const seen = new Set([key(state, state, false)]);
    const queue: [number, number, boolean][] = [[state, state, false]];
    for (const [left, right, apart] of queue) {
      for (const one of this.next[left]!.keys()) {
        if (!sameLoop(one, state)) continue;
        for (const other of this.next[right]!.keys()) {
          this.step();
          if (!sameLoop(other, state) || (this.characters[one]! & this.characters[other]!) === 0n) continue;
          const differ = apart || one !== other;
          if (differ && one === state && other === state) return true;
          const id = key(one, other, differ);
          if (seen.has(id)) continue;
          seen.add(id);
          queue.push([one, other, differ]);
        }
      }
    }
    return false;
  }

  /** Whether one word leads from `from` to itself, from `from` to `to`, and from `to` to itself. */
  private canTrade(from: number, to: number, sameLoop: (left: number, right: number) => boolean): boolean {
    const seen = new Set([[from, from, to].join()]);
    const queue: [number, number, number][] = [[from, from, to]];
    for (const triple of queue) {
      for (const [one, two, three] of this.nextTriples(triple, from, to, sameLoop)) {
        if (one === from && two === to && three === to) return true;
        const id = [one, two, three].join();
        if (seen.has(id)) continue;
        seen.add(id);
        queue.push([one, two, three]);
      }
    }
    return false;
  }

  /** Where the same character leads all three; the first stays in the loop of `from`, the last in that of `to`. */
  private *nextTriples(
    [left, middle, right]: readonly [number, number, number],
    from: number,
    to: number,
    sameLoop: (left: number, right: number) => boolean,
  ): Generator<[number, number, number]> {
    for (const one of this.next[left]!.keys()) {
      if (!sameLoop(one, from)) continue;
      for (const two of this.next[middle]!.keys()) {
        const both = this.characters[one]! & this.characters[two]!;
        this.step();
        if (both === 0n) continue;
        for (const three of this.next[right]!.keys()) {
          this.step();
          if (sameLoop(three, to) && (both & this.characters[three]!) !== 0n) yield [one, two, three];
        }
      }
    }
  }

  /** The states at which a text can be that is refused in the end; only then are all ways tried. */
  private canBeRejected(): ReadonlySet<number> {
    const start = [0, 1];
    const sets = new Map([[start.join(), { states: start, before: new Set<string>() }]]);
    const refused: string[] = [];
    for (const [id, { states }] of sets) {
      if (states.some((state) => this.open.has(state))) continue;
      if (!states.some((state) => this.closed.has(state))) refused.push(id);
      const targets = [...new Set(states.flatMap((state) => [...this.next[state]!.keys()]))].sort(
        (left, right) => left - right,
      );
      for (const letters of this.classesOf(targets)) {
        const after = targets.filter((state) => (this.characters[state]! & letters) !== 0n);
        this.step();
        const known = sets.get(after.join());
        if (known) known.before.add(id);
        else if (sets.size > 2000) throw new TooCostly();
        else sets.set(after.join(), { states: after, before: new Set([id]) });
      }
    }
    const leading = new Set(refused);
    for (const id of leading) for (const before of sets.get(id)!.before) leading.add(before);
    return new Set([...leading].flatMap((id) => sets.get(id)!.states));
  }

  /** The printable characters, in classes that these states do not tell apart. */
  private classesOf(states: readonly number[]): readonly bigint[] {
    let classes = [printable];
    for (const state of states) {
      this.step();
      const own = this.characters[state]!;
      classes = classes.flatMap((one) => [one & own, one & ~own].filter((half) => half !== 0n));
    }
    return classes;
  }
}

/** No header holds other characters. */
const printable = bits(0x20, 0x7e);

function bits(min: number, max: number): bigint {
  return max < min ? 0n : ((1n << BigInt(max - min + 1)) - 1n) << BigInt(min);
}

function bitsOf(characters: CharSet): bigint {
  return characters.ranges.reduce((all, { min, max }) => all | bits(Math.max(min, 0x20), Math.min(max, 0x7e)), 0n);
}

/** Whether every text of the alternative begins or ends where the whole text does. */
function edgeOf({ elements }: NoParent<Concatenation>, side: 'start' | 'end'): boolean {
  const edge = elements.at(side === 'start' ? 0 : -1);
  if (edge?.type === 'Alternation')
    return edge.alternatives.length > 0 && edge.alternatives.every((alternative) => edgeOf(alternative, side));
  if (edge?.type !== 'Assertion' || !edge.negate || edge.kind !== (side === 'start' ? 'behind' : 'ahead')) return false;
  const [only] = edge.alternatives.length === 1 ? edge.alternatives[0]!.elements : [];
  return only?.type === 'CharacterClass' && edge.alternatives[0]!.elements.length === 1 && only.characters.isAll;
}
