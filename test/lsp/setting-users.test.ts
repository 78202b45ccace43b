import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import type { StatusResult } from '../../server/src/lsp/protocol.ts';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const options = "export const corsOptions = {\n  origin: ['https://shop.example/'],\n  credentials: true,\n};\n";
const server =
  "import cors from 'cors';\nimport express from 'express';\nimport { corsOptions } from './cors-options';\n" +
  'const app = express();\napp.use(cors(corsOptions));\n';

describe('a file with settings that another file uses', function () {
  let client: TestClient;
  let folder: string;
  before(buildServer);
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'lsp-'))));
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const uriOf = (name: string): string => String(pathToFileURL(path.join(folder, name)));

  async function open(name: string, text: string, language: string): Promise<string> {
    client = await startClient({ pull: true, watch: true, folders: [String(pathToFileURL(folder))] });
    await client.open(uriOf(name), text, language);
    return uriOf(name);
  }

  it('is led to what is found where it is used, though nobody opened that', async () => {
    writeFileSync(path.join(folder, 'server.ts'), server);
    const uri = await open('cors-options.ts', options, 'typescript');
    const [hint, ...others] = await client.diagnostics(uri);
    assert.deepEqual(others, []);
    assert.deepEqual([hint!.code, hint!.severity, hint!.range.start.line], ['malformed-origin', 4, 1]);
    assert.match(String(hint!.message), /in server\.ts:5\.$/);
    assert.equal(hint!.relatedInformation![0]!.location.uri, uriOf('server.ts'));
    const status = (await client.connection.sendRequest<StatusResult | null>('corsLint/status', { uri }))!;
    assert.deepEqual([status.findings, status.usedBy], [1, [uriOf('server.ts')]]);
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 15 },
    });
    assert.match((hover!.contents as MarkupContent).value, /Preflight:\u00a0methods/);
    await client.change(uri, 2, [{ text: options.replace('example/', 'example') }]);
    assert.deepEqual(await client.diagnostics(uri), []);
  });

  it('is left alone where nobody uses it, or where what uses it is in order', async () => {
    writeFileSync(path.join(folder, 'server.ts'), server.replace('./cors-options', './other'));
    const uri = await open('cors-options.ts', options, 'typescript');
    assert.deepEqual(await client.diagnostics(uri), []);
    writeFileSync(path.join(folder, 'server.ts'), server);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('server.ts'), type: 2 }],
    });
    assert.equal((await client.diagnostics(uri)).length, 1);
  });

  it('is found in Python too', async () => {
    writeFileSync(
      path.join(folder, 'main.py'),
      'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\nfrom settings import ORIGINS\n\n' +
        'app = FastAPI()\napp.add_middleware(CORSMiddleware, allow_origins=ORIGINS)\n',
    );
    const uri = await open('settings.py', "ORIGINS = ['https://shop.example/']\n", 'python');
    const found = await client.diagnostics(uri);
    assert.deepEqual(
      found.map(({ code, range }) => [code, range.start.line]),
      [['malformed-origin', 0]],
    );
  });
});
