/**
 * Whoever waits for a lint waits for one step of it, whatever the file: between two turns that it gives to others it does bounded work.
 * Steps are counted as V8 counts them, so that no second of a busy machine decides.
 */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import type { Settings } from '../../server/src/service/settings.ts';
import { families } from '../policy/families.ts';
import type { Family } from '../policy/families.ts';
import { sampled } from '../seed.ts';
import { stepsBetweenTurns } from './counted-steps.ts';
import { sizeFamilies } from './size-families.ts';

const linter = createLinter(nodeHost());
/** One rule stands for all: each has turns of its own. */
const settings: Settings = { ...defaultSettings, rules: { '*': 'off', 'any-origin': 'warning' } };
/** In steps for each policy: places are found in one go, and policies are put in order in one. A read or judged policy takes thousands. */
const inOneGo = 800;
const smaller = 12;

const many = [
  'cors() on one path after the other',
  'add_middleware',
  'headers of many handlers',
  'Ingress documents',
  'services of Compose',
  'nginx servers',
  'paths of _headers',
];

async function between({ file, text }: Family, parts: number, word: string): Promise<readonly number[]> {
  const document = { path: `/turns/${file}`, text: text(parts, word) };
  return stepsBetweenTurns(async (turn) => {
    const { memory, policies } = await linter.lint(document, settings, undefined, turn);
    assert.ok(policies.length >= parts, 'each part is a policy');
    linter.release(memory);
  });
}

describe('the turns of a lint', () => {
  for (const family of sampled(
    [...families, ...sizeFamilies].filter(({ name }) => many.includes(name)),
    3,
  )) {
    it(`come with each place of the file: ${family.name}`, async () => {
      await between(family, 2, 'warm');
      const half = await between(family, smaller, 'half');
      const whole = await between(family, 2 * smaller, 'full');
      // Reading, deciding on each policy, and judging it: a turn each.
      assert.ok(whole.length - half.length >= 3 * smaller, `${half.length} turns, with twice the text ${whole.length}`);
      // Before the first turn the text is parsed, which is the parser's own work.
      const [longest, longer] = [Math.max(...half.slice(1)), Math.max(...whole.slice(1))];
      assert.ok(
        longer <= 1.3 * longest + smaller * inOneGo,
        `${longest} steps without a turn, with twice the text ${longer}`,
      );
    });
  }

  it('are the places where a lint is given up', async () => {
    const family = families.find(({ name }) => name === 'add_middleware')!;
    const document = { path: `/turns/${family.file}`, text: family.text(smaller, 'given') };
    let turns = 0;
    const enough = new Error('Nobody waits any more.');
    const giveUp = (): Promise<void> => (++turns > smaller / 2 ? Promise.reject(enough) : Promise.resolve());
    await assert.rejects(linter.lint(document, settings, undefined, giveUp), enough);
    assert.equal(turns, smaller / 2 + 1);
  });
});
