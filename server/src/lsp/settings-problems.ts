/** Mistakes in a settings file that is not open: its rules do not count, and nobody would see why. */
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Context } from './context.ts';
import { settingsMistakes } from './to-diagnostic.ts';
import { normalisedUri } from './uris.ts';

export interface SettingsProblems {
  /** Tells the mistakes of this settings file, or takes back what was told of it. */
  tell(uri: string): Promise<void>;
}

/** Those of an open one are told with the other diagnostics of open documents. */
export function register(connection: Connection, context: Context): SettingsProblems {
  /** URI → the text whose mistakes are on show. */
  const told = new Map<string, string>();

  async function tell(given: string): Promise<void> {
    const uri = normalisedUri(given);
    const isOpen = context.files.open(uri) !== undefined;
    const text = isOpen ? undefined : await context.files.read(uri);
    if (text !== undefined && told.get(uri) === text) return;
    const diagnostics = text === undefined ? [] : mistakesIn(uri, text);
    if (diagnostics.length === 0 && !told.has(uri)) return;
    if (diagnostics.length === 0) told.delete(uri);
    else told.set(uri, text!);
    await connection.sendDiagnostics({ uri, diagnostics });
  }

  const mistakesIn = (uri: string, text: string): Diagnostic[] =>
    settingsMistakes(TextDocument.create(uri, 'json', 0, text), context.client().translator);

  const tellSafely = (uri: string): void =>
    void tell(uri).catch((error: unknown) => context.logError(`${uri} could not be checked`, error));

  /** A client that asks for whole workspaces is told there. */
  const tellsAll = (): boolean => context.client().pullsDiagnostics && !context.client().options.workspaceOnCommand;
  context.onShown((uri) => {
    if (tellsAll()) return;
    context.settings
      .of(uri)
      .then(({ configuration }) => configuration !== undefined && tellSafely(configuration))
      .catch((error: unknown) => context.logError('Settings could not be read', error));
  });
  context.onChanged((_uris, how) => {
    if (how !== 'text') for (const uri of told.keys()) tellSafely(uri);
  });
  return { tell };
}
