/** Diagnostics for clients that ask for them, one document at a time. */
import type { CancellationToken, Connection, Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import type { Context } from './context.ts';
import type { ResultIds } from './result-ids.ts';
import type { Hints } from './hints.ts';
import { nextTurn } from './turn.ts';
import { diagnosticsOf } from './to-diagnostic.ts';

/** A burst of edits in other files makes one refresh. */
const pauseBeforeRefresh = 150;

export function register(connection: Connection, context: Context, ids: ResultIds, hints: Hints): void {
  let refresh: ReturnType<typeof setTimeout> | undefined;

  connection.languages.diagnostics.on(
    async ({ textDocument: { uri }, previousResultId }, token): Promise<DocumentDiagnosticReport> => {
      // Edits and cancellations that have already arrived take effect first.
      await nextTurn();
      let items: Diagnostic[] = [];
      try {
        const linted = (await context.session.shown(uri, token)) ?? (await closedDocument(uri, context, token));
        if (linted) items = await diagnosticsOf(linted, context.files, context.client());
        if (linted && context.files.open(uri)) items.push(...(await hints.of(linted, token)));
      } catch (error) {
        if (token.isCancellationRequested) throw error;
        context.logError(`Linting ${uri} failed`, error);
      }
      context.shown(uri);
      const resultId = ids.of(uri, items);
      return resultId === previousResultId ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items };
    },
  );

  context.onStale((uris, reason) => {
    const { pullsDiagnostics, refreshesDiagnostics } = context.client();
    if (!pullsDiagnostics || !refreshesDiagnostics || uris.length === 0) return;
    // After an edit of the document itself the client asks again unbidden; after a save it does not.
    if (reason === 'elsewhere') refreshSoon();
    else if (reason === 'saved')
      void waitsForSave(uris)
        .then((waits) => waits && refreshSoon())
        .catch((error: unknown) => context.logError('Settings could not be read', error));
  });

  function refreshSoon(): void {
    clearTimeout(refresh);
    refresh = setTimeout(() => {
      connection.languages.diagnostics
        .refresh()
        .catch((error: unknown) => context.logError('The client refused to refresh diagnostics', error));
    }, pauseBeforeRefresh);
  }

  /** With `run: onSave` a save is what makes the result on show out of date, and so it is where a half-typed text is meant now. */
  async function waitsForSave(uris: readonly string[]): Promise<boolean> {
    if (uris.some((uri) => context.session.last(uri)?.whole !== undefined)) return true;
    const settings = await Promise.all(uris.map((uri) => context.settings.of(uri)));
    return settings.some(({ run }) => run === 'onSave');
  }
}

async function closedDocument(
  uri: string,
  { files, session }: Context,
  token: CancellationToken,
): ReturnType<Context['session']['shown']> {
  const text = await files.read(uri);
  return text === undefined ? undefined : session.lintText({ uri, text }, undefined, token);
}
