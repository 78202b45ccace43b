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
});
