/** No network, no telemetry: whoever tries to reach one is told on. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StatusResult } from '../../server/src/lsp/protocol.ts';
import { buildServer } from '../lsp/client.ts';
import { RawClient } from '../lsp/raw-client.ts';
import { buildCli, openApp, place } from './run.ts';
import type { Place } from './run.ts';

const root = path.resolve(fileURLToPath(import.meta.url), '../../..');

/** Loaded before the program: every way out ends the process, with a status that nothing of ours has. */
const watchman = `
const tell = (way) => () => { require('node:fs').writeSync(2, 'REACHED OUT by ' + way + '\\n'); process.exit(77); };
require('node:net').Socket.prototype.connect = tell('a socket');
require('node:dgram').createSocket = tell('a datagram');
for (const name of ['lookup', 'resolve']) require('node:dns')[name] = tell('a name server');
for (const name of ['fetch', 'WebSocket', 'EventSource']) globalThis[name] = tell(name);
`;

describe('offline', () => {
  let here: Place;
  before(buildCli);
  beforeEach(() => (here = place({ 'watchman.cjs': watchman, 'server.js': openApp })));
  afterEach(() => here.remove());

  const watched = () => ({
    NODE_OPTIONS: `--require "${path.join(here.folder, 'watchman.cjs').replaceAll('\\\\', '/')}"`,
  });

  it('is what the watchman would notice', () => {
    for (const reaching of [
      "fetch('http://127.0.0.1:9')",
      "require('node:https').get('https://127.0.0.1:9')",
      "require('node:net').connect(9)",
      "require('node:http').get('http://localhost:9')",
    ]) {
      const env = { ...process.env, ...watched() };
      const { status, stderr } = spawnSync(process.execPath, ['-e', reaching], { encoding: 'utf8', env });
      assert.equal(status, 77, reaching);
      assert.match(stderr, /^REACHED OUT by /m);
    }
  });

  it('is the server of the editor', async () => {
    buildServer();
    const client = new RawClient({ ...process.env, ...watched() });
    await client.ask('initialize', { processId: null, rootUri: null, capabilities: {} });
    client.send({ method: 'initialized', params: {} });
    const uri = 'file:///project/server.js';
    const textDocument = { uri, languageId: 'javascript', version: 1, text: openApp };
    client.send({ method: 'textDocument/didOpen', params: { textDocument } });
    const { result } = await client.ask('corsLint/status', { uri });
    assert.equal((result as StatusResult).findings, 1);
    await client.ask('shutdown', null);
    assert.equal(await client.end(), 0);
    assert.doesNotMatch(client.said, /REACHED OUT/);
  });

  for (const [what, args, expected] of [
    ['a check of every kind of file', [path.join(root, 'examples')], 1],
    ['a policy', ['policy', 'server.js'], 0],
    ['a request that is tried', ['try', 'server.js', '--origin', 'https://evil.example'], 0],
    ['an explanation', ['explain', 'any-origin'], 0],
  ] as const)
    it(`is ${what}`, () => {
      const { status, error } = here.run(args, { env: watched() });
      assert.doesNotMatch(error, /REACHED OUT/);
      assert.equal(status, expected, error);
    });
});
