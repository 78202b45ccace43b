/** Which documents are checked. */
import { languages, workspace } from 'vscode';
import type { TextDocument, WorkspaceFolder } from 'vscode';
import { cellLanguages, languageIds, readableGlobs } from '../../server/src/service/languages.ts';

/**
 * Documents that can be edited: files, new texts, and what the folders of a virtual workspace hold. Old revisions
 * (`git:`), chat code blocks and the like stay out by their scheme.
 */
export function documentSelector(
  folders: readonly WorkspaceFolder[] | undefined,
): ({ scheme: string; language: string } | { scheme: string; pattern: string })[] {
  const schemes = new Set([
    'file',
    'untitled',
    'vscode-vfs',
    'vscode-remote',
    ...(folders ?? []).map(({ uri }) => uri.scheme),
  ]);
  const selected = [...schemes].flatMap((scheme) => [
    ...languageIds.map((language) => ({ scheme, language })),
    // What the command line reads by its name is read here too, whatever language an editor without its extension takes it for.
    ...readableGlobs.map((pattern) => ({ scheme, pattern })),
  ]);
  // Cells of notebooks, wherever these are.
  return [...selected, ...cellLanguages.map((language) => ({ scheme: 'vscode-notebook-cell', language }))];
}

export function isChecked(document: TextDocument): boolean {
  return languages.match(documentSelector(workspace.workspaceFolders), document) > 0;
}
