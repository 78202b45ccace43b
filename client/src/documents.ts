/** Which documents are checked. */
import type { WorkspaceFolder } from 'vscode';
import { editorPatterns, languageIds } from '../../server/src/service/languages.ts';

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
  return [...schemes].flatMap((scheme) => [
    ...languageIds.map((language) => ({ scheme, language })),
    ...editorPatterns.map((pattern) => ({ scheme, pattern })),
  ]);
}
