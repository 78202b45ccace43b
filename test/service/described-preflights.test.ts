/**
 * What a description says of preflights is what the browser decides on the answers: a method that it names gets through, and one that it
 * leaves out does not. All policies of the fixtures are described, so that no library's way of answering is told wrongly.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { checkPreflight } from '../../server/src/browser/fetch-cors.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { answer } from '../../server/src/policy/answer.ts';
import type { Policy } from '../../server/src/policy/policy.ts';
import { describePolicy, sampleOrigin } from '../../server/src/service/describe-policy.ts';
import { asSent } from '../../server/src/service/layers.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { circumstancesOfReader, verdictOf } from '../../server/src/verdict/analyse.ts';
import { fixtureFiles } from '../frameworks/rooms.ts';
import { sampled } from '../seed.ts';

const linter = createLinter(nodeHost());
const root = path.resolve('test/fixtures');
/** Those that a page cannot send without a preflight that allows them. */
const preflighted = ['PUT', 'PATCH', 'DELETE'];

/** Whether some page of the origin that is described can send this method, with the headers that are listed or with none. */
function getsThrough(read: Policy, method: string): boolean | null {
  const policy = asSent(read);
  const origin = sampleOrigin(verdictOf(policy));
  const circumstances = circumstancesOfReader(policy, origin);
  const listed = policy.settings.allowedHeaders?.value;
  const names = Array.isArray(listed) ? listed.map(({ text }) => text.toLowerCase()).filter((one) => one !== '*') : [];
  const decided = [[], names.sort()].map((headers) => {
    const preflight = { method, headers };
    const given = answer(policy, { origin, method: 'OPTIONS', preflight, cookie: false, circumstances });
    const result = checkPreflight(origin, method, headers, false, given);
    if (result === undefined) return true;
    // Where the route takes no such method, the answer is no answer of this policy.
    return result !== 'unknown' && /^preflight-(method|header)/.test(result.reason) ? false : null;
  });
  return decided.includes(true) ? true : decided.includes(null) ? null : false;
}

/** What the description says of the method; undefined where it says nothing for sure. */
function saidOf(row: string, method: string): boolean | undefined {
  if (row === 'GET, HEAD and POST only') return false;
  if (row === 'whatever is asked for') return true;
  const listed = /^`+ ?(.*?) ?`+$/
    .exec(row)?.[1]
    ?.split(',')
    .map((one) => one.trim());
  if (listed === undefined) return undefined;
  return listed.includes('*') || listed.includes(method);
}

describe('what is said of preflights', () => {
  const files = fixtureFiles().filter((name) => fs.statSync(path.join(root, name)).size < 50_000);

  it('is what browsers decide', async () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const name of sampled(files, 250)) {
      const file = path.join(root, name);
      const text = fs.readFileSync(file, 'utf8');
      const { policies } = await linter.lint({ path: file.replaceAll('\\', '/'), text }, defaultSettings);
      for (const policy of policies) {
        // Where nobody gets in for sure, the description is of what they are told all the same.
        const verdict = verdictOf(asSent(policy));
        if (verdict.readers.depends || verdict.readers.has(sampleOrigin(verdict)) !== true) continue;
        const { rows, title } = describePolicy(policy, text);
        const row = rows.find((one) => one.name === 'Preflight: methods')!.value;
        for (const method of preflighted) {
          const [said, decided] = [saidOf(row, method), getsThrough(policy, method)];
          if (said === undefined || decided === null) continue;
          compared++;
          if (said !== decided)
            wrong.push(`${name}: ${title}: ${row}: ${method} ${decided ? 'gets' : 'does not get'} through`);
        }
      }
    }
    assert.ok(compared > 200, `Only ${compared} were compared.`);
    assert.equal(wrong.join('\n'), '');
  });
});
