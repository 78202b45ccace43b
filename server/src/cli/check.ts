/** Reads and checks the files of a call, and applies or shows their fixes. */
import { chmodSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { sourceKind } from '../service/language.ts';
import type { LintHost, LintResult, Linter } from '../service/lint.ts';
import { createLinter } from '../service/linter.ts';
import { mentionsCors } from '../service/prefilter.ts';
import type { LintOptions } from './arguments.ts';
import { createConfiguration, shownPath } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import { filesOf } from './files.ts';
import type { FoundFile } from './files.ts';
import { fixText } from './fix.ts';
import { decodeText, isUtf16, largestFile, readBytes } from './read-text.ts';
import type { DecodedText } from './read-text.ts';
import type { FileReport, RunReport } from './report.ts';
import type { Terminal } from './terminal.ts';
import { reasonOf } from './walk.ts';

interface Run {
  readonly linter: Linter;
  readonly forget: (file: string) => void;
  readonly configuration: Configuration;
  readonly options: LintOptions;
  readonly terminal: Terminal;
  readonly files: FileReport[];
  count: number;
}

/** How many files are looked at between two lines of progress. */
const progressStep = 500;
const unknownKind = 'This kind of file holds no CORS settings that are known.';

/** What is not looked at is said on standard error, and not counted. Throws a UsageError for a wrong path or settings file. */
export async function checkFiles(
  paths: readonly string[],
  options: LintOptions,
  host: LintHost,
  terminal: Terminal,
): Promise<RunReport> {
  const neighbours = remembered(host);
  const run: Run = {
    linter: createLinter(neighbours.host),
    forget: neighbours.forget,
    configuration: createConfiguration(options.config),
    options,
    terminal,
    files: [],
    count: 0,
  };
  if (options.stdin) {
    const file = path.resolve(options.stdinFilename ?? 'stdin.js');
    await checkAll([{ path: file, named: true, base: process.cwd() }], () => terminal.stdin(), run);
    return run;
  }
  const { files, skipped } = await filesOf(paths);
  for (const { path: file, reason } of skipped) sayUnchecked(file, reason, run);
  await checkAll(files, readBytes, run);
  return run;
}

/** Files of one folder ask for the same manifests: each is read once a run, until a fix writes to it. */
function remembered(host: LintHost): { readonly host: LintHost; readonly forget: (file: string) => void } {
  const { readFileNow } = host;
  if (readFileNow === undefined) return { host, forget: () => undefined };
  const texts = new Map<string, string | undefined>();
  const read = (file: string): string | undefined => {
    if (!texts.has(file)) texts.set(file, readFileNow(file));
    return texts.get(file);
  };
  return { host: { ...host, readFileNow: read }, forget: (file) => void texts.delete(file.replaceAll('\\', '/')) };
}

async function checkAll(
  files: readonly FoundFile[],
  read: (file: string) => Buffer | undefined,
  run: Run,
): Promise<void> {
  const { configuration, terminal } = run;
  // A mistake in any settings file ends the run before a file is written.
  const settings = files.map((file) => configuration.of(file));
  configuration.check();
  for (const [index, file] of files.entries()) {
    if (terminal.progress && (index + 1) % progressStep === 0)
      terminal.error(`\r${index + 1} of ${files.length} files`);
    if (!settings[index]!.excluded) await checkFile(file, settings[index]!, read, run);
    else if (file.named) sayUnchecked(file.path, 'The settings exclude it.', run);
  }
  if (terminal.progress && files.length >= progressStep) terminal.error('\r\u001b[K');
}

async function checkFile(
  file: FoundFile,
  { settings, relativePath }: ReturnType<Configuration['of']>,
  read: (file: string) => Buffer | undefined,
  run: Run,
): Promise<void> {
  let bytes: Buffer | undefined;
  try {
    bytes = read(file.path);
  } catch (error) {
    sayUnchecked(file.path, reasonOf(error), run);
    return;
  }
  if (!bytes) {
    sayUnchecked(file.path, `The file is larger than ${largestFile / 1_048_576} MB.`, run);
    return;
  }
  const name = file.path.replaceAll('\\', '/');
  // The words that are looked for are ASCII: most files need not be decoded to know that they hold none.
  const scanned = isUtf16(bytes) ? decodeText(bytes).text : bytes.toString('latin1');
  const kind = sourceKind(name, undefined, scanned);
  if (!kind) {
    if (file.named) sayUnchecked(file.path, unknownKind, run);
    return;
  }
  if (!mentionsCors(kind, scanned)) {
    run.count += 1;
    return;
  }
  const decoded = decodeText(bytes);
  const lint = async (text: string): Promise<LintResult> => {
    const result = await run.linter.lint({ path: name, relativePath, text }, settings);
    run.linter.release(result.memory);
    return { ...result, memory: undefined };
  };
  const result = await lint(decoded.text);
  if (result.skipped !== undefined) {
    sayUnchecked(file.path, result.skipped, run);
    return;
  }
  run.count += 1;
  const report = await fixed(file.path, decoded, result, lint, run);
  if (
    report.result.findings.length > 0 ||
    report.result.suppressed.length > 0 ||
    report.result.policies.length > 0 ||
    report.result.problems
  )
    run.files.push(report);
}

/** The report on the text that is on disk afterwards. */
async function fixed(
  file: string,
  decoded: DecodedText,
  result: LintResult,
  lint: (text: string) => Promise<LintResult>,
  run: Run,
): Promise<FileReport> {
  const { options, terminal } = run;
  const shown = shownPath(file);
  const before: FileReport = { path: shown, text: decoded.text, result };
  if (!options.fix && !options.dryRun) return before;
  const text = await fixText(decoded.text, result, lint);
  if (text === decoded.text) return before;
  if (options.dryRun) {
    const patch = createTwoFilesPatch(`a/${shown}`, `b/${shown}`, decoded.text, text, undefined, undefined, {
      context: 3,
      headerOptions: FILE_HEADERS_ONLY,
    });
    // Where a program reads the report, the patch goes beside it.
    (options.format === 'text' ? terminal.out : terminal.error)(patch);
    return before;
  }
  if (!decoded.valid) {
    terminal.error(`not fixed: ${shown}: It is not valid UTF-8 text, and writing it back would lose letters.\n`);
    return before;
  }
  replaceFile(file, decoded.encode(text));
  run.forget(file);
  return { path: shown, text, result: await lint(text) };
}

function sayUnchecked(file: string, reason: string, { terminal }: Pick<Run, 'terminal'>): void {
  terminal.error(`skipped: ${shownPath(file)}: ${reason}\n`);
}

/** Writes beside the file and renames, so that a crash leaves the old text or the new one. */
function replaceFile(file: string, bytes: Buffer): void {
  const target = realpathSync(file);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.cors-lint-${process.pid}`);
  writeFileSync(temporary, bytes);
  chmodSync(temporary, statSync(target).mode);
  renameSync(temporary, target);
}
