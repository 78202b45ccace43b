/** What a declaration gives to a name, lowered when somebody asks for it. */
import type { DeclaredName } from './language-adapter.ts';
import type { Expression } from './program.ts';

export function withValue(
  binding: DeclaredName['binding'],
  value: () => Expression | undefined,
): DeclaredName['binding'] {
  return Object.defineProperty({ ...binding }, 'value', { get: value, enumerable: true, configurable: true });
}
