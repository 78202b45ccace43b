/** Edits with a place to type over, as snippets of LSP 3.18. */
import type { SnippetTextEdit, TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '../syntax/range.ts';
import { rangeIn } from './to-diagnostic.ts';

/** A snippet where the client takes one and there is something to type over; else a plain edit. */
export function textEdit(edit: Edit, document: TextDocument, snippets: boolean): TextEdit | SnippetTextEdit {
  const range = rangeIn(document, edit.range);
  if (!snippets || !edit.placeholder || !edit.newText.includes(edit.placeholder))
    return { range, newText: edit.newText };
  return { range, snippet: { kind: 'snippet', value: snippetOf(edit.newText, edit.placeholder) } };
}

/** The first occurrence is the place to type in, and the others follow it. */
export function snippetOf(text: string, placeholder: string): string {
  const [before, ...after] = text.split(placeholder).map(escaped);
  return after.reduce(
    (value, part, index) => `${value}${index === 0 ? `\${1:${escaped(placeholder)}}` : '$1'}${part}`,
    before!,
  );
}

function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}
