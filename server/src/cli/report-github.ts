/** Workflow commands that GitHub shows as annotations. */
import { positionsOf } from '../service/positions.ts';
import { visible } from '../service/visible-text.ts';
import { findingsIn } from './report.ts';
import { messageWithPlaces } from './related-places.ts';
import type { Reporter } from './report.ts';

const levels = { error: 'error', warning: 'warning', information: 'notice' } as const;
/** Ends of lines and all else that would not be seen are written as escapes already, so that a percent sign is what is left. */
const escapeData = (text: string): string => visible(text).replaceAll('%', '%25');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

export const reportGithub: Reporter = (report) =>
  [
    ...findingsIn(report).map(({ file, finding }) => {
      const position = positionsOf(file.text);
      const [start, end] = [position(finding.range.start), position(finding.range.end)];
      return annotation(levels[finding.severity], messageWithPlaces(finding, file), {
        file: file.path,
        line: start.line,
        endLine: end.line,
        ...(start.line === end.line && { col: start.column, endColumn: end.column }),
        title: finding.rule,
      });
    }),
    ...report.failed.map(({ path, reason }) =>
      annotation('error', reason, { file: path, title: 'could not be checked' }),
    ),
  ].join('');

function annotation(level: string, message: string, properties: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${written.join(',')}::${escapeData(message)}\n`;
}
