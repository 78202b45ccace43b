/** The vectors after web-platform-tests, judged by our decision; run-chromium.mjs judges the same ones by Chromium. */
import assert from 'node:assert/strict';
import { judgeByStandard } from './cases.ts';
import { wptCases } from './wpt-vectors.ts';

describe('vectors after web-platform-tests', () => {
  const cases = wptCases();
  it('are at least sixty, each once', () => {
    assert.ok(cases.length >= 60);
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
  });
  for (const each of cases) {
    it(each.name!, () => {
      const { outcome, reason } = judgeByStandard(each, 8000);
      assert.equal(reason ?? outcome.type, each.expected);
    });
  }
});
