/** The code quality report of GitLab. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
import { createHash } from 'node:crypto';
import { fingerprintOf } from '../service/fingerprint.ts';
import { positionsOf } from '../service/positions.ts';
import { visible, visibleJson } from '../service/visible-text.ts';
import { messageWithPlaces } from './related-places.ts';
import type { FailedFile, FileReport, Reporter } from './report.ts';

const severities = { error: 'critical', warning: 'major', information: 'info' } as const;

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: (typeof severities)[keyof typeof severities] | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end?: number } };
}

export const reportGitlab: Reporter = ({ files, failed }) =>
  `${visibleJson([...files.flatMap(issuesOf), ...failed.map(failedIssue)])}\n`;

function issuesOf(file: FileReport): Issue[] {
  const { path, text, result } = file;
  const position = positionsOf(text);
  const seen = new Map<string, number>();
  return result.findings.map((finding) => {
    const print = `${finding.rule} ${fingerprintOf(finding, text)}`;
    // GitLab shows the first of those that have the same one.
    const count = (seen.get(print) ?? 0) + 1;
    seen.set(print, count);
    const [begin, end] = [position(finding.range.start).line, position(finding.range.end).line];
    return {
      description: visible(messageWithPlaces(finding, file)),
      check_name: finding.rule,
      fingerprint: uniqueName(path, print, String(count)),
      severity: severities[finding.severity],
      location: { path, lines: { begin, end } },
    };
  });
}

function failedIssue({ path, reason }: FailedFile): Issue {
  return {
    description: visible(`It could not be checked: ${reason}`),
    check_name: 'unchecked',
    fingerprint: uniqueName(path, 'unchecked', reason),
    severity: 'blocker',
    location: { path, lines: { begin: 1 } },
  };
}

/** It stays the same from one run to the next, also where lines move. */
function uniqueName(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
