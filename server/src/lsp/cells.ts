/** The connection as features see it that know of documents only: cells of notebooks are places in their program, and back. */
import { Command, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type {
  CodeAction,
  CodeLens,
  Connection,
  Diagnostic,
  DocumentDiagnosticReport,
  Location,
  Position,
  PublishDiagnosticsParams,
  Range,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { Cell, Notebooks } from './notebooks.ts';
import { policyViewMethod } from './policy-view-protocol.ts';
import type { PolicyViewResult } from './policy-view-protocol.ts';
import { statusChangedMethod } from './protocol.ts';
import type { StatusChangedParams } from './protocol.ts';

/** Everything else is the connection's own. */
export function throughCells(connection: Connection, notebooks: Notebooks): Connection {
  const places = new Places(notebooks);
  const diagnostics = { ...connection.languages.diagnostics, on: pulls(connection, places, notebooks) };
  const languages = Object.create(connection.languages as object, { diagnostics: { value: diagnostics } }) as object;
  const seen = Object.create(connection, { languages: { value: languages } }) as Connection;
  return Object.assign(seen, {
    ...looks(connection, notebooks),
    ...actions(connection, places, notebooks),
    ...ownMessages(connection, places, notebooks),
  });
}

/** What is shown of a place in the text. */
function looks(connection: Connection, notebooks: Notebooks): Pick<Connection, 'onHover' | 'onCodeLens'> {
  return {
    onHover: (handler) =>
      connection.onHover(async (params, ...rest) => {
        const cell = notebooks.cell(params.textDocument.uri);
        if (cell === undefined) return handler(params, ...rest);
        const hover = await handler({ ...params, ...asked(cell), position: inProgram(params.position, cell) }, ...rest);
        if (!hover || 'code' in hover) return hover;
        return { ...hover, ...(hover.range && { range: inCell(hover.range, cell) }) };
      }),
    onCodeLens: (handler) =>
      connection.onCodeLens(async (params, ...rest) => {
        const cell = notebooks.cell(params.textDocument.uri);
        if (cell === undefined) return handler(params, ...rest);
        const lenses = await handler({ ...params, ...asked(cell) }, ...rest);
        if (!Array.isArray(lenses)) return lenses;
        return lenses.filter(({ range }) => holds(cell, range.start)).map((lens) => lensIn(lens, cell));
      }),
  };
}

function actions(
  connection: Connection,
  places: Places,
  notebooks: Notebooks,
): Pick<Connection, 'onCodeAction' | 'onCodeActionResolve'> {
  return {
    onCodeAction: (handler) =>
      connection.onCodeAction(async (params, ...rest) => {
        const cell = notebooks.cell(params.textDocument.uri);
        if (cell === undefined) return handler(params, ...rest);
        const range = { start: inProgram(params.range.start, cell), end: inProgram(params.range.end, cell) };
        const offered = await handler({ ...params, ...asked(cell), range }, ...rest);
        if (!Array.isArray(offered)) return offered;
        return offered.flatMap((one): (Command | CodeAction)[] => (Command.is(one) ? [one] : places.action(one, cell)));
      }),
    onCodeActionResolve: (handler) =>
      connection.onCodeActionResolve(async (action, token) => {
        const resolved = await handler(action, token);
        if (!('edit' in resolved) || resolved.edit === undefined) return resolved;
        const edit = places.edit(resolved.edit);
        if (edit === undefined)
          throw new ResponseError(LSPErrorCodes.RequestFailed, 'What would change goes over several cells.');
        return { ...resolved, edit };
      }),
  };
}

/** What is sent unasked, and the requests that only this server has. */
function ownMessages(connection: Connection, places: Places, notebooks: Notebooks): object {
  return {
    sendDiagnostics: async ({ uri, version, diagnostics }: PublishDiagnosticsParams): Promise<void> => {
      const cells = notebooks.cellsOf(uri);
      const all = cells?.map((cell) => ({
        uri: cell.document.uri,
        version: cell.document.version,
        diagnostics: places.diagnostics(diagnostics, cell),
      })) ?? [{ uri, ...(version !== undefined && { version }), diagnostics: places.related(diagnostics) }];
      await Promise.all(all.map((one) => connection.sendDiagnostics(one)));
    },
    sendNotification: async (method: string, params?: unknown): Promise<void> => {
      const cells = method === statusChangedMethod && notebooks.cellsOf((params as StatusChangedParams).uri);
      if (!cells) return connection.sendNotification(method, params);
      await Promise.all(cells.map(({ document: { uri } }) => connection.sendNotification(method, { uri })));
    },
    onRequest: (method: string, handler: OwnHandler) =>
      connection.onRequest(method, async (params: AboutDocument | undefined, ...rest: unknown[]) => {
        const cell = params?.uri === undefined ? undefined : notebooks.cell(params.uri);
        const answer = await handler(cell ? { ...params, uri: cell.program } : params, ...rest);
        return method === policyViewMethod && answer ? places.view(answer as PolicyViewResult, cell) : answer;
      }),
  };
}

interface AboutDocument {
  readonly uri?: string;
}
type OwnHandler = (params: AboutDocument | undefined, ...rest: unknown[]) => unknown;

function pulls(
  { languages: { diagnostics } }: Connection,
  places: Places,
  notebooks: Notebooks,
): Connection['languages']['diagnostics']['on'] {
  return (handler) =>
    diagnostics.on(async (params, ...rest): Promise<DocumentDiagnosticReport> => {
      const cell = notebooks.cell(params.textDocument.uri);
      if (cell === undefined) {
        const report = (await handler(params, ...rest)) as DocumentDiagnosticReport;
        return report.kind === 'full' ? { ...report, items: places.related(report.items) } : report;
      }
      const { previousResultId: _ofCell, ...others } = params;
      const report = (await handler({ ...others, ...asked(cell) }, ...rest)) as DocumentDiagnosticReport;
      return { kind: 'full', items: report.kind === 'full' ? places.diagnostics(report.items, cell) : [] };
    });
}

/** What stands in programs, said of their cells. */
class Places {
  constructor(private readonly notebooks: Notebooks) {}

  /** Of the program, those that begin in this cell. */
  diagnostics(items: readonly Diagnostic[], cell: Cell): Diagnostic[] {
    const here = items.filter(({ range }) => holds(cell, range.start));
    return this.related(here).map((item) => ({ ...item, range: inCell(item.range, cell) }));
  }

  /** The same diagnostics; what they lead to is said of cells where it stands in some. */
  related(items: readonly Diagnostic[]): Diagnostic[] {
    return items.map((item) =>
      item.relatedInformation === undefined
        ? item
        : {
            ...item,
            relatedInformation: item.relatedInformation.map((one) => ({
              ...one,
              location: this.location(one.location),
            })),
          },
    );
  }

  location({ uri, range }: Location): Location {
    const cell = this.#cellAt(uri, range.start);
    return cell === undefined ? { uri, range } : { uri: cell.document.uri, range: inCell(range, cell) };
  }

  /** None where its edit goes over several cells. */
  action(action: CodeAction, cell: Cell): CodeAction[] {
    const edit = action.edit && this.edit(action.edit);
    if (action.edit && edit === undefined) return [];
    const diagnostics = action.diagnostics && this.diagnostics(action.diagnostics, cell);
    return [{ ...action, ...(diagnostics && { diagnostics }), ...(edit && { edit }) }];
  }

  /** Undefined where one of the edits goes over several cells. */
  edit({ changes, documentChanges, ...others }: WorkspaceEdit): WorkspaceEdit | undefined {
    const edits = changes && this.#splitOver(changes);
    const versioned = documentChanges?.flatMap((change): (typeof change | undefined)[] => {
      if (!('edits' in change)) return [change];
      const split = this.#splitOver({ [change.textDocument.uri]: change.edits });
      if (split === undefined) return [undefined];
      return Object.entries(split).map(([uri, own]): TextDocumentEdit => {
        const cell = this.notebooks.cell(uri);
        return { textDocument: cell ? { uri, version: cell.document.version } : change.textDocument, edits: own };
      });
    });
    if ((changes && edits === undefined) || versioned?.includes(undefined)) return undefined;
    return {
      ...others,
      ...(edits && { changes: edits as Record<string, TextEdit[]> }),
      ...(versioned && { documentChanges: versioned.filter((change) => change !== undefined) }),
    };
  }

  #splitOver<One extends TextEdit | SnippetTextEdit>(
    changes: Readonly<Record<string, readonly One[]>>,
  ): Record<string, One[]> | undefined {
    const split: Record<string, One[]> = {};
    for (const [uri, edits] of Object.entries(changes))
      for (const edit of edits) {
        const cell = this.#cellAt(uri, edit.range.start);
        if (cell && !endsIn(cell, edit.range.end)) return undefined;
        const own = cell?.document.uri ?? uri;
        split[own] = [...(split[own] ?? []), cell ? { ...edit, range: inCell(edit.range, cell) } : edit];
      }
    return split;
  }

  /** Lines of policies and layers; `asked` is the cell whose view it is. */
  view(result: PolicyViewResult, asked: Cell | undefined): PolicyViewResult {
    const placed = (uri: string, line: number): { readonly uri: string; readonly line: number } => {
      const start = { line, character: 0 };
      const { uri: own, range } = this.location({ uri, range: { start, end: start } });
      return { uri: own, line: range.start.line };
    };
    const policies = result.policies.map((policy) => ({
      ...policy,
      ...(asked && placed(asked.program, policy.line)),
      layers: policy.layers.map((layer) => ({
        ...layer,
        ...(layer.line !== undefined && placed(layer.uri, layer.line)),
      })),
    }));
    return { ...result, policies };
  }

  #cellAt(uri: string, position: Position): Cell | undefined {
    return this.notebooks.cellsOf(uri)?.find((cell) => holds(cell, position));
  }
}

