import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StatusResult } from '../../server/src/lsp/protocol.ts';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const openApp = 'const app = require(\'express\')();\napp.use(require(\'cors\')());\n';
const uri = 'file:///project/server.js';

describe('settings', function () {
  this.timeout(60_000);
  let client: TestClient;
  let folder: string;
  before(buildServer);
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'lsp-'))));
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const status = (of: string): Promise<StatusResult | null> => client.connection.sendRequest('corsLint/status', { uri: of });

  it('of the editor count, and change while the server runs', async () => {
    let rules: Record<string, string> = {};
    client = await startClient({ settings: () => ({ rules }) });
    await client.open(uri, openApp);
    assert.equal((await client.pushed(uri)).diagnostics[0]?.severity, 2);
    rules = { 'any-origin': 'error' };
    await client.settingsChanged();
    assert.equal((await client.pushed(uri)).diagnostics[0]?.severity, 1);
    rules = { '*': 'off' };
    await client.settingsChanged();
    assert.deepEqual((await client.pushed(uri)).diagnostics, []);
  });

  it('count for every request after the change, however many ask at once', async () => {
    let rules: Record<string, string> = {};
    client = await startClient({ pull: true, settings: () => ({ rules }) });
    await client.open(uri, openApp);
    for (const severity of ['information', 'error', 'off', 'warning', 'off']) {
      await client.diagnostics(uri);
      rules = { 'any-origin': severity };
      await client.settingsChanged();
      const expected = severity === 'off' ? 0 : 1;
      // The status asks for the same lint as the diagnostics: none of them may get the result before the change.
      const [first, about, second] = await Promise.all([client.diagnostics(uri), status(uri), client.diagnostics(uri)]);
      assert.deepEqual([first.length, about?.findings, second.length], [expected, expected, expected], severity);
    }
  });

  it('that are malformed count as not set', async () => {
    client = await startClient({ pull: true, settings: () => ({ rules: { 'any-origin': 'loud' }, profile: 3, trustedOrigins: 'x', exclude: [7], enable: null, run: null }) });
    await client.open(uri, openApp);
    assert.equal((await client.diagnostics(uri)).length, 1);
  });

  it('can switch the linter off, and the status says so', async () => {
    client = await startClient({ pull: true, settings: () => ({ enable: false }) });
    await client.open(uri, openApp);
    assert.deepEqual(await client.diagnostics(uri), []);
    assert.match((await status(uri))!.skipped!, /corsLint\.enable/);
  });

  it('exclude files by globs from the folder that was opened', async () => {
    client = await startClient({ pull: true, folders: ['file:///project'], settings: () => ({ exclude: ['server.js'] }) });
    await client.open(uri, openApp);
    assert.deepEqual(await client.diagnostics(uri), []);
    assert.match((await status(uri))!.skipped!, /excluded/);
  });

  it('with run: onSave keep the findings of the saved text until the next save', async () => {
    client = await startClient({ pull: true, settings: () => ({ run: 'onSave' }) });
    await client.open(uri, openApp);
    const first = await client.pull(uri);
    assert.equal(first.kind === 'full' && first.items.length, 1);
    await client.change(uri, 2, [{ text: 'const app = require(\'express\')();\n' }]);
    assert.deepEqual(await client.pull(uri, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    assert.deepEqual(await client.diagnostics(uri), []);
  });

  it('of the nearest cors-lint.json win over the editor, and a change of it counts at once', async () => {
    const root = pathToFileURL(folder).href;
    mkdirSync(path.join(folder, 'inner'));
    writeFileSync(path.join(folder, 'cors-lint.json'), '{ "rules": { "any-origin": "off" } }');
    writeFileSync(path.join(folder, 'inner/cors-lint.json'), '{ "rules": { "any-origin": "error" } /* a comment */ }');
    client = await startClient({ watch: true, folders: [root], settings: () => ({ rules: { 'any-origin': 'information' } }) });
    await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
    await client.open(`${root}/server.js`, openApp);
    await client.open(`${root}/inner/server.js`, openApp);
    assert.deepEqual((await client.pushed(`${root}/server.js`)).diagnostics, []);
    assert.equal((await client.pushed(`${root}/inner/server.js`)).diagnostics[0]?.severity, 1);
    assert.equal((await status(`${root}/inner/server.js`))?.configuration, `${root}/inner/cors-lint.json`);
    writeFileSync(path.join(folder, 'cors-lint.json'), '{ "rules": { "any-origin": "warning" } }');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: `${root}/cors-lint.json`, type: 2 }] });
    assert.equal((await client.pushed(`${root}/server.js`, ({ diagnostics }) => diagnostics.length > 0)).diagnostics[0]?.severity, 2);
  });

  it('are read from an unsaved cors-lint.json, mistakes and all', async () => {
    client = await startClient();
    await client.open(uri, openApp);
    await client.pushed(uri);
    await client.open('file:///project/cors-lint.json', '{ "rules": { "any-origin": "error", "no-such-rule": "off" ', 'jsonc');
    assert.equal((await client.pushed(uri, ({ diagnostics }) => diagnostics[0]?.severity === 1)).diagnostics.length, 1);
    assert.match((await status(uri))!.problems.join('\n'), /no-such-rule/);
  });

  it('do not leak from one folder to another', async () => {
    client = await startClient({ pull: true, folders: ['file:///one', 'file:///two'], settings: (scope) => ({ rules: { 'any-origin': scope?.startsWith('file:///one') ? 'off' : 'error' } }) });
    await client.open('file:///one/server.js', openApp);
    await client.open('file:///two/server.js', openApp);
    assert.deepEqual(await client.diagnostics('file:///one/server.js'), []);
    assert.equal((await client.diagnostics('file:///two/server.js'))[0]?.severity, 1);
  });

  it('status tells the frameworks, the policies and the time', async () => {
    client = await startClient({ pull: true });
    await client.open(uri, `${openApp}// cors-lint-disable-next-line any-origin -- public data\napp.get('/', require('cors')());\n`);
    const { frameworks, policies, findings, suppressed, milliseconds, skipped, problems } = (await status(uri))!;
    assert.equal(frameworks.includes('express-cors'), true);
    assert.deepEqual({ policies, findings, suppressed, skipped, problems }, { policies: 2, findings: 1, suppressed: 1, skipped: undefined, problems: [] });
    assert.equal(typeof milliseconds, 'number');
    assert.equal(await status('file:///project/not-open.js'), null);
    const { text } = await client.connection.sendRequest<{ text: string }>('corsLint/debugInformation');
    assert.match(text, /- Client: bare\n/);
    assert.equal(text.includes('/project/'), false);
  });
});
