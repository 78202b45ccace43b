/** Who gets in, in words: what has to hold together is one way in, and no part of it is a way of its own. */
import assert from 'node:assert/strict';
import { describePolicy } from '../../server/src/service/describe-policy.ts';
import { summaryOf } from '../../server/src/service/policy-summary.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const linter = createLinter(nodeHost());

/** Who reads without cookies, as the hover says it for an Express app with this check. */
async function readersOf(check: string): Promise<string | undefined> {
  const text = `const cors = require('cors');
const app = require('express')();
app.use(cors({ origin: (origin, done) => done(null, ${check}) }));
`;
  const { policies } = await linter.lint({ path: '/server.js', text }, defaultSettings);
  const { rows } = describePolicy(policies[0]!, text);
  return rows.find(({ name }) => name === 'Read without cookies')?.value;
}

describe('who gets in, in words', () => {
  it('joins what has to hold together', async () => {
    assert.equal(
      await readersOf("origin.startsWith('https://') && origin.endsWith('.example.com')"),
      'origins that start with `https://` and that end with `.example.com`',
    );
  });

  it('names the ways in one by one', async () => {
    assert.match(
      (await readersOf("origin === 'https://a.example.com' || origin.endsWith('.example.org')")) ?? '',
      /^`https:\/\/a\.example\.com`, origins that end with `\.example\.org`/,
    );
  });

  it('keeps alternatives within what has to hold together', async () => {
    assert.equal(
      await readersOf(
        "origin.startsWith('https://') && (origin.endsWith('.example.com') || origin.endsWith('.example.org'))",
      ),
      'origins that start with `https://` and (that end with `.example.com` or that end with `.example.org`)',
    );
  });

  it('names the origins of a list, of which a test keeps some out', async () => {
    assert.equal(
      await readersOf(
        "origin.startsWith('https://') && ['https://a.example.com', 'http://b.example.com'].includes(origin)",
      ),
      '`https://a.example.com`',
    );
  });

  it('says that somebody is kept out, and names who is compared', async () => {
    assert.equal(
      await readersOf("origin !== 'http://localhost:3000'"),
      'everybody but those that are kept out (`http://localhost:3000`)',
    );
    assert.match(
      (await readersOf('/^https:\\/\\/[^:]+$/.test(origin)')) ?? '',
      /^everybody over https: but those that/,
    );
  });

  it('does not call it one scheme where others are let in over the other', async () => {
    const https = '/^https:\\/\\//.test(origin)';
    assert.match((await readersOf(https)) ?? '', /^everybody over https:, except/);
    assert.match((await readersOf(`${https} || origin === 'http://localhost:3000'`)) ?? '', /https:, some over http:,/);
    assert.match((await readersOf(`${https} || partners.has(origin)`)) ?? '', /https:, possibly others over http:,/);
  });

  it('calls nobody everybody for a word in a name', async () => {
    assert.equal(await readersOf("origin.includes('website')"), 'origins that contain `website`');
  });

  it('leaves out headers that are written when the answer is on its way', async () => {
    const { policies, findings } = await linter.lint(
      {
        path: '/main.go',
        text: `package main

import "net/http"

func list(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	w.Header().Set("Access-Control-Allow-Origin", "https://shop.example.com")
}
`,
      },
      defaultSettings,
    );
    assert.deepEqual(policies, []);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['lost-header'],
    );
  });

  it('quotes what stands in this file, whatever another one says the same with', async () => {
    const wildcard = `import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@CrossOrigin(originPatterns = "https://*.acme.example")
class Shop {
  @GetMapping("/items")
  String items() { return ""; }
}
`;
    const once = await linter.lint({ path: '/Shop.java', text: wildcard }, defaultSettings);
    const again = await linter.lint({ path: '/again/Shop.java', text: wildcard }, defaultSettings);
    for (const { policies } of [once, again])
      assert.match(
        JSON.stringify(describePolicy(policies[0]!, wildcard)),
        /origins that match `https:\/\/\*\.acme\.example`/,
      );
  });

  it('says why nobody reads where the headers go out with preflights alone', async () => {
    const text = `const app = require('express')();
app.use((req, res, next) => {
  if (req.method !== 'OPTIONS') return next();
  res.set('Access-Control-Allow-Origin', 'https://shop.example.com');
  res.sendStatus(204);
});
`;
    const { policies } = await linter.lint({ path: '/server.js', text }, defaultSettings);
    const [row] = describePolicy(policies[0]!, text).rows;
    assert.equal(row?.value, 'nobody: only preflights get these headers');
    assert.equal(summaryOf(policies[0]!, text), 'nobody: only preflights get these headers');
  });

  it('says why nobody reads where every answer is an error', async () => {
    const text = `server {
  location @problem {
    add_header Access-Control-Allow-Origin https://shop.example.com always;
    return 503;
  }
}
`;
    const { policies } = await linter.lint({ path: '/nginx/site.conf', text }, defaultSettings);
    const [row] = describePolicy(policies[0]!, text).rows;
    assert.equal(row?.value, 'errors only: `https://shop.example.com`');
    assert.equal(summaryOf(policies[0]!, text), 'nobody: its answers are errors');
  });
});
