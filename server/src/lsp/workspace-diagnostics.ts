/** Diagnostics of the whole workspace for clients that ask: open documents as they are typed, the rest as it is saved. */
import type {
  CancellationToken,
  Connection,
  Diagnostic,
  PreviousResultId,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { ChangeKind, Context } from './context.ts';
import { isSettingsFile } from '../service/config.ts';
import { workspaceChangedMethod } from './protocol.ts';
import { notebookOf } from './notebooks.ts';
import type { ResultIds } from './result-ids.ts';
import type { SettingsProblems } from './settings-problems.ts';
import { diagnosticsOf } from './to-diagnostic.ts';
import { normalisedUri, placeOf } from './uris.ts';
import { readableGlobs } from '../service/languages.ts';

const mostFiles = 20_000;
const atOnce = 16;

/** What is known of a file that is not open. */
interface Known {
  readonly items: readonly Diagnostic[];
  readonly dependencies: readonly string[];
}

export function register(
  connection: Connection,
  context: Context,
  ids: ResultIds,
  settingsProblems: SettingsProblems,
): void {
  const workspace = new Workspace(context, ids, settingsProblems);
  context.onChanged((uris, how) => {
    workspace.forget(uris, how);
    if (workspace.wasAsked && context.client().options.statusChanges)
      void connection.sendNotification(workspaceChangedMethod);
  });
  connection.languages.diagnostics.onWorkspace(
    async ({ previousResultIds }, token, _progress, partial): Promise<WorkspaceDiagnosticReport> => {
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      for await (const reports of workspace.reports(previousResultIds, token)) {
        if (partial && reports.length > 0) partial.report({ items: reports });
        else items.push(...reports);
      }
      return { items };
    },
  );
}

class Workspace {
  readonly #known = new Map<string, Known>();
  #listed: readonly string[] | undefined;
  #wasAsked = false;

  constructor(
    private readonly context: Context,
    private readonly ids: ResultIds,
    private readonly settingsProblems: SettingsProblems,
  ) {}

  /** Nobody needs to know that what was never said is out of date. */
  get wasAsked(): boolean {
    return this.#wasAsked;
  }

  /** What was said of these files, and of those that depend on them, is out of date. */
  forget(uris: readonly string[], how: ChangeKind): void {
    if (how !== 'text') this.#listed = undefined;
    if (how === 'settings') this.#known.clear();
    for (const uri of uris) {
      this.#known.delete(normalisedUri(uri));
      const { path } = placeOf(uri);
      for (const [dependent, { dependencies }] of this.#known)
        if (dependencies.includes(path)) this.#known.delete(dependent);
    }
  }

  /** A few files at a time. Throws `RequestCancelled`. */
  async *reports(
    previousIds: readonly PreviousResultId[],
    token: CancellationToken,
  ): AsyncGenerator<WorkspaceDocumentDiagnosticReport[]> {
    this.#wasAsked = true;
    const { documents, folders, watching } = this.context;
    // Without a watcher nobody says what changed.
    if (!watching()) {
      this.#known.clear();
      this.#listed = undefined;
    }
    const listed = (this.#listed ??= (await Promise.all(folders().map((folder) => this.#filesOf(folder)))).flat());
    const previous = new Map(previousIds.map(({ uri, value }) => [normalisedUri(uri), value]));
    // Of an open notebook each cell is asked for by itself.
    const open = documents.all().map(({ uri }) => normalisedUri(uri));
    const notebooks = new Set(open.map(notebookOf));
    for (const batch of batches(
      [...new Set([...listed, ...open.filter((uri) => notebookOf(uri) === undefined), ...previous.keys()])],
      atOnce,
    )) {
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
      const reports = await Promise.all(
        batch.map((uri) => this.#reportOf(uri, notebooks.has(uri), previous.get(uri), token)),
      );
      yield reports.filter((report) => report !== undefined);
    }
  }

  async #filesOf(folder: string): Promise<readonly string[]> {
    const { context } = this;
    try {
      const { settings } = await context.settings.of(`${folder.replace(/\/$/, '')}/x`);
      const asked = { folder, include: readableGlobs, exclude: settings.exclude, most: mostFiles };
      return (await context.files.list(asked)).map(normalisedUri);
    } catch (error) {
      context.logError(`The files of ${folder} could not be listed`, error);
      return [];
    }
  }

  async #reportOf(
    uri: string,
    isOpenNotebook: boolean,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<WorkspaceDocumentDiagnosticReport | undefined> {
    const { files, session, client, logError } = this.context;
    try {
      const open = files.open(uri);
      const linted = open && (await session.shown(open.uri, token));
      const ofFile = isOpenNotebook ? [] : this.#ofClosed(uri, token);
      const items = linted ? await diagnosticsOf(linted, files, client()) : await ofFile;
      const version = linted?.document.version ?? null;
      // A file without findings is news only where it had some.
      if (items.length === 0 && previous === undefined) return undefined;
      const resultId = this.ids.of(uri, items);
      const reported = open?.uri ?? uri;
      return resultId === previous
        ? { uri: reported, version, kind: 'unchanged', resultId }
        : { uri: reported, version, kind: 'full', resultId, items: [...items] };
    } catch (error) {
      if (!token.isCancellationRequested) logError(`Linting ${uri} failed`, error);
      return undefined;
    }
  }

  async #ofClosed(uri: string, token: CancellationToken): Promise<readonly Diagnostic[]> {
    const { files, session, client, logError } = this.context;
    const last = this.#known.get(uri);
    if (last) return last.items;
    const text = await files.readOnce(uri);
    if (text === undefined) return [];
    if (client().options.workspaceOnCommand && isSettingsFile(uri)) {
      // They are told whether or not somebody checks the workspace, and once.
      await this.settingsProblems.tell(uri);
      return [];
    }
    const linted = await session.lintText({ uri, text }, undefined, token);
    const { failed, dependencies } = linted.result;
    if (failed !== undefined) logError(`${uri} could not be checked`, failed);
    const items = await diagnosticsOf(linted, files, client());
    this.#known.set(uri, { items, dependencies });
    return items;
  }
}

function* batches<T>(items: readonly T[], size: number): Iterable<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
