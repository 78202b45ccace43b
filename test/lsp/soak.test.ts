/**
 * What a client may send in a day, in an order that chance makes: edits, requests, cancellations, renamed files, changed settings,
 * nonsense. Each request gets one answer, what is cancelled ends, and at last the server says of every document what a first look says.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import { runs, seed, whole } from '../seed.ts';
import { buildServer } from './client.ts';
import { RawClient } from './raw-client.ts';
import type { Answer } from './raw-client.ts';

const texts: Readonly<Record<string, string>> = {
  'a.js':
    "const app = require('express')();\nconst { origins } = require('./list.js');\n" +
    "app.use(require('cors')({ origin: origins }));\n",
  'b.ts': "import express from 'express';\nimport cors from 'cors';\nconst app = express();\napp.use(cors());\n",
  'c.py':
    'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\n' +
    "app.add_middleware(CORSMiddleware, allow_origins=['*'], allow_credentials=True)\n",
  'nginx.conf': 'server {\n  location / {\n    add_header Access-Control-Allow-Origin $http_origin;\n  }\n}\n',
  'vercel.json':
    '{ "headers": [{ "source": "/", "headers": [{ "key": "Access-Control-Allow-Origin", "value": "*" }] }] }\n',
};
const lists = ["exports.origins = '*';\n", "exports.origins = ['https://a.example/'];\n", 'exports.origins = ['];
const names = Object.keys(texts);
const pieces = [
  '\n',
  ' ',
  '*',
  "'",
  '"',
  '(',
  ')',
  '{',
  '}',
  '//',
  '\ud83d\ude00',
  'https://x.example/',
  "app.use(require('cors')());\n",
];
const methods = [
  'textDocument/diagnostic',
  'textDocument/hover',
  'textDocument/codeAction',
  'corsLint/status',
  'corsLint/policies',
  'workspace/diagnostic',
  'no/such',
];

/** One message of a client; the numbers choose among what is possible then. */
const message = fc.record({
  kind: fc.constantFrom(
    'edit',
    'edit',
    'edit',
    'whole',
    'open',
    'close',
    'ask',
    'ask',
    'ask',
    'cancelled',
    'rename',
    'settings',
    'watched',
    'nonsense',
  ),
  which: fc.nat(),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  long: fc.nat({ max: 6 }),
});
type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

describe('a day of the server', function () {
  this.timeout(600_000);
  before(buildServer);

  it('ends as it began: every request answered once, and the findings those of a first look', async () => {
    const days = fc.array(message, { minLength: whole ? 600 : 150, maxLength: whole ? 1200 : 250 });
    for (const day of fc.sample(days, { seed, numRuns: runs(12) })) await live(day);
  });
});

async function live(day: readonly Message[]): Promise<void> {
  const client = new RawClient();
  const folder = mkdtempSync(path.join(tmpdir(), 'lsp-'));
  const root = pathToFileURL(folder).href;
  try {
    writeFileSync(path.join(folder, 'list.js'), lists[0]!);
    assert.equal(await codeOf(client.ask('textDocument/hover', position(root, 'a.js'))), -32002);
    const capabilities = { textDocument: { diagnostic: {} }, workspace: { workspaceFolders: true } };
    await client.ask('initialize', {
      processId: null,
      rootUri: root,
      capabilities,
      workspaceFolders: [{ uri: root, name: 'x' }],
    });
    client.send({ method: 'initialized', params: {} });
    const editor = new Editor(client, folder, root);
    for (const one of day) editor.does(one);
    const answers = await Promise.all(editor.asked);
    for (const { answer, cancelled } of answers) assertAnswered(answer, cancelled);
    await editor.settles();
    await assertAsFirstLook(client, editor);
    assert.equal((await client.ask('shutdown', null)).result, null);
    assert.equal(await codeOf(client.ask('textDocument/hover', position(root, 'a.js'))), -32600);
    assert.equal(await client.end(), 0);
    assert.deepEqual(client.answeredTwice(), []);
    assert.equal(client.said, '');
  } finally {
    client.server.kill();
    rmSync(folder, { recursive: true });
  }
}

/** What an editor knows of its documents, as it sends it. */
class Editor {
  readonly asked: Promise<{ readonly answer: Answer; readonly cancelled: boolean }>[] = [];
  readonly open = new Map<string, { text: string; version: number }>();
  #version = 0;
  #list = 'list.js';

  constructor(
    readonly client: RawClient,
    readonly folder: string,
    readonly root: string,
  ) {}

