import assert from 'node:assert/strict';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { buildServer, startClient } from './client.ts';
import type { TestClient } from './client.ts';

const uri = 'file:///project/server.js';

describe('hover', function () {
  let client: TestClient;
  before(buildServer);
  afterEach(async () => void (await client.stop()));

  /** The table's rows by name, for the position of the needle. */
  async function rowsAt(text: string, needle: string, name = 'server.js'): Promise<Record<string, string> | undefined> {
    const uri = `file:///project/${name}`;
    client = await startClient({ pull: true });
    await client.open(uri, text, { js: 'javascript', py: 'python', json: 'json' }[name.split('.')[1]!]);
    const before = text.slice(0, text.indexOf(needle)).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length + 1 };
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    if (!hover) return undefined;
    const { kind, value } = hover.contents as MarkupContent;
    assert.equal(kind, 'markdown');
    return Object.fromEntries(
      value
        .split('\n')
        .filter((line) => line.startsWith('| ') && line !== '| | |')
        .map((line) => line.slice(2, -2).split(' | '))
        .map(([name, value]) => [nameOfRow(name!), value!]),
    );
  }

  async function valueAt(line: number, character: number): Promise<string> {
    const asked = { textDocument: { uri }, position: { line, character } };
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', asked);
    return (hover.contents as MarkupContent).value.replaceAll(/\u00a0\u00a0\u200b/g, '').replaceAll('\u00a0', ' ');
  }

  it('says that everybody reads, and what nobody wrote', async () => {
    const rows = await rowsAt("require('express')().use(require('cors')({ origin: '*' }));\n", 'origin');
    assert.equal(rows?.['Read without cookies'], 'everybody');
    assert.equal(rows?.["Read with the user's cookies"], 'nobody _(default)_');
    assert.equal(rows?.['Preflight: methods'], '`GET,HEAD,PUT,PATCH,POST,DELETE` _(default)_');
    assert.equal(rows?.['Preflight: request headers'], 'whatever is asked for _(default)_');
  });

  it('asks for a preflight by a method that is allowed, where the others are refused', async () => {
    const text =
      'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\n' +
      "app.add_middleware(CORSMiddleware, allow_origins=['https://a.example.com'], allow_methods=['PUT'])\n";
    const rows = await rowsAt(text, 'allow_origins', 'main.py');
    assert.equal(rows?.['Preflight: status'], '200');
    assert.match(rows['Preflight: methods']!, /PUT/);
  });

  it('says of a bucket what it answers to the methods that it lists', async () => {
    const rule = { AllowedOrigins: ['https://a.example.com'], AllowedMethods: ['PUT'], AllowedHeaders: ['x-part'] };
    const rows = await rowsAt(JSON.stringify({ CORSRules: [rule] }, undefined, 1), 'AllowedOrigins', 'cors.json');
    assert.equal(rows?.['Preflight: status'], '200');
    assert.match(rows['Preflight: methods']!, /PUT/);
    assert.match(rows['Preflight: request headers']!, /x-part/);
  });

  it('lists origins and patterns, and shows the stranger whom a pattern lets in', async () => {
    const rows = await rowsAt(
      "require('express')().use(require('cors')({ origin: ['https://a.example.com', /example\\.com$/], " +
        'credentials: true, maxAge: 600 }));\n',
      'credentials',
    );
    assert.match(
      rows!['Read, with cookies or not']!,
      /^`https:\/\/a\.example\.com`, origins that match `example\\\.com\$`; this lets in `https:\/\/[^`]+`$/,
    );
    assert.equal(rows!['Preflight: remembered for'], '600 seconds');
  });

  it('shows who is let in by a check in code', async () => {
    const rows = await rowsAt(
      "const trusted = ['https://a.example.com'];\nrequire('http').createServer((req, res) => {\n" +
        "  if (trusted.includes(req.headers.origin)) res.setHeader('Access-Control-Allow-Origin', " +
        'req.headers.origin);\n});\n',
      'Access-Control',
    );
    assert.equal(rows?.['Read without cookies'], '`https://a.example.com`');
    assert.equal(rows?.['Caches keep origins apart'], 'no: `Vary: Origin` is missing');
  });

  it('tells policies that come to the same once, and says where circumstances decide', async () => {
    const text =
      "const cors = require('cors');\nconst app = require('express')();\n" +
      "const options = { origin: 'https://a.example.com' };\napp.use('/a', cors(options));\n" +
      "app.use('/b', cors(options));\nif (process.env.PUBLIC) app.use('/c', cors());\n";
    client = await startClient({ pull: true });
    await client.open(uri, text);
    const both = await valueAt(2, 20);
    assert.equal(both.split('Read without cookies').length, 2);
    assert.match(both, /routes under \/a, routes under \/b/);
    assert.match(await valueAt(5, 38), /Read without cookies \| everybody; not on every request/);
  });

  it('tells all policies of a document, for a page of their own', async () => {
    client = await startClient({ pull: true });
    await client.open(
      uri,
      "const cors = require('cors');\nconst app = require('express')();\napp.use('/a', cors());\n" +
        "app.use('/b', cors({ origin: 'https://a.example.com' }));\n",
    );
    await client.open('file:///project/plain.js', 'const first = 1;\n');
    const policies = (of: string) =>
      client.connection.sendRequest<{ text: string } | null>('corsLint/policies', { uri: of });
    const { text } = (await policies(uri))!;
    assert.match(text, /^## cors[^\n]*, line 3\n\nFor routes under \/a\.\n\n- \*\*Read without cookies\*\*: everybody/);
    assert.match(text, /\n## cors[^\n]*, line 4\n/);
    assert.match((await policies('file:///project/plain.js'))!.text, /^No CORS policy is read in this file\. /);
    assert.equal(await policies('file:///project/none.js'), null);
  });

  it('says how sure a problem is that stands here, where it is not certain', async () => {
    const text =
      "const cors = require('cors');\nconst app = require('express')();\n" +
      "app.use('/a', cors({ origin: process.env.WEB || '*' }));\napp.use('/b', cors({ origin: '*' }));\n";
    client = await startClient({ pull: true });
    await client.open(uri, text);
    assert.match(await valueAt(2, 49), /\n\nConfidence of open-fallback: likely\.$/);
    assert.doesNotMatch(await valueAt(3, 30), /Confidence/);
  });

  it('is silent elsewhere', async () => {
    assert.equal(await rowsAt("const first = 1;\nrequire('express')().use(require('cors')());\n", 'first'), undefined);
  });
});

/** A name is never broken, so that each row is one line where its value is. */
function nameOfRow(shown: string): string {
  assert.doesNotMatch(shown, / /);
  assert.match(shown, /\u00a0\u200b$/, 'room between it and the value');
  return shown.replaceAll('\u00a0', ' ').replace(/ +\u200b$/, '');
}
