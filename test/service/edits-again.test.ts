/**
 * A lint that goes on from an earlier one says what a lint from the beginning says: after each of a row of edits, findings, fixes
 * and policies are the same. Where the edit lies where nobody looked, the result of before is kept and moved: programs are edited inside
 * of words, blanks, comments and texts often enough to see that.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { nodeHost } from '../../server/src/node/host.ts';
import type { LintResult } from '../../server/src/service/lint.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { said, slightlyChanged, smallChange, typed } from './small-changes.ts';
import { fixtureFiles } from '../frameworks/rooms.ts';
import { runs } from '../seed.ts';

interface Change {
  /** Where, as a share of the text's length. */
  readonly at: number;
  readonly removed: number;
  readonly written: string;
}

/** What people type, what opens and closes, and what the linter looks for. */
const pieces = [
  ...[
    ' ',
    '\n',
    '\t',
    'x',
    '.',
    ',',
    ';',
    ':',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    "'",
    '"',
    '`',
    '#',
    '//',
    '/*',
    '*/',
    '*',
  ],
  ...[
    '\n\n',
    ' // cors-lint-disable-next-line any-origin -- on purpose\n',
    "'*'",
    'true',
    'null',
    '=',
    '=>',
    '\r\n',
    'é😀',
  ],
  ...['cors', 'cors()', 'origin', 'app', 'req', 'return ', 'if (x) ', 'const y = 1;\n', 'Access-Control-Allow-Origin'],
];

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 12 })),
  written: fc.constantFrom(...pieces),
});

function changed(text: string, { at, removed, written }: Change): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + written + text.slice(start + removed);
}

const inFront = (written: string): Change => ({ at: 0, removed: 0, written });

/** What chance found once, and need not find again. */
const foundBefore: readonly { readonly file: string; readonly changes: Change[] }[] = [
  { file: 'go/chi-cors/groups.bad.go', changes: [inFront('cors')] },
  { file: 'python/flask-cors/factory.bad/shop/__init__.py', changes: [inFront('\t'), inFront(' ')] },
];

/** Code beside that of the fixture, as most of a file is: nobody looks at it for CORS. */
const beside = {
  js: `
function summary(values) {
  let total = 0;
  for (const value of values) total += value.amount * 3; // counts each of them
  return formatTotal(total, { digits: 2, unit: 'pieces' });
}
`,
  py: `

def summary(values):
    total = 0
    for value in values:  # counts each of them
        total += value.amount * 3
    return format_total(total, digits=2, unit="pieces")
`,
  go: `
func summary(values []int) string {
	total := 0
	for _, value := range values { // counts each of them
		total += value * 3
	}
	return formatTotal(total, 2, "pieces")
}
`,
} as const;

/** As much of it as there is of the other. */
function withCodeBeside(file: string, text: string): string {
  const ending = /\.(?:[cm]?[jt]sx?|(py|go))$/.exec(file)?.[1];
  const code = beside[(ending ?? 'js') as keyof typeof beside];
  return text + code.repeat(Math.ceil(text.length / code.length));
}

/** Beginnings of a program of Express: what is said there is said of all its policies, or of none. */
const heads = [
  "const cors = require('cors');\nconst express = require('express');\nconst app = express();\n",
  "import cors from 'cors';\nimport express from 'express';\nconst app = express();\nconst shared = ['https://shop.example.com'];\n",
  `const cors = require('cors');
const app = require('express')();
const router = require('express').Router();
const shared = { origin: /example\\.com$/, credentials: true };
app.use((req, res, next) => {
  if (req.headers.origin !== 'https://shop.example.com') return res.status(403).end();
  next();
});
app.use('/router', router);
`,
  "const cors = require('cors');\nconst app = require('express')();\napp.use(requireAuth);\napp.get('/first', list);\n",
];

const mounts = [
  'app.use(cors(OPTIONS));\n',
  "app.use('/area', cors(OPTIONS));\n",
  "app.use('/area/inner', cors(OPTIONS), list);\n",
  "app.get('/items', cors(OPTIONS), list);\n",
  "app.put('/items', cors(OPTIONS), (req, res) => res.json({}));\n",
  "app.options('*', cors(OPTIONS));\n",
  'router.use(cors(OPTIONS));\n',
  'const made = cors(OPTIONS);\napp.use(made);\n',
  "if (process.env.NODE_ENV !== 'production') app.use(cors(OPTIONS));\n",
];

const manyOptions = [
  '{ origin: true, credentials: true }',
  "{ origin: ['https://app.example.com', /^https:\\/\\/[a-z]+\\.example\\.com$/], credentials: true }",
  '{ origin: /shop.example.com/ , maxAge: 99999 }',
  "{ origin: 'http://localhost:3000', methods: ['GET', 'PUTT'], allowedHeaders: '*' }",
  '{ origin: shared, credentials: true }',
  'shared',
  "{ origin: (origin, done) => done(null, origin === 'https://found.example.com'), exposedHeaders: ['Set-Cookie'] }",
  '{}',
  "{ origin: '*' /* cors of all */ }",
];

