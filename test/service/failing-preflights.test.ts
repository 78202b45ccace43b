/** The description of a policy tells of preflights that never come to it: a status alone would contradict the problem beside it. */
import assert from 'node:assert/strict';
import { describePolicy } from '../../server/src/service/describe-policy.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const linter = createLinter(nodeHost());

async function rowsIn(path: string, text: string, row: string): Promise<string[]> {
  const { policies } = await linter.lint({ path, text }, defaultSettings);
  return policies.flatMap((policy) =>
    describePolicy(policy, text).rows.flatMap(({ name, value }) => (name === row ? [value] : [])),
  );
}

async function failuresIn(path: string, text: string): Promise<string[]> {
  return rowsIn(path, text, 'Preflight: fails');
}

const signIn = "app.use(passport.authenticate('jwt', { session: false }));\n";
const open = "app.use(cors({ origin: 'https://shop.example.com' }));\n";
const express = (lines: string): string =>
  `const express = require('express');\nconst cors = require('cors');\nconst passport = require('passport');\n` +
  `const app = express();\n${lines}`;

describe('preflights that fail, in the description of a policy', () => {
  it('are told with the reason', async () => {
    const text = express(signIn + open);
    assert.deepEqual(await failuresIn('/server.js', text), [
      'for every route registered after it. Authentication runs first and refuses the preflight, which never carries credentials.',
    ]);
  });

  it('leave the status to those that come through', async () => {
    const status = async (text: string): Promise<string[]> => rowsIn('/server.js', express(text), 'Preflight: status');
    assert.deepEqual(await status(signIn + open), ['204, where one gets here']);
    assert.deepEqual(await status(open + signIn), ['204']);
  });

  it('are not told where they come through', async () => {
    const text = express(open + signIn);
    assert.deepEqual(await failuresIn('/server.js', text), []);
  });

  it('show what comes from the file as text', async () => {
    const text = `server {
  location /a*b*c {
    auth_basic "staff";
    add_header Access-Control-Allow-Origin https://shop.example.com always;
    add_header Access-Control-Allow-Headers content-type always;
  }
}
`;
    const [value] = await failuresIn('/nginx.conf', text);
    assert.ok(value?.startsWith(String.raw`for location /a\*b\*c with PUT`), value);
  });
});
