/** What code actions and the view of policies put into the clipboard. */
import { env, l10n, window } from 'vscode';

/** What a code action of the server copies. */
export async function copyText(text: string): Promise<void> {
  await env.clipboard.writeText(text);
  void window.setStatusBarMessage(l10n.t('CORS Lint: the command is in the clipboard'), 5000);
}
