/** What clients do that they should not, and what happens to a server in the course of a day. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { StatusResult } from '../../server/src/lsp/protocol.ts';
import { fixtureFiles } from '../frameworks/rooms.ts';
import { buildServer, serverFile, startClient } from './client.ts';
import type { TestClient } from './client.ts';
import { sampled, whole } from '../seed.ts';

const openApp = "const app = require('express')();\napp.use(require('cors')());\n";
const uri = 'file:///project/server.js';

describe('the server goes on', function () {
  let client: TestClient;
  before(buildServer);
  afterEach(async () => void (await client.stop()));
  const codes = async (of = uri): Promise<unknown[]> => (await client.diagnostics(of)).map(({ code }) => code);
  const status = (of = uri): Promise<StatusResult | null> =>
    client.connection.sendRequest('corsLint/status', { uri: of });
  /** Nothing that went wrong may be lost in the log. */
  const assertNoErrors = (): void =>
    assert.deepEqual(
      client.log.filter((line) => /error|failed/i.test(line)),
      [],
    );

  it('after edits out of order, outside of the text, and of a document that is not open', async () => {
    client = await startClient({ pull: true });
    await client.change(uri, 1, [{ text: 'x' }]);
    await client.open(uri, openApp);
    const beyond = { start: { line: 900, character: 900 }, end: { line: 901, character: 0 } };
    await client.change(uri, 5, [{ range: beyond, text: '// at the end' }]);
    await client.change(uri, 3, [
      { range: { start: { line: 1, character: 99 }, end: { line: 0, character: 0 } }, text: '' },
    ]);
    await client.change(uri, 2, [{ text: openApp }]);
    assert.deepEqual(await codes(), ['any-origin']);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.change(uri, 9, [{ text: openApp }]);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    assert.deepEqual(await codes(), []);
    await client.open(uri, openApp);
    assert.deepEqual(await codes(), ['any-origin']);
  });

  it('where a value is nested too deep, and says so in the status', async () => {
    client = await startClient({ pull: true });
    const deep = '['.repeat(400) + ']'.repeat(400);
    await client.open(uri, openApp.replace("')());", `')({ origin: ${deep} }));`));
    await codes();
    assert.ok((await status())!.atBound > 0);
    await client.change(uri, 2, [{ text: openApp }]);
    assert.deepEqual(await codes(), ['any-origin']);
    assert.equal((await status())?.atBound, 0);
  });

  it('after requests about nothing, or that nobody knows', async () => {
    client = await startClient({ pull: true });
    assert.deepEqual(await codes('file:///nowhere/at/all.js'), []);
    assert.deepEqual(
      await client.actions('file:///nowhere.js', { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }),
      [],
    );
    assert.equal(
      await client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri: 'file:///nowhere.js' },
        position: { line: 3, character: 3 },
      }),
      null,
    );
    await assert.rejects(client.connection.sendRequest('corsLint/noSuchRequest', {}), { code: -32601 });
    await client.connection.sendNotification('corsLint/noSuchNotification', {});
    await client.connection.sendNotification('$/cancelRequest', { id: 12_345 });
    await client.open(uri, openApp);
    assert.deepEqual(
      await client.actions(uri, { start: { line: 70, character: 0 }, end: { line: 90, character: 0 } }),
      [],
    );
    assert.deepEqual(await codes(), ['any-origin']);
  });

  it('after requests that are cancelled', async () => {
    client = await startClient({ pull: true });
    await client.open(uri, openApp);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const source = new CancellationTokenSource();
        await client.change(uri, index + 2, [{ text: `${openApp}// ${index}\n` }]);
        const answer = client.connection.sendRequest<DocumentDiagnosticReport>(
          'textDocument/diagnostic',
          { textDocument: { uri } },
          source.token,
        );
        if (index % 2 === 0) source.cancel();
        return answer.then(
          ({ kind }) => kind,
          (error: { code: number }) => error.code,
        );
      }),
    );
    // -32800: cancelled by the client.
    for (const [index, outcome] of outcomes.entries())
      assert.ok(outcome === 'full' || (index % 2 === 0 && outcome === -32800), `${index}: ${outcome}`);
    assert.ok(outcomes.includes(-32800), 'none was cancelled in time');
    assert.deepEqual(await codes(), ['any-origin']);
    assertNoErrors();
  });

  it('with a text of 1 MB, and says why a larger one is not read', async () => {
    client = await startClient({ pull: true });
    const filler = `${'x'.repeat(98)};\n`;
    const large = openApp + filler.repeat(Math.floor((1_048_576 - openApp.length) / filler.length));
    await client.open(uri, large);
    assert.deepEqual(await codes(), ['any-origin']);
    const at = { line: 2, character: 0 };
    for (let version = 2; version < 12; version++)
      await client.change(uri, version, [{ range: { start: at, end: at }, text: 'y' }]);
    assert.deepEqual(await codes(), ['any-origin']);
    await client.change(uri, 20, [{ text: large + filler.repeat(20) }]);
    assert.deepEqual(await codes(), []);
    assert.match((await status())!.skipped!, /larger than 1 MB/);
  });

  it('with one very long line, and with deep nesting', async () => {
    client = await startClient({ pull: true });
    await client.open(uri, `${openApp.replaceAll('\n', ' ')}${';x'.repeat(200_000)}`);
    assert.deepEqual(await codes(), ['any-origin']);
    await client.change(uri, 2, [{ text: `${openApp}x = ${'['.repeat(5_000)}${']'.repeat(5_000)};\n` }]);
    assert.deepEqual(await codes(), ['any-origin']);
    await client.change(uri, 3, [{ text: `${openApp}x = ${'['.repeat(5_000)}` }]);
    await codes();
    const json = 'file:///project/vercel.json';
    await client.open(json, `{ "headers": ${'['.repeat(20_000)}"Access-Control-Allow-Origin"`, 'json');
    await codes(json);
    await client.change(uri, 4, [{ text: openApp }]);
    assert.deepEqual(await codes(), ['any-origin']);
    assertNoErrors();
  });

  it('with bytes that are no text', async () => {
    client = await startClient({ pull: true });
    await client.open(uri, `${openApp}\0\u0001\u0002`);
    assert.deepEqual(await codes(), []);
    assert.match((await status())!.skipped!, /binary/);
    const noise = Buffer.from(Array.from({ length: 50_000 }, (_, index) => ((index * 7919 + 13) % 255) + 1)).toString(
      'latin1',
    );
    await client.change(uri, 2, [{ text: `${noise}\ncors access-control-allow-origin\n${noise}` }]);
    await codes();
    // What editors make of invalid UTF-8, and halves of letters.
    await client.change(uri, 3, [{ text: `// \ufffd\ufffd \ud800 \udc00 caf\ufffd\n${openApp}` }]);
    assert.deepEqual(
      (await client.diagnostics(uri)).map(({ code, range }) => [code, range.start.line]),
      [['any-origin', 2]],
    );
    for (const languageId of [
      'python',
      'json',
      'jsonc',
      'yaml',
      'nginx',
      'apacheconf',
      'typescript',
      'typescriptreact',
      'plaintext',
      '',
    ]) {
      const other = `file:///project/noise-${languageId}`;
      await client.open(other, `${noise}\naccess-control-allow-origin cors\n${noise}`, languageId);
      await codes(other);
    }
    assertNoErrors();
  });

  it('with every fixture as it is typed: no crash, and no finding outside of the text', async () => {
    client = await startClient({ pull: true });
    const root = path.resolve('test/fixtures');
    const languages: Readonly<Record<string, string>> = {
      js: 'javascript',
      cjs: 'javascript',
      mjs: 'javascript',
      jsx: 'javascriptreact',
      ts: 'typescript',
      mts: 'typescript',
      cts: 'typescript',
      tsx: 'typescriptreact',
      py: 'python',
      json: 'json',
      jsonc: 'jsonc',
      yaml: 'yaml',
      yml: 'yaml',
      htaccess: 'apacheconf',
    };
    let checked = 0;
    for (const name of sampled(fixtureFiles(), 80)) {
      const text = readFileSync(path.join(root, name), 'utf8');
      const own = `file:///typed/${name.split('/').map(encodeURIComponent).join('/')}`;
      const languageId =
        languages[/\.([a-z]+)$/.exec(name)?.[1] ?? ''] ?? (name.startsWith('servers/apache/') ? 'apacheconf' : 'nginx');
      await client.open(own, '', languageId);
      let typed = '';
      for (const [index, part] of [0.2, 0.45, 0.7, 0.9, 1].entries()) {
        const next = text.slice(0, Math.floor(text.length * part));
        const end = TextDocument.create(own, languageId, 0, typed).positionAt(typed.length);
        await client.change(own, index + 2, [{ range: { start: end, end }, text: next.slice(typed.length) }]);
        typed = next;
        const document = TextDocument.create(own, languageId, 0, typed);
        const last = document.positionAt(typed.length);
        for (const {
          range: { start, end: until },
          code,
        } of await client.diagnostics(own)) {
          for (const position of [start, until]) {
            assert.ok(
              position.line < last.line || (position.line === last.line && position.character <= last.character),
              `${name} at ${part}: ${code} outside of the text`,
            );
            assert.deepEqual(
              document.positionAt(document.offsetAt(position)),
              position,
              `${name} at ${part}: ${code} outside of its line`,
            );
          }
          checked++;
        }
      }
      await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: own } });
    }
    assert.ok(checked > (whole ? 1000 : 5), `${checked} findings`);
    assertNoErrors();
  });

  it('for a client that can do nothing beyond the first version of the protocol', async () => {
    client = await startClient({ documentChanges: false });
    await client.open(uri, openApp);
    const { diagnostics } = await client.pushed(uri);
    const actions = await client.actions(uri, diagnostics[0]!.range);
    assert.ok(actions.length > 1);
    for (const { edit, data, command } of actions) {
      assert.deepEqual(Object.keys(edit ?? {}), ['changes']);
      assert.deepEqual([data, command], [undefined, undefined]);
      for (const { newText } of edit!.changes![uri]!) assert.doesNotMatch(newText, /\$\{1:/);
    }
  });
});

