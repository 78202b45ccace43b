import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const open = "const app = require('express')();\napp.use(require('cors')());\n";
const uri = 'file:///project/server.js';
const insideCall = { start: { line: 1, character: 24 }, end: { line: 1, character: 24 } };
const allowlist = "{ origin: 'https://app.example.com' }";

describe('diagnostics', function () {
  let client: TestClient;
  let folder: string | undefined;
  before(buildServer);
  afterEach(async () => {
    await client.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true });
    folder = undefined;
  });

  it('are pushed to a client that does not ask for them', async () => {
    client = await startClient();
    assert.equal(client.capabilities.diagnosticProvider, undefined);
    await client.open(uri, open);
    const { diagnostics, version } = await client.pushed(uri);
    assert.equal(version, 1);
    assert.equal(diagnostics.length, 1);
    const [{ source, code, codeDescription, severity, message, range, data }] = diagnostics as [
      (typeof diagnostics)[0],
    ];
    assert.deepEqual({ source, code, severity }, { source: 'cors-lint', code: 'any-origin', severity: 2 });
    assert.equal(
      codeDescription?.href,
      'https://github.com/cors-lint/cors-lint/blob/main/server/docs/rules/any-origin.md',
    );
    assert.match(String(message), /^[A-Z][^]*\. [^]*\. [^]*\.$/);
    assert.equal(range.start.line, 1);
    assert.deepEqual(data, { rule: 'any-origin', fixable: true });
  });

  it('follow the typing, and are taken away with the document', async () => {
    client = await startClient();
    await client.open(uri, open);
    await client.pushed(uri);
    await client.change(uri, 2, [{ range: insideCall, text: allowlist }]);
    assert.deepEqual((await client.pushed(uri, ({ version }) => version === 2)).diagnostics, []);
    await client.change(uri, 3, [{ text: open }]);
    assert.equal((await client.pushed(uri, ({ version }) => version === 3)).diagnostics.length, 1);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    assert.deepEqual((await client.pushed(uri, ({ version }) => version === undefined)).diagnostics, []);
  });

  it('are pushed for the last of many quick edits, and never for an old text after it', async () => {
    client = await startClient();
    const versions: (number | undefined)[] = [];
    await client.open(uri, open);
    const typed = allowlist.split('');
    for (const [index, character] of typed.entries()) {
      const at = { line: 1, character: 24 + index };
      await client.change(uri, index + 2, [{ range: { start: at, end: at }, text: character }]);
    }
    const last = await client.pushed(uri, (params) => {
      versions.push(params.version);
      return params.version === typed.length + 1;
    });
    assert.deepEqual(last.diagnostics, []);
    assert.deepEqual(
      versions,
      [...versions].sort((a, b) => a! - b!),
    );
  });

  it('are given to a client that asks for them, and the same ones not twice', async () => {
    client = await startClient({ pull: true });
    assert.deepEqual(client.capabilities.diagnosticProvider, {
      identifier: 'cors-lint',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    await client.open(uri, open);
    const first = await client.pull(uri);
    assert.equal(first.kind === 'full' && first.items.length, 1);
    assert.deepEqual(await client.pull(uri, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await client.change(uri, 2, [{ range: insideCall, text: allowlist }]);
    const third = await client.pull(uri, first.resultId);
    assert.deepEqual(third.kind === 'full' && third.items, []);
    assert.notEqual(third.resultId, first.resultId);
  });

  it('carry the place of the credentials line', async () => {
    client = await startClient({ pull: true });
    await client.open(
      uri,
      "require('http').createServer((req, res) => {\n  res.setHeader('Access-Control-Allow-Origin', '*');\n" +
        "  res.setHeader('Access-Control-Allow-Credentials', 'true');\n});\n",
    );
    const [finding] = await client.diagnostics(uri);
    assert.equal(finding?.code, 'wildcard-with-credentials');
    assert.deepEqual(
      finding?.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line]),
      [[uri, 2]],
    );
  });

  it('see the unsaved text of an imported file, and follow it', async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'lsp-'));
    writeFileSync(path.join(folder, 'origins.js'), "exports.origins = ['https://app.example.com'];\n");
    client = await startClient({ pull: true });
    const main = pathToFileURL(path.join(folder, 'server.js')).href;
    const imported = pathToFileURL(path.join(folder, 'origins.js')).href;
    await client.open(
      main,
      "const { origins } = require('./origins.js');\nrequire('express')().use(require('cors')({ origin: origins }));\n",
    );
    assert.deepEqual(await client.diagnostics(main), []);
    await client.open(imported, "exports.origins = '*';\n");
    const [finding] = await client.diagnostics(main);
    assert.equal(finding?.code, 'any-origin');
    const refreshed = client.refreshes();
    await client.change(imported, 2, [{ text: "exports.origins = ['https://app.example.com'];\n" }]);
    assert.deepEqual(await client.diagnostics(main), []);
    await client.until(() => client.refreshes() > refreshed);
  });

  it('are pushed again when an imported file changes', async () => {
    client = await startClient();
    const imported = 'file:///project/origins.js';
    await client.open(
      uri,
      "const { origins } = require('./origins.js');\nrequire('express')().use(require('cors')({ origin: origins }));\n",
    );
    assert.deepEqual((await client.pushed(uri)).diagnostics, []);
    await client.open(imported, "exports.origins = '*';\n");
    const { diagnostics } = await client.pushed(uri, (params) => params.diagnostics.length > 0);
    assert.equal(diagnostics[0]?.code, 'any-origin');
    assert.equal(diagnostics[0]?.range.start.line, 1);
  });

  it('follow files that change on disk, where the client watches them', async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'lsp-'));
    const root = pathToFileURL(folder).href;
    client = await startClient({ watch: true, folders: [root] });
    await client.until(() => client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
    const main = `${root}/server.js`;
    await client.open(
      main,
      "const { origins } = require('./origins.js');\nrequire('express')().use(require('cors')({ origin: origins }));\n",
    );
    assert.deepEqual((await client.pushed(main)).diagnostics, []);
    writeFileSync(path.join(folder, 'origins.js'), "exports.origins = '*';\n");
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: `${root}/origins.js`, type: 1 }],
    });
    assert.equal(
      (await client.pushed(main, ({ diagnostics }) => diagnostics.length > 0)).diagnostics[0]?.code,
      'any-origin',
    );
  });

  it('of a file that only the client can read are the same', async () => {
    const virtual = 'vscode-vfs://github/owner/repository';
    client = await startClient({
      pull: true,
      initializationOptions: { readFile: true },
      files: { [`${virtual}/origins.js`]: "exports.origins = '*';\n" },
    });
    await client.open(
      `${virtual}/server.js`,
      "const { origins } = require('./origins.js');\nrequire('express')().use(require('cors')({ origin: origins }));\n",
    );
    const [finding] = await client.diagnostics(`${virtual}/server.js`);
    assert.equal(finding?.code, 'any-origin');
    assert.ok(client.requestedFiles.every((file) => file.startsWith('vscode-vfs://github/')));
  });

  it('work for a text that was never saved', async () => {
    client = await startClient({ pull: true });
    await client.open('untitled:Untitled-1', open);
    assert.equal((await client.diagnostics('untitled:Untitled-1')).length, 1);
  });

  it('of a comment that accepts nothing fade', async () => {
    client = await startClient({ pull: true });
    await client.open(
      uri,
      '// cors-lint-disable-next-line any-origin -- as agreed\nrequire("cors")({ origin: false });\n',
    );
    const [unused] = await client.diagnostics(uri);
    assert.deepEqual([unused?.code, unused?.tags], ['unused-suppression', [1]]);
  });
});
