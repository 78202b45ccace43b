/** Nondeterministic automata, built up from pieces, and their deterministic form by sets of states. */
import type { CharSet } from 'refa';
import { alphabetSize, smallest } from './deterministic.ts';
import type { Automaton, CharacterClasses } from './deterministic.ts';
import { countState, stateBudget } from './state-budget.ts';

/** Pieces have a few states without characters for each one that has some. */
const nodeBudget = 4 * stateBudget;

/** States are numbers. A step takes one character, or none. */
export class Nondeterministic {
  private readonly steps: { readonly characters: Uint8Array; readonly to: number }[][] = [];
  private readonly freeSteps: number[][] = [];
  /** Texts start in the first state and end in this one. */
  readonly start = this.state();
  readonly end = this.state();

  /** A new state. Throws `BudgetExceeded` past the budget. */
  state(): number {
    countState(this.steps.length, nodeBudget);
    this.freeSteps.push([]);
    return this.steps.push([]) - 1;
  }

  /** From one state to the other with any of the characters: 1 by code for each that is one of them. */
  step(from: number, characters: Uint8Array, to: number): void {
    this.steps[from]!.push({ characters, to });
  }

  /** From one state to the other with no character. */
  freeStep(from: number, to: number): void {
    this.freeSteps[from]!.push(to);
  }

  /** Lays a copy of the automaton between the two states; characters that are `erased` are no longer read there. */
  copy(automaton: Automaton, from: number, to: number, erased?: CharSet): void {
    const states = Array.from(automaton.accepting, (_, state) => (state === automaton.dead ? -1 : this.state()));
    if (automaton.dead === 0) return;
    this.freeStep(from, states[0]!);
    const charactersIn = classTables(automaton);
    states.forEach((copy, state) => {
      if (copy === -1) return;
      if (automaton.accepting[state] === 1) this.freeStep(copy, to);
      for (const [target, classes] of classesByTarget(automaton, state)) {
        if (states[target] === -1) continue;
        const all = charactersIn(classes);
        const characters = erased === undefined ? all : without(all, erased);
        if (characters !== all) this.freeStep(copy, states[target]!);
        this.step(copy, characters, states[target]!);
      }
    });
  }

  /** The smallest deterministic automaton of the same texts. Throws `BudgetExceeded`. */
  determinised(): Automaton {
    return this.subsets().whole();
  }

  /** The same as far as somebody looks into it. No piece may be added afterwards. */
  subsets(): Subsets {
    const closures = this.closures();
    const { classOf, width, stepsBy } = this.byClasses();
    return new Subsets({ classOf, width, start: closures.ofState(this.start), end: this.end }, (states, of) =>
      closures.after(states, stepsBy, of),
    );
  }

  /** What can be reached without a character; only states that read one, and the end, are kept. In ascending order. */
  private closures() {
    const known: (readonly number[] | undefined)[] = [];
    const seen = new Int32Array(this.steps.length);
    let round = 0;
    const ofState = (start: number): readonly number[] => {
      const before = known[start];
      if (before !== undefined) return before;
      round++;
      seen[start] = round;
      const open: number[] = [];
      const queue = [start];
      for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
        if (this.steps[state]!.length > 0 || state === this.end) open.push(state);
        for (const to of this.freeSteps[state]!) {
          if (seen[to] === round) continue;
          seen[to] = round;
          queue.push(to);
        }
      }
      return (known[start] = open.sort(ascending));
    };
    /** From any of the states with a character of the class. */
    const after = (states: readonly number[], stepsBy: StepsByClass, of: number): readonly number[] => {
      const lists: (readonly number[])[] = [];
      for (const state of states) for (const to of stepsBy[state]![of] ?? none) lists.push(ofState(to));
      if (lists.length < 2) return lists[0] ?? none;
      round++;
      const open: number[] = [];
      for (const list of lists)
        for (const state of list) {
          if (seen[state] === round) continue;
          seen[state] = round;
          open.push(state);
        }
      return open.sort(ascending);
    };
    return { ofState, after };
  }

  /** Characters that no step tells apart have one class. By state and class: where its steps lead. */
  private byClasses(): { readonly classOf: Uint8Array; readonly width: number; readonly stepsBy: StepsByClass } {
    const tables = new Set(this.steps.flatMap((steps) => steps.map(({ characters }) => characters)));
    const { classOf, width } = classesToldApart(tables);
    const classesOf = new Map([...tables].map((characters) => [characters, classesIn(characters, classOf, width)]));
    const stepsBy = this.steps.map((steps) => {
      const byClass: number[][] = [];
      for (const { characters, to } of steps)
        for (const of of classesOf.get(characters)!) (byClass[of] ??= []).push(to);
      return byClass;
    });
    return { classOf, width, stepsBy };
  }
}

interface SubsetsOf {
  readonly classOf: Uint8Array;
  readonly width: number;
  /** The states in which texts start. */
  readonly start: readonly number[];
  /** The state in which they end. */
  readonly end: number;
}

/**
 * The sets of states to which texts lead, each found when a text leads there. Whoever asks for a few texts needs a few of them; all of
 * them are a deterministic automaton. https://swtch.com/~rsc/regexp/regexp1.html
 */
export class Subsets {
  private numbers = new Map<string, number>();
  /** The same by the lists themselves: most steps lead to one state, whose list is one object. */
  private numbersOfLists = new Map<readonly number[], number>();
  private sets: (readonly number[])[] = [];
  /** By set times `width` plus class: the number of the next set; undefined where nobody came yet. */
  private next: (number | undefined)[] = [];

  constructor(
    private readonly of: SubsetsOf,
    private readonly after: (states: readonly number[], of: number) => readonly number[],
  ) {
    this.numberOf(of.start);
  }

