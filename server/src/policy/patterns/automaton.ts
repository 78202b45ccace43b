/**
 * Regular languages over ASCII text, with a budget. Everything that a browser sends as an origin is ASCII, so the
 * alphabet ends at 127. The first control characters, which no origin holds, serve as marks while a pattern is read:
 * for the start and the end of the text, and for the places where its assertions stand.
 */
import { CharSet, DFA, ENFA, NFA, TooManyNodesError } from 'refa';
import type { ReadonlyDFA, TransitionIterable } from 'refa';

/** A set of texts. Never changed after it was built. */
export type Language = ReadonlyDFA;

/** Thrown when a language needs more states than the budget; callers turn it into Unknown. */
export class BudgetExceeded extends Error {}

export const maxCharacter = 0x7f;
/** Most states that one automaton may have. */
export const stateBudget = 5000;

export const startMark = 0;
export const endMark = 1;
export const firstAssertionMark = 2;
export const lastMark = 8;
export const everyCharacter = CharSet.all(maxCharacter);
export const marks = CharSet.fromRange(maxCharacter, { min: startMark, max: lastMark });
/** Every character of a text; no marks. */
export const textCharacters = everyCharacter.without(marks);

const options = { maxCharacter };
let statesBuilt = 0;

/** How many states were built since the module was loaded: what tests of the budget look at. */
export function statesBuiltSoFar(): number {
  return statesBuilt;
}

export const noText: Language = DFA.empty(options);
export const anyText: Language = star(textCharacters);

export function intersection(left: Language, right: Language): Language {
  return within(() => DFA.fromIntersection(left, right, countingFactory(DFA.Node)));
}

export function union(left: Language, right: Language): Language {
  return within(() => {
    const both = NFA.fromFA(left, countingFactory(NFA.Node));
    both.union(right, countingFactory(NFA.Node));
    return determinise(both);
  });
}

/** All texts over the whole alphabet, marks included, that are not in the language. */
export function complement(language: Language): Language {
  return within(() => {
    const result = DFA.fromFA(language, countingFactory(DFA.Node));
    result.complement(countingFactory(DFA.Node));
    return result;
  });
}

export function difference(left: Language, right: Language): Language {
  return intersection(left, complement(right));
}

export function concatenation(parts: readonly Language[]): Language {
  return within(() => {
    const whole = NFA.emptyWord(options);
    for (const part of parts) whole.append(part, countingFactory(NFA.Node));
    return determinise(whole);
  });
}

/** The language's texts with the given characters left out of them. */
export function erase(language: Language, characters: CharSet): Language {
  const builder = new ENFA.Builder(countingFactory(ENFA.Node));
  const copies = new Map([[language.initial, builder.initial]]);
  const { getOut, isFinal } = language.transitionIterator();
  for (const [node, copy] of copies) {
    if (isFinal(node)) builder.linkNodes(copy, builder.final, null);
    for (const [to, all] of getOut(node)) {
      let target = copies.get(to);
      if (target === undefined) copies.set(to, (target = builder.createNode()));
      const kept = all.without(characters);
      if (!kept.isEmpty) builder.linkNodes(copy, target, kept);
      if (all.isDisjointWith(characters)) continue;
      // Two nodes have one link at most, so the empty step takes a node of its own.
      const step = builder.createNode();
      builder.linkNodes(copy, step, null);
      builder.linkNodes(step, target, null);
    }
  }
  return determinise(ENFA.fromBuilder(builder, options));
}

export function determinise<Node>(automaton: TransitionIterable<Node>): Language {
  return within(() => {
    const result = DFA.fromFA(automaton, countingFactory(DFA.Node));
    result.minimize();
    return result;
  });
}

export function holds(language: Language, text: string): boolean {
  return language.test([...text].map((char) => char.codePointAt(0)!));
}

export function isSubset(inner: Language, outer: Language): boolean {
  return difference(inner, outer).isEmpty;
}

/** Most ways through one state that are followed: enough for variety, and it bounds the search. */
const mostVisits = 3;

/** Short texts of the language, shortest first, in time proportional to its states; not all of them. */
export function* shortestTexts(language: Language, most: number): Iterable<string> {
  const visits = new Map([[language.initial, 1]]);
  const queue = [{ node: language.initial, text: '' }];
  let given = 0;
  for (const { node, text } of queue) {
    if (language.finals.has(node)) {
      yield text;
      if (++given >= most) return;
    }
    for (const [range, to] of node.out) {
      const before = visits.get(to) ?? 0;
      if (before >= mostVisits) continue;
      visits.set(to, before + 1);
      queue.push({ node: to, text: text + String.fromCharCode(range.min) });
    }
  }
}

export function isBudgetError(error: unknown): boolean {
  return error instanceof BudgetExceeded || error instanceof TooManyNodesError;
}

export function countingFactory<Node>(kind: new () => Node): { createNode(): Node } {
  let left = stateBudget;
  return {
    createNode() {
      statesBuilt++;
      if (left-- <= 0) throw new BudgetExceeded('Too many states.');
      return new kind();
    },
  };
}

function within(build: () => Language): Language {
  return build();
}

function star(characters: CharSet): Language {
  const language = NFA.fromCharSet(characters);
  language.quantify(0, Infinity);
  return DFA.fromFA(language);
}
