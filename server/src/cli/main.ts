/** The command line: arguments in, exit code out. */
import { rules } from '../rules/index.ts';
import { nearestName } from '../service/nearest-name.ts';
import { help, readArguments, UsageError } from './arguments.ts';
import type { Command, LintOptions } from './arguments.ts';
import { checkFiles } from './check.ts';
import type { CommandHost } from './check.ts';
import { explain } from './explain.ts';
import { describePolicies } from './policies.ts';
import { printed } from './printed.ts';
import { fails, findingsIn } from './report.ts';
import type { Reporter } from './report.ts';
import { reportGithub } from './report-github.ts';
import { reportJson } from './report-json.ts';
import { reportSarif } from './report-sarif.ts';
import { reportText } from './report-text.ts';
import type { Terminal } from './terminal.ts';
import { describeTried, tryPolicies } from './try-requests.ts';
import { version } from './version.ts';

const reporters: Readonly<Record<LintOptions['format'], Reporter>> = {
  text: reportText,
  json: reportJson,
  sarif: reportSarif,
  github: reportGithub,
};

/** 0 clean, 1 findings at or above `--fail-on`, 2 wrong usage or settings or a fix not written, 3 a file not checked or a crash. */
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
      const rule = rules.find(({ id }) => id === command.rule);
      if (!rule) throw new UsageError(`There is no rule "${command.rule}". ${otherRules(command.rule)}`);
      terminal.out(explain(rule));
      return 0;
    }
    case 'policy': {
      const report = await checkFiles(command.paths, command.options, host, terminal);
      terminal.out(describePolicies(report.files, command.options.format === 'json'));
      return report.failed.length > 0 ? 3 : 0;
    }
    case 'try': {
      const report = await checkFiles(command.paths, command.options, host, terminal);
      const policies = tryPolicies(report.files, command.request);
      const asJson = command.options.format === 'json';
      terminal.out(asJson ? `${JSON.stringify({ version: 1, policies }, null, 2)}\n` : describeTried(policies));
      return report.failed.length > 0 ? 3 : 0;
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
  terminal.out(
    reporters[options.format](report, {
      quiet: options.quiet,
      color: terminal.color && options.format === 'text',
      failOn: options.failOn,
    }),
  );
  if (report.failed.length > 0) return 3;
  if (report.unwritten > 0) return 2;
  return findingsIn(report).some(({ finding }) => fails(finding.severity, options.failOn)) ? 1 : 0;
}

function otherRules(typed: string): string {
  const ids = rules.map(({ id }) => id);
  const nearest = nearestName(typed, ids);
  return nearest === undefined ? `The rules are: ${ids.join(', ')}.` : `Did you mean "${nearest}"?`;
}
