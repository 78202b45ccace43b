/** Reads and checks the files of a call, one after the other: what happens to one of them is nothing to the others. */
import path from 'node:path';
import type { LintHost } from '../service/lint.ts';
import { createLinter } from '../service/linter.ts';
import type { LintOptions } from './arguments.ts';
import { createBaselines } from './baselines.ts';
import { changedFiles } from './changed-files.ts';
import { checkFile, sayUnreadable } from './check-file.ts';
import type { Run } from './check-file.ts';
import { createConfiguration, shownPath } from './configuration.ts';
import { filesOf } from './files.ts';
import type { FoundFile } from './files.ts';
import { joinedOverRun } from './joined-files.ts';
import { printed } from './printed.ts';
import { largestFile, readBytes } from './regular-file.ts';
import type { RunReport } from './report.ts';
import { createRoots } from './roots.ts';
import type { Roots } from './roots.ts';
import type { Terminal } from './terminal.ts';

/** What a run needs of the place that it runs in. */
export interface CommandHost extends Pick<LintHost, 'loadGrammar'> {
  /** The text of a file in the folder; undefined when there is none there, or links lead out of it. */
  readWithin(folder: string, file: string): string | undefined;
  /** Names of the files in a folder, in the same way. */
  listWithin(root: string, folder: string): readonly string[] | undefined;
  /** Told before a file of so many letters is checked: a large one may make much that is soon of no use. */
  expects?(letters: number): void;
}

/** How many files are looked at between two lines of progress. */
const progressStep = 500;

/** What is not looked at is said on standard error, and not counted. Throws a UsageError for a wrong path or settings file. */
export async function checkFiles(
  paths: readonly string[],
  options: LintOptions,
  host: CommandHost,
  terminal: Terminal,
): Promise<RunReport> {
  const roots = createRoots(options.root);
  const neighbours = remembered(host, roots);
  const run: Run = {
    linter: createLinter(neighbours.host),
    forget: neighbours.forget,
    configuration: createConfiguration(options.config, roots),
    roots,
    baselines: createBaselines(options, roots),
    options,
    changed: options.changed === undefined ? undefined : changedFiles(options.changed, process.cwd()),
    terminal,
    files: [],
    failed: [],
    checked: new Set(),
    unwritten: 0,
    unreadable: 0,
    textOf: neighbours.textOf,
    expects: (letters) => host.expects?.(letters),
    excluded: new Map(),
    unread: new Map(),
  };
  if (options.stdin) {
    const file = path.resolve(options.stdinFilename ?? 'stdin.js');
    await checkAll([{ path: file, named: true, base: process.cwd() }], () => terminal.stdin(), run);
    return withBaseline(run);
  }
  const { files, skipped } = await filesOf(paths, roots, true);
  for (const { path: file, reason, named } of skipped)
    if (named) sayUnreadable(file, reason, run);
    else
      run.terminal.error(`skipped: ${printed(shownPath(file))}: ${reason}
`);
  await checkAll(files, ({ path: file, named }) => readBytes(file, largestFile, !named), run);
  return withBaseline(run);
}

const howToUse = '"baseline" in cors-lint.json, or --baseline, names it.';

function withBaseline(run: Run): RunReport {
  const baseline = run.baselines.close(run.checked);
  for (const { path: file, rule, count } of run.options.quiet ? [] : (baseline?.gone ?? []))
    run.terminal.error(`found no more: ${printed(file)}: ${printed(rule)}${count > 1 ? ` (${count} times)` : ''}\n`);
  for (const file of baseline?.isWritten ? baseline.files : [])
    if (!baseline!.unwritten.has(file)) run.terminal.error(`written: ${printed(file)}. ${howToUse}\n`);
  for (const [file, refusal] of baseline?.unwritten ?? [])
    run.terminal.error(`not written: ${printed(file)}: ${refusal}\n`);
  const { changed } = run;
  const checked = changed ? new Set([...run.checked].filter((file) => changed.has(file))) : run.checked;
  const files = joinedOverRun(run.files);
  return { ...run, files, checked, unwritten: run.unwritten + (baseline?.unwritten.size ?? 0), baseline };
}

/** Files of one folder ask for the same manifests: each is read once a run, until a fix writes to it. */
function remembered(
  { loadGrammar, readWithin, listWithin }: CommandHost,
  roots: Roots,
): {
  readonly host: LintHost;
  readonly textOf: Run['textOf'];
  readonly forget: (file: string) => void;
} {
  const byRoot = new Map<string, Map<string, string | undefined>>();
  const readFileNow = (file: string, from: string): string | undefined => {
    const root = roots.of(from);
    const texts = byRoot.get(root) ?? new Map<string, string | undefined>();
    byRoot.set(root, texts);
    if (!texts.has(file)) texts.set(file, readWithin(root, file));
    return texts.get(file);
  };
  return {
    host: { loadGrammar, readFileNow, listFolderNow: (folder, from) => listWithin(roots.of(from), folder) },
    textOf: readFileNow,
    forget: (file) => byRoot.forEach((texts) => texts.delete(file.replaceAll('\\', '/'))),
  };
}

async function checkAll(
  files: readonly FoundFile[],
  read: (file: FoundFile) => Buffer | undefined,
  run: Run,
): Promise<void> {
  const { configuration, terminal } = run;
  // A mistake in any settings file ends the run before a file is written.
  const settings = files.map((file) => configuration.of(file));
  configuration.check();
  files.forEach((file, index) => run.baselines.open(file, settings[index]!));
  for (const { file, why } of configuration.ignored()) terminal.error(`ignored: ${printed(shownPath(file))}: ${why}\n`);
  for (const [index, file] of files.entries()) {
    if (terminal.progress && (index + 1) % progressStep === 0)
      terminal.error(`\r${index + 1} of ${files.length} files`);
    await checkFile(file, settings[index]!, read, run);
  }
  if (terminal.progress && files.length >= progressStep) terminal.error('\r\u001b[K');
}
