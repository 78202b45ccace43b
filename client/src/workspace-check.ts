/** "Check Workspace": one pass over all files, asked for by the user. Nothing scans a workspace without being asked. */
import { ProgressLocation, Uri, commands, l10n, languages, window, workspace } from 'vscode';
import type { CancellationToken, Disposable } from 'vscode';
import { WorkspaceDiagnosticRequest } from 'vscode-languageclient';
import type { BaseLanguageClient, WorkspaceDocumentDiagnosticReport } from 'vscode-languageclient';

export interface WorkspaceCheck extends Disposable {
  run(): Promise<void>;
}

/** Keeps the findings of files that are not open; an open file's own are always newer. */
export function createWorkspaceCheck(client: BaseLanguageClient): WorkspaceCheck {
  const collection = languages.createDiagnosticCollection('cors-lint workspace');
  const opened = workspace.onDidOpenTextDocument(({ uri }) => collection.delete(uri));

  async function check(token: CancellationToken): Promise<void> {
    const { items } = await client.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] }, token);
    if (token.isCancellationRequested) return;
    collection.clear();
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const report of items) {
      const uri = Uri.parse(report.uri, true);
      if (!open.has(uri.toString())) collection.set(uri, await diagnosticsOf(client, report));
    }
    await commands.executeCommand('workbench.actions.view.problems');
    void window.setStatusBarMessage(resultWords(items), 5000);
  }

  return {
    run: async () =>
      window.withProgress(
        { location: ProgressLocation.Window, title: l10n.t('CORS Lint: checking the workspace') },
        (_progress, token) => check(token),
      ),
    dispose() {
      opened.dispose();
      collection.dispose();
    },
  };
}

/** The server reports only the files that have something. */
function resultWords(items: readonly WorkspaceDocumentDiagnosticReport[]): string {
  const counts = items.map((report) => (report.kind === 'full' ? report.items.length : 0)).filter((count) => count > 0);
  const problems = counts.reduce((sum, count) => sum + count, 0);
  if (problems === 0) return l10n.t('CORS Lint: no problem found in the workspace');
  return l10n.t('CORS Lint: problems: {0}, files with problems: {1}', problems, counts.length);
}

async function diagnosticsOf(client: BaseLanguageClient, report: WorkspaceDocumentDiagnosticReport) {
  return report.kind === 'full' ? client.protocol2CodeConverter.asDiagnostics(report.items) : [];
}
