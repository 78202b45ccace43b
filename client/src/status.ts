/** The status item beside the language's name. It answers "why is nothing reported here?". */
import { LanguageStatusSeverity, commands, l10n, languages, window, workspace } from 'vscode';
import type { Command, Disposable, LanguageStatusItem, TextEditor } from 'vscode';
import { State } from 'vscode-languageclient';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { statusMethod } from '../../server/src/lsp/protocol.ts';
import type { StatusParams, StatusResult } from '../../server/src/lsp/protocol.ts';
import { documentSelector, isChecked } from './documents.ts';
import type { StatusChanges } from './status-changes.ts';
import { plain } from './plain-words.ts';

/** A lint that takes longer than this is worth a remark. */
const slowMilliseconds = 1000;

/** Says to the command palette whether the file in the active editor is one that is checked. */
const readableContext = 'corsLint.isChecked';

export interface StatusWords {
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  /** What the item offers; without it, the output. */
  readonly offer?: 'restart' | 'policies';
}

export function registerStatus(client: BaseLanguageClient, { onStatusChanged }: StatusChanges): Disposable[] {
  const item = languages.createLanguageStatusItem('corsLint.status', documentSelector(workspace.workspaceFolders));
  item.name = 'CORS Lint';
  const refresh = (): void => void show(client, item, window.activeTextEditor);
  const follow = (): void => {
    const editor = window.activeTextEditor;
    void commands.executeCommand('setContext', readableContext, editor !== undefined && isChecked(editor.document));
    refresh();
  };
  follow();
  return [
    item,
    client.onDidChangeState(refresh),
    window.onDidChangeActiveTextEditor(follow),
    // Another language for the same text is another document in the same editor.
    workspace.onDidOpenTextDocument((document) => {
      if (document === window.activeTextEditor?.document) follow();
    }),
    onStatusChanged((uri) => {
      if (window.activeTextEditor?.document.uri.toString() === uri) refresh();
    }),
  ];
}

async function show(
  client: BaseLanguageClient,
  item: LanguageStatusItem,
  editor: TextEditor | undefined,
): Promise<void> {
  if (client.state !== State.Running) return write(item, serverWords(client.state));
  if (!editor || !isChecked(editor.document)) return;
  const uri = editor.document.uri.toString();
  const params: StatusParams = { uri };
  try {
    const status = await client.sendRequest<StatusResult | null>(statusMethod, params);
    if (status && window.activeTextEditor?.document.uri.toString() === uri) write(item, statusWords(status));
  } catch {
    // The server stopped between the question and the answer; its change of state asks again.
  }
}

function write(item: LanguageStatusItem, { text, detail, severity, offer }: StatusWords): void {
  item.text = text;
  item.detail = detail;
  item.command = commandOf(offer);
  item.severity = {
    information: LanguageStatusSeverity.Information,
    warning: LanguageStatusSeverity.Warning,
    error: LanguageStatusSeverity.Error,
  }[severity];
}

function commandOf(offer: StatusWords['offer']): Command {
  if (offer === 'restart') return { command: 'corsLint.restart', title: l10n.t('Restart Server') };
  if (offer === 'policies') return { command: 'corsLint.showPolicies', title: l10n.t('Show Policies') };
  return { command: 'corsLint.showOutput', title: l10n.t('Show Output') };
}

function serverWords(state: State): StatusWords {
  if (state === State.Starting) return { text: l10n.t('CORS Lint is starting'), detail: '', severity: 'information' };
  return {
    text: l10n.t('CORS Lint has stopped'),
    detail: l10n.t('the output says why'),
    severity: 'error',
    offer: 'restart',
  };
}

/** What was looked for here, and what came out. Short: VS Code shows it on one line and cuts off what is too long. */
export function statusWords(status: StatusResult): StatusWords {
  const {
    findings,
    frameworks,
    policies,
    suppressed,
    known,
    usedBy,
    milliseconds,
    atBound,
    configuration,
    skipped,
    failed,
    problems,
  } = status;
  if (skipped !== undefined)
    return { text: l10n.t('CORS Lint: nothing is looked for here'), detail: plain(skipped), severity: 'information' };
  if (failed !== undefined)
    return { text: l10n.t('CORS Lint: this file could not be checked'), detail: plain(failed), severity: 'error' };
  const uses = usedBy?.map((uri) => workspace.asRelativePath(configurationPath(uri))).join(', ');
  const details = [
    uses !== undefined ? l10n.t('used by {0}', uses) : undefined,
    frameworks.length > 0 || uses !== undefined
      ? frameworks.join(', ') || undefined
      : l10n.t('Nothing in this file is known to set CORS headers'),
    frameworks.length > 0 ? l10n.t('policies: {0}', policies) : undefined,
    suppressed > 0 ? l10n.t('accepted by a comment: {0}', suppressed) : undefined,
    known > 0 ? l10n.t('known since the baseline: {0}', known) : undefined,
    configuration === undefined ? undefined : workspace.asRelativePath(configurationPath(configuration)),
    atBound > 0 ? l10n.t('not read to the end, counts as unknown: {0}', atBound) : undefined,
    milliseconds > slowMilliseconds ? l10n.t('slow: {0} ms', Math.round(milliseconds)) : undefined,
    ...problems,
  ];
  const severity = problems.length > 0 || milliseconds > slowMilliseconds ? 'warning' : 'information';
  return {
    text: findingWords(findings),
    detail: details
      .filter((detail) => detail !== undefined)
      .map(plain)
      .join(' · '),
    severity,
    ...(policies > 0 && severity === 'information' && { offer: 'policies' as const }),
  };
}

function findingWords(count: number): string {
  if (count === 0) return l10n.t('CORS Lint: no problem found');
  return count === 1 ? l10n.t('CORS Lint: 1 problem') : l10n.t('CORS Lint: {0} problems', count);
}

function configurationPath(uri: string): string {
  return decodeURIComponent(uri.replace(/^[a-z-]+:\/\/[^/]*/i, ''));
}
