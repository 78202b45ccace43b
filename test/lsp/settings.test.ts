import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, WorkspaceDiagnosticReport } from 'vscode-languageserver';
import type { StatusResult } from '../../server/src/lsp/protocol.ts';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const openApp = "const app = require('express')();\napp.use(require('cors')());\n";
const uri = 'file:///project/server.js';

describe('settings', function () {
  let client: TestClient;
  let folder: string;
  before(buildServer);
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'lsp-'))));
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const status = (of: string): Promise<StatusResult | null> =>
    client.connection.sendRequest('corsLint/status', { uri: of });

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
    client = await startClient({
      pull: true,
      settings: () => ({
        rules: { 'any-origin': 'loud' },
        profile: 3,
        trustedOrigins: 'x',
        exclude: [7],
        enable: null,
        run: null,
      }),
    });
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
    client = await startClient({
      pull: true,
      folders: ['file:///project'],
      settings: () => ({ exclude: ['server.js'] }),
    });
    await client.open(uri, openApp);
    assert.deepEqual(await client.diagnostics(uri), []);
    assert.match((await status(uri))!.skipped!, /excluded/);
  });

  it('with run: onSave keep the findings of the saved text until the next save', async () => {
    client = await startClient({ pull: true, settings: () => ({ run: 'onSave' }) });
    await client.open(uri, openApp);
    const first = await client.pull(uri);
    assert.equal(first.kind === 'full' && first.items.length, 1);
    await client.change(uri, 2, [{ text: "const app = require('express')();\n" }]);
    assert.deepEqual(await client.pull(uri, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    assert.deepEqual(await client.diagnostics(uri), []);
  });

  it('of the nearest cors-lint.json win over the editor, and a change of it counts at once', async () => {
    const root = pathToFileURL(folder).href;
    mkdirSync(path.join(folder, 'inner'));
    writeFileSync(path.join(folder, 'cors-lint.json'), '{ "rules": { "any-origin": "off" } }');
    writeFileSync(path.join(folder, 'inner/cors-lint.json'), '{ "rules": { "any-origin": "error" } /* a comment */ }');
    client = await startClient({
      watch: true,
      folders: [root],
      settings: () => ({ rules: { 'any-origin': 'information' } }),
    });
    await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
    await client.open(`${root}/server.js`, openApp);
    await client.open(`${root}/inner/server.js`, openApp);
    assert.deepEqual((await client.pushed(`${root}/server.js`)).diagnostics, []);
    assert.equal((await client.pushed(`${root}/inner/server.js`)).diagnostics[0]?.severity, 1);
    assert.equal((await status(`${root}/inner/server.js`))?.configuration, `${root}/inner/cors-lint.json`);
    writeFileSync(path.join(folder, 'cors-lint.json'), '{ "rules": { "any-origin": "warning" } }');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: `${root}/cors-lint.json`, type: 2 }],
    });
    assert.equal(
      (await client.pushed(`${root}/server.js`, ({ diagnostics }) => diagnostics.length > 0)).diagnostics[0]?.severity,
      2,
    );
  });

  for (const [what, gone] of [
    ['its file', 'api/cors-lint.json'],
    ['its folder', 'api'],
  ] as const)
    it(`do not count any more once ${what} is deleted`, async () => {
      const root = pathToFileURL(folder).href;
      mkdirSync(path.join(folder, 'api'));
      writeFileSync(path.join(folder, 'api/cors-lint.json'), '{ "rules": { "any-origin": "off" } }');
      client = await startClient({ pull: true, folders: [root], settings: () => ({}), watch: true });
      await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
      const uri = `${root}/api/app.js`;
      await client.open(uri, openApp);
      assert.deepEqual(await client.diagnostics(uri), []);
      rmSync(path.join(folder, gone), { recursive: true });
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: `${root}/${gone}`, type: 3 }],
      });
      assert.equal((await client.diagnostics(uri)).length, 1);
    });

  it('are read from an unsaved cors-lint.json, mistakes and all', async () => {
    client = await startClient();
    await client.open(uri, openApp);
    await client.pushed(uri);
    await client.open(
      'file:///project/cors-lint.json',
      '{ "rules": { "any-origin": "error", "no-such-rule": "off" ',
      'jsonc',
    );
    assert.equal((await client.pushed(uri, ({ diagnostics }) => diagnostics[0]?.severity === 1)).diagnostics.length, 1);
    assert.match((await status(uri))!.problems.join('\n'), /no-such-rule/);
  });

  it('do not leak from one folder to another', async () => {
    client = await startClient({
      pull: true,
      folders: ['file:///one', 'file:///two'],
      settings: (scope) => ({ rules: { 'any-origin': scope?.startsWith('file:///one') ? 'off' : 'error' } }),
    });
    await client.open('file:///one/server.js', openApp);
    await client.open('file:///two/server.js', openApp);
    assert.deepEqual(await client.diagnostics('file:///one/server.js'), []);
    assert.equal((await client.diagnostics('file:///two/server.js'))[0]?.severity, 1);
  });

  it('status tells the frameworks, the policies and the time', async () => {
    client = await startClient({ pull: true });
    await client.open(
      uri,
      `${openApp}// cors-lint-disable-next-line any-origin -- public data\napp.get('/', require('cors')());\n`,
    );
    const { frameworks, policies, findings, suppressed, milliseconds, skipped, problems } = (await status(uri))!;
    assert.equal(frameworks.includes('express-cors'), true);
    assert.deepEqual(
      { policies, findings, suppressed, skipped, problems },
      { policies: 2, findings: 1, suppressed: 1, skipped: undefined, problems: [] },
    );
    assert.equal(typeof milliseconds, 'number');
    assert.equal(await status('file:///project/not-open.js'), null);
    const { text } = await client.connection.sendRequest<{ text: string }>('corsLint/debugInformation');
    assert.match(text, /- Client: bare\n/);
    assert.equal(text.includes('/project/'), false);
  });

  describe('mistakes in a cors-lint.json', () => {
    const faulty = '{\n  "profile": "strict",\n  "rules": { "any-orign": "off" }\n}\n';
    const expected = [
      [1, 13, 'settings'],
      [2, 13, 'settings'],
    ];
    const shape = (diagnostics: readonly Diagnostic[]) =>
      diagnostics.map(({ range, code }) => [range.start.line, range.start.character, code]);
    const settingsUri = 'file:///project/cors-lint.json';

    it('are all reported in it as it is typed, and go away', async () => {
      client = await startClient({ pull: true });
      await client.open(settingsUri, faulty, 'jsonc');
      const first = await client.pull(settingsUri);
      assert.deepEqual(first.kind === 'full' && shape(first.items), expected);
      assert.deepEqual(await client.pull(settingsUri, first.resultId), { kind: 'unchanged', resultId: first.resultId });
      await client.change(settingsUri, 2, [{ text: '{}' }]);
      assert.deepEqual(await client.diagnostics(settingsUri), []);
      await client.change(settingsUri, 3, [{ text: '{ "rules": ' }]);
      assert.match(String((await client.diagnostics(settingsUri))[0]?.message), /^This is not JSON/);
    });
    it('are pushed, too, even where the linter is switched off', async () => {
      client = await startClient({ settings: () => ({ enable: false }) });
      await client.open(settingsUri, faulty, 'json');
      const { diagnostics } = await client.pushed(settingsUri);
      assert.deepEqual(shape(diagnostics), expected);
      assert.deepEqual(
        diagnostics.map(({ severity, source }) => [severity, source]),
        [
          [1, 'cors-lint'],
          [1, 'cors-lint'],
        ],
      );
    });
    it('of YAML are reported, too', async () => {
      client = await startClient({ pull: true });
      const uri = 'file:///project/.cors-lint.yaml';
      await client.open(uri, 'profile: strict\nrules:\n  any-orign: off\n', 'yaml');
      assert.deepEqual(shape(await client.diagnostics(uri)), [
        [0, 9, 'settings'],
        [2, 2, 'settings'],
      ]);
    });
    it('are among the diagnostics of the workspace where it is not open', async () => {
      writeFileSync(path.join(folder, 'cors-lint.json'), faulty);
      const root = pathToFileURL(folder).href;
      client = await startClient({ pull: true, folders: [root] });
      const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
        previousResultIds: [],
      });
      assert.deepEqual(
        items.map((item) => [item.uri, item.kind === 'full' && shape(item.items)]),
        [[`${root}/cors-lint.json`, expected]],
      );
    });
    it('are told by the status of every file that it governs, with line and column', async () => {
      client = await startClient({ pull: true });
      await client.open(settingsUri, faulty, 'jsonc');
      await client.open(uri, openApp);
      await client.diagnostics(uri);
      const { problems } = (await status(uri))!;
      assert.equal(problems.length, 2);
      assert.match(problems[0]!, /^cors-lint\.json:2:14: "profile"/);
      assert.match(problems[1]!, /^cors-lint\.json:3:14: There is no rule "any-orign"\. Did you mean "any-origin"\?$/);
    });
  });

  describe('of development files', () => {
    const local = "require('express')().use(require('cors')({ origin: 'http://localhost:3000' }));\n";
    const findings = async (folders: readonly string[], file: string, settings?: object): Promise<unknown[]> => {
      client = await startClient({ pull: true, folders, ...(settings && { settings: () => settings }) });
      await client.open(file, local);
      return (await client.diagnostics(file)).map(({ code }) => code);
    };
    it('look at the path below the folder that was opened, not at the folders above', async () => {
      assert.deepEqual(await findings(['file:///work/test/project'], 'file:///work/test/project/server.js'), [
        'development-origin',
      ]);
    });
    it('see folders for tests inside of it', async () => {
      assert.deepEqual(await findings(['file:///work/test/project'], 'file:///work/test/project/test/server.js'), []);
    });
    it('see the name alone of a file outside of all folders', async () => {
      assert.deepEqual(await findings([], 'file:///work/test/server.js'), ['development-origin']);
    });
    it('look at the path below the settings file where there is one', async () => {
      mkdirSync(path.join(folder, 'test/project'), { recursive: true });
      writeFileSync(path.join(folder, 'test/project/cors-lint.json'), '{}');
      const root = pathToFileURL(folder).href;
      assert.deepEqual(await findings([root], `${root}/test/project/server.js`), ['development-origin']);
    });
    it('look at the innermost folder of a workspace with several', async () => {
      assert.deepEqual(
        await findings(['file:///work', 'file:///work/test/project'], 'file:///work/test/project/server.js'),
        ['development-origin'],
      );
    });
    it('take the globs of the editor', async () => {
      assert.deepEqual(
        await findings(['file:///work'], 'file:///work/local/server.js', { development: ['local/**'] }),
        [],
      );
    });
  });

  it('that are broken are a problem while their file is closed, until they are repaired or opened', async () => {
    const file = path.join(folder, 'cors-lint.json');
    const settings = String(pathToFileURL(file));
    const server = String(pathToFileURL(path.join(folder, 'server.js')));
    writeFileSync(file, '{ "rules": { "any-origen": "off" } }');
    client = await startClient({
      pull: true,
      watch: true,
      folders: [String(pathToFileURL(folder))],
      initializationOptions: { workspaceOnCommand: true },
    });
    await client.open(server, openApp);
    await client.diagnostics(server);
    const { diagnostics } = await client.pushed(settings);
    assert.match(String(diagnostics[0]?.message), /^There is no rule "any-origen"\. Did you mean "any-origin"\?/);
    await client.open(settings, '{ "rules": { "any-origen": "off" } }', 'json');
    assert.equal((await client.diagnostics(settings)).length, 1);
    await client.diagnostics(server);
    assert.deepEqual((await client.pushed(settings)).diagnostics, [], 'it is told once');
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: settings } });
    await client.diagnostics(server);
    assert.equal((await client.pushed(settings)).diagnostics.length, 1);
    writeFileSync(file, '{ "rules": { "any-origin": "off" } }');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: settings, type: 2 }],
    });
    assert.deepEqual(await client.diagnostics(server), []);
    assert.deepEqual((await client.pushed(settings)).diagnostics, []);
  });
});
