/** The JSON report, version 1: additions may come, members never change their meaning. */
import { documentationOf } from '../rules/documentation.ts';
import { relatedPlaces } from './related-places.ts';
import { positionsOf } from '../service/positions.ts';
import type { Reporter } from './report.ts';
import { visibleJson } from '../service/visible-text.ts';

export const reportJson: Reporter = ({ files, checked, failed, unread, baseline }) => {
  const findings = files.flatMap((file) => {
    const { path, text, result } = file;
    const position = positionsOf(text);
    return result.findings.map((finding) => {
      const [start, end] = [position(finding.range.start), position(finding.range.end)];
      return {
        rule: finding.rule,
        severity: finding.severity,
        confidence: finding.confidence,
        path,
        line: start.line,
        column: start.column,
        endLine: end.line,
        endColumn: end.column,
        message: finding.message,
        ...(finding.witness !== undefined && { witness: finding.witness }),
        ...(finding.fixes.length > 0 && {
          fixes: finding.fixes.map(({ title, safety, changes }) => ({
            title,
            safety,
            ...(changes !== undefined && { changes }),
          })),
        }),
        documentation: documentationOf(finding.rule),
        ...(finding.related.length > 0 && { related: relatedPlaces(finding, file) }),
      };
    });
  });
  const fixed = files.flatMap(({ path, applied = [] }) => applied.map((one) => ({ path, ...one })));
  const report = {
    version: 1,
    findings,
    files: checked.size,
    ...(fixed.length > 0 && { fixed }),
    ...(baseline && { baseline: { files: baseline.files, known: baseline.known, gone: baseline.gone } }),
    ...(failed.length > 0 && { failed }),
    ...(unread.size > 0 && { mentionsUnread: [...unread].map(([ending, number]) => ({ ending, files: number })) }),
  };
  return `${visibleJson(report)}\n`;
};
