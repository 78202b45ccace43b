/** The line above a policy and the table of the view, held against one another: one comes from sets, the other from single requests. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { nodeHost } from '../../server/src/node/host.ts';
import type { Policy } from '../../server/src/policy/policy.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { summaryOf } from '../../server/src/service/policy-summary.ts';
import { tableOf } from '../../server/src/service/policy-table.ts';
import type { OriginRow, Outcome } from '../../server/src/service/policy-table.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { fixtureFiles } from '../frameworks/rooms.ts';

/** Every so many of the fixtures. */
const step = 6;

describe('the line above a policy', () => {
  it('says the same as the table of origins, for policies of all frameworks', async function () {
    this.timeout(0);
    const linter = createLinter(nodeHost());
    const files = fixtureFiles().filter((_, index) => index % step === 0);
    let compared = 0;
    const wrong: string[] = [];
    for (const file of files) {
      const absolute = path.resolve('test/fixtures', file);
      const text = fs.readFileSync(absolute, 'utf8');
      const { policies, memory } = await linter.lint({ path: absolute, text }, defaultSettings);
      for (const policy of policies) {
        compared++;
        const said = contradiction(policy, text);
        if (said !== undefined) wrong.push(`${file}, ${policy.scope}: ${said}`);
      }
      linter.release(memory);
    }
    assert.deepEqual(wrong, []);
    assert.ok(compared > 200, `${compared} policies`);
  });
});

const isIn = (outcome: Outcome): boolean => outcome === 'yes' || outcome === 'sometimes';

/** In words, or undefined where both agree. */
function contradiction(policy: Policy, text: string): string | undefined {
  if (policy.refusesToStart !== undefined) return undefined;
  const summary = summaryOf(policy, text);
  const { rows } = tableOf(policy, text);
  const reads = rows.filter(({ read, readWithCookies }) => isIn(read.outcome) || isIn(readWithCookies.outcome));
  const told = (row: OriginRow): string =>
    `"${summary}", but ${row.origin}: ${row.read.outcome}, ${row.readWithCookies.outcome}`;
  // The row of all others is one over https.
  const other = /over http:/.test(summary) ? undefined : rows.find(({ kind }) => kind === 'other');
  if (/^nobody: /.test(summary)) return reads[0] && told(reads[0]);
  if (/^every website.*, with cookies/.test(summary))
    return other && !isIn(other.readWithCookies.outcome) ? told(other) : undefined;
  const withCookies = rows.find(({ readWithCookies }) => isIn(readWithCookies.outcome));
  if (/(, without cookies|cookies nobody)/.test(summary) && withCookies) return told(withCookies);
  if (/^every website/.test(summary)) return other && !isIn(other.read.outcome) ? told(other) : undefined;
  const isOpen = /decided at run time|possibly others|pattern|lets in|every website/.test(summary);
  return !isOpen && other && (isIn(other.read.outcome) || isIn(other.readWithCookies.outcome))
    ? told(other)
    : undefined;
}