  does(one: Message): void {
    const name = names[one.which % names.length]!;
    switch (one.kind) {
      case 'edit':
      case 'whole':
        return this.#edit(name, one);
      case 'open':
        return this.opens(name, texts[name]!);
      case 'close':
        return this.#close(name);
      case 'ask':
      case 'cancelled':
        return this.#ask(name, one);
      case 'rename':
        return this.#rename(one.which);
      case 'settings':
        return this.client.send({ method: 'workspace/didChangeConfiguration', params: { settings: null } });
      case 'watched':
        writeFileSync(path.join(this.folder, this.#list), lists[one.which % lists.length]!);
        return this.#watched(this.#list, 2);
      case 'nonsense':
        return this.#nonsense(one.which);
    }
  }

  opens(name: string, text: string): void {
    if (this.open.has(name)) return;
    this.open.set(name, { text, version: ++this.#version });
    const languageId = { js: 'javascript', ts: 'typescript', py: 'python', conf: 'nginx', json: 'json' }[
      name.split('.')[1]!
    ]!;
    const textDocument = { uri: `${this.root}/${name}`, languageId, version: this.#version, text };
    this.client.send({ method: 'textDocument/didOpen', params: { textDocument } });
  }

  #edit(name: string, { kind, at, long, which }: Message): void {
    const document = this.open.get(name);
    if (document === undefined) return this.opens(name, texts[name]!);
    const { text } = document;
    const start = Math.floor(at * (text.length + 1));
    const end = Math.min(text.length, start + long);
    const piece = kind === 'whole' ? texts[name]! : pieces[which % pieces.length]!;
    const range = { start: pointAt(text, start), end: pointAt(text, end) };
    document.text = kind === 'whole' ? piece : text.slice(0, start) + piece + text.slice(end);
    document.version = ++this.#version;
    this.client.send({
      method: 'textDocument/didChange',
      params: {
        textDocument: { uri: `${this.root}/${name}`, version: this.#version },
        contentChanges: [kind === 'whole' ? { text: piece } : { range, text: piece }],
      },
    });
  }

  #close(name: string): void {
    if (!this.open.delete(name)) return;
    this.client.send({ method: 'textDocument/didClose', params: { textDocument: { uri: `${this.root}/${name}` } } });
  }

  #ask(name: string, { kind, which, at }: Message): void {
    const method = methods[which % methods.length]!;
    const here = { line: Math.floor(at * 6), character: Math.floor(at * 97) % 30 };
    const params = {
      uri: `${this.root}/${name}`,
      textDocument: { uri: `${this.root}/${name}` },
      position: here,
      range: { start: { line: 0, character: 0 }, end: here },
      context: { diagnostics: [] },
      previousResultIds: [],
    };
    const cancelled = kind === 'cancelled';
    const answered = this.client.ask(method, params);
    if (cancelled) this.client.send({ method: '$/cancelRequest', params: { id: this.client.lastId } });
    this.asked.push(answered.then((answer) => ({ answer, cancelled })));
  }

  /** The file that others import comes and goes. */
  #rename(which: number): void {
    const next = which % 2 === 0 ? 'list.js' : 'moved.js';
    if (next === this.#list) return;
    renameSync(path.join(this.folder, this.#list), path.join(this.folder, next));
    this.#watched(this.#list, 3);
    this.#list = next;
    this.#watched(next, 1);
  }

  #watched(name: string, type: number): void {
    const changes = [{ uri: `${this.root}/${name}`, type }];
    this.client.send({ method: 'workspace/didChangeWatchedFiles', params: { changes } });
  }

  #nonsense(which: number): void {
    const uri = `${this.root}/never-opened.js`;
    const messages = [
      {
        method: 'textDocument/didChange',
        params: { textDocument: { uri, version: 3 }, contentChanges: [{ text: 'x' }] },
      },
      { method: 'textDocument/didClose', params: { textDocument: { uri } } },
      { method: '$/cancelRequest', params: { id: 'nobody' } },
      { method: 'no/such/notification', params: [1, 2] },
      { method: 'workspace/didChangeWorkspaceFolders', params: { event: { added: [], removed: [] } } },
      { id: 'unasked', result: null },
    ];
    this.client.send(messages[which % messages.length]!);
  }

  /** All that was sent has its effect, and every document is open, and meant as it stands. */
  async settles(): Promise<void> {
    for (const name of names) {
      this.opens(name, texts[name]!);
      this.client.send({ method: 'textDocument/didSave', params: { textDocument: { uri: `${this.root}/${name}` } } });
    }
    await this.client.ask('corsLint/status', { uri: `${this.root}/a.js` });
  }
}

/** A server that has seen nothing else says the same of these texts. */
async function assertAsFirstLook(client: RawClient, editor: Editor): Promise<void> {
  const fresh = new RawClient();
  const { root } = editor;
  const capabilities = { textDocument: { diagnostic: {} }, workspace: { workspaceFolders: true } };
  await fresh.ask('initialize', {
    processId: null,
    rootUri: root,
    capabilities,
    workspaceFolders: [{ uri: root, name: 'x' }],
  });
  fresh.send({ method: 'initialized', params: {} });
  const other = new Editor(fresh, editor.folder, root);
  for (const name of names) {
    const { text } = editor.open.get(name)!;
    other.opens(name, text);
    const params = { textDocument: { uri: `${root}/${name}` } };
    const [after, first] = await Promise.all([client, fresh].map((one) => one.ask('textDocument/diagnostic', params)));
    assert.deepEqual(itemsOf(after!), itemsOf(first!), `${name}: ${JSON.stringify(text)}`);
  }
  await fresh.ask('shutdown', null);
  assert.equal(await fresh.end(), 0);
}

function itemsOf({ result, error }: Answer): unknown {
  assert.equal(error, undefined);
  const report = result as DocumentDiagnosticReport;
  return report.kind === 'full' ? report.items : report.kind;
}

/** In time or not, and never with a mistake of the server's own. */
function assertAnswered({ error }: Answer, cancelled: boolean): void {
  if (error === undefined) return;
  // -32601: nobody knows the method. -32800: cancelled by the client. -32801, -32802: the text has changed meanwhile.
  assert.ok([-32601, -32801, -32802, ...(cancelled ? [-32800] : [])].includes(error.code), JSON.stringify(error));
}

async function codeOf(answer: Promise<Answer>): Promise<number | undefined> {
  return (await answer).error?.code;
}

function position(root: string, name: string): object {
  return { textDocument: { uri: `${root}/${name}` }, position: { line: 0, character: 0 } };
}

function pointAt(text: string, offset: number): { readonly line: number; readonly character: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}
