/**
 * A sample of what `npm run fuzz` tries without end, and more of it in a whole run.
 *
 * What was found so and by hand, and the test that fails if it comes back:
 * - a file that ends a run or silences others, deep blocks in every shape: `cli/hostile`, `service/steps`, `lsp/hostile`
 * - reading without end: calls behind `as` in Python (`syntax/python`), blanks of TOML (`syntax/lines`)
 * - findings that are hidden: `//` in a text of Bicep (`syntax/bicep`), bad lines of TOML (`syntax/lines`), a shell's text in a
 *   Dockerfile (`syntax/lines`), a repair that is too large (`service/steps`)
 * - what doubles with each line, or grows with the square: `policy/growth`, `fuzz/sizes`, `values/values`
 * - messages without a bound, edits that overlap: `service/steps`
 * - links for temporary names, lost edits, owners, modes, hard links, folders that may not be written: `cli/write-file`, `cli/hostile`
 * - pipes, devices, links out of the repository, settings above it, `--root`: `cli/hostile`, `lsp/hostile`, `cli/hostile-generated`
 * - settings without end: `service/settings`, `cli/hostile-generated`
 * - letters that command terminals, builds, Markdown and the status item: `cli/hostile`, `lsp/hostile`, `lsp/plain-words`,
 *   `service/markdown`
 * - fixes in other files: `cli/options`
 * - messages too early, too late, twice, with bad headers, cancelled, in any order: `lsp/lifecycle`, `lsp/lint-session`, `lsp/soak`
 * - requests that wait for a lint: `lsp/lint-session`, `lsp/robustness`
 */
import assert from 'node:assert/strict';
import { seed, sampled, whole } from '../seed.ts';
import { companions, examples } from './corpus.ts';
import { createSubject } from './subject.ts';
import { shrunk } from './shrink.ts';
import { tryBeginnings, tryMutants, wordsFor } from './trial.ts';

/** The same texts in each run, so that a change is what makes this fail; `npm run fuzz` looks for new ones without end. */
const gate = 1;

describe('a text that is broken', () => {
  const all = examples();
  const subject = createSubject(companions(all));

  it('has examples in every language and format to be made of', () => {
    assert.ok(all.length > 1000);
    assert.ok(new Set(all.map(({ reader }) => reader)).size >= 18);
  });

  it('costs nothing but itself, by whatever change', async () => {
    const failure = await tryMutants(subject, all, { seed: gate, runs: whole ? 3000 : 400 });
    assert.equal(failure && wordsFor(failure), undefined);
  });

  // A test for each language and format: all of them together take longer on a slow machine than one test may.
  const some = sampled(all, 40);
  for (const reader of new Set(some.map((example) => example.reader)))
    it(`costs nothing but itself, wherever it ends: ${reader}`, async () => {
      for (const example of some.filter((one) => one.reader === reader)) {
        const step = 97;
        const ends = Array.from(
          { length: Math.ceil(example.text.length / step) },
          (_, at) => (gate % step) + at * step,
        );
        const failure = await tryBeginnings(subject, example, ends);
        assert.equal(failure && wordsFor(failure), undefined);
      }
    });
});

describe('a trial', () => {
  it('finds a fault, and makes the text small that shows it', async () => {
    const bad = { faults: async ({ text }: { text: string }) => (text.includes('origin') ? ['no origins'] : []) };
    const failure = await tryMutants(bad, examples('express-cors'), { seed, runs: 200 });
    assert.deepEqual(failure?.faults, ['no origins']);
    assert.equal(failure.text, 'origin');
    assert.equal(failure.seed, seed);
  });

  it('says of an error that is thrown where it was', async () => {
    const throwing = { faults: () => Promise.reject(new Error('It broke.')) };
    const failure = await tryMutants(throwing, examples('express-cors'), { seed, runs: 1 });
    assert.match(failure!.faults[0]!, /It broke\.\n\s+at /);
  });

  it('asks no more often than it may', async () => {
    let questions = 0;
    await shrunk('a'.repeat(5000), () => Promise.resolve(++questions < 0), 50);
    assert.equal(questions, 50);
  });
});
