/**
 * "Check Workspace": one pass over all files, asked for by the user. Nothing scans a workspace without being asked. From then on its
 * rows follow the files, until they are cleared.
 */
import { ProgressLocation, Uri, commands, l10n, languages, window, workspace } from 'vscode';
import type { CancellationToken, DiagnosticCollection, Disposable } from 'vscode';
import { WorkspaceDiagnosticRequest } from 'vscode-languageclient';
import type { BaseLanguageClient, PreviousResultId, WorkspaceDocumentDiagnosticReport } from 'vscode-languageclient';
import { workspaceChangedMethod } from '../../server/src/lsp/protocol.ts';
import { isChecked } from './documents.ts';
import type { StatusChanges } from './status-changes.ts';

/** A branch switch changes many files, one after the other. In milliseconds. */
const quietFor = 300;

export interface WorkspaceCheck extends Disposable {
  run(): Promise<void>;
  /** Takes the rows away, and follows the files no more. */
  clear(): void;
}

export function createWorkspaceCheck(client: BaseLanguageClient, changes: StatusChanges): WorkspaceCheck {
  return new Check(client, changes);
}

/** Keeps the findings of files that are not open; those of an open file come from its own, newer result. */
class Check implements WorkspaceCheck {
  readonly #collection: DiagnosticCollection = languages.createDiagnosticCollection('cors-lint workspace');
  readonly #subscriptions: readonly Disposable[];
  /** URI → the last result that was received of it. Undefined while no check was asked for. */
  #received: Map<string, WorkspaceDocumentDiagnosticReport & { readonly kind: 'full' }> | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: BaseLanguageClient,
    { onStatusChanged }: StatusChanges,
  ) {
    this.#subscriptions = [
      client.onNotification(workspaceChangedMethod, () => this.#followLater()),
      // Until then the rows of the check are the only ones that there are.
      onStatusChanged((uri) => this.#collection.delete(Uri.parse(uri, true))),
      workspace.onDidCloseTextDocument(({ uri }) => void this.#show(uri.toString())),
      workspace.onDidOpenNotebookDocument(({ uri }) => void this.#show(uri.toString())),
      workspace.onDidCloseNotebookDocument(({ uri }) => void this.#show(uri.toString())),
    ];
  }

  async run(): Promise<void> {
    await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t('CORS Lint: checking the workspace') },
      async (_progress, token) => {
        this.#received ??= new Map();
        if (!(await this.#ask(token))) return;
        await commands.executeCommand('workbench.actions.view.problems');
        void window.setStatusBarMessage(resultWords([...this.#received.values()]), 5000);
      },
    );
  }

  clear(): void {
    this.#received = undefined;
    this.#collection.clear();
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#collection.dispose();
  }

  #followLater(): void {
    if (this.#received === undefined) return;
    clearTimeout(this.#waiting);
    // What failed here is asked for again with the next change; the user did not ask for anything.
    this.#waiting = setTimeout(() => void this.#ask().catch(() => undefined), quietFor);
  }

  /** One request after the other, each on top of what the one before brought. False when it was cancelled or cleared meanwhile. */
  #ask(token?: CancellationToken): Promise<boolean> {
    const answered = this.#asking.catch(() => undefined).then(() => this.#askNow(token));
    this.#asking = answered;
    return answered;
  }

  async #askNow(token?: CancellationToken): Promise<boolean> {
    const received = this.#received;
    if (received === undefined) return false;
    const previousResultIds = [...received].flatMap(([uri, { resultId }]): PreviousResultId[] =>
      resultId === undefined ? [] : [{ uri, value: resultId }],
    );
    const { items } = await this.client.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds }, token);
    if (token?.isCancellationRequested || this.#received !== received) return false;
    for (const report of items) {
      if (report.kind !== 'full') continue;
      const uri = Uri.parse(report.uri, true).toString();
      if (report.items.length > 0) received.set(uri, report);
      else received.delete(uri);
      await this.#show(uri);
    }
    return true;
  }

  async #show(key: string): Promise<void> {
    const uri = Uri.parse(key, true);
    const report = this.#received?.get(key);
    if (report === undefined || isOpen(key)) this.#collection.delete(uri);
    else this.#collection.set(uri, await this.client.protocol2CodeConverter.asDiagnostics([...report.items]));
  }
}

/** Its own result, or those of its cells, are newer. */
function isOpen(uri: string): boolean {
  const isThis = (document: { readonly uri: Uri; readonly isClosed: boolean }): boolean =>
    document.uri.toString() === uri && !document.isClosed;
  return (
    workspace.notebookDocuments.some(isThis) || workspace.textDocuments.some((one) => isThis(one) && isChecked(one))
  );
}

/** The server reports only the files that have something. */
function resultWords(reports: readonly (WorkspaceDocumentDiagnosticReport & { readonly kind: 'full' })[]): string {
  const problems = reports.reduce((sum, { items }) => sum + items.length, 0);
  if (problems === 0) return l10n.t('CORS Lint: no problem found in the workspace');
  return l10n.t('CORS Lint: problems: {0}, files with problems: {1}', problems, reports.length);
}
