/** What a run found, as each reporter gets it. */
import type { Finding, LintResult } from '../service/lint.ts';
import type { Severity } from '../rules/rule.ts';

export interface FileReport {
  /** Relative to the working directory, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Without what the baseline knows. */
  readonly result: LintResult;
  /** Findings that the baseline knows. */
  readonly known?: readonly Finding[];
  /** Texts of other files that related places stand in, by the paths that these places give. */
  readonly others?: ReadonlyMap<string, string>;
  /** What `--fix` did, or `--fix-dry-run` shows. */
  readonly applied?: readonly AppliedFix[];
  /** Findings of `result` that the shown patch repairs. */
  readonly repaired?: readonly Finding[];
}
export interface AppliedFix {
  readonly rule: string;
  /** In the imperative. */
  readonly title: string;
  /** Of the finding, from 1, in the text before this fix. */
  readonly line: number;
  readonly column: number;
}
/** A file, or a part of it, that was to be checked and could not be. */
export interface FailedFile {
  readonly path: string;
  readonly reason: string;
}
export interface RunReport {
  readonly files: readonly FileReport[];
  /** Absolute paths of the files that were looked at. */
  readonly checked: ReadonlySet<string>;
  readonly failed: readonly FailedFile[];
  /** Files whose fixes were to be written and could not be. */
  readonly unwritten: number;
  /** What the call names and cannot be read. */
  readonly unreadable: number;
  /** Settings file → how many files its globs leave out. */
  readonly excluded: ReadonlyMap<string, number>;
  /** Ending of files whose language is not read (`.java`) → how many of them mention CORS. */
  readonly unread: ReadonlyMap<string, number>;
  /** Where a baseline is in use. */
  readonly baseline?: BaselineReport | undefined;
}
/** What the baselines of a run come to. */
export interface BaselineReport {
  /** Baseline files, as they are shown. */
  readonly files: readonly string[];
  /** Findings that are left out. */
  readonly known: number;
  /** What is known of files that were checked, or are not there any more, and is not found there. */
  readonly gone: readonly GoneFinding[];
  /** Baseline file → why it could not be written. */
  readonly unwritten: ReadonlyMap<string, string>;
  /** They were to be written. */
  readonly isWritten: boolean;
}
export interface GoneFinding {
  /** As it is shown. */
  readonly path: string;
  readonly rule: string;
  readonly count: number;
}
export interface Reporter {
  (
    report: RunReport,
    options: { readonly quiet: boolean; readonly color: boolean; readonly failOn: Severity | 'never' },
  ): string;
}

const rank: Readonly<Record<Severity, number>> = { information: 1, warning: 2, error: 3 };

/** Whether a severity is at or above the level that fails a run. */
export function fails(severity: Severity, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && rank[severity] >= rank[failOn];
}

/** All findings with their files. */
export function findingsIn(report: RunReport): { readonly file: FileReport; readonly finding: Finding }[] {
  return report.files.flatMap((file) => file.result.findings.map((finding) => ({ file, finding })));
}