describe('the server ends', function () {
  before(buildServer);
  const ended = (child: {
    on(event: 'exit', listener: (code: number | null) => void): unknown;
  }): Promise<number | null> => new Promise((resolve) => child.on('exit', resolve));

  it('with 0 after shutdown, with 1 without', async () => {
    assert.equal(await (await startClient()).stop(), 0);
    const client = await startClient();
    const code = ended(client.process);
    await client.connection.sendNotification('exit');
    assert.equal(await code, 1);
  });

  it('when the client goes away without a word', async () => {
    const client = await startClient();
    const code = ended(client.process);
    client.connection.dispose();
    client.process.stdin!.end();
    assert.equal(await code, 1);
  });

  it('when the process that started it dies, even if somebody holds its input open', async () => {
    // The server reads what the parent would read, so that its input stays open as long as this test keeps it.
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `
      const stdio = ['inherit', 'ignore', 'ignore'];
      const args = [${JSON.stringify(serverFile)}, '--stdio'];
      const child = require('node:child_process').spawn(process.execPath, args, { stdio, detached: true });
      require('node:fs').writeSync(1, String(child.pid));
      setTimeout(() => process.exit(), 2_000);
    `,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { processId: parent.pid, rootUri: null, capabilities: {} },
    });
    parent.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    let printed = '';
    parent.stdout.on('data', (data: Buffer) => (printed += data.toString()));
    await new Promise((resolve) => parent.on('exit', resolve));
    const server = Number(printed);
    assert.ok(server > 0, printed);
    const until = performance.now() + 300_000;
    const lives = (): boolean => {
      try {
        return process.kill(server, 0);
      } catch {
        return false;
      }
    };
    while (lives() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
    const survived = lives();
    if (survived) process.kill(server);
    parent.stdin.destroy();
    assert.equal(survived, false);
  });
});
