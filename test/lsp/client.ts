/** A bare client: the built server over stdio, and nothing between. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { MessageConnection } from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  PublishDiagnosticsParams,
  Range,
  ServerCapabilities,
  SnippetTextEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

const root = path.resolve(fileURLToPath(import.meta.url), '../../..');
export const serverFile = path.join(root, 'dist/server.js');

/** Builds the server when there is none or when a source is newer. */
export function buildServer(): void {
  const args = ['esbuild.js', '--stale', path.basename(serverFile)];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The server could not be built: ${stderr}`);
}

export interface ClientOptions {
  /** Diagnostics are asked for instead of pushed. */
  readonly pull?: boolean;
  readonly snippets?: boolean;
  readonly resolve?: boolean;
  readonly documentChanges?: boolean;
  readonly watch?: boolean;
  /** It shows cells of notebooks. */
  readonly notebooks?: boolean;
  readonly folders?: readonly string[];
  readonly initializationOptions?: object;
  /** The section `corsLint`, by the document's URI. */
  readonly settings?: (uri: string | undefined) => object | null;
  readonly files?: Readonly<Record<string, string>>;
}

export interface TestClient {
  readonly connection: MessageConnection;
  readonly process: ChildProcess;
  readonly capabilities: ServerCapabilities;
  readonly log: string[];
  readonly registrations: { readonly method: string; readonly registerOptions?: unknown }[];
  /** How often the server asked to pull again. */
  readonly refreshes: () => number;
  readonly requestedFiles: string[];
  open(uri: string, text: string, languageId?: string): Promise<void>;
  /** Incremental; without a range the whole text. */
  change(
    uri: string,
    version: number,
    changes: readonly { readonly range?: Range; readonly text: string }[],
  ): Promise<void>;
  /** The next diagnostics pushed for this document that meet the condition. */
  pushed(uri: string, condition?: (params: PublishDiagnosticsParams) => boolean): Promise<PublishDiagnosticsParams>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  diagnostics(uri: string): Promise<Diagnostic[]>;
  actions(
    uri: string,
    range: Range,
    only?: readonly string[],
    diagnostics?: readonly Diagnostic[],
  ): Promise<CodeAction[]>;
  settingsChanged(): Promise<void>;
  /** Resolves once the condition holds; it is looked at after each message of the server. */
  until(condition: () => boolean): Promise<void>;
  stop(): Promise<number | null>;
}

export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
  const child = spawn(process.execPath, [serverFile, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout!),
    new StreamMessageWriter(child.stdin!),
  );
  const log: string[] = [];
  const registrations: TestClient['registrations'] = [];
  const requestedFiles: string[] = [];
  let refreshes = 0;
  let received: PublishDiagnosticsParams[] = [];
  let waiting: (() => void)[] = [];
  const wakeAll = (): void => {
    const woken = waiting;
    waiting = [];
    woken.forEach((wake) => wake());
  };
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
    log.push(message);
    wakeAll();
  });
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    received.push(params);
    wakeAll();
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
    items.map(({ scopeUri }) => options.settings?.(scopeUri) ?? null),
  );
  connection.onRequest(
    'client/registerCapability',
    ({ registrations: added }: { registrations: TestClient['registrations'] }) => {
      registrations.push(...added);
      // The server learns of the answer before what the test sends next.
      setImmediate(wakeAll);
      return null;
    },
  );
  connection.onRequest('workspace/diagnostic/refresh', () => {
    refreshes++;
    wakeAll();
    return null;
  });
  connection.onRequest('corsLint/readFile', ({ uri }: { uri: string }) => {
    requestedFiles.push(uri);
    return { text: options.files?.[uri] };
  });
  connection.onRequest('corsLint/listFiles', () => ({ uris: Object.keys(options.files ?? {}) }));
  connection.listen();

  const { capabilities } = await connection.sendRequest<{ capabilities: ServerCapabilities }>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: capabilitiesOf(options),
    clientInfo: { name: 'bare' },
    workspaceFolders: options.folders?.map((uri) => ({ uri, name: path.basename(uri) })) ?? null,
    // Without it each key counts at once, so that no test waits for a pause or is overtaken by one.
    initializationOptions: { typingPause: 0, ...options.initializationOptions },
  });
  await connection.sendNotification('initialized', {});

  const client: TestClient = {
    connection,
    process: child,
    capabilities,
    log,
    registrations,
    requestedFiles,
    refreshes: () => refreshes,
    open: (uri, text, languageId = 'javascript') =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, contentChanges) =>
      connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    async pushed(uri, condition = () => true) {
      for (;;) {
        const found = received.find((params) => params.uri === uri && condition(params));
        if (found) {
          // What was pushed before it for this document is out of date; other documents come in any order.
          const until = received.indexOf(found);
          received = received.filter((params, index) => index > until || params.uri !== uri);
          return found;
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    async until(condition) {
      while (!condition()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    pull: (uri, previousResultId) =>
      connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
        ...(previousResultId !== undefined && { previousResultId }),
      }),
    async diagnostics(uri) {
      const report = await client.pull(uri);
      if (report.kind !== 'full') throw new Error('The report was not asked for as a difference.');
      return report.items;
    },
    actions: async (uri, range, only, diagnostics = []) =>
      (await connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics, ...(only && { only }) },
      })) ?? [],
    settingsChanged: () => connection.sendNotification('workspace/didChangeConfiguration', { settings: null }),
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const code = await exited;
      connection.dispose();
      return code;
    },
  };
  return client;
}

function capabilitiesOf(options: ClientOptions): ClientCapabilities {
  return {
    textDocument: {
      synchronization: { didSave: true },
      publishDiagnostics: {
        relatedInformation: true,
        codeDescriptionSupport: true,
        dataSupport: true,
        versionSupport: true,
      },
      ...(options.pull && { diagnostic: { relatedDocumentSupport: false } }),
      hover: { contentFormat: ['markdown', 'plaintext'] },
      codeAction: {
        isPreferredSupport: true,
        dataSupport: true,
        ...(options.resolve && { resolveSupport: { properties: ['edit'] } }),
        codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      },
    },
    ...(options.notebooks && { notebookDocument: { synchronization: {} } }),
    workspace: {
      configuration: options.settings !== undefined,
      workspaceFolders: true,
      didChangeConfiguration: { dynamicRegistration: true },
      ...(options.watch && { didChangeWatchedFiles: { dynamicRegistration: true } }),
      workspaceEdit: {
        documentChanges: options.documentChanges ?? true,
        ...(options.snippets && { snippetEditSupport: true }),
      },
      diagnostics: { refreshSupport: true },
    },
  };
}

/** The text after the edits for this document; snippets are inserted with their placeholder's text. */
export function applied(text: string, uri: string, edit: WorkspaceEdit): string {
  const document = TextDocument.create(uri, '', 0, text);
  const edits =
    edit.changes?.[uri] ??
    edit.documentChanges?.flatMap((change) =>
      'edits' in change && change.textDocument.uri === uri ? change.edits : [],
    ) ??
    [];
  return TextDocument.applyEdits(
    document,
    edits.map((one) => ({ range: one.range, newText: 'snippet' in one ? inserted(one) : (one as TextEdit).newText })),
  );
}

function inserted({ snippet: { value } }: SnippetTextEdit): string {
  const placeholder = /\$\{1:((?:[^}\\]|\\.)*)\}/.exec(value)?.[1] ?? '';
  return value.replace(/\$\{1:((?:[^}\\]|\\.)*)\}|(?<!\\)\$1/g, () => placeholder).replaceAll(/\\([\\$}])/g, '$1');
}
