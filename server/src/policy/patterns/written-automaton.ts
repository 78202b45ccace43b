/** Automata as text, for those that are the same in each run. */
import { automatonOfTables } from './deterministic.ts';
import type { Automaton } from './deterministic.ts';

/** An automaton's tables, a digit of base 36 for each entry. */
export interface WrittenAutomaton {
  readonly width: number;
  readonly classOf: string;
  readonly next: string;
  readonly accepting: string;
}

const base = 36;

/** Throws a RangeError where there are more states than digits. */
export function writtenAutomaton({ classOf, width, next, accepting }: Automaton): WrittenAutomaton {
  if (accepting.length > base)
    throw new RangeError(`${accepting.length} states cannot be written with one digit each.`);
  const written = (table: Uint8Array | Int32Array): string =>
    Array.from(table, (value) => value.toString(base)).join('');
  return { width, classOf: written(classOf), next: written(next), accepting: written(accepting) };
}

export function readAutomaton({ width, classOf, next, accepting }: WrittenAutomaton): Automaton {
  const digits = (text: string): number[] => Array.from(text, (digit) => Number.parseInt(digit, base));
  return automatonOfTables({
    classOf: Uint8Array.from(digits(classOf)),
    width,
    next: Int32Array.from(digits(next)),
    accepting: Uint8Array.from(digits(accepting)),
  });
}
