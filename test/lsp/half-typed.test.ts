import assert from 'node:assert/strict';
import type { CodeLens, Hover } from 'vscode-languageserver';
import { buildServer, startClient } from './client.ts';
import type { ClientOptions, TestClient } from './client.ts';

const uri = 'file:///project/server.js';
const program = (origin: string): string =>
  [
    "const cors = require('cors');",
    "const app = require('express')();",
    "app.use('/public', cors());",
    'app.use(cors({',
    `  origin: ${origin}`,
    '  credentials: true,',
    '}));',
    'app.listen(3000);',
    '',
  ].join('\n');
const listed = "'https://www.shop.example',";
/** All that stands on the line on the way to a pattern that takes in too much. */
const beginnings = [...String.raw`/^https:\/\/.*shop\.example$/`].map((_letter, index, all) =>
  all.slice(0, index).join(''),
);

describe('a text that somebody types', function () {
  let client: TestClient;
  let version = 1;
  before(buildServer);
  afterEach(async () => void (await client.stop()));

  async function open(options: ClientOptions = {}): Promise<void> {
    version = 1;
    client = await startClient({ pull: true, ...options });
    await client.open(uri, program(listed));
    await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
  }
  const write = (text: string): Promise<void> => client.change(uri, ++version, [{ text }]);
  const lenses = (): Promise<CodeLens[]> =>
    client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  const rules = async (): Promise<unknown[]> => (await client.diagnostics(uri)).map(({ code }) => code);

  it('has no problem that comes and goes with a letter, and keeps those of other lines', async () => {
    await open();
    assert.deepEqual(await rules(), ['any-origin']);
    for (const beginning of beginnings) {
      await write(program(beginning));
      assert.deepEqual(await rules(), ['any-origin'], beginning);
    }
    await write(program(String.raw`/^https:\/\/.*shop\.example$/,`));
    assert.deepEqual(await rules(), ['any-origin', 'bypassable-origin-check']);
  });

  it('keeps the lines above its policies where they are, and what they say', async () => {
    await open();
    const before = await lenses();
    assert.equal(before.length, 2);
    for (const beginning of beginnings) {
      await write(program(beginning));
      assert.deepEqual(await lenses(), before, beginning);
    }
    await write(`// A line above.\n${program(beginnings.at(-1)!)}`);
    assert.deepEqual(
      (await lenses()).map(({ range }) => range.start.line),
      before.map(({ range }) => range.start.line + 1),
    );
  });

  it('keeps the problems of other lines at their places, with fixes that fit', async () => {
    await open();
    await write(program('/^https:'));
    assert.deepEqual(await rules(), ['any-origin']);
    await write(`// A line above.\n${program('/^https:')}`);
    const [found] = await client.diagnostics(uri);
    assert.equal(found!.range.start.line, 3);
    const [fix] = await client.actions(uri, found!.range, ['quickfix'], [found!]);
    assert.ok(fix !== undefined);
  });

  it('says nothing on hover where it is typed in', async () => {
    await open();
    const hover = (): Promise<Hover | null> =>
      client.connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri },
        position: { line: 5, character: 4 },
      });
    assert.ok((await hover()) !== null);
    await write(program('/^https:'));
    assert.equal(await hover(), null);
  });

  it('is meant as it stands once it is saved', async () => {
    await open();
    await write(program('/^https:'));
    assert.deepEqual(await rules(), ['any-origin']);
    const refreshes = client.refreshes();
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    await client.until(() => client.refreshes() > refreshes);
    assert.notDeepEqual(await rules(), ['any-origin']);
  });

  it('is meant as it stands when it is opened', async () => {
    client = await startClient({ pull: true });
    await client.open(uri, program('/^https:'));
    assert.ok((await rules()).length > 1);
  });

  it('is no text that is put in as a whole', async () => {
    await open();
    const unfinished = `app.use('/other', cors({ origin: true, credentials: true }));\n`.repeat(40);
    await write(`${program('/^https:')}${unfinished}`);
    assert.ok((await rules()).length > 1);
  });

  it('is half typed, too, where a word alone makes a statement, or a value has no end', async () => {
    const settings = (last: string): string =>
      `spring:\n  graphql:\n    cors:\n      allow-credentials: true\n      ${last}\n`;
    const file = 'file:///project/application.yml';
    client = await startClient({ pull: true });
    await client.open(file, settings('allowed-origins: "https://shop.example"'), 'yaml');
    const codes = async (): Promise<unknown[]> => (await client.diagnostics(file)).map(({ code }) => code);
    assert.deepEqual(await codes(), []);
    let number = 1;
    for (const line of ['allowed-orig', 'allowed-origins: "https://sh']) {
      await client.change(file, ++number, [{ text: settings(line) }]);
      assert.deepEqual(await codes(), [], line);
    }
    await client.change(file, ++number, [{ text: settings('allowed-origins: "shop.example"') }]);
    assert.deepEqual(await codes(), ['malformed-origin']);
  });

  it('keeps what is said of a file that uses it, until it is whole again or saved', async () => {
    const settings = 'file:///project/settings.js';
    const listing = (origins: string): string => `exports.origins = [\n  ${origins}\n];\n`;
    const uses = [
      "const cors = require('cors');",
      "const { origins } = require('./settings.js');",
      "require('express')().use(cors({ origin: origins, credentials: true }));",
      '',
    ].join('\n');
    client = await startClient({ pull: true });
    await client.open(settings, listing("'https://www.shop.example',"));
    await client.open(uri, uses);
    assert.deepEqual(await rules(), []);
    let number = 1;
    const type = async (origins: string): Promise<unknown[]> => {
      await client.change(settings, ++number, [{ text: listing(origins) }]);
      return rules();
    };
    for (const half of [
      "'https://www.shop.example', /",
      "'https://www.shop.example', /shop",
      "'https://www.shop.example', [",
    ])
      assert.deepEqual(await type(half), [], half);
    assert.deepEqual(await type(String.raw`/^https:\/\/.*shop\.example$/,`), ['bypassable-origin-check']);
    assert.deepEqual(await type("'https://www.shop.example', ["), ['bypassable-origin-check']);
    const refreshes = client.refreshes();
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: settings } });
    await client.until(() => client.refreshes() > refreshes);
    assert.deepEqual(await rules(), []);
  });

  it('keeps what was said while it is pushed, too', async () => {
    await open({ pull: false });
    await client.pushed(uri, ({ diagnostics }) => diagnostics.length === 1);
    await write(program('/^https:'));
    const { diagnostics } = await client.pushed(uri, (params) => params.version === version);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['any-origin'],
    );
  });
});
