/** From a regular expression to the set of texts that it accepts. */
import { CharSet, JS } from 'refa';
import type { Assertion, CharacterClass, Concatenation, Element, Expression, NoParent } from 'refa';
import {
  Language,
  complement,
  concatenation,
  endMark,
  erase,
  firstAssertionMark,
  holds,
  intersection,
  lastMark,
  maxCharacter,
  startMark,
} from './automaton.ts';
import { subsetsOfElements } from './expression-automaton.ts';
import type { Subsets } from './nondeterministic.ts';
import { BudgetExceeded, stateBudget } from './state-budget.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { lazily } from '../lazily.ts';
import { modeOf, toJavaScript } from './pattern-translation.ts';
import type { Pattern } from '../request-test.ts';

type Node = NoParent<Element>;
type Alternatives = NoParent<Concatenation>[];

// The package that knows sets of characters is large, and most files hold no pattern.
const everyCharacter = lazily(() => CharSet.all(maxCharacter));
const marks = lazily(() => CharSet.fromRange(maxCharacter, { min: startMark, max: lastMark }));
/** Every character of a text; no marks. */
const textCharacters = lazily(() => everyCharacter().without(marks()));

/** A pattern that was read. */
interface Compiled {
  /** Whether a text of ASCII characters is in the language; undefined where that needs more states than the budget. */
  accepts(text: string): boolean | undefined;
  /** Undefined where it needs more states than the budget. */
  language(): Language | undefined;
}

const cache = new BoundedCache<Compiled | undefined>(500);
const ofPattern = new WeakMap<Pattern, { readonly compiled: Compiled | undefined }>();

/** The texts that the pattern accepts in its mode; undefined when it is not regular, too large or not understood. */
export function languageOfPattern(pattern: Pattern): Language | undefined {
  return compiledPattern(pattern)?.language();
}

/** Whether the text of ASCII characters is one of them: no more of the automaton is built than the text leads through. */
export function patternAccepts(pattern: Pattern, text: string): boolean | undefined {
  return compiledPattern(pattern)?.accepts(text);
}

function compiledPattern(pattern: Pattern): Compiled | undefined {
  let known = ofPattern.get(pattern);
  if (known === undefined) {
    const key = [pattern.dialect, pattern.mode, pattern.flags, pattern.source].join(' ');
    ofPattern.set(pattern, (known = { compiled: cache.get(key, () => compile(pattern)) }));
  }
  return known.compiled;
}

/**
 * The language of texts that match the source, in JavaScript's syntax, over their whole length. Throws `BudgetExceeded` where it is
 * too large: the source may hold names of the user's text.
 */
export function fullMatch(source: string): Language {
  const language = languageOfPattern({ source, flags: '', dialect: 'javascript', mode: 'full' });
  if (language === undefined) throw new BudgetExceeded(`Not a regular pattern, or too large: ${source.slice(0, 100)}`);
  return language;
}

function compile(pattern: Pattern): Compiled | undefined {
  const translated = toJavaScript(pattern);
  if (translated === undefined) return undefined;
  return ifProvable(() => {
    const parsed = JS.Parser.fromLiteral(translated).parse({
      backreferences: 'throw',
      assertions: 'parse',
      maxNodes: stateBudget,
    });
    return compiledExpression(parsed.expression, modeOf(pattern));
  });
}

function compiledExpression(expression: NoParent<Expression>, mode: Pattern['mode']): Compiled {
  const subsets = subsetsBetweenEdges(expression.alternatives, mode);
  if (subsets === undefined) {
    const language = languageWithMarks(expression, mode);
    return { accepts: (text) => holds(language, text), language: () => language };
  }
  return {
    accepts: (text) => ifProvable(() => subsets.accepts(text)),
    language: lazily(() => ifProvable(() => new Language(subsets.whole()))),
  };
}

function ifProvable<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    // A syntax error, a back reference or the budget: the pattern says nothing that could be proven.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/**
 * Most patterns assert nothing but that the text begins or ends at their own ends, and need no marks. Undefined for the others.
 */
function subsetsBetweenEdges(alternatives: Alternatives, mode: Pattern['mode']): Subsets | undefined {
  const anything = anyNumberOf(textCharacters());
  const whole = alternatives.map(({ elements }): NoParent<Concatenation> => {
    const first = elements[0];
    const last = elements.at(-1);
    const starts = first !== undefined && isEdgeAssertion(first, false);
    const ends = last !== undefined && isEdgeAssertion(last, true);
    return {
      type: 'Concatenation',
      elements: [
        ...(starts || mode !== 'search' ? [] : [anything]),
        ...elements.slice(starts ? 1 : 0, ends ? -1 : undefined),
        ...(ends || mode === 'full' ? [] : [anything]),
      ],
    };
  });
  let asserts = false;
  const readable = mapElements(whole, (element) => {
    asserts ||= element.type === 'Assertion';
    return element.type === 'CharacterClass' ? { ...element, characters: asciiOnly(element.characters) } : undefined;
  });
  return asserts ? undefined : subsetsOfElements([{ type: 'Alternation', alternatives: readable }]);
}

function isEdgeAssertion(element: Node, ahead: boolean): boolean {
  return element.type === 'Assertion' && farEdge(element, ahead) !== undefined;
}

function languageWithMarks(expression: NoParent<Expression>, mode: Pattern['mode']): Language {
  const assertions = new Assertions();
  const whole: Node[] = [
    oneOf(startMark),
    ...(mode === 'search' ? [anyNumberOf(textCharacters())] : []),
    { type: 'Alternation', alternatives: assertions.replaceIn(expression.alternatives) },
    ...(mode === 'full' ? [] : [anyNumberOf(textCharacters())]),
    oneOf(endMark),
  ];
  return erase(assertions.conditions().reduce(intersection, languageOfElements(whole)), marks());
}

