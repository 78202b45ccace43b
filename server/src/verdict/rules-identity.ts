/** What a policy's rules say, wherever they stand in the text: most keystrokes leave them as they are. */
import { identityOf } from '../policy/condition-identity.ts';
import { NumberedWords } from '../policy/numbered-words.ts';
import type { Rules } from './header-states.ts';

const words = new NumberedWords(1000);
const identities = new WeakMap<Rules, number>();

/** The same number for rules that send the same under the same conditions. */
export function identityOfRules(rules: Rules): number {
  let identity = identities.get(rules);
  if (identity === undefined) identities.set(rules, (identity = words.numberOf(wordsOf(rules))));
  return identity;
}

function wordsOf({ headers, statuses }: Rules): string {
  return JSON.stringify([
    headers.map(({ range, when, ...said }) => ({ ...said, when: identityOf(when) })),
    statuses.map(({ when, status }) => [identityOf(when), status]),
  ]);
}