describe('a lint after an edit', () => {
  const files = fixtureFiles().filter((name) => fs.statSync(path.join('test/fixtures', name)).size < 20_000);
  const programs = files.filter((name) => /\.(?:[cm]?[jt]sx?|py|go)$/.test(name));
  const linter = createLinter(nodeHost());

  /** How many of the results were kept, all or beside the place that changed. */
  async function compare(place: string, texts: readonly string[], what: LintResult['kept'] = 'all'): Promise<number> {
    let kept = 0;
    let memory: unknown;
    for (const text of texts) {
      const result = await linter.lint({ path: place, text }, defaultSettings, memory);
      const anew = await linter.lint({ path: place, text }, defaultSettings);
      assert.equal(said(result), said(anew));
      if (result.kept === what) kept++;
      linter.release(anew.memory);
      ({ memory } = result);
    }
    linter.release(memory);
    return kept;
  }

  function textsOf<T>(text: string, changes: readonly T[], after: (text: string, change: T) => string): string[] {
    return changes.reduce((texts, one) => [...texts, after(texts.at(-1)!, one)], [text]);
  }

  it('says what a lint from the beginning says', async () => {
    const row = fc.record({
      file: fc.constantFrom(...files),
      changes: fc.array(change, { minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(row, async ({ file, changes }) => {
        const place = path.resolve('test/fixtures', file);
        await compare(place, textsOf(fs.readFileSync(place, 'utf8'), changes, changed));
      }),
      { numRuns: runs(400), examples: foundBefore.map((one) => [one]) },
    );
  });

  it('ends where the text begins with the end of a line, and the edit is there', async () => {
    const texts: Readonly<Record<string, string>> = {
      'extensions.py': '\nfrom flask_cors import CORS\n\ncors = CORS()\n',
      'app.js': "\nconst app = require('express')();\napp.use(require('cors')());\n",
      'main.go': '\npackage main\n\nimport "github.com/rs/cors"\n\nvar c = cors.Default()\n',
    };
    for (const [name, text] of Object.entries(texts))
      await compare(`/begins/${name}`, [text, ` ${text}`, text, `\n${text}`, text.slice(1), `${text} `]);
  });

  it('says it too where the result of before is kept', async () => {
    const row = fc.record({
      file: fc.constantFrom(...programs),
      changes: fc.array(smallChange, { minLength: 2, maxLength: 6 }),
    });
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(row, async ({ file, changes }) => {
        const place = path.resolve('test/fixtures', file);
        const text = withCodeBeside(file, fs.readFileSync(place, 'utf8'));
        // Each is taken back, or the first mistake would be in all that follow.
        const texts = changes.flatMap((one) => [text, slightlyChanged(text, one)]);
        kept += await compare(place, texts);
      }),
      { numRuns: runs(400) },
    );
    assert.ok(kept >= runs(400) / 2, `Only ${kept} results were kept.`);
  });

  it('says it too where all is kept but the policy that is typed in', async () => {
    const row = fc.record({
      head: fc.constantFrom(...heads),
      before: fc.array(fc.constantFrom(...mounts), { maxLength: 4 }),
      mount: fc.constantFrom(...mounts),
      options: fc.constantFrom(...manyOptions),
      behind: fc.array(fc.constantFrom(...mounts), { maxLength: 4 }),
      others: fc.array(fc.constantFrom(...manyOptions), { minLength: 8, maxLength: 8 }),
      changes: fc.array(fc.oneof({ weight: 3, arbitrary: typed }, smallChange), { minLength: 2, maxLength: 5 }),
    });
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(row, async ({ head, before, mount, options, behind, others, changes }) => {
        const written = (mounted: readonly string[], from: number): string =>
          mounted.map((one, index) => one.replace('OPTIONS', others[from + index]!)).join('');
        const [first, last] = mount.split('OPTIONS') as [string, string];
        const start = head + written(before, 0) + first;
        const end = last + written(behind, 4) + 'app.listen(80);\n';
        // Each but the first is a change of the one before it, in the same place.
        const inside = textsOf(options, changes, slightlyChanged);
        const texts = [start + 'x' + end, ...inside.flatMap((one) => [start + one + end, start + one + ' ' + end])];
        kept += await compare('/apart/server.js', [...texts, ...texts.reverse()], 'beside');
      }),
      { numRuns: runs(80) },
    );
    // A change that touches the place of a finding keeps none, and chance makes few or many of these.
    assert.ok(kept >= runs(80) / 8, `Only ${kept} results were kept beside the place.`);
  });

  const express = `const express = require('express');
const cors = require('cors');
const app = express();
app.use(cors({ origin: true, credentials: true }));
app.get('/items/:id', async (req, res) => {
  const found = await store.find({ id: req.params.id, page: 90 });
  if (!found) return res.status(404).json({ error: 'not found' });
  return res.json({ ok: true });
});
app.use('/raw', (req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', '*');
  next();
});
`;

  async function isKept(from: string, to: string): Promise<boolean> {
    const place = path.resolve('test/fixtures/server.js');
    return (await compare(place, [express, express.replace(from, to)])) > 0;
  }

  it('keeps the result where a handler is typed in that has nothing to do with CORS', async () => {
    assert.equal(await isKept('page: 90', 'page:  90'), true);
    assert.equal(await isKept('page: 90', 'page: 901'), true);
    assert.equal(await isKept('store.find', 'stores.find'), true);
  });

  it('reads again what somebody looked at, and what may have become what somebody looks for', async () => {
    assert.equal(await isKept('origin: true', 'origin: false'), false);
    assert.equal(await isKept("'*'", "'**'"), false);
    assert.equal(await isKept('store.find', 'cors.find'), false);
    assert.equal(await isKept('status(404)', 'status(401)'), false);
    assert.equal(await isKept('page: 90', 'page: 90\n'), false);
    assert.equal(await isKept('page: 90 }', 'page: 90'), false);
  });
});
