/** The language server: puts the features together. What it runs in is given by `platform`. */
import { CodeActionKind, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Connection, InitializeResult } from 'vscode-languageserver';
import { version } from '../../../package.json';
import { throughCells } from './cells.ts';
import type { Client } from './client.ts';
import * as codeActions from './code-actions.ts';
import * as codeLens from './code-lens.ts';
import { createContext } from './create-context.ts';
import type { Platform } from './files.ts';
import { createHints } from './hints.ts';
import * as hover from './hover.ts';
import { createNotebooks, notebookSync } from './notebooks.ts';
import * as policies from './policies.ts';
import * as policyView from './policy-view.ts';
import * as pullDiagnostics from './pull-diagnostics.ts';
import * as pushDiagnostics from './push-diagnostics.ts';
import { createResultIds } from './result-ids.ts';
import { createSettingUsers } from './setting-users.ts';
import * as settingsProblems from './settings-problems.ts';
import * as status from './status.ts';
import * as textSync from './text-sync.ts';
import * as watch from './watch.ts';
import * as workspaceDiagnostics from './workspace-diagnostics.ts';

/** Registers every feature and begins to listen. */
export function startServer(connection: Connection, platform: Platform): void {
  const context = createContext(connection, platform);
  const ids = createResultIds();
  const users = createSettingUsers(context);
  const hints = createHints(context, users);
  const notebooks = createNotebooks();
  const seen = throughCells(connection, notebooks);

  connection.onInitialize((params) => {
    context.begin(params);
    return answerTo(context.client());
  });
  connection.onInitialized(() => context.afterHandshake());
  connection.onDidChangeConfiguration(() => context.forgetSettings());

  codeActions.register(seen, context);
  pullDiagnostics.register(seen, context, ids, hints);
  pushDiagnostics.register(seen, context, hints);
  workspaceDiagnostics.register(seen, context, ids, settingsProblems.register(seen, context));
  hover.register(seen, context, users);
  codeLens.register(seen, context);
  policies.register(seen, context);
  policyView.register(seen, context);
  status.register(seen, context, users);
  watch.register(seen, context);
  textSync.register(connection, context, notebooks);
  connection.listen();
}

function answerTo(client: Client): InitializeResult {
  return {
    serverInfo: { name: 'CORS Lint', version },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      ...(client.showsNotebooks && { notebookDocumentSync: notebookSync }),
      ...(client.pullsDiagnostics && {
        diagnosticProvider: {
          identifier: 'cors-lint',
          interFileDependencies: true,
          workspaceDiagnostics: client.options.workspaceOnCommand !== true,
        },
      }),
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, codeActions.fixAllKind],
        resolveProvider: client.resolvesEdits,
      },
      hoverProvider: true,
      codeLensProvider: { resolveProvider: false },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
