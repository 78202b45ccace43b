/** A fix as a workspace edit, in the form that the client takes. */
import type { SnippetTextEdit, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '../syntax/range.ts';
import type { Context } from './context.ts';
import { textEdit } from './snippets.ts';
import { placeOf, uriOf } from './uris.ts';

/**
 * `document` is the text that the edits were made for; edits in other files are brought along. Undefined when one of those
 * cannot be read.
 */
export async function workspaceEdit(
  edits: readonly Edit[],
  document: TextDocument,
  { client, files }: Context,
): Promise<WorkspaceEdit | undefined> {
  const place = placeOf(document.uri);
  const byPath = new Map<string, Edit[]>();
  for (const edit of edits) {
    const path = edit.range.path ?? place.path;
    byPath.set(path, [...(byPath.get(path) ?? []), edit]);
  }
  const { documentChanges, snippetEdits } = client();
  const changes: Record<string, TextEdit[]> = {};
  const versioned: TextDocumentEdit[] = [];
  for (const [path, own] of byPath) {
    const uri = uriOf({ system: place.system, path });
    const open = path === place.path ? document : files.open(uri);
    const text = open ? open.getText() : await files.read(uri);
    if (text === undefined) return undefined;
    const target = open ?? TextDocument.create(uri, '', 0, text);
    const converted = own.map((edit) => textEdit(edit, target, snippetEdits));
    versioned.push({ textDocument: { uri: target.uri, version: open ? open.version : null }, edits: converted });
    changes[target.uri] = converted.filter((edit): edit is Exclude<typeof edit, SnippetTextEdit> => 'newText' in edit);
  }
  return documentChanges ? { documentChanges: versioned } : { changes };
}