  /** Whether the text is accepted. Throws `BudgetExceeded` for one that leads to too many sets by itself. */
  accepts(text: string): boolean {
    // What other texts have led to must not decide whether this one is answered.
    if (this.sets.length + text.length > stateBudget) this.forget();
    let at = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code >= alphabetSize) return false;
      at = this.following(at, this.of.classOf[code]!);
    }
    return this.isEnd(at);
  }

  /** The smallest automaton of all of them. Throws `BudgetExceeded`. */
  whole(): Automaton {
    const { classOf, width } = this.of;
    for (let at = 0; at < this.sets.length; at++) for (let of = 0; of < width; of++) this.following(at, of);
    const accepting = Uint8Array.from(this.sets, (_, at) => (this.isEnd(at) ? 1 : 0));
    return smallest({ classOf, width, next: Int32Array.from(this.next as number[]), accepting });
  }

  private following(at: number, of: number): number {
    const slot = at * this.of.width + of;
    return (this.next[slot] ??= this.numberOf(this.after(this.sets[at]!, of)));
  }

  private numberOf(states: readonly number[]): number {
    let known = this.numbersOfLists.get(states);
    if (known !== undefined) return known;
    const key = states.join();
    known = this.numbers.get(key);
    if (known === undefined) {
      countState(this.sets.length);
      this.numbers.set(key, (known = this.sets.push(states) - 1));
    }
    this.numbersOfLists.set(states, known);
    return known;
  }

  private isEnd(at: number): boolean {
    return this.sets[at]!.includes(this.of.end);
  }

  private forget(): void {
    this.numbers = new Map();
    this.numbersOfLists = new Map();
    this.sets = [];
    this.next = [];
    this.numberOf(this.of.start);
  }
}

type StepsByClass = readonly (readonly (readonly number[] | undefined)[])[];

const none: readonly number[] = [];

const ascending = (a: number, b: number): number => a - b;

/** All that a text holds between two of its places. */
export function substringsOf(text: string): Automaton {
  const substrings = new Nondeterministic();
  let at = substrings.state();
  substrings.freeStep(substrings.start, at);
  for (const character of text) {
    const to = substrings.state();
    substrings.step(at, onlyCharacter(character.charCodeAt(0)), to);
    substrings.freeStep(substrings.start, to);
    substrings.freeStep(at, substrings.end);
    at = to;
  }
  substrings.freeStep(at, substrings.end);
  return substrings.determinised();
}

const tablesOfOne: (Uint8Array | undefined)[] = [];

/** The table that holds the one character with this code; one object for each, and never changed. */
export function onlyCharacter(code: number): Uint8Array {
  return (tablesOfOne[code] ??= tableOf([{ min: code, max: code }]));
}

/** The set as a table: 1 by code for each character of it. */
export function charactersOf({ ranges }: CharSet): Uint8Array {
  const [only] = ranges;
  return ranges.length === 1 && only!.min === only!.max && only!.max < alphabetSize
    ? onlyCharacter(only!.min)
    : tableOf(ranges);
}

function tableOf(ranges: CharSet['ranges']): Uint8Array {
  const characters = new Uint8Array(alphabetSize);
  for (const { min, max } of ranges) characters.fill(1, min, Math.min(max, alphabetSize - 1) + 1);
  return characters;
}

/** Characters that no table tells apart have one class: each table takes those it holds out of the classes that it holds a part of. */
function classesToldApart(tables: Iterable<Uint8Array>): CharacterClasses {
  const classOf = new Uint8Array(alphabetSize);
  const size = [alphabetSize];
  for (const characters of tables) {
    const held: number[] = [];
    characters.forEach((isHeld, character) => {
      if (isHeld === 1) held[classOf[character]!] = (held[classOf[character]!] ?? 0) + 1;
    });
    const newClass: number[] = [];
    held.forEach((count, of) => {
      if (count === size[of]) return;
      newClass[of] = size.push(count) - 1;
      size[of]! -= count;
    });
    if (newClass.length === 0) continue;
    for (let character = 0; character < alphabetSize; character++)
      if (characters[character] === 1) classOf[character] = newClass[classOf[character]!] ?? classOf[character]!;
  }
  return { classOf, width: size.length };
}

function classesIn(characters: Uint8Array, classOf: Uint8Array, width: number): readonly number[] {
  const isIn = new Uint8Array(width);
  const classes: number[] = [];
  for (let character = 0; character < alphabetSize; character++) {
    const of = classOf[character]!;
    if (characters[character] === 0 || isIn[of] === 1) continue;
    isIn[of] = 1;
    classes.push(of);
  }
  return classes;
}

/** By target: the classes of characters that lead there. */
function classesByTarget({ width, next }: Automaton, state: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let of = 0; of < width; of++) {
    const to = next[state * width + of]!;
    const classes = found.get(to);
    if (classes) classes.push(of);
    else found.set(to, [of]);
  }
  return found;
}

/** The characters of several classes, as one table for each choice of them. */
function classTables({ classOf }: Automaton): (classes: readonly number[]) => Uint8Array {
  const tables = new Map<string, Uint8Array>();
  return (classes) => {
    const key = classes.join();
    const known = tables.get(key) ?? classOf.map((of) => (classes.includes(of) ? 1 : 0));
    tables.set(key, known);
    return known;
  };
}

/** The table without the erased characters; the same one where it holds none of them. */
function without(characters: Uint8Array, erased: CharSet): Uint8Array {
  if (!characters.some((value, character) => value === 1 && erased.has(character))) return characters;
  return characters.map((value, character) => (erased.has(character) ? 0 : value));
}
