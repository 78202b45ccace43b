/**
 * Regular languages over ASCII text, with a budget. Everything that a browser sends as an origin is ASCII, so the
 * alphabet ends at 127. The first control characters, which no origin holds, serve as marks while a pattern is read:
 * for the start and the end of the text, and for the places where its assertions stand.
 *
 * Most conditions only name texts. A language therefore is an automaton and the texts for which it says the opposite: a list of origins is
 * the automaton of nothing and its texts, all but a list is that of everything and the same texts, and no automaton is built for either.
 */
import type { CharSet } from 'refa';
import { accepts, acceptsNothing, alphabetSize, both, isWithin, opposite, smallest } from './deterministic.ts';
import type { Automaton } from './deterministic.ts';
import { Nondeterministic, onlyCharacter } from './nondeterministic.ts';
import { countState } from './state-budget.ts';
export { isBudgetError, statesBuiltSoFar } from './state-budget.ts';

export const maxCharacter = alphabetSize - 1;
export const startMark = 0;
export const endMark = 1;
export const firstAssertionMark = 2;
export const lastMark = 8;

const noExceptions: ReadonlySet<string> = new Set();
const nothing = uniform(new Uint8Array(alphabetSize), false);

/** A set of texts: those that the automaton accepts, and of the exceptions those that it refuses. Never changed after it was built. */
export class Language {
  private empty: boolean | undefined;

  constructor(
    readonly automaton: Automaton,
    readonly exceptions: ReadonlySet<string> = noExceptions,
  ) {}

  /** Whether there is no text in it. */
  get isEmpty(): boolean {
    return (this.empty ??= isEmptyLanguage(this));
  }
}

export const noText = new Language(nothing);
export const anyText = new Language(uniform(new Uint8Array(alphabetSize).fill(1, lastMark + 1), true));

/** Exactly these texts; they hold nothing but ASCII. */
export function theTexts(texts: Iterable<string>): Language {
  return new Language(nothing, new Set(texts));
}

export function intersection(left: Language, right: Language): Language {
  const automaton = both(left.automaton, right.automaton);
  if (left.exceptions.size === 0 && right.exceptions.size === 0) return new Language(automaton);
  const exceptions = new Set<string>();
  const look = (text: string): void => {
    const isLeft = accepts(left.automaton, text);
    const isRight = right.automaton === left.automaton ? isLeft : accepts(right.automaton, text);
    const isInBoth = isLeft !== left.exceptions.has(text) && isRight !== right.exceptions.has(text);
    if (isInBoth !== (isLeft && isRight)) exceptions.add(text);
  };
  // Where an automaton accepts nothing, only its own exceptions can be in both.
  if (!acceptsNothing(right.automaton)) left.exceptions.forEach(look);
  if (!acceptsNothing(left.automaton)) right.exceptions.forEach(look);
  else if (acceptsNothing(right.automaton))
    for (const text of left.exceptions) if (right.exceptions.has(text)) exceptions.add(text);
  return new Language(automaton, exceptions);
}

/** What is in all of them. The texts of a list are looked up in the others: however long these are, none of them is copied. */
export function intersectionOf(languages: readonly Language[]): Language {
  const list = languages
    .filter(({ automaton }) => acceptsNothing(automaton))
    .reduce<Language | undefined>(
      (best, one) => (best && best.exceptions.size <= one.exceptions.size ? best : one),
      undefined,
    );
  if (list === undefined) return together(intersection, languages, anyText);
  return theTexts([...list.exceptions].filter((text) => languages.every((one) => holds(one, text))));
}

/** What is in one of them at least. */
export function unionOf(languages: readonly Language[]): Language {
  return complement(intersectionOf(languages.map(complement)));
}

export function union(left: Language, right: Language): Language {
  return complement(intersection(complement(left), complement(right)));
}

/** All texts over the whole alphabet, marks included, that are not in the language. */
export function complement(language: Language): Language {
  return new Language(opposite(language.automaton), language.exceptions);
}

export function difference(left: Language, right: Language): Language {
  return intersection(left, complement(right));
}

/** The union, or the intersection, of many: by halves, so that what is built stays small. */
export function together(
  operation: (left: Language, right: Language) => Language,
  languages: readonly Language[],
  neutral: Language,
): Language {
  let row = languages;
  while (row.length > 1) {
    const previous = row;
    row = previous.flatMap((language, index) =>
      index % 2 === 1 ? [] : index + 1 < previous.length ? [operation(language, previous[index + 1]!)] : [language],
    );
  }
  return row[0] ?? neutral;
}

export function concatenation(parts: readonly Language[]): Language {
  const whole = new Nondeterministic();
  let at = whole.start;
  parts.forEach((part, index) => {
    const to = index === parts.length - 1 ? whole.end : whole.state();
    whole.copy(wholeAutomaton(part), at, to);
    at = to;
  });
  if (parts.length === 0) whole.freeStep(whole.start, whole.end);
  return new Language(whole.determinised());
}

