/** "Show Policies": what the file's settings come to, as a page beside it that follows the text. */
import { Range, Uri, ViewColumn, l10n, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext, WebviewPanel } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { policyViewMethod, tryOriginMethod } from '../../server/src/lsp/policy-view-protocol.ts';
import type {
  PolicyViewParams,
  PolicyViewResult,
  TryOriginParams,
  TryOriginResult,
} from '../../server/src/lsp/policy-view-protocol.ts';
import { copyText } from './copied-text.ts';
import type { FromPage, ToPage } from './policy-page/messages.ts';
import { pageOf } from './policy-html.ts';
import { pageWords } from './page-words.ts';
import type { StatusChanges } from './status-changes.ts';

const viewType = 'corsLint.policies';

export interface PoliciesView extends Disposable {
  /** Of the file in the active editor without a URI. `line`, from 0, is where the policy stands that is meant. */
  show(uri?: string, line?: number): Promise<void>;
  /** What the pages that are open say that they show, by the file's URI. */
  readonly shown: ReadonlyMap<string, { readonly policies: number; readonly rows: number }>;
}

export function createPoliciesView(
  client: BaseLanguageClient,
  context: ExtensionContext,
  { onStatusChanged }: StatusChanges,
): PoliciesView {
  const panels = new Panels(client, context);
  const subscriptions = [
    onStatusChanged((uri) => panels.refresh(uri)),
    workspace.onDidCloseTextDocument(({ uri }) => panels.refresh(uri.toString())),
    window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel, state: { uri?: unknown } | undefined) {
        if (typeof state?.uri === 'string') await panels.adopt(panel, Uri.parse(state.uri, true));
        else panel.dispose();
      },
    }),
  ];
  return {
    shown: panels.shown,
    async show(given, line) {
      const uri = typeof given === 'string' ? Uri.parse(given, true) : window.activeTextEditor?.document.uri;
      if (uri) await panels.open(uri, line);
    },
    dispose: () => [...subscriptions, panels].forEach((part) => part.dispose()),
  };
}

/** One page a file. */
class Panels {
  readonly shown = new Map<string, { policies: number; rows: number }>();
  readonly #panels = new Map<string, WebviewPanel>();
  /** Lines that are waited for by pages that have not shown anything yet. */
  readonly #wanted = new Map<string, number>();

  constructor(
    private readonly client: BaseLanguageClient,
    private readonly context: ExtensionContext,
  ) {}

  async open(uri: Uri, line: number | undefined): Promise<void> {
    const key = uri.toString();
    if (line !== undefined) this.#wanted.set(key, line);
    const known = this.#panels.get(key);
    if (known) {
      known.reveal(undefined, line === undefined);
      this.#focus(key);
      return;
    }
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: line === undefined };
    await this.adopt(window.createWebviewPanel(viewType, titleOf(uri), column), uri);
  }

  /** Fills a panel, and keeps it filled. */
  async adopt(panel: WebviewPanel, uri: Uri): Promise<void> {
    const key = uri.toString();
    this.#panels.set(key, panel);
    panel.title = titleOf(uri);
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    panel.webview.onDidReceiveMessage((message: FromPage) => this.#hear(key, message));
    panel.onDidDispose(() => {
      if (this.#panels.get(key) === panel) this.#panels.delete(key);
      this.shown.delete(key);
    });
    panel.webview.html = await pageOf(this.context.extensionUri);
  }

  refresh(uri: string): void {
    const key = Uri.parse(uri, true).toString();
    if (this.#panels.has(key)) void this.#show(key);
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  async #hear(key: string, message: FromPage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        return this.#show(key);
      case 'shown':
        this.shown.set(key, { policies: message.policies, rows: message.rows });
        return this.#focus(key);
      case 'open':
        return goTo(Uri.parse(message.uri, true), message.line);
      case 'copy':
        return copyText(message.text);
      case 'try': {
        const params: TryOriginParams = { ...message.request, uri: key };
        const result = await this.#ask<TryOriginResult>(tryOriginMethod, params);
        this.#post(key, { kind: 'tried', policy: params.policy, result });
      }
    }
  }

  async #show(key: string): Promise<void> {
    const uri = Uri.parse(key, true);
    const params: PolicyViewParams = { uri: key };
    const view = await this.#ask<PolicyViewResult>(policyViewMethod, params);
    this.#post(key, { kind: 'show', uri: key, name: nameOf(uri), words: pageWords(), view });
  }

  #focus(key: string): void {
    const line = this.#wanted.get(key);
    if (line === undefined || !this.shown.has(key)) return;
    this.#wanted.delete(key);
    this.#post(key, { kind: 'focus', line });
  }

  /** Null where the server does not run. */
  #ask<Result>(method: string, params: object): Promise<Result | null> {
    return this.client.sendRequest<Result | null>(method, params).catch(() => null);
  }

  #post(key: string, message: ToPage): void {
    void this.#panels.get(key)?.webview.postMessage(message);
  }
}

async function goTo(uri: Uri, line: number): Promise<void> {
  const column = window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  )?.viewColumn;
  const selection = new Range(line, 0, line, 0);
  await window.showTextDocument(uri, { selection, viewColumn: column ?? ViewColumn.One });
}

function nameOf(uri: Uri): string {
  return uri.path.split('/').at(-1)!;
}

function titleOf(uri: Uri): string {
  return l10n.t('{0} (policies)', nameOf(uri));
}
