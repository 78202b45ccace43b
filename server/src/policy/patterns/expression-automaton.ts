/** From the elements of a parsed regular expression to an automaton, by Thompson's construction. https://doi.org/10.1145/363347.363387 */
import type { Concatenation, Element, NoParent } from 'refa';
import { Nondeterministic, charactersOf } from './nondeterministic.ts';
import type { Subsets } from './nondeterministic.ts';

type Alternatives = readonly NoParent<Concatenation>[];

/** The texts that match the elements one behind the other. Throws `BudgetExceeded`, and an error for assertions and back references. */
export function subsetsOfElements(elements: readonly NoParent<Element>[]): Subsets {
  const whole = new Nondeterministic();
  sequence(whole, elements, whole.start, whole.end);
  return whole.subsets();
}

function sequence(whole: Nondeterministic, elements: readonly NoParent<Element>[], from: number, to: number): void {
  let at = from;
  for (const element of elements) {
    const end = whole.state();
    lay(whole, element, at, end);
    at = end;
  }
  whole.freeStep(at, to);
}

function lay(whole: Nondeterministic, element: NoParent<Element>, from: number, to: number): void {
  switch (element.type) {
    case 'CharacterClass':
      whole.step(from, charactersOf(element.characters), to);
      return;
    case 'Alternation':
      alternatives(whole, element.alternatives, from, to);
      return;
    case 'Quantifier':
      repetition(whole, element, from, to);
      return;
    default:
      throw new Error(`Not regular: ${element.type}`);
  }
}

function alternatives(whole: Nondeterministic, tried: Alternatives, from: number, to: number): void {
  for (const { elements } of tried) sequence(whole, elements, from, to);
}

function repetition(
  whole: Nondeterministic,
  { alternatives: body, min, max }: { readonly alternatives: Alternatives; readonly min: number; readonly max: number },
  from: number,
  to: number,
): void {
  let at = from;
  const once = (): void => {
    const end = whole.state();
    alternatives(whole, body, at, end);
    at = end;
  };
  for (let count = 0; count < min; count++) once();
  if (max === Infinity) {
    const start = whole.state();
    whole.freeStep(at, start);
    at = start;
    once();
    whole.freeStep(at, start);
    whole.freeStep(start, to);
    return;
  }
  for (let count = min; count < max; count++) {
    whole.freeStep(at, to);
    once();
  }
  whole.freeStep(at, to);
}
