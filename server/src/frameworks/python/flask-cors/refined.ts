/** What no table says of Flask-CORS: what it refuses, and what its settings leave no choice about. */
import type { Policy } from '../../../policy/policy.ts';
import type { FoundOptions } from '../../../models/libraries/define-cors-library.ts';
import { starredMethods } from '../../../models/libraries/starred-methods.ts';
import { dictEntry } from '../../../values/dict-entry.ts';
import { isBoolean } from './table.ts';

/** What the library leaves no choice about, and methods that it takes for names. */
export function refined(policy: Policy, found: FoundOptions): Policy {
  const { origins } = policy.settings;
  const isOne = origins.value.length === 1 && origins.value[0]!.kind === 'text';
  const varied = dictEntry(found.place.value, 'vary_header');
  const isChosen = isBoolean(found.place.value, 'vary_header', false) && !isOne;
  return refused(
    {
      ...policy,
      // One origin is sent to everybody who asks without one, and to nobody else.
      fixedVary: !isChosen,
      facts: [...policy.facts, ...starredMethods(policy, 'Flask-CORS')],
      ...(isChosen &&
        varied && {
          edits: { ...policy.edits, addVaryOrigin: () => [{ range: varied.value.range, newText: 'True' }] },
        }),
    },
    found,
  );
}

/** `*` that is to be sent as it stands beside credentials is refused. */
function refused(policy: Policy, { place }: FoundOptions): Policy {
  const { origins, credentials } = policy.settings;
  const isOpen = origins.value.some(({ kind }) => kind === 'any');
  return isOpen && credentials.value === true && isBoolean(place.value, 'send_wildcard', true)
    ? {
        ...policy,
        headers: [],
        facts: policy.facts.filter(({ kind }) => kind !== 'no-origin-configured'),
        refusesToStart: 'Flask-CORS raises a ValueError: credentials and a wildcard that is sent as it stands',
      }
    : policy;
}
