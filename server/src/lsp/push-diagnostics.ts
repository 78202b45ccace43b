/** Diagnostics for clients that do not ask for them: sent after a pause in typing, and never for an old text. */
import type { Connection } from 'vscode-languageserver';
import type { Context } from './context.ts';
import type { Hints } from './hints.ts';
import { diagnosticsOf } from './to-diagnostic.ts';
import { normalisedUri } from './uris.ts';

/** Long enough to skip most key strokes, short enough to feel immediate. */
const pauseInTyping = 120;

export function register(connection: Connection, context: Context, hints: Hints): void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const schedule = (uri: string, milliseconds: number): void => {
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => {
        timers.delete(uri);
        send(uri).catch((error: unknown) => context.logError(`Linting ${uri} failed`, error));
      }, milliseconds),
    );
  };

  const send = async (uri: string): Promise<void> => {
    const linted = await context.session.shown(uri);
    if (!linted) return;
    const found = await diagnosticsOf(linted, context.files, context.client());
    const diagnostics = [...found, ...(await hints.of(linted))];
    const open = context.files.open(uri);
    // A newer text has its own run under way, or waits to be saved.
    if (open?.version !== linted.document.version) return;
    await connection.sendDiagnostics({ uri: open.uri, version: linted.document.version, diagnostics });
    context.shown(open.uri);
  };

  context.onStale((uris, reason) => {
    if (context.client().pullsDiagnostics) return;
    for (const uri of uris) schedule(normalisedUri(uri), reason === 'typing' ? pauseInTyping : 0);
  });
  context.documents.onDidClose(({ document }) => {
    const key = normalisedUri(document.uri);
    clearTimeout(timers.get(key));
    timers.delete(key);
    if (!context.client().pullsDiagnostics) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
}
