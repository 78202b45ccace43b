/** A number for what a condition says: two conditions that say the same in the same words share it, wherever they stand in the text. */
import { fold } from './condition-walk.ts';
import type { RequestTest } from './request-test.ts';

/** Past this many, numbers are given anew; none is used twice. */
const mostWords = 100_000;
const words = new Map<string, number>();
const numbers = new WeakMap<RequestTest, number>();
let last = 0;

export function identityOf(test: RequestTest): number {
  return fold<number>(test, numberOf, numbers);
}

function numberOf(test: RequestTest, parts: readonly number[]): number {
  const word = parts.length > 0 ? `${test.kind} ${parts.join()}` : wordOf(test);
  let number = words.get(word);
  if (number === undefined) {
    if (words.size >= mostWords) words.clear();
    words.set(word, (number = ++last));
  }
  return number;
}

function wordOf(test: RequestTest): string {
  return JSON.stringify(test, (name, value: unknown) => (name === 'range' || name === 'textRange' ? undefined : value));
}
