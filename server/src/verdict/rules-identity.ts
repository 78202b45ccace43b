/** What a policy's rules say, wherever they stand in the text: most keystrokes leave them as they are. */
import { identityOf } from '../policy/condition-identity.ts';
import { NumberedWords } from '../policy/numbered-words.ts';
import type { HeaderRule } from '../policy/policy.ts';
import type { Rules } from './header-states.ts';

const words = new NumberedWords(1000);
const ruleWords = new NumberedWords(10_000);
const ruleIdentities = new WeakMap<HeaderRule, number>();
const identities = new WeakMap<Rules, number>();

/** The same number for rules that send the same under the same conditions. */
export function identityOfRules(rules: Rules): number {
  let identity = identities.get(rules);
  if (identity === undefined) identities.set(rules, (identity = words.numberOf(wordsOf(rules))));
  return identity;
}

/** What the policy sends, without the policy: that would keep its whole file in memory. */
export function rulesAlone(policy: Rules): Rules {
  const { headers, statuses } = policy;
  const alone = { headers, statuses };
  identities.set(alone, identityOfRules(policy));
  return alone;
}

function wordsOf({ headers, statuses }: Rules): string {
  return JSON.stringify([headers.map(identityOfRule), statuses.map(({ when, status }) => [identityOf(when), status])]);
}

/** Policies of one file may have most of their rules in common. */
function identityOfRule(rule: HeaderRule): number {
  let identity = ruleIdentities.get(rule);
  if (identity === undefined) {
    const { range, when, ...said } = rule;
    identity = ruleWords.numberOf(JSON.stringify({ ...said, when: identityOf(when) }));
    ruleIdentities.set(rule, identity);
  }
  return identity;
}
