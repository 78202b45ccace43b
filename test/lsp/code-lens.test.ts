import assert from 'node:assert/strict';
import type { CodeLens } from 'vscode-languageserver';
import { buildServer, startClient } from './client.ts';
import type { ClientOptions, TestClient } from './client.ts';

const uri = 'file:///project/server.js';
const program = (...uses: readonly string[]): string =>
  ["const cors = require('cors');", "const app = require('express')();", ...uses, ''].join('\n');

describe('the line above a policy', function () {
  let client: TestClient;
  before(buildServer);
  afterEach(async () => void (await client.stop()));

  async function lensesOf(text: string, options: ClientOptions = {}, name = uri, language?: string) {
    client = await startClient({ pull: true, ...options });
    await client.open(name, text, language);
    return client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: name } });
  }

  async function titlesOf(...given: Parameters<typeof lensesOf>): Promise<string[]> {
    return (await lensesOf(...given)).map(({ command }) => command!.title);
  }

  const cases: readonly (readonly [what: string, options: string, title: string])[] = [
    ['everybody, with cookies', '{ origin: true, credentials: true }', 'every website, with cookies'],
    ['everybody, without cookies', "{ origin: '*' }", 'every website, without cookies'],
    [
      'a star that browsers refuse',
      "{ origin: '*', credentials: true }",
      'every website, but with cookies nobody: browsers refuse "*" then',
    ],
    ['one origin', "{ origin: 'https://a.example.com' }", 'https://a.example.com, without cookies'],
    [
      'three origins',
      "{ origin: ['https://a.example', 'https://b.example', 'https://c.example'], credentials: true }",
      '3 origins, with cookies',
    ],
    [
      'a slash that no page has',
      "{ origin: 'https://a.example/' }",
      'nobody: no page has the origin https://a.example/',
    ],
    ['no origin', '{ origin: false }', 'nobody: no origin is allowed'],
    [
      'what the text does not decide',
      "{ origin: process.env.ORIGINS.split(','), credentials: true }",
      'decided at run time',
    ],
    [
      'that there are no cookies, whoever reads',
      "{ origin: process.env.ORIGINS.split(',') }",
      'decided at run time, without cookies',
    ],
  ];
  for (const [what, options, title] of cases)
    it(`says ${what}`, async () => {
      assert.deepEqual(await titlesOf(program(`app.use(cors(${options}));`)), [title]);
    });

  it('names who gets in by a pattern that does not end where it should', async () => {
    const [title] = await titlesOf(program('app.use(cors({ origin: [/shop\\.example$/], credentials: true }));'));
    assert.match(title!, /^1 pattern, with cookies; lets in https:\/\/[^\s]+$/);
  });

  it('says so where circumstances decide, and where a list goes on', async () => {
    const text = program(
      'if (process.env.PUBLIC) app.use(cors());',
      "app.use('/b', cors({ origin: ['https://a.example', ...more] }));",
    );
    assert.deepEqual(await titlesOf(text), [
      'every website, not on every request, without cookies',
      'https://a.example and possibly others, not on every request, without cookies',
    ]);
  });

  it('stands on the line of its policy, and is one for those that come to the same', async () => {
    const lenses = await lensesOf(
      program("app.use('/a', cors()); app.use('/b', cors());", "app.use('/c', cors({ origin: false }));"),
    );
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command!.title]),
      [
        [2, 'every website, without cookies'],
        [3, 'nobody: no origin is allowed'],
      ],
    );
  });

  it('opens the view of policies where the client has one, and else nothing', async () => {
    const text = program('app.use(cors());');
    const [without] = await lensesOf(text);
    assert.deepEqual([without!.command!.command, without!.command!.arguments], ['', undefined]);
    await client.stop();
    const [withView] = await lensesOf(text, { initializationOptions: { policyView: true } });
    assert.deepEqual([withView!.command!.command, withView!.command!.arguments], ['corsLint.showPolicies', [uri, 2]]);
  });

  it('is off by a setting', async () => {
    assert.deepEqual(await titlesOf(program('app.use(cors());'), { settings: () => ({ codeLens: false }) }), []);
  });

  it('says nothing where there is no policy', async () => {
    assert.deepEqual(await titlesOf('const first = 1;\n'), []);
  });

  it('is there for servers and buckets too', async () => {
    const nginx = 'server {\n  location /api/ {\n    add_header Access-Control-Allow-Origin *;\n  }\n}\n';
    assert.deepEqual(await titlesOf(nginx, {}, 'file:///project/nginx.conf', 'nginx'), [
      'every website, without cookies',
    ]);
  });
});
