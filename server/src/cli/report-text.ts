/** Findings for people, with the code under them. */
import type { Finding } from '../service/lint.ts';
import { positionsOf } from '../service/positions.ts';
import { visible } from '../service/visible-text.ts';
import { applicable } from './fix.ts';
import { printed } from './printed.ts';
import { relatedPlaces } from './related-places.ts';
import type { RelatedPlace } from './related-places.ts';
import { fails, findingsIn } from './report.ts';
import type { FileReport, Reporter, RunReport } from './report.ts';
import { severityColors, styleFor } from './style.ts';
import type { Style } from './style.ts';

/** A line of code is shown as far as a terminal is wide at most, from a little before the place in it. */
const widestLine = 160;
const before = 40;

export const reportText: Reporter = (report, { quiet, color, failOn }) => {
  const style = styleFor(color);
  const shown = report.files.flatMap((file) => {
    const [position, lines] = [positionsOf(file.text), file.text.split(/\r?\n/)];
    return file.result.findings
      .filter((finding) => (!quiet || fails(finding.severity, failOn)) && !file.repaired?.includes(finding))
      .flatMap((finding) => findingLines(finding, { file, position, lines, style }));
  });
  if (quiet) return shown.join('\n');
  const summary = summaryOf(report);
  const lines = [...fixedLines(report, style), ...shown, ...(summary === '' ? [] : [summary])];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
};

/** What `--fix` did; a patch tells it by itself. */
function fixedLines(report: RunReport, style: Style): string[] {
  return report.files
    .filter(({ repaired }) => repaired === undefined)
    .flatMap(({ path, applied = [] }) =>
      applied.map(({ line, column, title, rule }) => {
        const place = style('cyan', `${printed(path)}:${line}:${column}`);
        return `${place}: ${style('green', 'fixed')}: ${printed(title)} ${style('gray', `[${rule}]`)}`;
      }),
    );
}

interface Place {
  readonly file: FileReport;
  readonly position: ReturnType<typeof positionsOf>;
  readonly lines: readonly string[];
  readonly style: Style;
}

function findingLines(finding: Finding, { file, position, lines, style }: Place): string[] {
  const start = position(finding.range.start);
  const [what, why, whatToDo] = finding.parts.map(printed);
  const place = style('cyan', `${printed(file.path)}:${start.line}:${start.column}`);
  const severity = style(severityColors[finding.severity], finding.severity);
  return [
    `${place}: ${severity}: ${style('bold', what!)} ${style('gray', `[${finding.rule}]`)}`,
    ...codeLines(finding, { file, position, lines, style }),
    ...relatedPlaces(finding, file).map((related) => `  ${placeWords(related, style)}: ${printed(related.message)}`),
    `  ${why} ${whatToDo}`,
    '',
  ];
}

function placeWords({ path, line, column }: RelatedPlace, style: Style): string {
  return style('cyan', line === undefined ? printed(path) : `${printed(path)}:${line}:${column}`);
}

/** The line, and signs under the place. What would not be seen takes more room than it does in the file. */
function codeLines({ range, severity }: Finding, { position, lines, style }: Place): string[] {
  const [start, end] = [position(range.start), position(range.end)];
  const line = lines[start.line - 1] ?? '';
  const from = start.column - 1 <= widestLine - before ? 0 : start.column - 1 - before;
  const to = from + widestLine;
  const shown = (text: string): string => visible(text.replaceAll('\t', ' '));
  const blanks = shown(line.slice(from, start.column - 1)).length;
  const marked = shown(line.slice(start.column - 1, Math.min(end.line === start.line ? end.column - 1 : to, to)));
  const number = String(start.line);
  return [
    `  ${style('gray', `${number} |`)} ${printed(shown(line.slice(from, to)))}`,
    `  ${style('gray', `${' '.repeat(number.length)} |`)} ${' '.repeat(blanks)}` +
      style(severityColors[severity], '^'.repeat(Math.max(1, marked.length))),
  ];
}

/** One line. What was not read is never part of "No findings". */
function summaryOf(report: RunReport): string {
  const findings = findingsIn(report).map(({ finding }) => finding);
  const failed = new Set(report.failed.map(({ path }) => path)).size;
  return [
    appliedWords(report),
    report.checked.size === 0 && findings.length === 0 ? '' : countsOf(findings, report),
    failed > 0 ? `${plural(failed, 'file')} could not be checked.` : '',
    baselineWords(report),
    fixWords(findings),
    unreadWords(report),
  ]
    .filter((words) => words !== '')
    .join(' ');
}

function countsOf(findings: readonly Finding[], { checked: { size: count }, baseline }: RunReport): string {
  if (findings.length === 0) return `No ${baseline ? 'new ' : ''}findings in ${plural(count, 'file')}.`;
  const of = (wanted: Finding['severity']): number => findings.filter(({ severity }) => severity === wanted).length;
  const problems = `${plural(of('error'), 'error')}, ${plural(of('warning'), 'warning')}`;
  return `${problems}, ${of('information')} for information, in ${plural(count, 'file')}.`;
}

/** What is left out is told, so that nobody takes a baseline for a clean project. */
function baselineWords({ baseline }: RunReport): string {
  if (!baseline) return '';
  const files = baseline.files.map(printed).join(', ');
  const gone = baseline.gone.reduce((sum, { count }) => sum + count, 0);
  const left = `${plural(baseline.known, 'known finding')} ${baseline.known === 1 ? 'is' : 'are'} left out by ${files}.`;
  return gone === 0 ? left : `${left} ${gone} more of it ${gone === 1 ? 'is' : 'are'} found no more: --prune-baseline.`;
}

/** What was written, or what the patch above would change. */
function appliedWords({ files }: RunReport): string {
  const changed = files.filter(({ applied = [] }) => applied.length > 0);
  const all = changed.reduce((sum, { applied }) => sum + applied!.length, 0);
  if (all === 0) return '';
  const verb = changed[0]!.repaired === undefined ? 'Fixed' : 'Would fix';
  return `${verb} ${plural(all, 'finding')} in ${plural(changed.length, 'file')}.`;
}

/** Silence about a language that is not read must not look like an answer. */
function unreadWords({ unread }: RunReport): string {
  if (unread.size === 0) return '';
  const kinds = [...unread].sort(([, a], [, b]) => b - a).map(([ending, count]) => `${count} ${ending}`);
  const last = kinds.pop()!;
  const all = [...unread.values()].reduce((sum, count) => sum + count, 0);
  const [noun, verb] = all === 1 ? ['file', 'is'] : ['files', 'are'];
  return `CORS is mentioned in ${kinds.length > 0 ? `${kinds.join(', ')} and ` : ''}${last} ${noun}, which ${verb} not read.`;
}

/** A fix that touches other files as well needs somebody who looks at all of them. */
function fixWords(findings: readonly Finding[]): string {
  const ways = findings.map(applicable);
  const count = (way: (typeof ways)[number]): number => ways.filter((one) => one === way).length;
  const [safe, elsewhere, unsafe] = [count('safe'), count('safe-elsewhere'), count('unsafe')];
  return [
    safe > 0 ? `${safe} with a safe fix: --fix.` : '',
    elsewhere > 0 ? `${elsewhere} with a safe fix in other files, which only an editor applies.` : '',
    unsafe > 0 ? `${unsafe} with a fix that changes who reads: --fix --unsafe-fixes.` : '',
  ]
    .filter((words) => words !== '')
    .join(' ');
}

export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
