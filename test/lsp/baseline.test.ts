import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StatusResult } from '../../server/src/lsp/protocol.ts';
import { serialiseBaseline } from '../../server/src/service/baseline.ts';
import { fingerprintOf } from '../../server/src/service/fingerprint.ts';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const first = "const app = require('express')();\nconst cors = require('cors');\napp.use('/a', cors());\n";
const second = "app.use('/b', cors({ origin: true, credentials: true }));\n";

describe('a baseline', function () {
  let client: TestClient;
  let folder: string;
  before(buildServer);
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lsp-'));
    mkdirSync(path.join(folder, 'api'));
    writeFileSync(path.join(folder, 'cors-lint.json'), '{ "baseline": "known.json" }');
    writeFileSync(path.join(folder, 'known.json'), known(first));
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  const start = first.indexOf('cors()');
  /** Knows the open door of the first text. */
  const known = (text: string): string =>
    serialiseBaseline(
      new Map([
        [
          'api/server.js',
          [
            {
              rule: 'any-origin',
              fingerprint: fingerprintOf({ rule: 'any-origin', range: { start, end: start + 6 } }, text),
              count: 1,
            },
          ],
        ],
      ]),
    );
  const uriOf = (name: string): string => String(pathToFileURL(path.join(folder, name)));
  const status = (uri: string): Promise<StatusResult | null> =>
    client.connection.sendRequest('corsLint/status', { uri });
  const rulesOf = async (uri: string): Promise<unknown[]> => (await client.diagnostics(uri)).map(({ code }) => code);

  async function open(text: string, settings: object = {}): Promise<string> {
    client = await startClient({ pull: true, folders: [String(pathToFileURL(folder))], settings: () => settings });
    await client.open(uriOf('api/server.js'), text);
    return uriOf('api/server.js');
  }

  it('leaves out what it knows, wherever it has moved to, and the status says how much that is', async () => {
    const uri = await open(`// A line above.\n${first}${second}`);
    assert.deepEqual(await rulesOf(uri), ['any-origin-with-credentials']);
    const told = await status(uri);
    assert.deepEqual([told?.findings, told?.known], [1, 1]);
  });

  it('tells all where the setting says so', async () => {
    const uri = await open(first, { onlyNewFindings: false });
    assert.deepEqual(await rulesOf(uri), ['any-origin']);
    assert.equal((await status(uri))?.known, 0);
  });

  it('counts as it is written anew', async () => {
    const uri = await open(first);
    assert.deepEqual(await rulesOf(uri), []);
    writeFileSync(path.join(folder, 'known.json'), serialiseBaseline(new Map()));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('known.json'), type: 2 }],
    });
    assert.deepEqual(await rulesOf(uri), ['any-origin']);
  });

  it('that is none, or not there, leaves nothing out and is told', async () => {
    writeFileSync(path.join(folder, 'known.json'), '[]');
    const uri = await open(first);
    assert.deepEqual(await rulesOf(uri), ['any-origin']);
    assert.match((await status(uri))!.problems.join(), /^known\.json: A baseline has "version": 1/);
    await client.stop();
    rmSync(path.join(folder, 'known.json'));
    const again = await open(first);
    assert.deepEqual(await rulesOf(again), ['any-origin']);
    assert.match((await status(again))!.problems.join(), /The baseline known\.json cannot be read\./);
  });
});
