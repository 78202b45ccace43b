/** The other places of a finding, in this file and in others. */
import path from 'node:path';
import type { Finding } from '../service/lint.ts';
import { usedHere } from '../service/one-decision.ts';
import { positionsOf } from '../service/positions.ts';
import { shownPath } from './configuration.ts';
import type { FileReport } from './report.ts';

/** Lines and columns count from 1; absent where the file cannot be read any more. */
export interface RelatedPlace {
  /** As the finding's own. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly message: string;
}

/** In the order of the finding. */
export function relatedPlaces({ related }: Finding, file: FileReport): RelatedPlace[] {
  return related.map(({ range, message }) => {
    const shown = range.path === undefined ? file.path : shownPath(path.resolve(range.path));
    const text = shown === file.path ? file.text : file.others?.get(range.path!);
    if (text === undefined) return { path: shown, message };
    const position = positionsIn(text, file);
    const [start, end] = [position(range.start), position(range.end)];
    return { path: shown, ...start, endLine: end.line, endColumn: end.column, message };
  });
}

type Positions = ReturnType<typeof positionsOf>;
/** By the report, and by the text that a place stands in: a file with a thousand findings is gone through for its lines once. */
const known = new WeakMap<FileReport, Map<string, Positions>>();

function positionsIn(text: string, file: FileReport): Positions {
  const ofFile = known.get(file) ?? new Map<string, Positions>();
  known.set(file, ofFile);
  const positions = ofFile.get(text) ?? positionsOf(text);
  ofFile.set(text, positions);
  return positions;
}

/** For formats that have no room for other places: the message, and where the same holds. */
export function messageWithPlaces(finding: Finding, file: FileReport): string {
  const same = relatedPlaces(finding, file).filter(({ message }) => message === usedHere);
  const places = same.map(({ path: other, line }) => (line === undefined ? other : `${other}:${line}`));
  return places.length === 0 ? finding.message : `${finding.message} The same holds in ${places.join(', ')}.`;
}
