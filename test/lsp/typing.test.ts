/** What one key changes waits for a pause in typing; no test here waits for a time, only for what the server says. */
import assert from 'node:assert/strict';
import type { CodeLens } from 'vscode-languageserver';
import { applied, buildServer, startClient } from './client.ts';
import type { ClientOptions, TestClient } from './client.ts';

const uri = 'file:///project/server.js';
const program = (origin: string): string =>
  [
    "const cors = require('cors');",
    "const app = require('express')();",
    "app.use('/public', cors());",
    `app.use(cors({ origin: ${origin}, credentials: true }));`,
    'app.listen(3000);',
    '',
  ].join('\n');
/** No test lasts so long. In milliseconds. */
const never = 3_600_000;
/** What stands there after each key, in an editor that closes quotes. */
const keys = [
  "''",
  ...[...'https://shop.example:8443'].map((_key, index, all) => `'${all.slice(0, index + 1).join('')}'`),
];

describe('a word that somebody types', function () {
  let client: TestClient;
  let version = 1;
  before(buildServer);
  afterEach(async () => void (await client.stop()));

  async function open(typingPause: number, options: ClientOptions = {}): Promise<void> {
    version = 1;
    client = await startClient({ pull: true, initializationOptions: { typingPause }, ...options });
    await client.open(uri, program('[]'));
    await lenses();
  }
  const write = (text: string): Promise<void> => client.change(uri, ++version, [{ text }]);
  const lenses = async (): Promise<string[]> =>
    (await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } })).map(
      ({ command }) => command!.title,
    );
  const rules = async (of = uri): Promise<unknown[]> => (await client.diagnostics(of)).map(({ code }) => code);

  it('is not spoken of letter by letter, although the grammar takes every one', async () => {
    await open(never);
    const before = [await rules(), await lenses()];
    assert.deepEqual(before[0], ['any-origin']);
    for (const text of keys) {
      await write(program(`[${text}]`));
      assert.deepEqual([await rules(), await lenses()], before, text);
    }
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    assert.deepEqual(await lenses(), ['every website, without cookies', 'https://shop.example:8443, with cookies']);
  });

  for (const [what, lines] of [
    ['a word of a directive', ['t', 'tr', 'tru', 'true']],
    ['a variable', ['$', '$h', '$ht', '$http', '$http_', '$http_o', '$http_or']],
  ] as const)
    it(`is not spoken of in nginx, either: ${what}`, async () => {
      const file = 'file:///project/nginx.conf';
      const server = (value: string): string =>
        `server {\n  location / {\n    add_header Access-Control-Allow-Origin ${value} always;\n  }\n}\n`;
      client = await startClient({ pull: true, initializationOptions: { typingPause: never } });
      await client.open(file, server('https://shop.example'), 'nginx');
      assert.deepEqual(await rules(file), []);
      await client.change(file, 2, [{ text: server('') }]);
      for (const [index, value] of lines.entries()) {
        await client.change(file, index + 3, [{ text: server(value) }]);
        assert.deepEqual(await rules(file), [], value);
      }
    });

  it('counts once no other key follows', async () => {
    await open(1);
    await write(program("['https://shop.example']"));
    const refreshes = client.refreshes();
    await write(program("['https://shop.example/']"));
    // Whether the pause or the question comes first is open; after the pause the server asks to be asked.
    if ((await rules()).length === 1) await client.until(() => client.refreshes() > refreshes);
    assert.deepEqual(await rules(), ['any-origin', 'malformed-origin']);
  });

  it('counts once no other key follows where problems are pushed, too', async () => {
    await open(1, { pull: false });
    await client.pushed(uri, ({ diagnostics }) => diagnostics.length === 1);
    await write(program("['']"));
    const { diagnostics } = await client.pushed(uri, (params) => params.diagnostics.length === 2);
    assert.equal(diagnostics[1]!.code, 'malformed-origin');
  });

  it('counts at once where it was put in as a whole', async () => {
    await open(never);
    await write(program("['https://shop.example/']"));
    assert.deepEqual(await rules(), ['any-origin', 'malformed-origin']);
  });

  it('is repaired by what runs when it is saved, which comes before the save', async () => {
    await open(never);
    await write(program("['https://shop.example']"));
    const text = program("['https://shop.example/']");
    await write(text);
    assert.deepEqual(await rules(), ['any-origin']);
    const start = { line: 0, character: 0 };
    const [action] = await client.actions(uri, { start, end: start }, ['source.fixAll.corsLint']);
    assert.equal(applied(text, uri, action!.edit!), program("['https://shop.example']"));
  });

  it('in another file waits with what that changes here', async () => {
    const settings = 'file:///project/settings.js';
    const listing = (origin: string): string => `exports.origins = [${origin}];\n`;
    await open(never);
    await client.open(settings, listing('/^https:x$/'));
    await client.open(
      'file:///project/uses.js',
      "const { origins } = require('./settings.js');\nrequire('express')().use(require('cors')({ origin: origins }));\n",
    );
    const said = await rules('file:///project/uses.js');
    await client.change(settings, 2, [{ text: listing('/^https:$/') }]);
    await client.change(settings, 3, [{ text: listing('/^https:.$/') }]);
    await client.change(settings, 4, [{ text: listing('/^https:.*$/') }]);
    assert.deepEqual([said, await rules('file:///project/uses.js')], [[], []]);
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: settings } });
    assert.deepEqual(await rules('file:///project/uses.js'), ['any-origin']);
  });

  it('has no action that means another problem than the one it was offered for', async () => {
    await open(never, { resolve: true });
    await write(program("['https://shop.example']").replace('cors()', "cors({ origin: ['https://a.example'] })"));
    await write(program("['https://shop.example/']").replace('cors()', "cors({ origin: ['https://a.example'] })"));
    assert.deepEqual(await rules(), []);
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    const [found] = await client.diagnostics(uri);
    const [action] = await client.actions(uri, found!.range, ['quickfix'], [found!]);
    await client.connection.sendRequest('codeAction/resolve', action);
    const data = action!.data as { work: { finding: { start: number } } };
    const other = { ...data, work: { ...data.work, finding: { ...data.work.finding, start: 1 } } };
    await assert.rejects(client.connection.sendRequest('codeAction/resolve', { ...action, data: other }), /changed/);
  });
});
