import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { PreviousResultId, WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const openApp = "const app = require('express')();\napp.use(require('cors')());\n";

describe('diagnostics of the workspace', function () {
  let client: TestClient;
  let folder: string;
  let root: string;
  before(buildServer);
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lsp-'));
    root = pathToFileURL(folder).href;
    write('api/server.js', openApp);
    write('web/server.js', openApp);
    write('web/clean.js', 'export const x = 1;\n');
    write('node_modules/cors/server.js', openApp);
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  function write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const pull = (previousResultIds: readonly PreviousResultId[] = []): Promise<WorkspaceDiagnosticReport> =>
    client.connection.sendRequest('workspace/diagnostic', { previousResultIds });
  const shape = (report: WorkspaceDiagnosticReport) =>
    Object.fromEntries(
      report.items.map((item) => [
        item.uri.slice(root.length + 1),
        item.kind === 'full' ? item.items.map(({ code }) => code) : item.kind,
      ]),
    );
  const idsOf = (report: WorkspaceDiagnosticReport): PreviousResultId[] =>
    report.items.map(({ uri, resultId }) => ({ uri, value: resultId! }));

  it('cover files that are not open, and report the same ones as unchanged', async () => {
    client = await startClient({ pull: true, folders: [root] });
    const first = await pull();
    assert.deepEqual(shape(first), { 'api/server.js': ['any-origin'], 'web/server.js': ['any-origin'] });
    assert.deepEqual(shape(await pull(idsOf(first))), { 'api/server.js': 'unchanged', 'web/server.js': 'unchanged' });
  });

  it('tell one decision once, with the other files that use it', async () => {
    const app =
      "const cors = require('cors');\nconst { origins } = require('../origins');\nrequire('express')().use(cors({ origin: origins }));\n";
    write('origins.js', 'exports.origins = [/example\\.com$/];\n');
    write('api/server.js', app);
    write('web/server.js', app);
    client = await startClient({ pull: true, folders: [root] });
    const first = await pull();
    assert.deepEqual(shape(first), { 'api/server.js': ['bypassable-origin-check'] });
    const [report] = first.items;
    const related = report?.kind === 'full' ? report.items[0]?.relatedInformation : [];
    assert.ok(
      related?.some(({ location, message }) => location.uri.endsWith('web/server.js') && /same holds/.test(message)),
    );
    rmSync(path.join(folder, 'api'), { recursive: true });
    assert.deepEqual(shape(await pull(idsOf(first))), {
      'api/server.js': [],
      'web/server.js': ['bypassable-origin-check'],
    });
  });

  it('follow a folder that goes, of whose files nobody tells', async () => {
    client = await startClient({ pull: true, folders: [root], watch: true });
    await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
    const first = await pull();
    rmSync(path.join(folder, 'web'), { recursive: true });
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: `${root}/web`, type: 3 }],
    });
    assert.deepEqual(shape(await pull(idsOf(first))), { 'api/server.js': 'unchanged', 'web/server.js': [] });
  });

  it('take open documents as they are typed', async () => {
    client = await startClient({ pull: true, folders: [root] });
    const first = await pull();
    await client.open(`${root}/api/server.js`, "const app = require('express')();\n");
    const second = await pull(idsOf(first));
    assert.deepEqual(shape(second), { 'api/server.js': [], 'web/server.js': 'unchanged' });
    assert.equal(second.items.find(({ uri }) => uri.endsWith('api/server.js'))?.version, 1);
  });

  for (const watch of [true, false]) {
    it(`follow changed, new and deleted files, ${watch ? 'told by' : 'without help of'} the client`, async () => {
      client = await startClient({ pull: true, folders: [root], watch });
      if (watch)
        await client.until(() =>
          client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'),
        );
      const first = await pull();
      write('api/server.js', "const app = require('express')();\n");
      write('new.js', openApp);
      rmSync(path.join(folder, 'web/server.js'));
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [
          { uri: `${root}/api/server.js`, type: 2 },
          { uri: `${root}/new.js`, type: 1 },
          { uri: `${root}/web/server.js`, type: 3 },
        ],
      });
      assert.deepEqual(shape(await pull(idsOf(first))), {
        'api/server.js': [],
        'new.js': ['any-origin'],
        'web/server.js': [],
      });
    });
  }

  it('follow a file that another one imports, neither of them open', async () => {
    write('origins.js', "exports.origins = ['https://app.example.com'];\n");
    write(
      'shop.js',
      "const { origins } = require('./origins.js');\nrequire('express')().use(require('cors')({ origin: origins }));\n",
    );
    client = await startClient({ pull: true, folders: [root], watch: true });
    await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
    const first = await pull();
    assert.equal('shop.js' in shape(first), false);
    write('origins.js', "exports.origins = '*';\n");
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: `${root}/origins.js`, type: 2 }],
    });
    const second = await pull(idsOf(first));
    assert.deepEqual(shape(second), {
      'api/server.js': 'unchanged',
      'web/server.js': 'unchanged',
      'shop.js': ['any-origin'],
    });
  });

  it('leave out what .gitignore names, and look into a folder that is opened although it is ignored', async () => {
    write('.git/HEAD', '');
    write('.gitignore', 'web/\n');
    client = await startClient({ pull: true, folders: [root] });
    assert.deepEqual(shape(await pull()), { 'api/server.js': ['any-origin'] });
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: `${root}/web`, name: 'web' }], removed: [] },
    });
    assert.deepEqual(shape(await pull()), { 'api/server.js': ['any-origin'], 'web/server.js': ['any-origin'] });
  });

  it('of several folders follow the settings of each', async () => {
    write('api/cors-lint.json', '{ "rules": { "any-origin": "error" } }');
    write('web/cors-lint.json', '{ "rules": { "any-origin": "off" } }');
    client = await startClient({ pull: true, folders: [`${root}/api`, `${root}/web`] });
    const report = await pull();
    assert.deepEqual(shape(report), { 'api/server.js': ['any-origin'] });
    assert.equal(report.items[0]?.kind === 'full' && report.items[0].items[0]?.severity, 1);
  });

  it('are given for a single file that is not open, too, and the same ones not twice', async () => {
    client = await startClient({ pull: true, folders: [root] });
    const first = await client.pull(`${root}/api/server.js`);
    assert.equal(first.kind === 'full' && first.items.length, 1);
    assert.deepEqual(await client.pull(`${root}/api/server.js`, first.resultId), {
      kind: 'unchanged',
      resultId: first.resultId,
    });
  });

  it('stop when the client cancels', async () => {
    for (let index = 0; index < 300; index++) write(`many/${index}.js`, openApp);
    client = await startClient({ pull: true, folders: [root] });
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }, source.token);
    // Right behind the request: the server cannot have read 300 files by then.
    setImmediate(() => source.cancel());
    await assert.rejects(asked, { code: -32800 });
    assert.equal(Object.keys(shape(await pull())).length, 302);
  });

  it('come in parts where the client takes parts', async () => {
    client = await startClient({ pull: true, folders: [root] });
    const parts: string[] = [];
    client.connection.onNotification(
      '$/progress',
      ({ token, value }: { token: string; value: WorkspaceDiagnosticReport }) => {
        assert.equal(token, 'parts');
        parts.push(...value.items.map(({ uri }) => uri));
      },
    );
    const rest: WorkspaceDiagnosticReport = await client.connection.sendRequest('workspace/diagnostic', {
      previousResultIds: [],
      partialResultToken: 'parts',
    });
    assert.deepEqual([...parts, ...rest.items.map(({ uri }) => uri)].sort(), [
      `${root}/api/server.js`,
      `${root}/web/server.js`,
    ]);
  });

  it('follow the settings and the folders of the workspace', async () => {
    let exclude: string[] = [];
    client = await startClient({ pull: true, folders: [`${root}/api`], settings: () => ({ exclude }) });
    const first = await pull();
    assert.deepEqual(shape(first), { 'api/server.js': ['any-origin'] });
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: `${root}/web`, name: 'web' }], removed: [] },
    });
    const second = await pull(idsOf(first));
    assert.deepEqual(shape(second), { 'api/server.js': 'unchanged', 'web/server.js': ['any-origin'] });
    exclude = ['**/server.js'];
    await client.settingsChanged();
    assert.deepEqual(shape(await pull(idsOf(second))), { 'api/server.js': [], 'web/server.js': [] });
  });
});
