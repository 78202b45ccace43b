/** A workspace of a stranger in the editor: what it holds is shown as text, and nothing outside of it is read. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Hover, MarkupContent, WorkspaceDiagnosticReport } from 'vscode-languageserver';
import type { PoliciesResult, StatusResult } from '../../server/src/lsp/protocol.ts';
import { buildServer, startClient } from './client.ts';
import type { ClientOptions, TestClient } from './client.ts';

const allow = (file: string): string =>
  `const { origins } = require('${file}');\nrequire('express')().use(require('cors')({ origin: origins }));\n`;
const list = "exports.origins = '*';\n";
const openApp = "const app = require('express')();\napp.use(require('cors')());\n";

describe('a hostile workspace in the editor', function () {
  this.timeout(600_000);
  let client: TestClient;
  let folder: string;
  let root: string;
  before(buildServer);
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lsp-'));
    root = pathToFileURL(path.join(folder, 'project')).href;
    mkdirSync(path.join(folder, 'project'));
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  const start = async (options: ClientOptions = {}): Promise<void> => {
    client = await startClient({ pull: true, folders: [root], ...options });
  };
  const rulesIn = async (name: string, text: string): Promise<unknown[]> => {
    await client.open(`${root}/${name}`, text);
    return (await client.diagnostics(`${root}/${name}`)).map(({ code }) => code);
  };

  describe('shows its texts as text', () => {
    const route =
      '/![i](https://evil.example/p.png) [x](https://evil.example) <img src=https://evil.example/q> `` $(x) $a$';
    const evil = `require('express')().use(${JSON.stringify(route)}, require('cors')({ exposedHeaders: ['a\`\`b'] }));\n`;
    /** What is left once escapes and code spans are taken out is what Markdown may act on. */
    const active = (markdown: string): string =>
      markdown.replaceAll(/\\[!-/:-@[-`{-~]/g, '').replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    const assertInactive = (markdown: string): void => {
      assert.doesNotMatch(active(markdown), /[<>[\]$]|:\/\/|www\.|`/);
      assert.match(markdown, /evil\.example/);
    };

    it('in the hover', async () => {
      await start();
      await client.open(`${root}/a.js`, evil);
      const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
        textDocument: { uri: `${root}/a.js` },
        position: { line: 0, character: evil.indexOf('exposedHeaders') + 1 },
      });
      const { kind, value } = hover.contents as MarkupContent;
      assert.equal(kind, 'markdown');
      assertInactive(value);
    });

    it('on the page of policies', async () => {
      await start();
      await client.open(`${root}/a.js`, evil);
      const { text } = await client.connection.sendRequest<PoliciesResult>('corsLint/policies', {
        uri: `${root}/a.js`,
      });
      assertInactive(text);
      assert.match(text, /```a``b```/);
      assert.equal(text.split('\n').filter((line) => line.startsWith('#')).length, 1);
    });

    it('in the status', async () => {
      write('project/cors-lint.json', '{ "\\u001b[2J\\n[x](command:evil)": 1 }');
      await start();
      await client.open(`${root}/a.js`, openApp);
      const { problems } = await client.connection.sendRequest<StatusResult>('corsLint/status', {
        uri: `${root}/a.js`,
      });
      assert.equal(problems.length, 1);
      assert.doesNotMatch(problems[0]!, /[\u0000-\u001f]/);
    });
  });

  describe('reads nothing outside of what was opened', () => {
    it('not by import, and what was opened too it reads', async () => {
      write('list.js', list);
      await start();
      assert.deepEqual(await rulesIn('a.js', allow('../list.js')), []);
      assert.deepEqual(client.requestedFiles, []);
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: [{ uri: pathToFileURL(folder).href, name: 'all' }], removed: [] },
      });
      assert.deepEqual(await rulesIn('b.js', allow('../list.js')), ['any-origin']);
    });

    it('not through links', async () => {
      write('list.js', list);
      write('project/own.js', list);
      symlinkSync('../list.js', path.join(folder, 'project/link.js'));
      symlinkSync('..', path.join(folder, 'project/folder'));
      symlinkSync('own.js', path.join(folder, 'project/inside.js'));
      await start();
      assert.deepEqual(await rulesIn('a.js', allow('./link.js')), []);
      assert.deepEqual(await rulesIn('b.js', allow('./folder/list.js')), []);
      assert.deepEqual(await rulesIn('c.js', allow('./inside.js')), ['any-origin']);
    });

    it('not for a document by itself, which has its own folder', async () => {
      write('list.js', list);
      write('project/own.js', list);
      await start({ folders: [] });
      assert.deepEqual(await rulesIn('a.js', allow('../list.js')), []);
      assert.deepEqual(await rulesIn('b.js', allow('./own.js')), ['any-origin']);
    });

    it('not from the client either, in file systems that only it can read', async () => {
      const files = { 'vscode-vfs://github/o/list.js': list, 'vscode-vfs://github/o/p/own.js': list };
      await start({ folders: ['vscode-vfs://github/o/p'], files, initializationOptions: { readFile: true } });
      const uri = 'vscode-vfs://github/o/p/a.js';
      await client.open(uri, allow('../list.js'));
      assert.deepEqual(await client.diagnostics(uri), []);
      assert.ok(client.requestedFiles.every((asked) => asked.startsWith('vscode-vfs://github/o/p/')));
      await client.open('vscode-vfs://github/o/p/b.js', allow('./own.js'));
      assert.equal((await client.diagnostics('vscode-vfs://github/o/p/b.js')).length, 1);
    });

    it('no settings above it', async () => {
      write('cors-lint.json', '{ "exclude": ["**"] }');
      await start();
      assert.deepEqual(await rulesIn('a.js', openApp), ['any-origin']);
      const status = await client.connection.sendRequest<StatusResult>('corsLint/status', { uri: `${root}/a.js` });
      assert.equal(status.configuration, undefined);
    });
  });

  it('opens no pipe, and goes on', async function () {
    if (spawnSync('mkfifo', [path.join(folder, 'project/.gitignore')]).error) {
      console.error('SKIPPED: mkfifo is not there.');
      client = await startClient();
      this.skip();
    }
    for (const name of ['cors-lint.json', 'pipe.js', 'package.json'])
      spawnSync('mkfifo', [path.join(folder, 'project', name)]);
    write('project/b.js', openApp);
    await start();
    assert.deepEqual(await rulesIn('a.js', allow('./pipe.js')), []);
    const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    assert.deepEqual(
      items.map(({ uri }) => uri),
      [`${root}/b.js`],
    );
  });

  it('says of a file that could not be checked that it was not', async () => {
    await start();
    const deep = `http {${'location / {'.repeat(3000)}add_header Access-Control-Allow-Origin *;${'}'.repeat(3001)}`;
    await client.open(`${root}/nginx.conf`, deep, 'nginx');
    assert.deepEqual(await client.diagnostics(`${root}/nginx.conf`), []);
    const status = await client.connection.sendRequest<StatusResult>('corsLint/status', { uri: `${root}/nginx.conf` });
    assert.equal(status.failed, 'It is nested more than 500 deep.');
    assert.deepEqual(await rulesIn('a.js', openApp), ['any-origin']);
  });
});
