import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const variables = 'PORT=3000\nCORS_ORIGIN=https://shop.example\nexport ORIGINS=https://a.example\nCORS=x\n';

describe('a file of environment variables', function () {
  let client: TestClient;
  let folder: string;
  before(buildServer);
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'lsp-'))));
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const uriOf = (name: string): string => String(pathToFileURL(path.join(folder, name)));

  async function hints(text = variables) {
    client = await startClient({ pull: true, watch: true, folders: [String(pathToFileURL(folder))] });
    await client.open(uriOf('.env'), text, 'dotenv');
    return (await client.diagnostics(uriOf('.env'))).map(({ code, severity, range, message }) => [
      code,
      severity,
      range.start.line,
      message,
    ]);
  }

  it('leads to the settings that are made of them, and to nothing else', async () => {
    const app = "const app = require('express')();\nconst cors = require('cors');\n";
    writeFileSync(
      path.join(folder, 'server.js'),
      `${app}app.use(cors({ origin: process.env.CORS_ORIGIN }));\napp.listen(process.env.PORT);\n`,
    );
    writeFileSync(
      path.join(folder, 'api.js'),
      `${app}const allowed = process.env.ORIGINS.split(',');\n\napp.use(cors({ origin: allowed }));\n`,
    );
    assert.deepEqual(await hints(), [
      ['variable', 4, 1, 'CORS settings are made of this variable, in server.js:3.'],
      ['variable', 4, 2, 'CORS settings are made of this variable, in api.js:5.'],
    ]);
  });

  it('leads to programs in other languages, too', async () => {
    writeFileSync(
      path.join(folder, 'main.py'),
      'import os\nfrom fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\n' +
        'origins = os.environ["ORIGINS"].split(",")\napp.add_middleware(CORSMiddleware, allow_origins=origins)\n',
    );
    const [hint, ...others] = await hints();
    assert.deepEqual(others, []);
    assert.match(String(hint![3]), /in main\.py:7\.$/);
  });

  it('is left alone where nothing is made of them', async () => {
    writeFileSync(
      path.join(folder, 'server.js'),
      "const cors = require('cors');\nconst app = require('express')();\napp.use(cors({ origin: 'https://a.example' }));\napp.listen(process.env.ORIGINS);\n",
    );
    assert.deepEqual(await hints(), []);
  });
});
