/**
 * What a description says is what browsers decide on the answers: who reads, with cookies and without, which preflights get through,
 * what scripts see and caches keep apart. All policies of the fixtures are described, so that no library's way of answering is told
 * wrongly; the lab asks the same of running programs.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { nodeHost } from '../../server/src/node/host.ts';
import { answer } from '../../server/src/policy/answer.ts';
import { asSent } from '../../server/src/service/layers.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { circumstancesOfReader } from '../../server/src/verdict/analyse.ts';
import { compareRows } from '../described/rows.ts';
import { fixtureFiles } from '../frameworks/rooms.ts';
import { sampled } from '../seed.ts';

const linter = createLinter(nodeHost());
const root = path.resolve('test/fixtures');
const origins = [
  'https://www.shop.example',
  'http://www.shop.example',
  'https://evil.example',
  'http://localhost:3000',
  'null',
];

describe('what is said of a policy', () => {
  const files = fixtureFiles().filter((name) => fs.statSync(path.join(root, name)).size < 50_000);

  it('is what browsers decide', async () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const name of sampled(files, 250)) {
      const file = path.join(root, name);
      const text = fs.readFileSync(file, 'utf8');
      const { policies } = await linter.lint({ path: file.replaceAll('\\', '/'), text }, defaultSettings);
      for (const policy of policies) {
        const sent = asSent(policy);
        const rows = await compareRows(policy, text, origins, async (request) =>
          answer(sent, { ...request, circumstances: circumstancesOfReader(sent, request.origin ?? '') }),
        );
        compared += rows.compared;
        wrong.push(...rows.wrong.map((one) => `${name}: ${policy.title}: ${one}`));
      }
    }
    assert.ok(compared > 2000, `Only ${compared} were compared.`);
    assert.equal(wrong.join('\n'), '');
  });
});
