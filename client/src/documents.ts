/** Which documents are checked. */
import type { WorkspaceFolder } from 'vscode';

export const languages = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'json', 'jsonc', 'yaml', 'dockercompose', 'helm', 'nginx', 'apacheconf'];

/** Files whose language no extension may know; the server tells by path and text what they are. */
const patterns = ['**/{.htaccess,httpd*.conf,apache2.conf}', '**/{apache2,httpd}/**/*.conf', '**/{sites-available,sites-enabled,conf-available,conf-enabled}/*'];

/**
 * Documents that can be edited: files, new texts, and what the folders of a virtual workspace hold. Old revisions
 * (`git:`), chat code blocks and the like stay out by their scheme.
 */
export function documentSelector(folders: readonly WorkspaceFolder[] | undefined): ({ scheme: string; language: string } | { scheme: string; pattern: string })[] {
  const schemes = new Set(['file', 'untitled', 'vscode-vfs', 'vscode-remote', ...(folders ?? []).map(({ uri }) => uri.scheme)]);
  return [...schemes].flatMap((scheme) => [...languages.map((language) => ({ scheme, language })), ...patterns.map((pattern) => ({ scheme, pattern }))]);
}
