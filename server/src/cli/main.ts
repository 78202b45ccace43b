/** The command line: arguments in, exit code out. */
import { chmodSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../rules/index.ts';
import type { LintHost, LintResult } from '../service/lint.ts';
import { createLinter } from '../service/linter.ts';
import { help, readArguments, UsageError } from './arguments.ts';
import type { Command, LintOptions } from './arguments.ts';
import { createConfiguration } from './configuration.ts';
import { explain } from './explain.ts';
import { filesOf } from './files.ts';
import { fixText } from './fix.ts';
import { describePolicies } from './policies.ts';
import { fails, findingsIn } from './report.ts';
import type { FileReport, Reporter, RunReport } from './report.ts';
import { reportGithub } from './report-github.ts';
import { reportJson } from './report-json.ts';
import { reportSarif } from './report-sarif.ts';
import { reportText } from './report-text.ts';
import { describeTried, tryPolicies } from './try-requests.ts';
import { version } from './version.ts';

export interface Terminal { readonly out: (text: string) => void; readonly error: (text: string) => void; readonly color: boolean; readonly progress: boolean; readonly stdin: () => string }
const reporters: Readonly<Record<LintOptions['format'], Reporter>> = { text: reportText, json: reportJson, sarif: reportSarif, github: reportGithub };
/** Larger files are no configuration; reading them only to refuse them would cost memory. */
const largestFile = 16 * 1_048_576;

/** 0 clean, 1 findings at or above `--fail-on`, 2 wrong usage or settings, 3 a crash. */
export async function main(argv: readonly string[], host: LintHost, terminal: Terminal): Promise<number> {
  try {
    return await run(readArguments(argv), host, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`cors-lint: ${error.message}\n`);
      return 2;
    }
    terminal.error(`cors-lint crashed. Please report this:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 3;
  }
}

async function run(command: Command, host: LintHost, terminal: Terminal): Promise<number> {
  switch (command.kind) {
    case 'help': terminal.out(help); return 0;
    case 'version': terminal.out(`${version}\n`); return 0;
    case 'explain': {
      const rule = rules.find(({ id }) => id === command.rule);
      if (!rule) throw new UsageError(`There is no rule "${command.rule}". The rules are: ${rules.map(({ id }) => id).join(', ')}.`);
      terminal.out(explain(rule));
      return 0;
    }
    case 'policy': {
      const { files } = await lintFiles(command.paths, command.options, host, terminal);
      terminal.out(describePolicies(files, command.options.format === 'json'));
      return 0;
    }
    case 'try': {
      const policies = tryPolicies((await lintFiles(command.paths, command.options, host, terminal)).files, command.request);
      terminal.out(command.options.format === 'json' ? `${JSON.stringify({ version: 1, policies }, null, 2)}\n` : describeTried(policies));
      return 0;
    }
    case 'lint': return lint(command.paths, command.options, host, terminal);
  }
}

async function lint(paths: readonly string[], options: LintOptions, host: LintHost, terminal: Terminal): Promise<number> {
  const report = await lintFiles(paths, options, host, terminal);
  terminal.out(reporters[options.format](report, { quiet: options.quiet, color: terminal.color && options.format === 'text', failOn: options.failOn }));
  if (report.files.some(({ result }) => result.problems?.length)) return 3;
  return findingsIn(report).some(({ finding }) => fails(finding.severity, options.failOn)) ? 1 : 0;
}

async function lintFiles(paths: readonly string[], options: LintOptions, host: LintHost, terminal: Terminal): Promise<RunReport> {
  const linter = createLinter(host);
  const configurationOf = createConfiguration(options.config);
  const files: FileReport[] = [];
  const check = async (file: string, text: string, write: boolean): Promise<void> => {
    const { settings, excluded } = configurationOf(file);
    if (excluded) return;
    const shown = path.relative(process.cwd(), file).replaceAll('\\', '/') || path.basename(file);
    const name = file.replaceAll('\\', '/');
    let current = text;
    let result: LintResult = await linter.lint({ path: name, text }, settings);
    if (options.fix || options.dryRun) {
      current = await fixText(text, result, (next) => linter.lint({ path: name, text: next }, settings));
      if (current !== text) {
        result = await linter.lint({ path: name, text: current }, settings);
        if (!write) terminal.error(`${shown}: would be fixed\n`);
        else if (survivesWriting(file, text)) replaceFile(file, current);
        else terminal.error(`${shown}: not fixed, because it is not UTF-8 text\n`);
      }
    }
    if (result.findings.length > 0 || result.suppressed.length > 0 || result.policies.length > 0 || result.problems) files.push({ path: shown, text: current, result: { ...result, memory: undefined } });
  };
  if (options.stdin) {
    await check(path.resolve(options.stdinFilename ?? 'stdin.js'), terminal.stdin(), false);
    return { files, count: 1 };
  }
  const all = await filesOf(paths);
  let done = 0;
  for (const file of all) {
    done += 1;
    if (terminal.progress && done % 500 === 0) terminal.error(`\r${done} of ${all.length} files`);
    const text = textOf(file);
    if (text !== undefined) await check(file, text, options.fix);
  }
  if (terminal.progress && done >= 500) terminal.error('\r\u001b[K');
  return { files, count: all.length };
}

function textOf(file: string): string | undefined {
  try {
    return statSync(file).size <= largestFile ? readFileSync(file, 'utf8') : undefined;
  } catch {
    // The file went away, or may not be read: nothing to say about its text.
    return undefined;
  }
}

/** A file in another encoding would lose letters when it is written back. */
function survivesWriting(file: string, text: string): boolean {
  return Buffer.from(text, 'utf8').equals(readFileSync(file));
}

/** Writes beside the file and renames, so that a crash leaves the old text or the new one. */
function replaceFile(file: string, text: string): void {
  const target = realpathSync(file);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.cors-lint-${process.pid}`);
  writeFileSync(temporary, text);
  chmodSync(temporary, statSync(target).mode);
  renameSync(temporary, target);
}
