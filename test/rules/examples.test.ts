/** The examples of every rule's documentation are run; the metadata is checked. */
import assert from 'node:assert/strict';
import { rules } from '../../server/src/rules/index.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { messageFaults } from './messages.ts';
import { nodeHost } from '../../server/src/node/host.ts';

const linter = createLinter(nodeHost());
const lint = async (example: { file: string; code: string }) => {
  const result = await linter.lint(
    { path: `/examples/${example.file}`, text: example.code },
    { ...defaultSettings, profile: 'thorough' },
  );
  assert.deepEqual(result.problems ?? [], []);
  return result.findings;
};

describe('rules', () => {
  for (const rule of rules) {
    it(`${rule.id}: the bad example has one finding, the good one none`, async () => {
      const bad = await lint(rule.bad);
      assert.deepEqual(
        bad.map((finding) => finding.rule),
        [rule.id],
      );
      assert.deepEqual(
        (await lint(rule.good)).map((finding) => `${finding.rule}: ${finding.message}`),
        [],
      );
      assert.deepEqual(bad.flatMap(messageFaults), []);
    });

    it(`${rule.id}: its metadata is whole`, () => {
      assert.match(rule.title, /[^.]$/);
      assert.match(rule.specification, /^https:\/\//);
      assert.ok(
        rule.description.length > 60,
        'a description says what the rule finds and why it matters, in more than 60 letters',
      );
    });
  }
});
