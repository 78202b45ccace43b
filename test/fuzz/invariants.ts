/** What holds for every text, however broken it is. Each check gives the faults in words, and none throws. */
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { describeTogether } from '../../server/src/service/describe-policy.ts';
import type { Finding, LintResult } from '../../server/src/service/lint.ts';
import type { Fix } from '../../server/src/rules/rule.ts';
import type { SourceRange } from '../../server/src/syntax/range.ts';
import { asMarkdown, asSection, asText } from '../../server/src/lsp/policy-words.ts';
import { createTranslator } from '../../server/src/lsp/translation.ts';
import type { RunReport } from '../../server/src/cli/report.ts';
import { reportCheckstyle } from '../../server/src/cli/report-checkstyle.ts';
import { reportGithub } from '../../server/src/cli/report-github.ts';
import { reportGitlab } from '../../server/src/cli/report-gitlab.ts';
import { reportJson } from '../../server/src/cli/report-json.ts';
import { reportJunit } from '../../server/src/cli/report-junit.ts';
import { reportSarif } from '../../server/src/cli/report-sarif.ts';
import { reportText } from '../../server/src/cli/report-text.ts';

const english = createTranslator(undefined);
const longestMessage = 3100;
const longestTitle = 1000;
const longestWitness = 300;
const longestDescription = 20_000;
/** But for ends of lines, which the report itself writes. */
const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|\r/;
const rawInLine = new RegExp(`${raw.source}|\\n`);
const reporterOptions = { quiet: false, color: false, failOn: 'never' } as const;

/** Of one lint: nothing failed, every place lies inside, every word is short and of letters that are seen. */
export function faultsOf(path: string, text: string, result: LintResult): string[] {
  return [
    ...failuresIn(result),
    ...[...result.findings, ...result.suppressed].flatMap((finding) => findingFaults(text, finding)),
    ...policyFaults(text, result),
    ...reportFaults(path, text, result),
  ];
}

/** A text may be unreadable, which is said in a sentence, and once more in the log; the linter itself never fails. */
function failuresIn({ failed, problems }: LintResult): string[] {
  const isSentence = failed !== undefined && !/Error\b/.test(failed);
  const own = isSentence ? (problems ?? []).slice(1) : (problems ?? []);
  return [
    ...own.map((problem) => `a problem: ${problem.slice(0, 600)}`),
    ...(failed === undefined || isSentence ? [] : [`it failed: ${failed}`]),
  ];
}

function findingFaults(text: string, finding: Finding): string[] {
  const { rule, message, parts, range, related, witness, fixes } = finding;
  const faults = [
    ...rangeFaults(text, range),
    ...related.flatMap((one) => [
      ...rangeFaults(text, one.range),
      ...wordFaults('related', one.message, longestMessage),
    ]),
    ...wordFaults('message', message, longestMessage),
    ...parts.flatMap((part) => wordFaults('part', part, longestMessage)),
    ...wordFaults('witness', witness ?? '', longestWitness),
    ...fixes.flatMap((fix) => fixFaults(text, fix)),
  ];
  return faults.map((fault) => `${rule}: ${fault}`);
}

function rangeFaults(text: string, { start, end, path }: SourceRange): string[] {
  const isInside = start >= 0 && start <= end && (path !== undefined || end <= text.length);
  return isInside && Number.isInteger(start) && Number.isInteger(end) ? [] : [`the range ${start} to ${end}`];
}

function wordFaults(what: string, words: string, most: number): string[] {
  return [
    ...(words.length > most ? [`a ${what} of ${words.length} letters`] : []),
    ...(rawInLine.test(words) ? [`a ${what} with letters that command: ${JSON.stringify(words)}`] : []),
  ];
}

