/** Options that are switched on as a whole: an allowlist writes them as an object. */
import type { Policy } from '../../policy/policy.ts';
import type { FoundOptions, UseContext } from './define-cors-library.ts';
import { programText } from './origin-entries.ts';

/** `cors: true` becomes `cors: { origin: […] }`; `rest` is what the object holds besides. */
export function objectInstead(
  policy: Policy,
  { place }: FoundOptions,
  { program, context }: UseContext,
  rest = '',
): Policy {
  const { literals, quote } = programText(program, context);
  return {
    ...policy,
    edits: {
      allowOnly: (origins, placeholder) => [
        {
          range: place.argumentsRange,
          newText: `{ origin: ${literals.list(origins, quote)}${rest} }`,
          placeholder,
        },
      ],
    },
  };
}
