/**
 * A lint that goes on from an earlier one says what a lint from the beginning says: after each of a row of edits, findings, fixes
 * and policies are the same.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { nodeHost } from '../../server/src/node/host.ts';
import type { LintResult } from '../../server/src/service/lint.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { fixtureFiles } from '../frameworks/rooms.ts';
import { runs } from '../seed.ts';

interface Change {
  /** Where, as a share of the text's length. */
  readonly at: number;
  readonly removed: number;
  readonly written: string;
}

/** What people type, what opens and closes, and what the linter looks for. */
const pieces = [
  ...[
    ' ',
    '\n',
    '\t',
    'x',
    '.',
    ',',
    ';',
    ':',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    "'",
    '"',
    '`',
    '#',
    '//',
    '/*',
    '*/',
    '*',
  ],
  ...[
    '\n\n',
    ' // cors-lint-disable-next-line any-origin -- on purpose\n',
    "'*'",
    'true',
    'null',
    '=',
    '=>',
    '\r\n',
    'é😀',
  ],
  ...['cors', 'cors()', 'origin', 'app', 'req', 'return ', 'if (x) ', 'const y = 1;\n', 'Access-Control-Allow-Origin'],
];

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 12 })),
  written: fc.constantFrom(...pieces),
});

function changed(text: string, { at, removed, written }: Change): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + written + text.slice(start + removed);
}

/**
 * All that a result says. Functions are asked by rules, and what they answer is in the fixes. Which files were looked for is left
 * out: who knows them already from before does not look for what would stand in for them.
 */
function said({ findings, suppressed, policies, frameworks, failed, problems, skipped }: LintResult): string {
  return JSON.stringify(
    { findings, suppressed, policies, frameworks, failed, problems, skipped },
    // Nodes of the tree lead to everything.
    (key, value: unknown) => (key === 'expression' || key === 'node' || key === 'function' ? undefined : value),
  );
}

describe('a lint after an edit', () => {
  const files = fixtureFiles().filter((name) => fs.statSync(path.join('test/fixtures', name)).size < 20_000);
  const linter = createLinter(nodeHost());
  it('says what a lint from the beginning says', async () => {
    const row = fc.record({
      file: fc.constantFrom(...files),
      changes: fc.array(change, { minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(row, async ({ file, changes }) => {
        const place = path.resolve('test/fixtures', file);
        let text = fs.readFileSync(place, 'utf8');
        let { memory } = await linter.lint({ path: place, text }, defaultSettings);
        for (const one of changes) {
          text = changed(text, one);
          const result = await linter.lint({ path: place, text }, defaultSettings, memory);
          const anew = await linter.lint({ path: place, text }, defaultSettings);
          assert.equal(said(result), said(anew));
          linter.release(anew.memory);
          ({ memory } = result);
        }
        linter.release(memory);
      }),
      { numRuns: runs(400) },
    );
  });
});
