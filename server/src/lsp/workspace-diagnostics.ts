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
import { decisionsOf, joinedOver } from './joined-reports.ts';
import type { ToldFile } from './joined-reports.ts';
import { diagnosticsOf } from './to-diagnostic.ts';
import { isOrLiesBelow, normalisedUri, placeOf } from './uris.ts';
import { readableGlobs } from '../service/languages.ts';

const mostFiles = 20_000;
const atOnce = 16;

/** What is known of a file that is not open. */
interface Known extends ToldFile {
  readonly dependencies: readonly string[];
}

/** What is found in a file now; its version where it is open. */
interface Found extends ToldFile {
  readonly version: number | null;
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
      const changed = normalisedUri(uri);
      const { path } = placeOf(uri);
      for (const [known, { dependencies }] of this.#known)
        if (isOrLiesBelow(known, changed) || dependencies.some((one) => isOrLiesBelow(one, path)))
          this.#known.delete(known);
    }
  }

  /** A few files at a time, once all were looked at. Throws `RequestCancelled`. */
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
    const found: Found[] = [];
    const all = [
      ...new Set([...listed, ...open.filter((uri) => notebookOf(uri) === undefined), ...previous.keys()]),
    ].sort();
    for (const batch of batches(all, atOnce)) {
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
      const together = await Promise.all(batch.map((uri) => this.#foundIn(uri, notebooks.has(uri), token)));
      found.push(...together.filter((one) => one !== undefined));
    }
    const { relatedInformation, translator } = this.context.client();
    const joined = joinedOver(found, relatedInformation ? (text) => translator.say(text) : undefined);
    const reports = found.map((file, index) => this.#reportOf(file, joined[index]!, previous));
    yield* batches(
      reports.filter((report) => report !== undefined),
      atOnce,
    );
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

  #reportOf(
    { uri, version }: Found,
    items: Diagnostic[],
    previous: ReadonlyMap<string, string>,
  ): WorkspaceDocumentDiagnosticReport | undefined {
    const before = previous.get(normalisedUri(uri));
    // A file without findings is news only where it had some.
    if (items.length === 0 && before === undefined) return undefined;
    const resultId = this.ids.of(normalisedUri(uri), items);
    return resultId === before
      ? { uri, version, kind: 'unchanged', resultId }
      : { uri, version, kind: 'full', resultId, items };
  }

  async #foundIn(uri: string, isOpenNotebook: boolean, token: CancellationToken): Promise<Found | undefined> {
    const { files, session, client, logError } = this.context;
    const nothing = { uri, version: null, items: [], decisions: [] };
    try {
      const open = files.open(uri);
      const linted = open && (await session.shown(open.uri, token));
      if (linted === undefined) return { ...nothing, ...(!isOpenNotebook && (await this.#ofClosed(uri, token))) };
      const items = await diagnosticsOf(linted, files, client());
      return { uri: open!.uri, version: linted.document.version, items, decisions: decisionsOf(items, linted) };
    } catch (error) {
      if (!token.isCancellationRequested) logError(`Linting ${uri} failed`, error);
      return undefined;
    }
  }

  async #ofClosed(uri: string, token: CancellationToken): Promise<ToldFile | undefined> {
    const { files, session, client, logError } = this.context;
    const last = this.#known.get(uri);
    if (last) return last;
    const text = await files.readOnce(uri);
    if (text === undefined) return undefined;
    if (client().options.workspaceOnCommand && isSettingsFile(uri)) {
      // They are told whether or not somebody checks the workspace, and once.
      await this.settingsProblems.tell(uri);
      return undefined;
    }
    const linted = await session.lintText({ uri, text }, undefined, token);
    const { failed, dependencies } = linted.result;
    if (failed !== undefined) logError(`${uri} could not be checked`, failed);
    const items = await diagnosticsOf(linted, files, client());
    const known = { uri, items, dependencies, decisions: decisionsOf(items, linted) };
    this.#known.set(uri, known);
    return known;
  }
}

function* batches<T>(items: readonly T[], size: number): Iterable<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
