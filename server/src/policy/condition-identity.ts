/** A number for what a condition says: two conditions that say the same in the same words share it, wherever they stand in the text. */
import { fold } from './condition-walk.ts';
import { NumberedWords } from './numbered-words.ts';
import type { OriginTest, RequestTest } from './request-test.ts';

const words = new NumberedWords(100_000);
const numbers = new WeakMap<RequestTest, number>();

export function identityOf(test: RequestTest): number {
  return fold<number>(test, numberOf, numbers);
}

function numberOf(test: RequestTest, parts: readonly number[]): number {
  return words.numberOf(parts.length > 0 ? `${test.kind} ${parts.join()}` : wordOf(test));
}

/** All of it but where it stands. */
function wordOf(test: RequestTest): string {
  const { range: _range, textRange: _textRange, ...said } = test as OriginTest;
  return JSON.stringify(said);
}
