/** The few assertions that the suite needs: `node:assert` does not exist in a web worker. */
function fail(message: string | undefined, actual: unknown, expected: unknown): never {
  throw new Error(
    `${message ?? 'Unexpected'}: ${JSON.stringify(actual)} instead of ${expected instanceof RegExp ? expected : JSON.stringify(expected)}`,
  );
}

export function ok(actual: unknown, message?: string): asserts actual {
  if (!actual) fail(message, actual, 'something true');
}

export function equal<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  if (!Object.is(actual, expected)) fail(message, actual, expected);
}

export function notEqual(actual: unknown, expected: unknown, message?: string): void {
  if (Object.is(actual, expected)) fail(message, actual, 'something else');
}

/** Compares what JSON can say of both. */
export function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) fail(message, actual, expected);
}

export function match(actual: string, expected: RegExp, message?: string): void {
  if (!expected.test(actual)) fail(message, actual, expected);
}
