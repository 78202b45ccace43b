/** What the protocol says of messages that come too early, too late, twice, or with headers that are none. */
import assert from 'node:assert/strict';
import { buildServer } from './client.ts';
import { RawClient } from './raw-client.ts';
import type { Answer } from './raw-client.ts';

const initialize = { processId: null, rootUri: null, capabilities: {} };
const hover = { textDocument: { uri: 'file:///a.js' }, position: { line: 0, character: 0 } };

describe('the life of the server', function () {
  this.timeout(600_000);
  before(buildServer);
  const codeOf = async (answer: Promise<Answer>): Promise<number | undefined> => (await answer).error?.code;

  it('a request before initialize is refused as the protocol says, and does no harm', async () => {
    const client = new RawClient();
    for (const method of ['textDocument/hover', 'corsLint/status', 'no/such/method', 'shutdown'])
      assert.equal(await codeOf(client.ask(method, hover)), -32002, method);
    assert.ok((await client.ask('initialize', initialize)).result);
    assert.equal((await client.ask('textDocument/hover', hover)).error, undefined);
    await client.ask('shutdown', null);
    assert.equal(await client.end(), 0);
  });

  it('a notification before initialize is dropped', async () => {
    const client = new RawClient();
    const textDocument = { uri: 'file:///a.js', languageId: 'javascript', version: 1, text: '' };
    client.send({ method: 'textDocument/didOpen', params: { textDocument } });
    assert.ok((await client.ask('initialize', initialize)).result);
    assert.equal((await client.ask('corsLint/status', { uri: 'file:///a.js' })).result, null);
    await client.ask('shutdown', null);
    assert.equal(await client.end(), 0);
  });

  it('a second initialize is refused, and the first one holds', async () => {
    const client = new RawClient();
    await client.ask('initialize', initialize);
    assert.equal(await codeOf(client.ask('initialize', initialize)), -32600);
    assert.equal((await client.ask('textDocument/hover', hover)).error, undefined);
    await client.ask('shutdown', null);
    assert.equal(await client.end(), 0);
  });

  it('after shutdown every request is refused, and exit ends with 0', async () => {
    const client = new RawClient();
    await client.ask('initialize', initialize);
    assert.equal((await client.ask('shutdown', null)).result, null);
    for (const method of ['textDocument/hover', 'shutdown', 'initialize'])
      assert.equal(await codeOf(client.ask(method, hover)), -32600, method);
    assert.equal(await client.end(), 0);
  });

  it('exit without shutdown ends with 1', async () => {
    const client = new RawClient();
    await client.ask('initialize', initialize);
    assert.equal(await client.end(), 1);
    assert.equal(await new RawClient().end(), 1);
  });

  for (const header of [
    'Content-Length: -5\r\n\r\n',
    'Content-Length: many\r\n\r\n',
    'Content-Length: 1e9\r\n\r\n',
    'Content-Length: 99999999999999\r\n\r\n',
    'Content-Type: application/json\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'x'.repeat(10_000),
  ]) {
    it(`ends with words at ${JSON.stringify(header.slice(0, 40))}`, async () => {
      const client = new RawClient();
      await client.ask('initialize', initialize);
      client.write(header);
      assert.equal(await client.exited, 1);
      assert.match(client.said, /^cors-lint-server: A message has to begin with "Content-Length: <bytes>"/);
    });
  }

  it('goes on after a body that is no JSON, and with headers in pieces', async () => {
    const client = new RawClient();
    await client.ask('initialize', initialize);
    client.write('Content-Length: 3\r\n\r\n{]}');
    client.write('Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-');
    const body = JSON.stringify({ jsonrpc: '2.0', method: 'initialized', params: {} });
    client.write(`Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`);
    client.write(body.slice(10));
    assert.equal((await client.ask('textDocument/hover', hover)).error, undefined);
    await client.ask('shutdown', null);
    assert.equal(await client.end(), 0);
  });

  it('ends when its input ends', async () => {
    const early = new RawClient();
    await early.ask('initialize', initialize);
    early.server.stdin.end();
    assert.equal(await early.exited, 1);
    const late = new RawClient();
    await late.ask('initialize', initialize);
    await late.ask('shutdown', null);
    late.server.stdin.end();
    assert.equal(await late.exited, 0);
  });
});
