/** What a user does in an editor, and how the tests see its outcome. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { StatusResult } from '../../server/src/lsp/protocol.ts';

const betweenLooks = 25;

export function uriOf(name: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);
}

export async function writeFile(name: string, text: string): Promise<vscode.Uri> {
  await vscode.workspace.fs.writeFile(uriOf(name), new TextEncoder().encode(text));
  return uriOf(name);
}

export async function remove(name: string): Promise<void> {
  await vscode.workspace.fs.delete(uriOf(name));
}

/** Writes a file, opens it and puts the cursor into it. */
export async function editorOf(name: string, text: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await writeFile(name, text), { preview: false });
}

/** Waits until the condition holds; mocha's own limit for a test ends the wait. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let looks = 0; !(await holds()); looks++) {
    if (looks * betweenLooks > 120_000) throw new Error(`In vain waited until ${what}; findings now: ${allFindings()}`);
    await new Promise((resolve) => setTimeout(resolve, betweenLooks));
  }
}

function allFindings(): string {
  return (
    vscode.languages
      .getDiagnostics()
      .flatMap(([uri, list]) =>
        list.map(
          ({ code, message }) =>
            `${uri.path.split('/').at(-1)}: ${typeof code === 'object' ? code.value : code} ${message}`,
        ),
      )
      .join('\n') || 'none'
  );
}

export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'cors-lint');
}

export function codes(uri: vscode.Uri): string[] {
  return findings(uri).map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** The quick fixes that VS Code's light bulb offers where the first finding of a rule stands. */
export async function fixesFor(document: vscode.TextDocument, rule: string): Promise<vscode.CodeAction[]> {
  const finding = findings(document.uri).find(({ code }) => typeof code === 'object' && code.value === rule);
  if (!finding) return [];
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
    50,
  );
  return actions.filter(({ edit }) => edit !== undefined);
}

export async function applyEdit(edit: vscode.WorkspaceEdit): Promise<void> {
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('VS Code refused the edit');
}

function fullRange(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
}

/** Replaces the first occurrence of a text and leaves the cursor behind the new one. */
export async function replaceText(editor: vscode.TextEditor, before: string, after: string): Promise<void> {
  const { document } = editor;
  const start = document.getText().indexOf(before);
  if (start === -1) throw new Error(`No "${before}" in ${document.getText()}`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + before.length));
  await editor.edit((builder) => builder.replace(range, after));
  const end = document.positionAt(start + after.length);
  editor.selection = new vscode.Selection(end, end);
}

/** Types as a user does: through VS Code's own command for a key. */
export async function typeText(editor: vscode.TextEditor, text: string): Promise<void> {
  await vscode.window.showTextDocument(editor.document);
  for (const key of text) await vscode.commands.executeCommand('type', { text: key });
}

/** A setting of the workspace for as long as the body runs. */
export async function setting(name: string, value: unknown, body: () => Promise<void>): Promise<void> {
  const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('corsLint');
  await configuration().update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    await body();
  } finally {
    await configuration().update(name, undefined, vscode.ConfigurationTarget.Workspace);
  }
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

export function statusOf(client: BaseLanguageClient, uri: vscode.Uri): Promise<StatusResult | null> {
  return client.sendRequest<StatusResult | null>('corsLint/status', { uri: String(uri) });
}

export function tabNames(): string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}

/** The library tells nobody whose process it started; the test needs to end it. */
export function serverProcessOf(client: BaseLanguageClient): number {
  return (client as unknown as { serverProcess?: { pid: number } }).serverProcess?.pid ?? 0;
}

export function replacement(document: vscode.TextDocument, text: string): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, fullRange(document), text);
  return edit;
}

export function insertedText(fix: vscode.CodeAction, uri: vscode.Uri): string {
  return (fix.edit?.get(uri) ?? [])
    .map((edit) => ('snippet' in edit ? (edit.snippet as vscode.SnippetString).value : edit.newText))
    .join('\n');
}
