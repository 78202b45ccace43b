/** Diagnostics of the whole workspace for clients that ask: open documents as they are typed, the rest as it is saved. */
import type {
  CancellationToken,
  Connection,
  Diagnostic,
  PreviousResultId,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Context } from './context.ts';
import type { ResultIds } from './result-ids.ts';
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

export function register(connection: Connection, context: Context, ids: ResultIds): void {
  const { files, session, settings, folders } = context;
  const known = new Map<string, Known>();
  let listed: readonly string[] | undefined;

  context.onChanged((uris, how) => {
    if (how !== 'text') listed = undefined;
    if (how === 'settings') known.clear();
    for (const uri of uris) {
      known.delete(normalisedUri(uri));
      const { path } = placeOf(uri);
      for (const [dependent, { dependencies }] of known) if (dependencies.includes(path)) known.delete(dependent);
    }
  });

  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, _progress, partial) => {
    // Without a watcher nobody says what changed.
    if (!context.watching()) {
      known.clear();
      listed = undefined;
    }
    listed ??= [...new Set((await Promise.all(folders().map(filesOf))).flat())];
    const previous = new Map(previousResultIds.map(({ uri, value }: PreviousResultId) => [normalisedUri(uri), value]));
    const everything = new Set([
      ...listed,
      ...context.documents.all().map(({ uri }) => normalisedUri(uri)),
      ...previous.keys(),
    ]);
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const batch of batches([...everything], atOnce)) {
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
      const reports = (await Promise.all(batch.map((uri) => reportOf(uri, previous.get(uri), token)))).filter(
        (report) => report !== undefined,
      );
      if (partial && reports.length > 0) partial.report({ items: reports });
      else items.push(...reports);
    }
    return { items };
  });

  async function filesOf(folder: string): Promise<readonly string[]> {
    try {
      const {
        settings: { exclude },
      } = await settings.of(`${folder.replace(/\/$/, '')}/x`);
      return (await files.list({ folder, include: readableGlobs, exclude, most: mostFiles })).map(normalisedUri);
    } catch (error) {
      context.logError(`The files of ${folder} could not be listed`, error);
      return [];
    }
  }

  async function reportOf(
    uri: string,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<WorkspaceDocumentDiagnosticReport | undefined> {
    try {
      const open = files.open(uri);
      const linted = open && (await session.shown(open.uri, token));
      const items = linted ? await diagnosticsOf(linted, files, context.client()) : await ofClosed(uri);
      const version = linted?.document.version ?? null;
      // A file without findings is news only where it had some.
      if (items.length === 0 && previous === undefined) return undefined;
      const resultId = ids.of(uri, items);
      const reported = open?.uri ?? uri;
      return resultId === previous
        ? { uri: reported, version, kind: 'unchanged', resultId }
        : { uri: reported, version, kind: 'full', resultId, items: [...items] };
    } catch (error) {
      if (!token.isCancellationRequested) context.logError(`Linting ${uri} failed`, error);
      return undefined;
    }
  }

  async function ofClosed(uri: string): Promise<readonly Diagnostic[]> {
    const last = known.get(uri);
    if (last) return last.items;
    const text = await files.readOnce(uri);
    if (text === undefined) return [];
    const linted = await session.lintText(uri, undefined, text);
    const items = await diagnosticsOf(linted, files, context.client());
    known.set(uri, { items, dependencies: linted.result.dependencies });
    return items;
  }
}

function* batches<T>(items: readonly T[], size: number): Iterable<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
