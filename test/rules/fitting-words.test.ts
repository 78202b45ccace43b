/** Sentences of a finding that depend on more than its rule: they have to hold in the text that they are said of. */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const linter = createLinter({ ...nodeHost(), readFile: () => Promise.resolve(undefined) });

async function wordsOf(lines: readonly string[]): Promise<string> {
  const { findings } = await linter.lint({ path: '/app/server.js', text: lines.join('\n') }, defaultSettings);
  return findings.flatMap(({ message }) => message).join(' ');
}

const inExpress = (...body: string[]): string[] => [
  "const app = require('express')();",
  'app.use((req, res, next) => {',
  ...body,
  'next(); });',
];

describe('words that fit', () => {
  it('do not say that everybody fails where somebody gets in with cookies', async () => {
    const credentials = "res.set('Access-Control-Allow-Credentials', 'true');";
    const star = "res.set('Access-Control-Allow-Origin', '*');";
    const listed =
      "if (req.headers.origin === 'https://a.example.com') res.set('Access-Control-Allow-Origin', 'https://a.example.com');";
    assert.match(await wordsOf(inExpress(star, credentials)), /fails, whoever makes it/);
    const both = await wordsOf(inExpress("res.vary('Origin');", `${listed} else ${star}`, credentials));
    assert.match(both, /fail wherever "\*" is the answer/);
    assert.doesNotMatch(both, /whoever makes it/);
  });

  it('call a parameter no variable', async () => {
    const words = await wordsOf([
      "export function allow(res, origin = '*') {",
      "res.setHeader('Access-Control-Allow-Origin', origin); }",
    ]);
    assert.match(words, /where origin is not given\. A call that leaves it out/);
    assert.doesNotMatch(words, /variable/);
  });

  it('say of the Host header that it is the server, with and without a scheme', async () => {
    const written = (value: string): Promise<string> =>
      wordsOf(inExpress(`res.set('Access-Control-Allow-Origin', ${value});`));
    assert.match(await written('req.headers.host'), /without a scheme it equals no origin/);
    assert.match(await written("'https://' + req.headers.host"), /whose own pages need no permission/);
    assert.doesNotMatch(await written('`https://${req.headers.host}:8443`'), /taken from/);
    assert.match(await written("req.headers['x-app']"), /The caller chooses it/);
  });
});
