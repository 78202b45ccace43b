/** Makes what the features share, and keeps the little state of the connection: client, folders, listeners. */
import { DidChangeConfigurationNotification, TextDocuments } from 'vscode-languageserver';
import type { Connection, InitializeParams } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readClient } from './client.ts';
import type { Client } from './client.ts';
import type { ChangeKind, Context, StaleReason } from './context.ts';
import { createDocumentSettings } from './document-settings.ts';
import { createFiles } from './files.ts';
import type { Platform } from './files.ts';
import { createLintSession } from './lint-session.ts';
import { createWatch } from './watch.ts';

export interface ServerContext extends Context {
  /** The client has said who it is. */
  begin(params: InitializeParams): void;
  /** From now on the client takes requests. */
  afterHandshake(): void;
  /** Everything that depends on settings is out of date. */
  forgetSettings(): void;
}

export function createContext(connection: Connection, platform: Platform): ServerContext {
  let client: Client | undefined;
  let folders: readonly string[] = [];
  let watching = false;
  const whenStale: ((uris: readonly string[], reason: StaleReason) => void)[] = [];
  const whenChanged: ((uris: readonly string[], how: ChangeKind) => void)[] = [];
  const whenShown: ((uri: string) => void)[] = [];
  const documents = new TextDocuments(TextDocument);
  const known = (): Client => {
    if (!client) throw new Error('The client has not said what it can do.');
    return client;
  };
  const watch = createWatch(connection, () => folders);
  const files = createFiles(connection, documents, known, platform, (uri) => watch.covers(uri));
  const settings = createDocumentSettings(connection, known, files, () => folders);
  const context: ServerContext = {
    platform,
    documents,
    files,
    settings,
    client: known,
    session: createLintSession(files, settings),
    folders: () => folders,
    watching: () => watching,
    onStale: (listener) => void whenStale.push(listener),
    stale: (uris, reason) => whenStale.forEach((listener) => listener(uris, reason)),
    onChanged: (listener) => void whenChanged.push(listener),
    changed: (uris, how) => whenChanged.forEach((listener) => listener(uris, how)),
    onShown: (listener) => void whenShown.push(listener),
    shown: (uri) => whenShown.forEach((listener) => listener(uri)),
    logError: (what, error) =>
      connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    begin(params) {
      client = readClient(params);
      folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    },
    afterHandshake() {
      const report = (error: unknown): void => context.logError('The client refused a registration', error);
      const { configurationChanges, watchesFiles, workspaceFolders } = known();
      if (configurationChanges)
        connection.client.register(DidChangeConfigurationNotification.type, { section: 'corsLint' }).catch(report);
      if (watchesFiles)
        watch
          .begin()
          .then(() => (watching = true))
          .catch(report);
      if (workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => uri));
          folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
          context.forgetSettings();
        });
      }
    },
    forgetSettings() {
      settings.forget();
      context.changed([], 'settings');
      context.stale(context.session.invalidate(), 'elsewhere');
    },
  };
  return context;
}
