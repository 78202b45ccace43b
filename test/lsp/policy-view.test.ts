import assert from 'node:assert/strict';
import type { PolicyViewResult, TryOriginResult, ViewedPolicy } from '../../server/src/lsp/policy-view-protocol.ts';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const uri = 'file:///project/server.js';
const program = (...uses: readonly string[]): string =>
  ["const cors = require('cors');", "const app = require('express')();", ...uses, ''].join('\n');

describe('the view of policies', function () {
  let client: TestClient;
  before(buildServer);
  afterEach(async () => void (await client.stop()));

  async function viewOf(text: string, name = uri, language?: string, files?: Readonly<Record<string, string>>) {
    client = await startClient({
      pull: true,
      ...(files && { files, folders: ['vscode-vfs://shop/'], initializationOptions: { readFile: true } }),
    });
    await client.open(name, text, language);
    return client.connection.sendRequest<PolicyViewResult | null>('corsLint/policyView', { uri: name });
  }

  const tried = (asked: object): Promise<TryOriginResult | null> =>
    client.connection.sendRequest('corsLint/tryOrigin', {
      uri,
      version: 1,
      policy: 0,
      method: 'GET',
      headers: [],
      cookies: false,
      ...asked,
    });

  const rows = ({ origins }: ViewedPolicy) =>
    Object.fromEntries(
      origins.map(({ origin, kind, read, readWithCookies, preflights }) => [
        origin,
        [kind, read.outcome, readWithCookies.outcome, preflights.map(({ outcome }) => outcome).join(' ')],
      ]),
    );

  it('has a row for each origin that is named, for the stranger who gets in, for all others and for no origin', async () => {
    const view = await viewOf(
      program(
        "app.use(cors({ origin: ['https://a.example', /shop\\.example$/], credentials: true, methods: ['GET', 'PUT'] }));",
      ),
    );
    const [policy] = view!.policies;
    assert.deepEqual(policy!.methods, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
    const { 'https://a.example': named, ...others } = rows(policy!);
    assert.deepEqual(named, ['named', 'yes', 'yes', 'yes yes yes no no']);
    const stranger = Object.entries(others).find(([, [kind]]) => kind === 'stranger');
    assert.match(stranger![0], /shop\.example$/);
    assert.deepEqual(stranger![1].slice(1, 3), ['yes', 'yes']);
    assert.deepEqual(others['https://another-website.example'], ['other', 'no', 'no', 'no no no no no']);
    assert.deepEqual(others['null']!.slice(0, 3), ['sandboxed', 'no', 'no']);
    assert.equal(policy!.line, 2);
    assert.match(policy!.summary, /^1 pattern|^https:\/\/a\.example and 1 pattern/);
    assert.ok(
      policy!.settings.every(({ value }) => !value.includes('`')),
      'plain texts',
    );
  });

  it('shows of a pattern whom it is for: the domain that it names, or one below it', async () => {
    const view = await viewOf(
      program(
        "app.use('/a', cors({ origin: /shop\\.example$/ }));",
        "app.use('/b', cors({ origin: /^https:\\/\\/[a-z]+\\.shop\\.example$/ }));",
      ),
    );
    const matching = view!.policies.map(({ origins }) => origins.find(({ kind }) => kind === 'matching')?.origin);
    assert.deepEqual(matching, ['https://shop.example', 'https://app.shop.example']);
  });

  it('says why not, and leaves open what the text does not decide', async () => {
    const view = await viewOf(
      program(
        "app.use('/a', cors({ origin: '*', credentials: true }));",
        'app.use("/b", cors({ origin: process.env.ORIGINS.split(",") }));',
      ),
    );
    const [star, open] = view!.policies;
    const other = star!.origins.find(({ kind }) => kind === 'other')!;
    assert.deepEqual([other.read.outcome, other.readWithCookies.outcome], ['yes', 'no']);
    assert.match(other.readWithCookies.why!, /"\*" does not stand for any origin/);
    assert.equal(open!.origins.find(({ kind }) => kind === 'other')!.read.outcome, 'unknown');
  });

  it('tries an origin: headers, and the step at which the browser stops', async () => {
    await viewOf(program("app.use(cors({ origin: ['https://a.example'], methods: ['GET'] }));"));
    const read = (await tried({ origin: 'https://a.example' }))!;
    assert.equal(read.readable, true);
    assert.deepEqual(
      read.exchanges!.map(({ method, status }) => [method, status]),
      [['GET', 200]],
    );
    assert.deepEqual(
      read.exchanges![0]!.headers.find(([name]) => name === 'access-control-allow-origin'),
      ['access-control-allow-origin', 'https://a.example'],
    );
    const put = (await tried({ origin: 'https://a.example', method: 'PUT', headers: ['X-Part'] }))!;
    assert.equal(put.readable, false);
    assert.match(put.explanation!, /does not allow the method PUT/);
    assert.match(put.step!, /^CORS-preflight fetch/);
    assert.match(put.specification!, /^https:\/\/fetch\.spec\.whatwg\.org\/#/);
    assert.deepEqual(
      put.exchanges!.map(({ method }) => method),
      ['OPTIONS'],
    );
    const stranger = (await tried({ origin: 'https://b.example' }))!;
    assert.match(stranger.explanation!, /no Access-Control-Allow-Origin/);
  });

  it('refuses what no page can send, and what was asked of another text', async () => {
    await viewOf(program('app.use(cors());'));
    assert.match(
      (await tried({ origin: 'https://a.example/' }))!.mistake!,
      /^No page has the origin .* Write https:\/\/a\.example\.$/,
    );
    assert.match(
      (await tried({ origin: 'https://a.example', headers: ['x y'] }))!.mistake!,
      /no name of a method or header/,
    );
    assert.equal(await tried({ origin: 'https://a.example', version: 2 }), null);
    assert.equal(await tried({ origin: 'https://a.example', policy: 7 }), null);
  });

  it('shows the middlewares that make an answer together', async () => {
    const view = await viewOf(
      program(
        'app.use(cors({ origin: "https://a.example" }));',
        "app.get('/b', cors({ origin: 'https://a.example', credentials: true }), handler);",
      ),
    );
    const route = view!.policies.find(({ layers }) => layers.length > 0)!;
    assert.deepEqual(
      route.layers.map(({ role, line }) => [role, line]),
      [
        ['middleware', 2],
        ['middleware', 3],
      ],
    );
  });

  it('joins a proxy with the program behind it', async () => {
    const at = (name: string): string => `vscode-vfs://shop/${name}`;
    const files = {
      [at('compose.yaml')]:
        'services:\n  web:\n    image: nginx\n    volumes: ["./nginx:/etc/nginx/conf.d"]\n  api:\n    build: { context: api }\n',
      [at('api/Dockerfile')]: 'FROM node:24\nCMD ["node", "server.js"]\n',
      [at('api/server.js')]: program("app.use(cors({ origin: 'https://a.example', credentials: true }));"),
    };
    const nginx = (line: string): string =>
      `server {\n  location / {\n    ${line}\n    proxy_pass http://api:8000;\n  }\n}\n`;
    const view = await viewOf(
      nginx('add_header Access-Control-Allow-Origin https://a.example always;'),
      at('nginx/default.conf'),
      'nginx',
      files,
    );
    const [policy] = view!.policies;
    assert.deepEqual(
      policy!.layers.map(({ role, uri: of, line }) => [role, of, line]),
      [
        ['proxy', at('nginx/default.conf'), 2],
        ['application', at('api/server.js'), 2],
      ],
    );
    const named = policy!.origins.find(({ origin }) => origin === 'https://a.example')!;
    assert.equal(named.read.outcome, 'no');
    assert.match(named.read.why!, /several values/);
    assert.match(policy!.summary, /^nobody: /);
  });

  it('says that there is no policy, and why', async () => {
    const view = await viewOf('const first = 1;\n');
    assert.deepEqual(view!.policies, []);
    assert.match(view!.nothing!, /mentions CORS/);
    assert.equal(await client.connection.sendRequest('corsLint/policyView', { uri: 'file:///project/none.js' }), null);
  });
});
