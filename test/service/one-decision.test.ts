/** One decision, one finding: how often a setting is used makes no more of it. */
import assert from 'node:assert/strict';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import type { Finding } from '../../server/src/service/lint.ts';
import { nodeHost } from '../../server/src/node/host.ts';

const files = new Map<string, string>();
const linter = createLinter({
  ...nodeHost(),
  readFileNow: (path) => files.get(path),
  readFile: async (path) => files.get(path),
});

async function findings(name: string, text: string): Promise<readonly Finding[]> {
  return (await linter.lint({ path: `/shop/${name}`, relativePath: name, text }, defaultSettings)).findings;
}

const shown = (found: readonly Finding[], text: string) =>
  found.map(({ rule, range, related }) => ({
    rule,
    at: text.slice(range.start, range.end),
    others: related
      .filter((one) => one.range.path === undefined)
      .map((one) => text.slice(one.range.start, one.range.end)),
  }));

describe('one decision', () => {
  it('of a list is told at its first member and leads to the others', async () => {
    const text = `const cors = require('cors');
const app = require('express')();
app.use(cors({ origin: ['http://localhost:3000', 'https://shop.example', 'http://127.0.0.1:5173'] }));
`;
    const found = await findings('server.js', text);
    assert.deepEqual(shown(found, text), [
      { rule: 'development-origin', at: "'http://localhost:3000'", others: ["'http://127.0.0.1:5173'"] },
    ]);
    assert.match(
      found[0]!.message,
      /^"http:\/\/localhost:3000" and "http:\/\/127\.0\.0\.1:5173" are a developer's own machine\./,
    );
  });

  it('that lets everybody in takes a developer along', async () => {
    const text = `const cors = require('cors');
const app = require('express')();
app.use(cors({ origin: ['http://localhost:3000', /.*/] }));
`;
    assert.deepEqual(
      (await findings('server.js', text)).map(({ rule }) => rule),
      ['any-origin'],
    );
  });

  it('about an app and its preflights is one, and about two apps two', async () => {
    const text = (second: string) => `const cors = require('cors');
const express = require('express');
const app = express();
const other = express();
app.use(cors());
${second}.options('*', cors());
`;
    const one = text('app');
    assert.deepEqual(shown(await findings('server.js', one), one), [
      { rule: 'any-origin', at: 'cors()', others: ['cors()'] },
    ]);
    assert.equal((await findings('server.js', text('other'))).length, 2);
  });

  it('in another file is one, however many places use it', async () => {
    files.set('/shop/settings.js', `export const origins = ['https://shop.example/'];\n`);
    const text = `import cors from 'cors';
import express from 'express';
import { origins } from './settings.js';
const app = express();
app.get('/stock', cors({ origin: origins }));
app.get('/orders', cors({ origin: origins }));
`;
    const found = await findings('server.js', text);
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ['malformed-origin'],
    );
    assert.deepEqual(shown(found, text)[0]!.others, ['cors({ origin: origins })']);
  });

  it('is accepted where it is told; a comment at another place is about it too', async () => {
    const text = `const cors = require('cors');
const app = require('express')();
app.use(cors({
  origin: [
    'http://localhost:3000', // cors-lint-disable-line development-origin -- for the demo
    'http://localhost:5173', // cors-lint-disable-line development-origin -- for the demo
  ],
}));
`;
    assert.deepEqual(await findings('server.js', text), []);
  });
});
