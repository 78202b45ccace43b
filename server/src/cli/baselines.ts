/** The baselines of a run: what they know is left out of its report, and they are written where the call says so. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { baselineName, knownFindingsOf, parseBaseline, serialiseBaseline, withoutKnown } from '../service/baseline.ts';
import type { Baseline, KnownFinding } from '../service/baseline.ts';
import { positionsOf } from '../service/positions.ts';
import { UsageError } from './arguments.ts';
import type { LintOptions } from './arguments.ts';
import { shownPath } from './configuration.ts';
import type { FileSettings } from './configuration.ts';
import type { FoundFile } from './files.ts';
import { decodeText } from './read-text.ts';
import { liesWithin, readBytes, realPathWithin } from './regular-file.ts';
import type { BaselineReport, FileReport, GoneFinding } from './report.ts';
import type { Roots } from './roots.ts';
import { reasonOf } from './walk.ts';
import { createFile, replaceFile } from './write-file.ts';

export interface Baselines {
  /** Reads the baseline of a file, each once. Throws a UsageError where there is none, or it is none. */
  open(file: FoundFile, settings: FileSettings): void;
  /** The report on a file without what its baseline knows. */
  part(file: string, settings: FileSettings, report: FileReport): FileReport;
  /** To be called once all is checked, with the absolute paths of what was. Undefined where no baseline is in use. */
  close(checked: ReadonlySet<string>): BaselineReport | undefined;
}

interface OpenBaseline {
  /** Absolute. */
  readonly file: string;
  readonly baseline: Baseline;
  /** What the file holds; undefined when there is none yet. */
  readonly bytes: Buffer | undefined;
  /** By the path from the baseline's folder: of files with findings, what they have now and what they had. */
  readonly now: Map<string, readonly KnownFinding[]>;
  readonly gone: Map<string, readonly KnownFinding[]>;
  known: number;
}

type Options = Pick<LintOptions, 'baseline' | 'writeBaseline'>;

export function createBaselines({ baseline: named, writeBaseline }: Options, roots: Roots): Baselines {
  const opened = new Map<string, OpenBaseline>();
  const fallback = writeBaseline && baselineName;
  const fileOf = ({ baseline }: FileSettings): string | undefined => {
    if (named === undefined && baseline !== undefined) return baseline;
    const chosen = named ?? fallback;
    return chosen === undefined ? undefined : path.resolve(chosen);
  };
  return {
    open({ path: checked, base }, settings) {
      const file = fileOf(settings);
      if (file === undefined || opened.has(file)) return;
      if (named === undefined && settings.baseline !== undefined) refuseOutside(file, roots.of(checked, base));
      opened.set(file, openBaseline(file, writeBaseline === 'all'));
    },
    part(file, settings, report) {
      const one = opened.get(fileOf(settings) ?? '');
      return one ? partedReport(pathFrom(one, file), one, report, writeBaseline === 'all') : report;
    },
    close(checked) {
      const all = [...opened.values()];
      if (all.length === 0) return undefined;
      const unwritten = new Map<string, string>();
      for (const one of all) {
        noteGone(one, checked, roots);
        const refusal = writeBaseline && writeAgain(one, writeBaseline, checked);
        if (refusal !== undefined) unwritten.set(shownPath(one.file), refusal);
      }
      return {
        files: all.map(({ file }) => shownPath(file)),
        known: all.reduce((sum, { known }) => sum + known, 0),
        gone: writeBaseline ? [] : all.flatMap(goneFindings),
        unwritten,
        isWritten: writeBaseline !== undefined,
      };
    },
  };
}

/** A settings file may be a stranger's. */
function refuseOutside(file: string, root: string): void {
  const folder = path.dirname(file);
  if (existsSync(folder) && realPathWithin([root], existsSync(file) ? file : folder) !== undefined) return;
  throw new UsageError(`The baseline "${shownPath(file)}" leads out of the repository. --baseline uses another one.`);
}

