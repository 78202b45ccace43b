/** What desktop and browser have in common: the client's options, the requests that it answers, commands and status. */
import { l10n, languages, window, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { InitializationOptions } from '../../server/src/lsp/protocol.ts';
import { answerServer } from './answers.ts';
import { registerCommands } from './commands.ts';
import { documentSelector } from './documents.ts';
import { createPoliciesView } from './policies-view.ts';
import type { PoliciesView } from './policies-view.ts';
import { StandingDown } from './standing-down.ts';
import { createStatusChanges } from './status-changes.ts';
import { registerStatus } from './status.ts';

export const clientId = 'corsLint';
export const productName = 'CORS Lint';

type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** What `activate` returns to other extensions and to the tests. */
export interface ExtensionApi {
  /** The running client; it stays the same when the server starts anew. */
  readonly client: BaseLanguageClient;
  /** Resolves when the server runs for the first time, or has failed to start. */
  readonly started: Promise<void>;
  /** What the open pages of policies say that they show, by the file's URI. */
  readonly shownPolicies: PoliciesView['shown'];
}

/** Does not wait for the server: VS Code counts what it waits for as the time that an extension takes to activate. */
export function startExtension(context: ExtensionContext, createClient: CreateClient): ExtensionApi {
  const output = window.createOutputChannel(productName, { log: true });
  const initializationOptions: InitializationOptions = {
    readFile: true,
    listFiles: true,
    statusChanges: true,
    opensLinks: true,
    policyView: true,
    copiesText: true,
    ...(l10n.bundle && { texts: l10n.bundle }),
    workspaceOnCommand: true,
  };
  const client = createClient(clientId, productName, {
    documentSelector: documentSelector(workspace.workspaceFolders),
    diagnosticCollectionName: 'cors-lint',
    diagnosticCollectionProvider: {
      create: (name) => new StandingDown(languages.createDiagnosticCollection(name)),
      dispose: (collection) => collection.dispose(),
    },
    outputChannel: output,
    initializationOptions,
    // After a save the server says itself whether the result on show is out of date.
    diagnosticPullOptions: { onChange: true, onSave: false },
    markdown: { isTrusted: false, supportHtml: false },
    initializationFailedHandler: () => false,
  });
  // The status item says that the server failed, and the output why. Neither stands in the way of somebody's work.
  const log = client.error.bind(client);
  client.error = (message, data) => log(message, data, false);
  context.subscriptions.push(output, client);
  const changes = createStatusChanges(client);
  const policiesView = createPoliciesView(client, context, changes);
  context.subscriptions.push(
    changes,
    policiesView,
    ...answerServer(client, context),
    ...registerStatus(client, changes),
    ...registerCommands(client, output, changes, policiesView),
  );
  const started = client
    .start()
    .catch((error: unknown) => output.error(error instanceof Error ? error : String(error)));
  return { client, started, shownPolicies: policiesView.shown };
}
