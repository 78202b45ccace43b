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
import { createLinters } from './linters.ts';
import { createWatch } from './watch.ts';
import type { Watch } from './watch.ts';

export interface ServerContext extends Context {
  /** The client has said who it is. */
  begin(params: InitializeParams): void;
  /** From now on the client takes requests. */
  afterHandshake(): void;
  /** Everything that depends on settings is out of date. */
  forgetSettings(): void;
}

/** What the client said of itself and of its workspace. */
interface State {
  client: Client | undefined;
  folders: readonly string[];
  watching: boolean;
}

export function createContext(connection: Connection, platform: Platform): ServerContext {
  const state: State = { client: undefined, folders: [], watching: false };
  const documents = new TextDocuments(TextDocument);
  const client = (): Client => {
    if (!state.client) throw new Error('The client has not said what it can do.');
    return state.client;
  };
  const folders = (): readonly string[] => state.folders;
  const watch = createWatch(connection, folders);
  const files = createFiles(connection, documents, client, platform, (uri) => watch.covers(uri));
  const settings = createDocumentSettings(connection, client, files, folders);
  const context: ServerContext = {
    ...listeners(),
    platform,
    documents,
    files,
    settings,
    client,
    session: createLintSession(files, settings, createLinters(files, folders)),
    folders,
    watching: () => state.watching,
    logError: (what, error) =>
      connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    begin(params) {
      state.client = readClient(params);
      state.folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    },
    afterHandshake: () => registerWithClient(connection, context, state, watch),
    forgetSettings() {
      settings.forget();
      context.changed([], 'settings');
      context.stale(context.session.invalidate(), 'elsewhere');
    },
  };
  return context;
}

type Listeners = Pick<Context, 'onStale' | 'stale' | 'onChanged' | 'changed' | 'onShown' | 'shown'>;

function listeners(): Listeners {
  const whenStale: ((uris: readonly string[], reason: StaleReason) => void)[] = [];
  const whenChanged: ((uris: readonly string[], how: ChangeKind) => void)[] = [];
  const whenShown: ((uri: string) => void)[] = [];
  return {
    onStale: (listener) => void whenStale.push(listener),
    stale: (uris, reason) => whenStale.forEach((listener) => listener(uris, reason)),
    onChanged: (listener) => void whenChanged.push(listener),
    changed: (uris, how) => whenChanged.forEach((listener) => listener(uris, how)),
    onShown: (listener) => void whenShown.push(listener),
    shown: (uri) => whenShown.forEach((listener) => listener(uri)),
  };
}

function registerWithClient(connection: Connection, context: ServerContext, state: State, watch: Watch): void {
  const report = (error: unknown): void => context.logError('The client refused a registration', error);
  const { configurationChanges, watchesFiles, workspaceFolders } = context.client();
  if (configurationChanges)
    connection.client.register(DidChangeConfigurationNotification.type, { section: 'corsLint' }).catch(report);
  if (watchesFiles)
    watch
      .begin()
      .then(() => (state.watching = true))
      .catch(report);
  if (!workspaceFolders) return;
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    const gone = new Set(removed.map(({ uri }) => uri));
    state.folders = [...state.folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
    // What may be read is another now.
    context.files.forgetAll(() => true);
    context.forgetSettings();
  });
}
