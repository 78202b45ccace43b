/**
 * Notebooks: the cells of a language are one document to the rest of the server, the notebook's program. `cells.ts` turns what is asked
 * of a cell, and what is said of the program, into one another.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#notebookDocument_synchronization
 */
import { NotebookCellKind, NotebookDocuments } from 'vscode-languageserver';
import type { Connection, NotebookCell, NotebookDocument, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cellLanguages } from '../service/languages.ts';
import { joinedCells } from '../service/notebook-cells.ts';
import { normalisedUri } from './uris.ts';

/** Where the library hears of texts. */
export type TextDocumentConnection = Parameters<TextDocuments<TextDocument>['listen']>[0];

/** A cell, and where it stands in its program. Cells begin at the beginning of a line. */
export interface Cell {
  readonly document: TextDocument;
  /** URI of the program. */
  readonly program: string;
  readonly firstLine: number;
}

export interface NotebookListeners {
  /** A cell of this program was edited, and it has others. */
  readonly edited: (program: string) => void;
  /** This cell is not there any more. */
  readonly gone: (cell: string) => void;
}

export interface Notebooks {
  cell(uri: string): Cell | undefined;
  /** In the order in which they stand; undefined where the URI is not that of a program. */
  cellsOf(program: string): readonly Cell[] | undefined;
  /** Programs come to `documents` like texts that are opened, edited and closed. */
  textDocuments(connection: Connection): TextDocumentConnection;
  listen(connection: Connection, listeners: NotebookListeners): void;
}

const programMark = '#cors-lint-cells-';

function programUri(notebook: string, languageId: string): string {
  return `${normalisedUri(notebook).replace(/#.*$/, '')}${programMark}${languageId}`;
}

/** The URI of the notebook, where this one is that of a program of its cells. */
export function notebookOf(uri: string): string | undefined {
  const at = uri.indexOf(programMark);
  return at === -1 ? undefined : uri.slice(0, at);
}

export function createNotebooks(): Notebooks {
  return new OpenNotebooks();
}

/** What the library does with what it hears. */
type Handlers = {
  -readonly [Name in 'Open' | 'Change' | 'Close' | 'Save' as `onDid${Name}TextDocument`]?: Parameters<
    TextDocumentConnection[`onDid${Name}TextDocument`]
  >[0];
};

class OpenNotebooks implements Notebooks {
  readonly #notebooks = new NotebookDocuments(TextDocument);
  readonly #programs = new Map<string, { readonly version: number; readonly cells: readonly Cell[] }>();
  readonly #cells = new Map<string, Cell>();
  readonly #handlers: Handlers = {};

  cell(uri: string): Cell | undefined {
    return this.#cells.get(normalisedUri(uri));
  }

  cellsOf(program: string): readonly Cell[] | undefined {
    return this.#programs.get(program)?.cells;
  }

  textDocuments(connection: Connection): TextDocumentConnection {
    const handlers = this.#handlers;
    return {
      onDidOpenTextDocument: (handler) => connection.onDidOpenTextDocument((handlers.onDidOpenTextDocument = handler)),
      onDidChangeTextDocument: (handler) =>
        connection.onDidChangeTextDocument((handlers.onDidChangeTextDocument = handler)),
      onDidCloseTextDocument: (handler) =>
        connection.onDidCloseTextDocument((handlers.onDidCloseTextDocument = handler)),
      onDidSaveTextDocument: (handler) => connection.onDidSaveTextDocument((handlers.onDidSaveTextDocument = handler)),
      onWillSaveTextDocument: (handler) => connection.onWillSaveTextDocument(handler),
      onWillSaveTextDocumentWaitUntil: (handler) => connection.onWillSaveTextDocumentWaitUntil(handler),
    };
  }

  listen(connection: Connection, { edited, gone }: NotebookListeners): void {
    const goneBeside = (before: ReadonlyMap<string, Cell>): void => {
      for (const [key, { document }] of before) if (!this.#cells.has(key)) gone(document.uri);
    };
    this.#notebooks.onDidOpen((notebook) => this.#follow(notebook));
    this.#notebooks.onDidChange(({ notebookDocument }) => {
      const before = new Map(this.#cells);
      for (const program of this.#follow(notebookDocument))
        if ((this.cellsOf(program)?.length ?? 0) > 1) edited(program);
      goneBeside(before);
    });
    this.#notebooks.onDidSave(({ uri }) => {
      for (const program of this.#programsOf(uri))
        this.#handlers.onDidSaveTextDocument?.({ textDocument: { uri: program } });
    });
    this.#notebooks.onDidClose(({ uri }) => {
      const before = new Map(this.#cells);
      for (const program of this.#programsOf(uri)) this.#close(program);
      goneBeside(before);
    });
    this.#notebooks.listen(connection);
  }

  #programsOf(notebook: string): string[] {
    return [...this.#programs.keys()].filter((program) => notebookOf(program) === normalisedUri(notebook));
  }

  /** Tells what became of its programs; returns those that are another now. */
  #follow({ uri, cells }: NotebookDocument): string[] {
    const byLanguage = new Map<string, TextDocument[]>();
    for (const document of cells.flatMap((cell) => this.#textOf(cell))) {
      const { languageId } = document;
      byLanguage.set(languageId, [...(byLanguage.get(languageId) ?? []), document]);
    }
    for (const program of this.#programsOf(uri))
      if (![...byLanguage.keys()].some((id) => programUri(uri, id) === program)) this.#close(program);
    return [...byLanguage].map(([languageId, documents]) => this.#update(programUri(uri, languageId), documents));
  }

  #textOf(cell: NotebookCell): TextDocument[] {
    const document = this.#notebooks.getCellTextDocument(cell);
    const isRead = cell.kind === NotebookCellKind.Code && document && cellLanguages.includes(document.languageId);
    // The library changes its documents in place.
    return isRead ? [TextDocument.create(document.uri, document.languageId, document.version, document.getText())] : [];
  }

  #update(uri: string, documents: readonly TextDocument[]): string {
    const { languageId } = documents[0]!;
    const { text, starts } = joinedCells(
      documents.map((document) => document.getText()),
      languageId,
    );
    const joined = TextDocument.create(uri, languageId, 0, text);
    const before = this.#programs.get(uri);
    const version = (before?.version ?? 0) + 1;
    const cells = documents.map((document, index) => ({
      document,
      program: uri,
      firstLine: joined.positionAt(starts[index]!).line,
    }));
    this.#forgetCells(uri);
    this.#programs.set(uri, { version, cells });
    for (const cell of cells) this.#cells.set(normalisedUri(cell.document.uri), cell);
    if (before)
      this.#handlers.onDidChangeTextDocument?.({ textDocument: { uri, version }, contentChanges: [{ text }] });
    else this.#handlers.onDidOpenTextDocument?.({ textDocument: { uri, languageId, version, text } });
    return uri;
  }

  #close(program: string): void {
    this.#forgetCells(program);
    this.#programs.delete(program);
    this.#handlers.onDidCloseTextDocument?.({ textDocument: { uri: program } });
  }

  #forgetCells(program: string): void {
    for (const { document } of this.#programs.get(program)?.cells ?? [])
      this.#cells.delete(normalisedUri(document.uri));
  }
}

/** What the server says of itself to clients that show notebooks. */
export const notebookSync = {
  notebookSelector: [{ notebook: '*', cells: cellLanguages.map((language) => ({ language })) }],
  save: true,
};
