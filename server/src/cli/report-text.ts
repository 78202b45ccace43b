/** Findings for people, with the code under them. */
import { styleText } from 'node:util';
import { positionsOf } from '../service/positions.ts';
import { fails } from './report.ts';
import type { Reporter } from './report.ts';

const colors = { error: 'red', warning: 'yellow', information: 'blue' } as const;

export const reportText: Reporter = ({ files, count }, { quiet, color, failOn }) => {
  const style = (format: Parameters<typeof styleText>[0], text: string): string =>
    color ? styleText(format, text) : text;
  const out: string[] = [];
  const totals = { error: 0, warning: 0, information: 0 };
  let fixable = 0;
  for (const { path, text, result } of files) {
    const position = positionsOf(text);
    const lines = text.split(/\r?\n/);
    for (const finding of result.findings) {
      totals[finding.severity] += 1;
      if (finding.fixes.some(({ safety }) => safety === 'safe')) fixable += 1;
      if (quiet && !fails(finding.severity, failOn)) continue;
      const start = position(finding.range.start);
      const end = position(finding.range.end);
      const [what, why, whatToDo] = finding.parts;
      out.push(
        `${style(colors[finding.severity], finding.severity)} ${style('bold', what)} ${style('gray', finding.rule)}`,
      );
      out.push(`  ${style('cyan', `${path}:${start.line}:${start.column}`)}`);
      const number = String(start.line);
      const code = (lines[start.line - 1] ?? '').slice(0, 400);
      const width = Math.max(
        1,
        Math.min((end.line === start.line ? end.column : code.length + 1) - start.column, 400 - start.column),
      );
      out.push(`  ${style('gray', `${number} |`)} ${code.replaceAll('\t', ' ')}`);
      out.push(
        `  ${style('gray', `${' '.repeat(number.length)} |`)} ${' '.repeat(start.column - 1)}${style(colors[finding.severity], '^'.repeat(width))}`,
      );
      for (const related of finding.related) {
        if (related.range.path !== undefined && related.range.path !== path)
          out.push(`  ${related.range.path}: ${related.message}`);
        else out.push(`  line ${position(related.range.start).line}: ${related.message}`);
      }
      out.push(`  ${why} ${whatToDo}`, '');
    }
    for (const problem of result.problems ?? [])
      out.push(`${style('red', 'internal error')} ${path}: ${problem.split('\n')[0]}`, '');
  }
  if (quiet) return out.join('\n');
  const found = totals.error + totals.warning + totals.information;
  const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  out.push(
    found === 0
      ? `No findings in ${plural(count, 'file')}.`
      : `${plural(totals.error, 'error')}, ${plural(totals.warning, 'warning')}, ${totals.information} for information, in ${plural(count, 'file')}.${fixable > 0 ? ` ${fixable} with a safe fix: --fix.` : ''}`,
  );
  return `${out.join('\n')}\n`;
};
