/** What several files take from one place is one finding, with the other places beside it. */
import assert from 'node:assert/strict';
import { buildCli, place } from './run.ts';
import type { Place } from './run.ts';

interface Reported {
  readonly path: string;
  readonly rule: string;
  readonly related?: readonly { readonly path: string; readonly line: number; readonly message: string }[];
}

const app = (credentials: boolean): string =>
  `import cors from 'cors';
import express from 'express';
import { origins } from './origins.js';

const app = express();
app.use(cors({ origin: origins, credentials: ${credentials} }));
`;

describe('one decision of several files', () => {
  let here: Place;
  const reported = (...args: string[]): Reported[] =>
    (JSON.parse(here.run(['--format', 'json', ...args]).out) as { findings: Reported[] }).findings;
  before(buildCli);
  afterEach(() => here.remove());

  it('is one finding at the first use, which leads to the others', () => {
    here = place({
      'origins.ts': 'export const origins = [/example\\.com$/];\n',
      'a.ts': app(true),
      'b.ts': app(true),
      'c.ts': app(true),
    });
    const found = reported('.');
    assert.deepEqual(
      found.map(({ path, rule }) => [path, rule]),
      [['a.ts', 'bypassable-origin-check']],
    );
    assert.deepEqual(
      found[0]?.related
        ?.filter(({ message }) => message === 'The same holds here.')
        .map(({ path, line }) => [path, line]),
      [
        ['b.ts', 6],
        ['c.ts', 6],
      ],
    );
    assert.match(here.run(['.']).out, /^1 error, 0 warnings, 0 for information, in 4 files\./m);
  });

  it('is two where credentials make two of it, and each file has its own where it is checked alone', () => {
    here = place({
      'origins.ts': 'export const origins = [/example\\.com$/];\n',
      'a.ts': app(true),
      'b.ts': app(false),
    });
    assert.equal(reported('.').length, 2);
    assert.deepEqual(
      reported('b.ts').map(({ path }) => path),
      ['b.ts'],
    );
  });

  it('is known to a baseline in every file', () => {
    here = place({
      'origins.ts': 'export const origins = [/example\\.com$/];\n',
      'a.ts': app(true),
      'b.ts': app(true),
    });
    here.run(['--write-baseline', '.']);
    assert.deepEqual(reported('--baseline', 'cors-lint-baseline.json', 'b.ts'), []);
  });

  it('is told once in a file, too: what would be said in the same words stands beside it, and a fix is for all of it', () => {
    here = place({ 'server.js': handlers(['*', '*', '*', '*']) });
    const [found, ...others] = reported('.');
    assert.deepEqual(others, []);
    assert.deepEqual(
      found!.related?.map(({ path, line, message }) => [path, line, message]),
      [
        ['server.js', 4, 'The same holds here.'],
        ['server.js', 5, 'The same holds here.'],
        ['server.js', 6, 'The same holds here.'],
      ],
    );
    assert.match(here.run(['.']).out, /^0 errors, 1 warning, 0 for information, in 1 file\./m);
    assert.match(
      here.run(['-f', 'github', '.']).out,
      /The same holds in server\.js:4, server\.js:5, server\.js:6\.\n$/,
    );
    const { runs } = JSON.parse(here.run(['-f', 'sarif', '.']).out) as {
      runs: { results: { fixes: { artifactChanges: { replacements: unknown[] }[] }[] }[] }[];
    };
    const [fix] = runs[0]!.results[0]!.fixes;
    assert.ok(fix!.artifactChanges[0]!.replacements.length >= 4);
    here.write('server.js', handlers(['*', '*', '*']));
    assert.equal(reported('.').length, 3, 'a few are told one by one');
  });

  it('is not told once where one of them is worse, or somebody accepts one of them', () => {
    here = place({
      'server.js': handlers(['*', '*']),
      'worse.js': `${handlers(['*'])}app.get('/worse', (req, res) => {
  res.set({ 'Access-Control-Allow-Origin': req.headers.origin, 'Access-Control-Allow-Credentials': 'true' });
});
`,
      'accepted.js': handlers(['*', '*', '*', '*', '*']).replace(
        'app.get',
        '// cors-lint-disable-next-line any-origin -- a test\napp.get',
      ),
    });
    const rules = (file: string): string[] => reported(file).map(({ rule }) => rule);
    assert.deepEqual(rules('worse.js').sort(), ['any-origin', 'any-origin-with-credentials']);
    assert.deepEqual(rules('accepted.js'), ['any-origin']);
  });

  it('leaves what is new behind a baseline, which knows each place by itself', () => {
    here = place({ 'server.js': handlers(['*', '*']) });
    here.run(['--write-baseline', '.']);
    here.write('server.js', handlers(['*', '*', '*']));
    assert.equal(reported('--baseline', 'cors-lint-baseline.json', '.').length, 1);
  });
});

const handlers = (origins: readonly string[]): string =>
  `const express = require('express');
const app = express();
${origins.map((origin, at) => `app.get('/${at}', (req, res) => res.set('Access-Control-Allow-Origin', '${origin}').json([]));`).join('\n')}
`;
