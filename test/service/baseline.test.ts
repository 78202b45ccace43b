import assert from 'node:assert/strict';
import { knownFindingsOf, parseBaseline, serialiseBaseline, withoutKnown } from '../../server/src/service/baseline.ts';
import type { KnownFinding } from '../../server/src/service/baseline.ts';
import { fingerprintOf } from '../../server/src/service/fingerprint.ts';
import type { Finding } from '../../server/src/service/lint.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const linter = createLinter(nodeHost());
const open = "const app = require('express')();\napp.use('/a', require('cors')());\n";

async function lint(text: string): Promise<readonly Finding[]> {
  return (await linter.lint({ path: '/app/server.js', text }, defaultSettings)).findings;
}
async function parted(before: string, after: string): Promise<Record<'fresh' | 'known' | 'gone', number>> {
  const entries = knownFindingsOf(await lint(before), before);
  const { fresh, known, gone } = withoutKnown(await lint(after), after, entries);
  return { fresh: fresh.length, known: known.length, gone: gone.reduce((sum, { count }) => sum + count, 0) };
}

describe('baseline', () => {
  it('knows a finding again where it has moved or is indented in another way', async () => {
    for (const after of [
      open,
      `// one\n// two\n\n${open}`,
      open.replaceAll('\n', '\r\n'),
      open.replace('app.use(', '  app.use( '),
      `${open}app.get('/b', (request, response) => response.json({}));\n`,
    ])
      assert.deepEqual(await parted(open, after), { fresh: 0, known: 1, gone: 0 }, after);
  });
  it('does not know it again where the code says something else', async () => {
    assert.deepEqual(await parted(open, open.replace("'/a'", "'/b'")), { fresh: 1, known: 0, gone: 1 });
    const closed = open.replace('()', "({ origin: 'https://app.example.com' })");
    assert.deepEqual(await parted(open, closed.replace("('cors')()", "('cors')({ origin: 'https://a.example' })")), {
      fresh: 0,
      known: 0,
      gone: 1,
    });
  });
  it('counts what nobody can tell apart', async () => {
    const twice = `${open}app.use('/a', require('cors')());\n`;
    assert.deepEqual(await parted(open, twice), { fresh: 1, known: 1, gone: 0 });
    assert.deepEqual(await parted(twice, open), { fresh: 0, known: 1, gone: 1 });
    const text = twice;
    const { fresh } = withoutKnown(await lint(text), text, knownFindingsOf(await lint(open), open));
    assert.equal(fresh[0]!.range.start, text.lastIndexOf('require('), 'the later one is new');
  });
  it('a rule is part of what is known', async () => {
    const [finding] = await lint(open);
    assert.notEqual(fingerprintOf(finding!, open), fingerprintOf({ ...finding!, rule: 'missing-vary' }, open));
  });
  it('of a very long line only the own text counts', () => {
    const finding = (text: string) => fingerprintOf({ rule: 'any-origin', range: { start: 5, end: 8 } }, text);
    const long = `1234 abc ${'x'.repeat(5000)}`;
    assert.equal(finding(long), finding(`${long}y`));
    assert.notEqual(finding('1234 abc x'), finding('1234 abc xy'));
  });

  describe('as a file', () => {
    const entry: KnownFinding = { rule: 'any-origin', fingerprint: '0a1b2c3d', count: 2 };
    it('is read as it was written, in one order', () => {
      const one = serialiseBaseline(
        new Map([
          ['b.js', [entry]],
          ['a/"ü".js', [entry, { ...entry, rule: 'z' }]],
          ['c', []],
        ]),
      );
      assert.deepEqual(Object.keys((JSON.parse(one) as { files: object }).files), ['a/"ü".js', 'b.js']);
      const { baseline, errors } = parseBaseline(one);
      assert.deepEqual(errors, []);
      assert.deepEqual(baseline.get('b.js'), [entry]);
      assert.equal(serialiseBaseline(baseline), one);
      const none = serialiseBaseline(new Map());
      assert.deepEqual([...parseBaseline(none).baseline], []);
      assert.deepEqual(parseBaseline(none).errors, []);
    });
    for (const [text, place, message] of [
      ['', 0, /not JSON/],
      ['[]', 0, /"version": 1/],
      ['{ "version": 2, "files": {} }', 13, /"version": 1/],
      ['{ "version": 1 }', 0, /"files"/],
      ['{ "version": 1, "files": [] }', 25, /"files"/],
      ['{ "version": 1, "files": { "a": {} } }', 32, /"rule" and "fingerprint"/],
      ['{ "version": 1, "files": { "a": [{ "rule": 1 }] } }', 33, /"rule" and "fingerprint"/],
      ['{ "version": 1, "files": { "a": [{ "rule": "r", "fingerprint": "f", "count": 0 }] } }', 33, /above 0/],
      ['{ "version": 1, }', 16, /not JSON/],
      [`${'['.repeat(100_000)}`, 0, /nested/],
    ] as const)
      it(`refuses ${text.slice(0, 90)}`, () => {
        const { baseline, errors } = parseBaseline(text);
        assert.equal(baseline.size, 0);
        assert.equal(errors.length, 1);
        assert.match(errors[0]!.message, message);
        assert.equal(errors[0]!.start, place);
      });
  });
});