function asked({ program }: Cell): { readonly textDocument: { readonly uri: string } } {
  return { textDocument: { uri: program } };
}

function inProgram({ line, character }: Position, { firstLine }: Cell): Position {
  return { line: line + firstLine, character };
}

/** What ends in another cell ends with this one. */
function inCell({ start, end }: Range, cell: Cell): Range {
  const { document, firstLine } = cell;
  const last = document.positionAt(document.getText().length);
  const moved = { line: end.line - firstLine, character: end.character };
  return {
    start: { line: start.line - firstLine, character: start.character },
    end: moved.line > last.line ? last : moved,
  };
}

function holds({ firstLine, document: { lineCount } }: Cell, { line }: Position): boolean {
  return firstLine <= line && line < firstLine + lineCount;
}

/** The line end between two cells is one with the end of the first. */
function endsIn(cell: Cell, end: Position): boolean {
  return holds(cell, end) || (end.character === 0 && end.line === cell.firstLine + cell.document.lineCount);
}

function lensIn({ range, command, ...others }: CodeLens, cell: Cell): CodeLens {
  const own = inCell(range, cell);
  const led = command?.arguments && { ...command, arguments: [cell.document.uri, own.start.line] };
  return { ...others, range: own, ...(command && { command: led ?? command }) };
}
