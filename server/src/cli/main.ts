/** The command line: arguments in, exit code out. */
import { rules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import { guessedName } from '../edits/nearest-name.ts';
import { help, readArguments, UsageError } from './arguments.ts';
import type { Command, LintOptions } from './arguments.ts';
import { checkFiles } from './check.ts';
import type { CommandHost } from './check.ts';
import { shownPath } from './configuration.ts';
import { explain, listRules } from './explain.ts';
import { describePolicies } from './policies.ts';
import type { PolicyOptions } from './policies.ts';
import { printed } from './printed.ts';
import { fails, findingsIn } from './report.ts';
import type { Reporter, RunReport } from './report.ts';
import { reportCheckstyle } from './report-checkstyle.ts';
import { reportGithub } from './report-github.ts';
import { reportGitlab } from './report-gitlab.ts';
import { reportJunit } from './report-junit.ts';
import { reportJson } from './report-json.ts';
import { reportSarif } from './report-sarif.ts';
import { plural, reportText } from './report-text.ts';
import { styleFor } from './style.ts';
import type { Terminal } from './terminal.ts';
import { describeTried, expectationWords, isAsExpected, tryPolicies } from './try-requests.ts';
import { version } from './version.ts';
import { visibleJson } from '../service/visible-text.ts';

const reporters: Readonly<Record<LintOptions['format'], Reporter>> = {
  text: reportText,
  json: reportJson,
  sarif: reportSarif,
  github: reportGithub,
  gitlab: reportGitlab,
  junit: reportJunit,
  checkstyle: reportCheckstyle,
};

/**
 * 0 clean, 1 findings at or above `--fail-on`, 2 wrong usage or settings, a named file not read, or one not written, 3 a file not checked
 * or a crash.
 */
export async function main(argv: readonly string[], host: CommandHost, terminal: Terminal): Promise<number> {
  try {
    return await run(readArguments(argv), host, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(
        error.message
          .split('\n')
          .map((line) => `cors-lint: ${printed(line)}\n`)
          .join(''),
      );
      return 2;
    }
    const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.error(`cors-lint crashed. Please report this:\n${story.split('\n').map(printed).join('\n')}\n`);
    return 3;
  }
}

async function run(command: Command, host: CommandHost, terminal: Terminal): Promise<number> {
  switch (command.kind) {
    case 'help':
      terminal.out(help);
      return 0;
    case 'version':
      terminal.out(`${version}\n`);
      return 0;
    case 'explain': {
      const style = styleFor(command.options.color ?? terminal.color);
      terminal.out(command.rule === undefined ? listRules(rules, style) : explain(ruleOf(command.rule), style));
      return 0;
    }
    case 'policy': {
      const { paths, options } = command;
      const report = await checkFiles(paths, options, host, terminal);
      terminal.out(describePolicies(report.files, formOf(options, terminal)));
      return endOf(report);
    }
    case 'try': {
      const { paths, options, request } = command;
      const report = await checkFiles(paths, options, host, terminal);
      const policies = tryPolicies(report.files, request);
      const { asJson, style } = formOf(options, terminal);
      terminal.out(asJson ? `${visibleJson({ version: 1, policies })}\n` : describeTried(policies, style));
      if (request.expected !== undefined && !asJson) terminal.out(`\n${expectationWords(policies)}\n`);
      return endOf(report) || (isAsExpected(policies, request.expected) ? 0 : 1);
    }
    case 'lint':
      return lint(command.paths, command.options, host, terminal);
  }
}

async function lint(
  paths: readonly string[],
  options: LintOptions,
  host: CommandHost,
  terminal: Terminal,
): Promise<number> {
  const report = await checkFiles(paths, options, host, terminal);
  if (isNothing(report)) terminal.error(`warning: ${nothingWords(report, options)}\n`);
  const { format, quiet, failOn } = options;
  const color = format === 'text' && (options.color ?? terminal.color);
  terminal.out(reporters[format](report, { quiet, color, failOn }));
  return endOf(report) || (findingsIn(report).some(({ finding }) => fails(finding.severity, failOn)) ? 1 : 0);
}

/** What stood in the way of the run, whatever it found. */
function endOf({ failed, unwritten, unreadable }: RunReport): number {
  if (failed.length > 0) return 3;
  return unwritten + unreadable > 0 ? 2 : 0;
}

/** Whoever sees no finding should know that nobody looked; where files failed that is said already. */
function isNothing({ checked, failed, unreadable }: RunReport): boolean {
  return checked.size === 0 && failed.length === 0 && unreadable === 0;
}

function nothingWords(report: RunReport, { changed }: LintOptions): string {
  if (changed === undefined) return `No file was checked.${excludedWords(report)}`;
  return `No file that can be checked has changed${changed === '' ? '' : ` since ${printed(changed)}`}.`;
}

/** Nobody should wonder why nothing is found in a project whose settings leave out everything. */
function excludedWords({ excluded }: RunReport): string {
  return [...excluded]
    .map(([file, count]) => ` ${printed(shownPath(file))} excludes ${plural(count, 'file')}.`)
    .join('');
}

function formOf(options: LintOptions, terminal: Terminal): PolicyOptions {
  return { asJson: options.format === 'json', style: styleFor(options.color ?? terminal.color) };
}

function ruleOf(id: string): Rule {
  const rule = rules.find((known) => known.id === id);
  if (!rule) throw new UsageError(`There is no rule "${id}". ${otherRules(id)}`);
  return rule;
}

function otherRules(typed: string): string {
  const ids = rules.map(({ id }) => id);
  const nearest = guessedName(typed, ids);
  return nearest === undefined ? `The rules are: ${ids.join(', ')}.` : `Did you mean "${nearest}"?`;
}
