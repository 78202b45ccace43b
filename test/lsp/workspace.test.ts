import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PreviousResultId, WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const openApp = 'const app = require(\'express\')();\napp.use(require(\'cors\')());\n';

describe('diagnostics of the workspace', function () {
  this.timeout(60_000);
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
  const pull = (previousResultIds: readonly PreviousResultId[] = []): Promise<WorkspaceDiagnosticReport> => client.connection.sendRequest('workspace/diagnostic', { previousResultIds });
  const shape = (report: WorkspaceDiagnosticReport) => Object.fromEntries(report.items.map((item) => [item.uri.slice(root.length + 1), item.kind === 'full' ? item.items.map(({ code }) => code) : item.kind]));
  const idsOf = (report: WorkspaceDiagnosticReport): PreviousResultId[] => report.items.map(({ uri, resultId }) => ({ uri, value: resultId! }));

  it('cover files that are not open, and report the same ones as unchanged', async () => {
    client = await startClient({ pull: true, folders: [root] });
    const first = await pull();
    assert.deepEqual(shape(first), { 'api/server.js': ['any-origin'], 'web/server.js': ['any-origin'] });
    assert.deepEqual(shape(await pull(idsOf(first))), { 'api/server.js': 'unchanged', 'web/server.js': 'unchanged' });
  });

  it('take open documents as they are typed', async () => {
    client = await startClient({ pull: true, folders: [root] });
    const first = await pull();
    await client.open(`${root}/api/server.js`, 'const app = require(\'express\')();\n');
    const second = await pull(idsOf(first));
    assert.deepEqual(shape(second), { 'api/server.js': [], 'web/server.js': 'unchanged' });
    assert.equal(second.items.find(({ uri }) => uri.endsWith('api/server.js'))?.version, 1);
  });

  for (const watch of [true, false]) {
    it(`follow changed, new and deleted files, ${watch ? 'told by' : 'without help of'} the client`, async () => {
      client = await startClient({ pull: true, folders: [root], watch });
      if (watch) await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
      const first = await pull();
      write('api/server.js', 'const app = require(\'express\')();\n');
      write('new.js', openApp);
      rmSync(path.join(folder, 'web/server.js'));
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [
        { uri: `${root}/api/server.js`, type: 2 }, { uri: `${root}/new.js`, type: 1 }, { uri: `${root}/web/server.js`, type: 3 },
      ] });
      assert.deepEqual(shape(await pull(idsOf(first))), { 'api/server.js': [], 'new.js': ['any-origin'], 'web/server.js': [] });
    });
  }

  it('come in parts where the client takes parts', async () => {
    client = await startClient({ pull: true, folders: [root] });
    const parts: string[] = [];
    client.connection.onNotification('$/progress', ({ token, value }: { token: string; value: WorkspaceDiagnosticReport }) => {
      assert.equal(token, 'parts');
      parts.push(...value.items.map(({ uri }) => uri));
    });
    const rest: WorkspaceDiagnosticReport = await client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'parts' });
    assert.deepEqual([...parts, ...rest.items.map(({ uri }) => uri)].sort(), [`${root}/api/server.js`, `${root}/web/server.js`]);
  });

  it('follow the settings and the folders of the workspace', async () => {
    let exclude: string[] = [];
    client = await startClient({ pull: true, folders: [`${root}/api`], settings: () => ({ exclude }) });
    const first = await pull();
    assert.deepEqual(shape(first), { 'api/server.js': ['any-origin'] });
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: `${root}/web`, name: 'web' }], removed: [] } });
    const second = await pull(idsOf(first));
    assert.deepEqual(shape(second), { 'api/server.js': 'unchanged', 'web/server.js': ['any-origin'] });
    exclude = ['**/server.js'];
    await client.settingsChanged();
    assert.deepEqual(shape(await pull(idsOf(second))), { 'api/server.js': [], 'web/server.js': [] });
  });
});
