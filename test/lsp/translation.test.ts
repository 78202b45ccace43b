import assert from 'node:assert/strict';
import type { Hover } from 'vscode-languageserver';
import type { PolicyViewResult } from '../../server/src/lsp/policy-view-protocol.ts';
import { german } from '../l10n/german.ts';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const uri = 'file:///project/server.js';
const openApp =
  "const app = require('express')();\napp.use(require('cors')({ origin: true, credentials: true, maxAge: 99999 }));\n";

describe('the language of the editor', function () {
  let client: TestClient;
  before(buildServer);
  afterEach(async () => void (await client.stop()));

  async function start(texts?: object) {
    client = await startClient({ pull: true, ...(texts && { initializationOptions: { texts, policyView: true } }) });
    await client.open(uri, openApp);
    return client.diagnostics(uri);
  }

  it('is spoken in findings, with what stands in the file as it is', async () => {
    const [finding] = await start(german);
    assert.match(
      String(finding!.message),
      /^„https:\/\/[^“]+“ kann diese Antworten mit den Cookies des Benutzers lesen/,
    );
    assert.equal(finding!.code, 'any-origin-with-credentials');
  });

  it('is spoken in the light bulb, whose actions belong to the findings that are shown', async () => {
    const [finding] = await start(german);
    const actions = await client.actions(uri, finding!.range);
    assert.ok(
      actions.some(({ title }) => /^Nur aufgelistete Origins erlauben; schreiben Sie/.test(title)),
      actions.map(({ title }) => title).join(' | '),
    );
    for (const { diagnostics } of actions)
      for (const one of diagnostics ?? []) assert.equal(one.message, finding!.message);
  });

  it('is spoken in the hover and the view of policies', async () => {
    await start(german);
    const position = { line: 1, character: 30 };
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', { textDocument: { uri }, position });
    const { value } = hover.contents as { value: string };
    assert.match(value, /jede danach registrierte Route/);
    assert.match(value, /Lesen,\u00a0mit\u00a0Cookies\u00a0und\u00a0ohne\u00a0\u00a0\u200b \| alle/);
    assert.match(value, /Caches\u00a0halten\u00a0Origins\u00a0auseinander/);
    const view = await client.connection.sendRequest<PolicyViewResult>('corsLint/policyView', { uri });
    assert.equal(view.policies[0]!.summary, 'jede Website, mit Cookies');
  });

  it('is English for a client that hands over no texts', async () => {
    const [finding] = await start();
    assert.match(String(finding!.message), /^"https:\/\/[^"]+" can read these responses with the user's cookies/);
  });
});
