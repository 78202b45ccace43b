/**
 * The code cells of a notebook as one program: they share their names, in the order in which they stand. Every
 * offset is one of the cell itself.
 */
import { languageOfId, programLanguageOf } from './languages.ts';

/** The program, and where in it each cell begins. Cells have a line end between them. */
export interface JoinedCells {
  readonly text: string;
  readonly starts: readonly number[];
}

/** `languageId`: that of all these cells. */
export function joinedCells(cells: readonly string[], languageId: string): JoinedCells {
  const adapter = programLanguageOf(languageOfId(languageId)?.kind)?.adapter;
  const texts = cells.map((cell) => adapter?.ofCell?.(cell) ?? cell);
  let at = 0;
  const starts = texts.map((text) => {
    const start = at;
    at += text.length + 1;
    return start;
  });
  return { text: texts.join('\n'), starts };
}
