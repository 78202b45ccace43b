/** Follows what is opened, edited, saved and closed, and says which results are out of date. */
import type { Connection } from 'vscode-languageserver';
import type { Context } from './context.ts';
import type { Notebooks } from './notebooks.ts';
import { followTyping } from './typing.ts';

export function register(connection: Connection, context: Context, notebooks: Notebooks): void {
  const { documents, session, settings } = context;
  const typing = followTyping(context);

  /** Documents that depend on this one, or all when it is a settings file. */
  const concern = (uri: string, typed?: { readonly isStruck: boolean }): void => {
    const isSettings = settings.isPart(uri);
    context.changed([uri], isSettings ? 'settings' : 'text');
    if (isSettings) settings.forget();
    const concerned = isSettings
      ? session.invalidate()
      : typed
        ? session.typedIn(uri, typed.isStruck)
        : session.invalidate(uri);
    context.stale(concerned, 'elsewhere');
  };

  const justOpened = new Set<string>();
  documents.onDidOpen(({ document }) => {
    justOpened.add(document.uri);
    typing.opened(document);
    session.saved(document.uri);
    context.stale([document.uri], 'opened');
    concern(document.uri);
  });
  documents.onDidChangeContent(({ document }) => {
    // The library reports the opening as a change too.
    if (justOpened.delete(document.uri)) return;
    context.stale([document.uri], 'typing');
    concern(document.uri, { isStruck: typing.changed(document) });
  });
  documents.onDidSave(({ document }) => {
    context.stale(session.saved(document.uri), 'elsewhere');
    context.stale([document.uri], 'saved');
  });
  documents.onDidClose(({ document }) => {
    typing.closed(document.uri);
    session.closed(document.uri);
    context.files.forget(document.uri);
    concern(document.uri);
  });
  documents.listen(notebooks.textDocuments(connection));
  notebooks.listen(connection, {
    // The client asks again for the cell that was edited; what is said of the others may have changed with it.
    edited: (program) => context.stale([program], 'elsewhere'),
    gone: (uri) => {
      if (!context.client().pullsDiagnostics) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  });
}
