/** "Show Policies": what the file's settings come to, as a page beside it that follows the text. */
import { EventEmitter, Uri, ViewColumn, commands, extensions, l10n, window, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { policiesMethod } from '../../server/src/lsp/protocol.ts';
import type { PoliciesParams, PoliciesResult } from '../../server/src/lsp/protocol.ts';
import type { StatusChanges } from './status-changes.ts';

const scheme = 'cors-lint-policies';

export interface PoliciesView extends Disposable {
  /** Of the file in the active editor. */
  show(): Promise<void>;
}

export function createPoliciesView(client: BaseLanguageClient, { onStatusChanged }: StatusChanges): PoliciesView {
  const changed = new EventEmitter<Uri>();
  const shown = new Set<string>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (page) => textOf(client, page),
  });
  const closed = workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri.toString()));
  const notification = onStatusChanged((uri) => {
    const page = pageOf(Uri.parse(uri, true));
    if (shown.has(page.toString())) changed.fire(page);
  });
  return {
    async show() {
      const uri = window.activeTextEditor?.document.uri;
      if (!uri) return;
      const page = pageOf(uri);
      shown.add(page.toString());
      await open(page);
    },
    dispose: () => [changed, provider, closed, notification].forEach((part) => part.dispose()),
  };
}

/** As a page where VS Code's Markdown support is there, else as text. Its command comes when it has been activated, and not before. */
async function open(page: Uri): Promise<void> {
  const markdown = extensions.getExtension('vscode.markdown-language-features');
  // Where it cannot be had, its command is not there either.
  await markdown?.activate().then(undefined, () => undefined);
  const preview = 'markdown.showPreviewToSide';
  if ((await commands.getCommands(true)).includes(preview)) await commands.executeCommand(preview, page);
  else await window.showTextDocument(page, { viewColumn: ViewColumn.Beside, preserveFocus: true });
}

/** Named as the tab shows it; the file itself stands in the query. */
function pageOf(uri: Uri): Uri {
  return Uri.from({
    scheme,
    path: `/${l10n.t('{0} (policies)', uri.path.split('/').at(-1)!)}.md`,
    query: uri.toString(),
  });
}

async function textOf(client: BaseLanguageClient, page: Uri): Promise<string> {
  const params: PoliciesParams = { uri: page.query };
  const answer = await client.sendRequest<PoliciesResult | null>(policiesMethod, params).catch(() => null);
  return answer?.text ?? l10n.t('The file is not open any more, or it is not one that CORS Lint reads.');
}
