/** Commands of the category "CORS Lint". */
import { Uri, commands, l10n, window, workspace } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { debugInformationMethod } from '../../server/src/lsp/protocol.ts';
import type { DebugInformationResult } from '../../server/src/lsp/protocol.ts';
import { copyText } from './copied-text.ts';
import type { PoliciesView } from './policies-view.ts';
import type { StatusChanges } from './status-changes.ts';
import { createWorkspaceCheck } from './workspace-check.ts';

export function registerCommands(
  client: BaseLanguageClient,
  output: LogOutputChannel,
  changes: StatusChanges,
  policiesView: PoliciesView,
): Disposable[] {
  const workspaceCheck = createWorkspaceCheck(client, changes);
  const command = (name: string, run: (...given: never[]) => unknown): Disposable =>
    commands.registerCommand(`corsLint.${name}`, run);
  return [
    workspaceCheck,
    command('checkWorkspace', () => workspaceCheck.run()),
    command('clearWorkspaceProblems', () => workspaceCheck.clear()),
    command('showPolicies', (uri?: string, line?: number) => policiesView.show(uri, line)),
    command('fixAll', () =>
      commands.executeCommand('editor.action.codeAction', { kind: 'source.fixAll.corsLint', apply: 'first' }),
    ),
    command('createSettingsFile', createSettingsFile),
    command('openSample', openSample),
    command('copyText', (text: string) => copyText(text)),
    command('restart', () => restart(client)),
    command('showOutput', () => output.show(true)),
    command('showDebugInformation', () => showDebugInformation(client)),
  ];
}

async function restart(client: BaseLanguageClient): Promise<void> {
  // One that is still starting cannot be stopped, and why it fails stands in the output.
  if (client.needsStop()) await client.start().catch(() => undefined);
  if (client.isRunning()) await client.stop();
  await client.start();
}

/** In the order in which the server looks for them. */
const settingsNames = ['cors-lint.json', '.cors-lint.yaml', '.cors-lint.yml'];

/** Opens the settings file of a workspace folder, and writes a `cors-lint.json` first where there is none. */
async function createSettingsFile(): Promise<void> {
  const folder = await chosenFolder();
  if (!folder) return;
  const files = settingsNames.map((name) => Uri.joinPath(folder, name));
  for (const file of files)
    if (await exists(file)) {
      await window.showTextDocument(file);
      return;
    }
  await workspace.fs.writeFile(files[0]!, new TextEncoder().encode(firstSettings));
  await window.showTextDocument(files[0]!);
}

/** A text that is not saved anywhere, with something to find in it. */
async function openSample(): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'javascript', content: sample }));
}

const sample = `const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({
  origin: /shop\\.example$/,
  credentials: true,
}));

app.get('/account', (req, res) => res.json({ name: 'A. Customer' }));
app.listen(3000);
`;

const firstSettings = `${JSON.stringify({ trustedOrigins: [], rules: {}, exclude: [] }, undefined, 2)}\n`;

async function chosenFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void window.showInformationMessage(
      l10n.t('Open a folder first: cors-lint.json holds for the folder that it lies in.'),
    );
    return undefined;
  }
  return folders.length === 1 ? folders[0]!.uri : (await window.showWorkspaceFolderPick())?.uri;
}

async function exists(file: Uri): Promise<boolean> {
  return workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

async function showDebugInformation(client: BaseLanguageClient): Promise<void> {
  const { text } = await client.sendRequest<DebugInformationResult>(debugInformationMethod);
  const document = await workspace.openTextDocument({ language: 'markdown', content: text });
  await window.showTextDocument(document);
}