function fixFaults(text: string, { title, edits }: Fix): string[] {
  const own = edits.filter(({ range }) => range.path === undefined);
  const faults = [
    ...wordFaults('title', title, longestTitle),
    ...edits.flatMap(({ range }) => rangeFaults(text, range)),
    ...edits
      .filter(({ newText, placeholder }) => placeholder !== undefined && !newText.includes(placeholder))
      .map(({ newText }) => `its placeholder is not in ${newText}`),
  ];
  try {
    if (own.length === edits.length && applyEdits(text, own) === text) faults.push('it changes nothing');
  } catch (error) {
    faults.push(String(error));
  }
  return faults.map((fault) => `fix "${title}": ${fault}`);
}

/** What hover, the view of policies and the command `policy` say. */
function policyFaults(text: string, { policies }: LintResult): string[] {
  const places = policies.flatMap(({ range, settings, headers }) => [
    range,
    ...Object.values(settings).flatMap((setting) => [setting?.range, setting?.keyRange]),
    ...settings.origins.value.map((origin) => origin.range),
    ...headers.map((header) => header.range),
  ]);
  const words = describeTogether(policies.slice(0, 20), text).flatMap((described) => [
    asMarkdown(described, english),
    asText(described, english),
    asSection(described, 1, english),
  ]);
  return [
    ...places
      .flatMap((range) => (range === undefined ? [] : rangeFaults(text, range)))
      .map((fault) => `policy: ${fault}`),
    ...words.filter((one) => one.length > longestDescription).map((one) => `a description of ${one.length} letters`),
    ...words
      .filter((one) => raw.test(one))
      .map((one) => `a description with letters that command: ${JSON.stringify(one)}`),
  ];
}

/** What terminals and builds read. */
function reportFaults(path: string, text: string, result: LintResult): string[] {
  const report = reportOf(path, text, result);
  if (result.findings.length === 0 && report.failed.length === 0) return [];
  const shown = [reportText(report, reporterOptions), reportGithub(report, reporterOptions)];
  const lines = shown.join('\n').split('\n');
  const annotations = shown[1]!.trimEnd().split('\n');
  return [
    ...lines.filter((line) => raw.test(line)).map((line) => `it is printed raw: ${JSON.stringify(line)}`),
    ...shown[0]!
      .split('\n')
      .filter((line) => /^\s*::|##\[|##vso\[/.test(line))
      .map((line) => `a command is printed: ${line}`),
    ...annotations
      .filter((line) => !/^::(error|warning|notice) [^:]*::/.test(line))
      .map((line) => `no annotation: ${line}`),
  ];
}

/** What other programs read is JSON or XML. */
export function documentFaults(path: string, text: string, result: LintResult): string[] {
  const report = reportOf(path, text, result);
  const json = [reportJson, reportSarif, reportGitlab].map((reporter) => reporter(report, reporterOptions));
  const xml = [reportJunit, reportCheckstyle].map((reporter) => reporter(report, reporterOptions));
  for (const written of json) JSON.parse(written);
  return [...json, ...xml].flatMap((written) =>
    raw.test(written.replaceAll(/[\t\n]/g, '')) ? ['a report with letters that command'] : [],
  );
}

function reportOf(path: string, text: string, result: LintResult): RunReport {
  return {
    files: [{ path, text, result }],
    checked: new Set([path]),
    failed: result.failed === undefined ? [] : [{ path, reason: result.failed }],
    unwritten: 0,
    unreadable: 0,
    unread: new Map<string, number>(),
    excluded: new Map<string, number>(),
  };
}

/** Findings as one can compare them. */
export function told({ findings, suppressed, failed, skipped }: LintResult): string {
  return JSON.stringify({ findings, suppressed, failed, skipped });
}

/**
 * A safe fix that was applied: the text reads, and what is said of it keeps to its bounds. That the finding is gone is asked of
 * programs that their own grammar takes (`subject.ts`): behind a quote that nobody closed, no line helps.
 */
export function fixedFaults(path: string, text: string, fix: string, after: LintResult): string[] {
  return faultsOf(path, text, after).map((fault) => `after the safe fix ${fix}: ${fault}`);
}