function openBaseline(file: string, mayBeMissing: boolean): OpenBaseline {
  const bytes = bytesOf(file, mayBeMissing);
  const text = bytes === undefined ? undefined : decodeText(bytes).text;
  const { baseline, errors } =
    text === undefined ? { baseline: new Map<string, readonly KnownFinding[]>(), errors: [] } : parseBaseline(text);
  const [first] = errors;
  // What is no baseline is not written over: it may be something else that somebody named by mistake.
  if (first !== undefined) {
    const { line, column } = positionsOf(text!)(first.start);
    throw new UsageError(`${shownPath(file)}:${line}:${column}: ${first.message}`);
  }
  return { file, baseline, bytes, now: new Map(), gone: new Map(), known: 0 };
}

function bytesOf(file: string, mayBeMissing: boolean): Buffer | undefined {
  if (!existsSync(file)) {
    if (mayBeMissing) return undefined;
    throw new UsageError(`There is no baseline "${shownPath(file)}". --write-baseline makes it.`);
  }
  try {
    const bytes = readBytes(file);
    if (bytes) return Buffer.from(bytes);
  } catch (error) {
    throw new UsageError(`The baseline "${shownPath(file)}" cannot be read. ${reasonOf(error, file)}`);
  }
  throw new UsageError(`The baseline "${shownPath(file)}" is too large.`);
}

function partedReport(name: string, one: OpenBaseline, report: FileReport, all: boolean): FileReport {
  const { text, result } = report;
  const now = knownFindingsOf(result.findings, text);
  const { fresh, known, gone } = withoutKnown(result.findings, text, all ? now : (one.baseline.get(name) ?? []));
  one.now.set(name, now);
  one.gone.set(name, gone);
  one.known += known.length;
  return { ...report, result: { ...result, findings: fresh }, known };
}

/** Files without a finding, and those that are not there any more, have lost all that was known of them. */
function noteGone(one: OpenBaseline, checked: ReadonlySet<string>, roots: Roots): void {
  const root = roots.of(one.file);
  for (const [name, entries] of one.baseline) {
    const file = path.resolve(path.dirname(one.file), name);
    if (one.now.has(name)) continue;
    // Nothing outside is asked for by its name.
    if (checked.has(file) || (liesWithin(root, file) && !existsSync(file))) one.gone.set(name, entries);
  }
}

function goneFindings(one: OpenBaseline): GoneFinding[] {
  return [...one.gone].flatMap(([name, entries]) =>
    entries.map(({ rule, count }) => ({
      path: shownPath(path.resolve(path.dirname(one.file), name)),
      rule,
      count,
    })),
  );
}

/** Why it was not written; undefined when it was, or says what is to be written already. */
function writeAgain(one: OpenBaseline, what: 'all' | 'gone', checked: ReadonlySet<string>): string | undefined {
  const next = new Map<string, readonly KnownFinding[]>();
  for (const [name, entries] of one.baseline) {
    const isLost = one.gone.has(name) && !one.now.has(name);
    const isChecked = checked.has(path.resolve(path.dirname(one.file), name));
    if (what === 'gone') next.set(name, withoutGone(entries, one.gone.get(name) ?? []));
    else if (!isLost && !isChecked) next.set(name, entries);
  }
  if (what === 'all') for (const [name, entries] of one.now) next.set(name, entries);
  const after = Buffer.from(serialiseBaseline(next));
  if (one.bytes?.equals(after)) return undefined;
  const { file, bytes: before } = one;
  return before === undefined
    ? createFile(file, after)
    : replaceFile({ file, root: path.dirname(file), before, after });
}

function withoutGone(entries: readonly KnownFinding[], gone: readonly KnownFinding[]): readonly KnownFinding[] {
  return entries.flatMap((entry) => {
    const lost = gone.find(({ rule, fingerprint }) => rule === entry.rule && fingerprint === entry.fingerprint);
    const count = entry.count - (lost?.count ?? 0);
    return count > 0 ? [{ ...entry, count }] : [];
  });
}

function pathFrom({ file: baseline }: OpenBaseline, file: string): string {
  return path.relative(path.dirname(baseline), file).replaceAll('\\', '/');
}
