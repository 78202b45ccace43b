/** What a policy costs grows with its text. Counted are states of automata and parts of conditions, never seconds. */
import assert from 'node:assert/strict';
import { stepsSoFar } from '../../server/src/policy/condition-walk.ts';
import { statesBuiltSoFar } from '../../server/src/policy/patterns/automaton.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { families } from './families.ts';

const linter = createLinter(nodeHost());

type Cost = Awaited<ReturnType<typeof lint>>;

/** The least of three texts that differ in a word: what other tests left in memory may be forgotten in the middle of one. */
async function leastCost(file: string, textOf: (word: string) => string): Promise<Cost> {
  const costs: Cost[] = [];
  for (const word of ['one', 'two', 'three']) costs.push(await lint(file, textOf(word)));
  return {
    result: costs[0]!.result,
    states: Math.min(...costs.map(({ states }) => states)),
    steps: Math.min(...costs.map(({ steps }) => steps)),
  };
}

async function lint(file: string, text: string) {
  const before = { states: statesBuiltSoFar(), steps: stepsSoFar() };
  const result = await linter.lint({ path: `/growth/${file}`, text }, { ...defaultSettings, profile: 'thorough' });
  assert.deepEqual(result.problems ?? [], []);
  return {
    result,
    states: statesBuiltSoFar() - before.states,
    steps: stepsSoFar() - before.steps,
  };
}

describe('the cost of a policy', () => {
  const smaller = 24;
  for (const { name, file, text, inPairs } of families) {
    it(`at most doubles with its text: ${name}`, async () => {
      // What is the same for all texts is built once.
      await lint(file, text(2, 'warm'));
      const half = await leastCost(file, (word) => text(smaller, `half${word}`));
      const whole = await leastCost(file, (word) => text(2 * smaller, `full${word}`));
      assert.ok(half.result.policies.length > 0 && half.steps > smaller, 'the text holds a policy');
      assert.ok(whole.states <= 2.2 * half.states + 300, `states: ${half.states}, with twice the text ${whole.states}`);
      const most = inPairs ? 4.4 : 2.2;
      assert.ok(whole.steps <= most * half.steps + 300, `steps: ${half.steps}, with twice the text ${whole.steps}`);
    });
  }
});
