import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, Range, SnippetTextEdit, TextEdit } from 'vscode-languageserver';
import { applied, buildServer, startClient } from './client.ts';
import type { ClientOptions, TestClient } from './client.ts';

const uri = 'file:///project/server.js';
const openApp = "const app = require('express')();\napp.use(require('cors')());\n";
const whole: Range = { start: { line: 0, character: 0 }, end: { line: 1_000, character: 0 } };

describe('code actions', function () {
  let client: TestClient;
  before(buildServer);
  afterEach(async () => void (await client.stop()));

  async function start(text: string, options: ClientOptions = {}, languageId?: string): Promise<Diagnostic[]> {
    client = await startClient({ pull: true, ...options });
    await client.open(uri, text, languageId);
    return client.diagnostics(uri);
  }
  const resolve = (action: CodeAction): Promise<CodeAction> =>
    client.connection.sendRequest('codeAction/resolve', action);
  const preferred = (actions: readonly CodeAction[]): CodeAction => actions.find(({ isPreferred }) => isPreferred)!;
  const edits = (action: CodeAction): (TextEdit | SnippetTextEdit)[] =>
    action.edit!.documentChanges!.flatMap((change) => ('edits' in change ? (change.edits as TextEdit[]) : []));

  /** The rules that are still reported after the action. */
  async function rulesAfter(text: string, action: CodeAction): Promise<unknown[]> {
    await client.change(uri, 2, [{ text: applied(text, uri, action.edit!) }]);
    return (await client.diagnostics(uri)).map(({ code }) => code);
  }

  it('fix a finding; the fixed text has none', async () => {
    const [finding] = await start(openApp);
    const fix = preferred(await client.actions(uri, finding!.range, ['quickfix']));
    assert.equal(fix.kind, 'quickfix');
    assert.equal(fix.diagnostics?.[0]?.code, 'any-origin');
    assert.deepEqual(await rulesAfter(openApp, fix), []);
  });

  it('copy the request of the stranger who gets in, for a client that can', async () => {
    const text = openApp.replace("cors')()", "cors')({ origin: true, credentials: true })");
    const initializationOptions = { copiesText: true };
    const [finding] = await start(text, { initializationOptions });
    const action = (await client.actions(uri, finding!.range)).find(({ title }) => title.endsWith('as curl'));
    assert.equal(action?.command?.command, 'corsLint.copyText');
    assert.deepEqual(action.command.arguments, [
      "curl -i 'https://api.example.com/' -H 'Origin: https://evil.example' -H 'Cookie: session=YOURS'",
    ]);
    await client.stop();
    const [again] = await start(text);
    assert.ok((await client.actions(uri, again!.range)).every(({ title }) => !title.endsWith('as curl')));
  });

  it('are offered without edits to a client that resolves them, with the edit afterwards', async () => {
    const [finding] = await start(openApp, { resolve: true });
    const actions = await client.actions(uri, finding!.range);
    assert.ok(actions.length > 0 && actions.every(({ edit }) => edit === undefined));
    assert.deepEqual(await rulesAfter(openApp, await resolve(preferred(actions))), []);
  });

  it('are refused when the text has changed since they were offered', async () => {
    const [finding] = await start(openApp, { resolve: true });
    const fix = preferred(await client.actions(uri, finding!.range));
    await client.change(uri, 2, [{ text: `// a new line\n${openApp}` }]);
    await assert.rejects(resolve(fix), { code: -32801 });
  });

  it('mark the place to type over where the client takes snippets', async () => {
    const [finding] = await start(openApp, { snippets: true });
    const fix = preferred(await client.actions(uri, finding!.range));
    const snippets = edits(fix).flatMap((edit) => ('snippet' in edit ? [edit.snippet] : []));
    assert.equal(snippets.length, 1);
    assert.equal(snippets[0]?.kind, 'snippet');
    assert.match(snippets[0]!.value, /\$\{1:https:\/\/app\.example\.com\}/);
    assert.equal(
      fix.edit?.documentChanges?.every((change) => 'edits' in change && change.textDocument.version === 1),
      true,
    );
    assert.deepEqual(await rulesAfter(openApp, fix), []);
  });

  it('are plain edits elsewhere, and simple changes for a client without document changes', async () => {
    const [finding] = await start(openApp, { documentChanges: false });
    const fix = preferred(await client.actions(uri, finding!.range));
    assert.equal(fix.edit?.documentChanges, undefined);
    assert.match(fix.edit!.changes![uri]![0]!.newText, /https:\/\/app\.example\.com/);
  });

  it('name the trusted origins of the settings', async () => {
    const [finding] = await start(openApp, {
      snippets: true,
      settings: () => ({ trustedOrigins: ['https://shop.example.net'] }),
    });
    const fix = preferred(await client.actions(uri, finding!.range));
    assert.equal(
      edits(fix).some((edit) => 'snippet' in edit),
      false,
    );
    assert.match(applied(openApp, uri, fix.edit!), /https:\/\/shop\.example\.net/);
  });

  for (const place of ['in the line above', 'at the end of this line', 'for this file']) {
    it(`accept a finding ${place}`, async () => {
      const text = openApp.replaceAll('\n', '\r\n');
      const [finding] = await start(text);
      const action = (await client.actions(uri, finding!.range)).find(({ title }) => title.includes(place))!;
      const after = applied(text, uri, action.edit!);
      assert.equal(after.replaceAll('\r\n', '').includes('\n'), false);
      // The reason is still to be written.
      assert.deepEqual(await rulesAfter(text, action), ['unexplained-suppression']);
    });
  }

  it('offer no comment where the format has none', async () => {
    const text = '[{ "AllowedOrigins": ["*"], "AllowedMethods": ["GET", "PUT"], "AllowedHeaders": ["*"] }]\n';
    const findings = await start(text, {}, 'json');
    assert.equal(
      findings.some(({ code }) => code === 'any-origin'),
      true,
    );
    const actions = await client.actions(uri, whole);
    assert.equal(
      actions.some(({ title }) => title.startsWith('Accept')),
      false,
    );
  });

  it('say whose they are where several findings meet, those of errors first', async () => {
    const text =
      "require('express')().use(require('cors')({ origin: ['https://app.example.com/', 'http://localhost:3000'] }));\n";
    const findings = await start(text);
    assert.ok(new Set(findings.map(({ code }) => code)).size > 1, 'several rules');
    const titles = (await client.actions(uri, whole)).map(({ title }) => title);
    assert.match(titles[0]!, /\(malformed-origin\)$/);
    assert.ok(titles.some((title) => title.endsWith('(development-origin)')));
  });

  it('open the page of the rule in a client that opens addresses, and in no other', async () => {
    const ofPages = async (options: ClientOptions) => {
      const [finding] = await start(openApp, options);
      const actions = await client.actions(uri, finding!.range);
      return actions.flatMap(({ command }) => (command ? [[command.command, command.arguments]] : []));
    };
    const page = 'https://github.com/cors-lint/cors-lint/blob/main/server/docs/rules/any-origin.md';
    assert.deepEqual(await ofPages({ initializationOptions: { opensLinks: true } }), [['vscode.open', [page]]]);
    await client.stop();
    assert.deepEqual(await ofPages({}), []);
  });

  it('fix all findings of one rule', async () => {
    const text = `${openApp}app.get('/a', require('cors')(), (req, res) => res.end());\n`;
    const findings = (await start(text)).filter(({ code }) => code === 'any-origin');
    assert.equal(findings.length, 2);
    const actions = await client.actions(uri, findings[0]!.range);
    const all = actions.find(({ title }) => title === 'Fix all "any-origin" in this file')!;
    assert.equal((await rulesAfter(text, all)).includes('any-origin'), false);
  });

  it('apply all safe fixes, and only those, as a source action', async () => {
    const text =
      "const trusted = ['https://app.example.com'];\nrequire('http').createServer((req, res) => {\n" +
      '  const origin = req.headers.origin;\n' +
      "  if (trusted.includes(origin)) res.setHeader('Access-Control-Allow-Origin', origin);\n" +
      '  res.end();\n});\n';
    const findings = await start(text);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['missing-vary'],
    );
    const [fixAll, ...others] = await client.actions(uri, whole, ['source.fixAll']);
    assert.deepEqual(others, []);
    assert.equal(fixAll?.kind, 'source.fixAll.corsLint');
    assert.deepEqual(await rulesAfter(text, fixAll!), []);
    assert.deepEqual(await client.actions(uri, whole, ['source.fixAll.corsLint']), []);
  });

  it('offer the source action only where it is asked for', async () => {
    await start(
      "const trusted = ['https://app.example.com'];\nrequire('http').createServer((req, res) => {\n" +
        "  if (trusted.includes(req.headers.origin)) res.setHeader('Access-Control-Allow-Origin', " +
        'req.headers.origin);\n});\n',
    );
    assert.equal(
      (await client.actions(uri, whole)).some(({ kind }) => kind?.startsWith('source')),
      false,
    );
    assert.deepEqual(await client.actions(uri, whole, ['source.organizeImports']), []);
    assert.deepEqual(await client.actions(uri, whole, ['refactor']), []);
  });

  it('are none where there is no finding', async () => {
    await start(openApp);
    assert.deepEqual(
      await client.actions(uri, { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } }),
      [],
    );
  });
});
