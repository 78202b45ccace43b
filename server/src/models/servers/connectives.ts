/** `||`, `&&`, `!` and parentheses, as servers write conditions; what stands between them is each server's own. */
import { all, not, some } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';

export interface ConditionReader {
  /** Goes past this sign where it is next. */
  readonly take: (sign: string) => boolean;
  /** Reads what is neither a connective nor in parentheses. */
  readonly operand: () => RequestTest;
  readonly allOf?: (tests: readonly RequestTest[]) => RequestTest;
}

/** Reads as far as the condition goes. */
export function readConnectives(reader: ConditionReader): RequestTest {
  const { take, operand, allOf = all } = reader;
  function conjunction(): RequestTest {
    const tests = [single()];
    while (take('&&')) tests.push(single());
    return tests.length === 1 ? tests[0]! : allOf(tests);
  }
  function single(): RequestTest {
    if (take('!')) return not(single());
    if (!take('(')) return operand();
    const test = readConnectives(reader);
    take(')');
    return test;
  }
  const tests = [conjunction()];
  while (take('||')) tests.push(conjunction());
  return some(tests);
}
