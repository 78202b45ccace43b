/** Cells of a notebook: one program, and what is found in it at the cell in which it stands. */
import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, TextDocumentEdit } from 'vscode-languageserver';
import { applied, buildServer, startClient } from './client.ts';
import type { ClientOptions, TestClient } from './client.ts';

before(function () {
  this.timeout(600_000);
  buildServer();
});

const notebook = 'file:///work/api.ipynb';
const cellUri = (id: string): string => `vscode-notebook-cell:/work/api.ipynb#${id}`;
const cells = {
  names:
    '%pip install fastapi\nfrom fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\norigins = ["https://shop.example/"]',
  app: 'app = FastAPI()\napp.add_middleware(\n    CORSMiddleware,\n    allow_origins=origins,\n    allow_credentials=True,\n)',
  other: 'legacy = FastAPI()\nlegacy.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)',
};

async function withNotebook(run: (client: TestClient) => Promise<void>, options: ClientOptions = {}): Promise<void> {
  const client = await startClient({ pull: true, notebooks: true, ...options });
  try {
    await client.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: {
        uri: notebook,
        notebookType: 'jupyter-notebook',
        version: 1,
        cells: Object.keys(cells).map((id) => ({ kind: 2, document: cellUri(id) })),
      },
      cellTextDocuments: Object.entries(cells).map(([id, text]) => ({
        uri: cellUri(id),
        languageId: 'python',
        version: 1,
        text,
      })),
    });
    await run(client);
  } finally {
    await client.stop();
  }
}

const lines = (found: readonly Diagnostic[]): string[] => found.map(({ code, range }) => `${code}:${range.start.line}`);

describe('cells of notebooks', () => {
  it('are read as one program, and findings stand in their cell', () =>
    withNotebook(async (client) => {
      assert.ok(client.capabilities.notebookDocumentSync);
      assert.deepEqual(lines(await client.diagnostics(cellUri('names'))), ['malformed-origin:3']);
      assert.deepEqual(lines(await client.diagnostics(cellUri('app'))), []);
      const [other] = await client.diagnostics(cellUri('other'));
      assert.equal(other?.code, 'any-origin-with-credentials');
      assert.equal(other.range.start.line, 1);
      const [related] = other.relatedInformation ?? [];
      assert.equal(related?.location.uri, cellUri('other'));
    }));

  it('follow edits of another cell, and cells that come and go', () =>
    withNotebook(async (client) => {
      await client.connection.sendNotification('notebookDocument/didChange', {
        notebookDocument: { uri: notebook, version: 2 },
        change: {
          cells: {
            textContent: [
              { document: { uri: cellUri('names'), version: 2 }, changes: [{ text: cells.names.replace('/"', '"') }] },
            ],
          },
        },
      });
      assert.deepEqual(lines(await client.diagnostics(cellUri('names'))), []);
      await client.until(() => client.refreshes() > 0);
      await client.connection.sendNotification('notebookDocument/didChange', {
        notebookDocument: { uri: notebook, version: 3 },
        change: {
          cells: {
            structure: {
              array: { start: 0, deleteCount: 1, cells: [] },
              didClose: [{ uri: cellUri('names') }],
            },
          },
        },
      });
      // Nobody imports the middleware any more.
      assert.deepEqual(lines(await client.diagnostics(cellUri('other'))), []);
    }));

  it('are repaired in the cell, with its version', () =>
    withNotebook(async (client) => {
      const [slash] = await client.diagnostics(cellUri('names'));
      const [fix] = await client.actions(cellUri('names'), slash!.range, ['quickfix']);
      const change = fix!.edit!.documentChanges![0] as TextDocumentEdit;
      assert.deepEqual(change.textDocument, { uri: cellUri('names'), version: 1 });
      assert.match(applied(cells.names, cellUri('names'), fix!.edit!), /origins = \["https:\/\/shop\.example"\]/);
      assert.deepEqual(lines(fix!.diagnostics!), ['malformed-origin:3']);
    }));

  it('are repaired by actions that are resolved later', () =>
    withNotebook(
      async (client) => {
        const [star] = await client.diagnostics(cellUri('other'));
        const offered = await client.actions(cellUri('other'), star!.range, ['quickfix']);
        const accept = offered.find(({ title }) => title.includes('line above'))!;
        const { edit } = await client.connection.sendRequest<CodeAction>('codeAction/resolve', accept);
        assert.match(applied(cells.other, cellUri('other'), edit!), /\n# cors-lint-disable-next-line any-origin/);
      },
      { resolve: true },
    ));

  it('have hovers and lenses of their own', () =>
    withNotebook(async (client) => {
      const textDocument = { uri: cellUri('other') };
      const hover = await client.connection.sendRequest<{ contents: { value: string }; range: Diagnostic['range'] }>(
        'textDocument/hover',
        { textDocument, position: { line: 1, character: 60 } },
      );
      assert.match(hover.contents.value, /everybody/);
      assert.equal(hover.range.start.line, 1);
      const lenses = await client.connection.sendRequest<{ range: Diagnostic['range'] }[]>('textDocument/codeLens', {
        textDocument,
      });
      assert.deepEqual(
        lenses.map(({ range }) => range.start.line),
        [1],
      );
    }));

  it('show the policies of the notebook, each at its cell', () =>
    withNotebook(async (client) => {
      const view = await client.connection.sendRequest<{ policies: { uri: string; line: number }[] }>(
        'corsLint/policyView',
        { uri: cellUri('app') },
      );
      assert.deepEqual(
        view.policies.map(({ uri, line }) => `${uri.split('#')[1]}:${line}`),
        ['app:1', 'other:1'],
      );
    }));

  it('are told to clients that wait for it', () =>
    withNotebook(
      async (client) => {
        const names = await client.pushed(cellUri('names'));
        assert.deepEqual(lines(names.diagnostics), ['malformed-origin:3']);
        const other = await client.pushed(cellUri('other'));
        assert.deepEqual(lines(other.diagnostics), ['any-origin-with-credentials:1']);
        await client.connection.sendNotification('notebookDocument/didClose', {
          notebookDocument: { uri: notebook },
          cellTextDocuments: Object.keys(cells).map((id) => ({ uri: cellUri(id) })),
        });
        assert.deepEqual((await client.pushed(cellUri('other'))).diagnostics, []);
      },
      { pull: false },
    ));
});
