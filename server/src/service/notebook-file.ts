/**
 * Notebooks as they are saved (https://nbformat.readthedocs.io/en/latest/format_description.html): JSON in which each cell is a list of
 * lines. Its program is read by itself, and what is said of it is said of the places in the file, edits included.
 */
import { entriesOf, mapsOf, textNodesOf, textOf, valueAt } from '../edits/tree-edits.ts';
import type { Edit, SourceRange } from '../syntax/range.ts';
import { readJson } from '../syntax/trees/json.ts';
import type { TreeNode, TreeScalar } from '../syntax/trees/tree.ts';
import { sourceKind } from './language.ts';
import { isNotebookPath, languageOfId, notebookLanguage } from './languages.ts';
import type { Finding, LintDocument, LintResult } from './lint.ts';
import { atNewOffsets } from './moved-result.ts';
import { joinedCells } from './notebook-cells.ts';
import { mentionsCors } from './prefilter.ts';

export interface NotebookFile {
  readonly path: string;
  /** Language id of its code cells. */
  readonly languageId: string;
  /** Of its code cells, as one program. */
  readonly text: string;
  /** Offset in `text` → offset in the file. */
  readonly offsets: readonly number[];
  readonly cells: readonly Cell[];
}

interface Cell {
  readonly text: string;
  /** One for each sign of the text, and one for its end. */
  readonly offsets: readonly number[];
  readonly range: SourceRange;
  /** What stands between the string of a line and that of the next; undefined where all lines are one string. */
  readonly between: string | undefined;
}

/** Undefined for what is no saved notebook: another file, the cells that an editor shows, joined already, and what mentions no CORS. */
export function notebookIn({ path, languageId, text }: LintDocument): NotebookFile | undefined {
  if (!isNotebookPath(path) || languageOfId(languageId ?? '')?.kind.shape === 'program') return undefined;
  const kind = sourceKind(path, undefined, text);
  if (kind === undefined || !mentionsCors(kind, text)) return undefined;
  const { root } = readJson(path, text);
  const cells = mapsOf(valueAt(root, 'cells'))
    .filter((cell) => textOf(valueAt(cell, 'cell_type')) === 'code')
    .map((cell) => cellOf(valueAt(cell, 'source'), text));
  if (entriesOf(root).length === 0) return undefined;
  const language = languageOf(root) ?? notebookLanguage(text);
  const joined = joinedCells(
    cells.map((cell) => cell.text),
    language,
  );
  // The line end between two cells is one with the end of the first.
  return { path, languageId: language, text: joined.text, offsets: cells.flatMap(({ offsets }) => offsets), cells };
}

function languageOf(root: TreeNode | undefined): string | undefined {
  return (
    textOf(valueAt(root, 'metadata', 'language_info', 'name')) ??
    textOf(valueAt(root, 'metadata', 'kernelspec', 'language'))
  );
}

function cellOf(source: TreeNode | undefined, file: string): Cell {
  const lines = textNodesOf(source);
  const range = source?.range ?? { start: 0, end: 0 };
  const end = lines.at(-1)?.contentRange.end ?? range.end;
  return {
    text: lines.map(({ value }) => value).join(''),
    offsets: [...lines.flatMap((line) => offsetsOf(line, file)), end],
    range,
    between: source?.kind === 'list' ? betweenLines(lines, file) : undefined,
  };
}

const signs = /\\u[\da-f]{4}|\\[^]|[^]/gi;

/** Where each sign of a string stands; some are written with several. */
function offsetsOf({ contentRange: { start, end } }: TreeScalar, file: string): number[] {
  return Array.from(file.slice(start, end).matchAll(signs), ({ index }) => start + index);
}

/** As the file has it, else as it has the one line. */
function betweenLines([first, second]: readonly TreeScalar[], file: string): string {
  if (first === undefined) return ', ';
  if (second !== undefined) return file.slice(first.range.end, second.range.start);
  const before = file.slice(file.lastIndexOf('\n', first.range.start) + 1, first.range.start);
  return /\S/.test(before) ? ', ' : `,${file.includes('\r\n') ? '\r\n' : '\n'}${before}`;
}

/** The result on the program, as one on the file. Nothing is said where a place cannot be found again. */
export function inNotebook(notebook: NotebookFile, { memory, ...result }: LintResult): LintResult {
  const moved = atNewOffsets(result, (offset) => notebook.offsets[offset], notebook.path);
  if (moved === undefined)
    return { ...result, findings: [], policies: [], suppressed: [], memory, failed: 'Its cells could not be found.' };
  const inFile = (finding: Finding): Finding => ({
    ...finding,
    fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => editInFile(edit, notebook)) })),
  });
  return { ...moved, findings: moved.findings.map(inFile), suppressed: moved.suppressed.map(inFile), memory };
}

/** An edit whose range is one of the file already, with its text as strings of JSON, one a line where the cell has them so. */
function editInFile(edit: Edit, { path, cells }: NotebookFile): Edit {
  const { range, newText } = edit;
  if (range.path !== undefined && range.path !== path) return edit;
  const cell = cells.find((one) => one.range.start <= range.start && range.start <= one.range.end);
  const lines = newText.split('\n').map((line) => JSON.stringify(line).slice(1, -1));
  return { range, newText: lines.join(cell?.between === undefined ? '\\n' : `\\n"${cell.between}"`) };
}
