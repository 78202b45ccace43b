/**
 * What a file costs grows with its text, all of it: reading, evaluating, judging and reporting. Steps are counted as V8 counts them, so
 * that no second of a busy machine decides.
 */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import type { LintResult } from '../../server/src/service/lint.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { families } from '../policy/families.ts';
import { sampled } from '../seed.ts';
import { countedSteps } from './counted-steps.ts';
import { faultsOf } from './invariants.ts';
import { languageFamilies } from './language-families.ts';
import { sizeFamilies } from './size-families.ts';

const linter = createLinter(nodeHost());
const settings = { ...defaultSettings, profile: 'thorough' } as const;
/** What a file costs by being there: small against all that grows. */
const basis = 150_000;

async function lint(file: string, text: string): Promise<{ readonly steps: number; readonly result: LintResult }> {
  let result: LintResult | undefined;
  const steps = await countedSteps(async () => {
    result = await linter.lint({ path: `/sizes/${file}`, text }, settings);
  });
  linter.release(result!.memory);
  return { steps, result: result! };
}

/** Parts of a policy may each meet each other one where conditions are put together, however few of these are walked. */
const all = [...sizeFamilies, ...families.map((family) => ({ ...family, inPairs: true }))];
const ofLanguages = sampled(languageFamilies, 10);

describe('the cost of a file', () => {
  const smaller = 24;
  for (const { name, file, text, inPairs } of [...sampled(all, 6), ...ofLanguages]) {
    it(`grows with its text: ${name}`, async () => {
      await lint(file, text(2, 'warm'));
      const [short, long] = [text(smaller, 'half'), text(2 * smaller, 'full')];
      const half = await lint(file, short);
      const full = await lint(file, long);
      assert.ok(half.result.policies.length > 0, 'the text holds a policy');
      assert.deepEqual(faultsOf(`/sizes/${file}`, long, full.result), []);
      const growth = long.length / short.length;
      // Half of it for what grows a little faster while it is small: what grows by one power more comes to twice as much.
      const most = 1.5 * (inPairs ? growth ** 2 : growth);
      assert.ok(full.steps <= most * half.steps + basis, `${half.steps} steps, with twice the text ${full.steps}`);
    });
  }

  it('is not spent on one question asked in all orders: a few names that are made of themselves are read to their end', async () => {
    const { file, text } = sizeFamilies.find(
      ({ name }) => name === 'a name that is made of itself where it has a member',
    )!;
    const { result } = await lint(file, text(6, 'part'));
    assert.equal(result.limits, undefined);
  });

  it('costs nothing that is found: each of many lines that set one variable is judged', async () => {
    const { file, text } = sizeFamilies.find(({ name }) => name === 'SetEnvIf of one variable')!;
    const { result } = await lint(file, text(200, 'many'));
    const judged = result.findings.filter(({ rule }) => rule === 'bypassable-origin-check');
    assert.equal(judged.length, 200);
  });
});
