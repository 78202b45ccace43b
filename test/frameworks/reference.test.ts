/** The cases of the text that this project began from: what each must come out as, to the letter. */
import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { nodeHost } from '../../server/src/node/host.ts';

const linter = createLinter(nodeHost());
const lint = async (text: string, path = '/reference/server.js') =>
  (await linter.lint({ path, text }, defaultSettings)).findings;
const handler = (...lines: string[]) =>
  `const express = require('express');\nconst app = express();\n\n` +
  `app.use((req, res, next) => {\n${lines.map((line) => `  ${line}\n`).join('')}  next();\n});\n`;

describe('the reference text', () => {
  it('is silent about one specific origin', async () => {
    assert.deepEqual(await lint(handler("res.setHeader('Access-Control-Allow-Origin', 'https://trusted.com');")), []);
  });

  it('is silent about one specific origin with credentials', async () => {
    assert.deepEqual(
      await lint(
        handler(
          "res.setHeader('Access-Control-Allow-Origin', 'https://trusted.com');",
          "res.setHeader('Access-Control-Allow-Credentials', 'true');",
        ),
      ),
      [],
    );
  });

  it('reports only the missing Vary of a checked list, and nothing once it is set', async () => {
    const list = "const trustedOrigins = ['https://trusted1.com', 'https://trusted2.com'];\n";
    const checked = [
      'const origin = req.headers.origin;',
      'if (trustedOrigins.includes(origin)) {',
      "  res.setHeader('Access-Control-Allow-Origin', origin);",
      '}',
    ];
    const found = await lint(list + handler(...checked));
    assert.deepEqual(
      found.map((finding) => finding.rule),
      ['missing-vary'],
    );
    assert.deepEqual(await lint(list + handler("res.setHeader('Vary', 'Origin');", ...checked)), []);
  });

  it('reports `*` and replaces it by an allowlist', async () => {
    const text = handler("res.setHeader('Access-Control-Allow-Origin', '*');");
    const found = await lint(text);
    assert.deepEqual(
      found.map((finding) => finding.rule),
      ['any-origin'],
    );
    const fix = found[0]!.fixes.find((candidate) => /^Allow only/.test(candidate.title));
    assert.ok(fix, 'a fix to an allowlist');
    const fixed = applyEdits(text, fix.edits);
    assert.match(fixed, /https:\/\/app\.example\.com/);
    assert.deepEqual(await lint(fixed), []);
  });

  it('reports `*` with credentials on the origin, related to the credentials line, with two ways out', async () => {
    const text = handler(
      "res.setHeader('Access-Control-Allow-Origin', '*');",
      "res.setHeader('Access-Control-Allow-Credentials', 'true');",
    );
    const found = await lint(text);
    assert.deepEqual(
      found.map((finding) => finding.rule),
      ['wildcard-with-credentials'],
    );
    const [finding] = found;
    assert.ok(
      finding!.related.some(({ range }) => text.slice(range.start, range.end).includes('true')),
      'a related location on the credentials line',
    );
    const fixes = finding!.fixes;
    assert.ok(fixes.length >= 2, 'an explicit origin, or no credentials');
    for (const fix of fixes) {
      const after = await lint(applyEdits(text, fix.edits));
      assert.ok(!after.some((other) => other.rule === 'wildcard-with-credentials'), fix.title);
    }
  });

  it('reports several origins in one header and offers a choice from a list', async () => {
    const text = handler("res.setHeader('Access-Control-Allow-Origin', 'https://trusted1.com, https://trusted2.com');");
    const found = await lint(text);
    assert.deepEqual(
      found.map((finding) => finding.rule),
      ['multiple-origins'],
    );
    const [fix] = found[0]!.fixes;
    assert.ok(fix, 'a fix');
    const fixed = applyEdits(text, fix.edits);
    assert.match(fixed, /trusted1\.com'.*'https:\/\/trusted2\.com/);
    assert.deepEqual(await lint(fixed), []);
  });

  it('reports a route that needs a preflight which nothing answers', async () => {
    const found = await lint(
      "const app = require('express')();\napp.put('/items', (req, res) => {\n" +
        "  res.setHeader('Access-Control-Allow-Origin', 'https://trusted.com');\n  res.end();\n});\n",
    );
    assert.deepEqual(
      found.map((finding) => finding.rule),
      ['unhandled-preflight'],
    );
  });
});