/** The language's texts with the given characters left out of them. */
export function erase(language: Language, characters: CharSet): Language {
  const erased = new Nondeterministic();
  erased.copy(wholeAutomaton(language), erased.start, erased.end, characters);
  return new Language(erased.determinised());
}

/** Whether a text of ASCII characters is in the language. */
export function holds({ automaton, exceptions }: Language, text: string): boolean {
  return accepts(automaton, text) !== exceptions.has(text);
}

/** Whether every text of `inner` is in `outer`. Throws `BudgetExceeded`. */
export function isSubset(inner: Language, outer: Language): boolean {
  if (inner.exceptions.size === 0 && outer.exceptions.size === 0) return isWithin(inner.automaton, outer.automaton);
  return difference(inner, outer).isEmpty;
}

/** Most ways through one state that are followed: enough for variety, and it bounds the search. */
const mostVisits = 3;

/** Short texts of the language, the exceptional ones before the others and each kind shortest first; not all of them. */
export function* shortestTexts(language: Language, most: number): Iterable<string> {
  const { automaton, exceptions } = language;
  let given = 0;
  const added = [...exceptions].filter((text) => !accepts(automaton, text));
  for (const text of added.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, most)) {
    yield text;
    given++;
  }
  for (const text of shortestAccepted(automaton)) {
    if (exceptions.has(text)) continue;
    if (given++ >= most) return;
    yield text;
  }
}

function* shortestAccepted({ classOf, width, next, accepting, dead }: Automaton): Iterable<string> {
  if (dead === 0) return;
  const visits = new Map([[0, 1]]);
  const queue = [{ state: 0, text: '' }];
  for (const { state, text } of queue) {
    if (accepting[state] === 1) yield text;
    let before = dead;
    for (let character = 0; character < alphabetSize; character++) {
      const to = next[state * width + classOf[character]!]!;
      const isNew = to !== before;
      before = to;
      const visited = visits.get(to) ?? 0;
      // One character of each range is enough.
      if (!isNew || to === dead || visited >= mostVisits) continue;
      visits.set(to, visited + 1);
      queue.push({ state: to, text: text + String.fromCharCode(character) });
    }
  }
}

/** An automaton of the language with its exceptions. Throws `BudgetExceeded`. */
function wholeAutomaton({ automaton, exceptions }: Language): Automaton {
  if (exceptions.size === 0) return automaton;
  const texts = [...exceptions];
  const removed = automatonOf(texts.filter((text) => accepts(automaton, text)));
  const added = automatonOf(texts.filter((text) => !accepts(automaton, text)));
  return opposite(both(opposite(both(automaton, opposite(removed))), opposite(added)));
}

function automatonOf(texts: readonly string[]): Automaton {
  if (texts.length === 0) return nothing;
  const words = new Nondeterministic();
  for (const text of texts) {
    let state = words.start;
    for (const character of text) {
      const to = words.state();
      words.step(state, onlyCharacter(character.charCodeAt(0)), to);
      state = to;
    }
    words.freeStep(state, words.end);
  }
  return words.determinised();
}

function isEmptyLanguage({ automaton, exceptions }: Language): boolean {
  if (exceptions.size === 0) return acceptsNothing(automaton);
  for (const text of exceptions) if (!accepts(automaton, text)) return false;
  return !acceptsMoreThan(automaton, exceptions.size);
}

/** Whether more than so many texts are accepted. Each state is on a way to acceptance but the dead one. */
function acceptsMoreThan({ width, next, classOf, accepting, dead }: Automaton, most: number): boolean {
  const inClass = new Uint8Array(width);
  for (const of of classOf) inClass[of]!++;
  // By state: how many texts of the length that is looked at lead there.
  let ways = new Map([[0, 1]]);
  let found = 0;
  for (let length = 0; ways.size > 0; length++) {
    // A text longer than there are states goes round in a circle, and then there is no end of texts.
    if (length > accepting.length) return true;
    const following = new Map<number, number>();
    for (const [state, count] of ways) {
      if (accepting[state] === 1 && (found += count) > most) return true;
      for (let of = 0; of < width; of++) {
        const to = next[state * width + of]!;
        if (to !== dead) following.set(to, (following.get(to) ?? 0) + count * inClass[of]!);
      }
    }
    ways = following;
  }
  return false;
}

/** Any number of the characters: all such texts, or with `accepted` false none. */
function uniform(characters: Uint8Array, accepted: boolean): Automaton {
  countState(0);
  return smallest({
    classOf: characters,
    width: 2,
    next: Int32Array.from([1, 0, 1, 1]),
    accepting: Uint8Array.from([accepted ? 1 : 0, 0]),
  });
}
