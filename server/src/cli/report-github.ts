/** Workflow commands that GitHub shows as annotations. */
import { positionsOf } from '../service/positions.ts';
import { findingsIn } from './report.ts';
import type { Reporter } from './report.ts';

const levels = { error: 'error', warning: 'warning', information: 'notice' } as const;
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

export const reportGithub: Reporter = (report) =>
  findingsIn(report)
    .map(({ file, finding }) => {
      const position = positionsOf(file.text);
      const [start, end] = [position(finding.range.start), position(finding.range.end)];
      const sameLine = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : '';
      return `::${levels[finding.severity]} file=${escapeProperty(file.path)},line=${start.line},endLine=${end.line}${sameLine},title=${escapeProperty(finding.rule)}::${escapeData(finding.message)}\n`;
    })
    .join('');
