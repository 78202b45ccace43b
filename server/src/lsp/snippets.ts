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
  const text = withoutIndentation(edit.newText, leadingBlanks(document, edit.range.start));
  if (text === undefined || !text.includes(edit.placeholder)) return { range, newText: edit.newText };
  return { range, snippet: { kind: 'snippet', value: snippetOf(text, edit.placeholder) } };
}

/** What stands before the first sign of the line, as far as it is on this side of the offset. */
function leadingBlanks(document: TextDocument, offset: number): string {
  const start = { line: document.positionAt(offset).line, character: 0 };
  return /^[ \t]*/.exec(document.getText({ start, end: document.positionAt(offset) }))![0];
}

/**
 * Editors put the indentation of the line that a snippet goes into before each further line of it
 * (https://code.visualstudio.com/docs/editing/userdefinedsnippets), so that it is taken away here. Undefined where a line has less.
 */
function withoutIndentation(text: string, blanks: string): string | undefined {
  const [first, ...others] = text.split('\n');
  if (!others.every((line) => line.startsWith(blanks))) return undefined;
  return [first, ...others.map((line) => line.slice(blanks.length))].join('\n');
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