/**
 * Makes assertions regular, exactly. Each assertion becomes a mark, a character that no text holds; the marked texts
 * are then cut down to those in which the surroundings of every mark are as its assertion says.
 */
class Assertions {
  private readonly found = new Map<string, NoParent<Assertion>>();

  replaceIn(alternatives: Alternatives): Alternatives {
    return mapElements(alternatives, (element) => {
      if (element.type === 'CharacterClass') return { ...element, characters: asciiOnly(element.characters) };
      if (element.type !== 'Assertion') return undefined;
      const key = JSON.stringify(element, (name, value: unknown) =>
        name === 'parent' || name === 'source' ? undefined : value,
      );
      if (!this.found.has(key)) this.found.set(key, element);
      return oneOf(this.markOf(key));
    });
  }

  /** For every assertion, the marked texts in which it holds wherever its mark stands. */
  conditions(): Language[] {
    return [...this.found].map(([key, assertion]) => {
      const ahead = assertion.kind === 'ahead';
      // Characters may have marks of other assertions around them.
      const body: Node = {
        type: 'Alternation',
        alternatives: mapElements(withEdges(assertion.alternatives, ahead), (element) => {
          if (element.type === 'Assertion') throw new NotRegular('An assertion inside an assertion.');
          if (element.type !== 'CharacterClass' || isEdge(element)) return undefined;
          return group([
            anyNumberOf(marks()),
            { ...element, characters: asciiOnly(element.characters) },
            anyNumberOf(marks()),
          ]);
        }),
      };
      const matching = languageOfElements(
        ahead ? [body, anyNumberOf(everyCharacter())] : [anyNumberOf(everyCharacter()), body],
      );
      const refused = assertion.negate ? matching : complement(matching);
      const mark = CharSet.fromCharacter(maxCharacter, this.markOf(key));
      const anything = languageOfElements([anyNumberOf(everyCharacter())]);
      const marked = languageOfElements([oneOfSet(mark)]);
      return complement(concatenation(ahead ? [anything, marked, refused] : [refused, marked, anything]));
    });
  }

  private markOf(key: string): number {
    const mark = firstAssertionMark + [...this.found.keys()].indexOf(key);
    if (mark > lastMark) throw new NotRegular('Too many assertions.');
    return mark;
  }
}

class NotRegular extends Error {}

/** `(?!.*evil$)`, `(?<=^a)`: an edge of the text at the far end of an assertion is the text's own mark. */
function withEdges(alternatives: Alternatives, ahead: boolean): Alternatives {
  return alternatives.map((alternative) => {
    const last = alternative.elements.at(ahead ? -1 : 0);
    const edge = last && farEdge(last, ahead);
    if (edge === undefined) return alternative;
    return {
      ...alternative,
      elements: ahead ? [...alternative.elements.slice(0, -1), edge] : [edge, ...alternative.elements.slice(1)],
    };
  });
}

function farEdge(element: Node, ahead: boolean): Node | undefined {
  if (element.type === 'Alternation') return { ...element, alternatives: withEdges(element.alternatives, ahead) };
  if (element.type !== 'Assertion' || !element.negate || (element.kind === 'ahead') !== ahead) return undefined;
  // Nothing follows: what `$` and `^` are without the m flag.
  const [only] = element.alternatives.length === 1 ? element.alternatives[0]!.elements : [];
  const anything =
    only?.type === 'CharacterClass' && element.alternatives[0]!.elements.length === 1 && only.characters.isAll;
  return anything ? oneOf(ahead ? endMark : startMark) : undefined;
}

function isEdge({ characters }: NoParent<CharacterClass>): boolean {
  return characters.ranges.length === 1 && characters.ranges[0]!.max <= endMark;
}

function languageOfElements(elements: Node[]): Language {
  return new Language(subsetsOfElements(elements).whole());
}

/** Copies the alternatives, with the elements that `replace` answers for in their place. */
function mapElements(alternatives: Alternatives, replace: (element: Node) => Node | undefined): Alternatives {
  return alternatives.map((alternative) => ({
    ...alternative,
    elements: alternative.elements.map((element): Node => {
      const replaced = replace(element);
      if (replaced !== undefined) return replaced;
      if (element.type === 'CharacterClass' || element.type === 'Unknown') return element;
      return { ...element, alternatives: mapElements(element.alternatives, replace) };
    }),
  }));
}

function asciiOnly(characters: CharSet): CharSet {
  const ranges = characters.ranges
    .filter((range) => range.min <= maxCharacter)
    .map((range) => ({ min: range.min, max: Math.min(range.max, maxCharacter) }));
  return CharSet.empty(maxCharacter).union(ranges).intersect(textCharacters());
}

function oneOf(character: number): Node {
  return oneOfSet(CharSet.fromCharacter(maxCharacter, character));
}

function oneOfSet(characters: CharSet): Node {
  return { type: 'CharacterClass', characters };
}

function group(elements: Node[]): Node {
  return { type: 'Alternation', alternatives: [{ type: 'Concatenation', elements }] };
}

function anyNumberOf(characters: CharSet): Node {
  return {
    type: 'Quantifier',
    min: 0,
    max: Infinity,
    lazy: false,
    alternatives: [{ type: 'Concatenation', elements: [oneOfSet(characters)] }],
  };
}
