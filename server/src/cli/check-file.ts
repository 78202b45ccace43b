/** Checks one file, and applies or shows its fixes. */
import path from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { reasonOf as reasonOfFailure } from '../service/failures.ts';
import { sourceKind } from '../service/language.ts';
import type { LintResult, Linter } from '../service/lint.ts';
import { positionsOf } from '../service/positions.ts';
import { mentionsCors } from '../service/prefilter.ts';
import { speaksOfCors, unreadEnding } from '../service/unread-languages.ts';
import { visible } from '../service/visible-text.ts';
import type { LintOptions } from './arguments.ts';
import type { Baselines } from './baselines.ts';
import { shownPath } from './configuration.ts';
import type { Configuration, FileSettings } from './configuration.ts';
import type { FoundFile } from './files.ts';
import { chosenFixes, fixText } from './fix.ts';
import { printed } from './printed.ts';
import { decodeText, isUtf16 } from './read-text.ts';
import type { DecodedText } from './read-text.ts';
import { largestFile } from './regular-file.ts';
import type { FailedFile, FileReport, RunReport } from './report.ts';
import type { Roots } from './roots.ts';
import { styledPatch, styleFor } from './style.ts';
import type { Terminal } from './terminal.ts';
import { reasonOf } from './walk.ts';
import { replaceFile } from './write-file.ts';

/** What all files of a run share. Its report grows with them. */
export interface Run extends RunReport {
  readonly linter: Linter;
  readonly forget: (file: string) => void;
  readonly configuration: Configuration;
  readonly roots: Roots;
  readonly baselines: Baselines;
  readonly options: LintOptions;
  /** Files that the run is about, where it is not about all. Absolute. */
  readonly changed: ReadonlySet<string> | undefined;
  readonly terminal: Terminal;
  readonly files: FileReport[];
  readonly failed: FailedFile[];
  readonly excluded: Map<string, number>;
  readonly unread: Map<string, number>;
  readonly checked: Set<string>;
  unwritten: number;
  unreadable: number;
  /** Before a text of so many letters is checked. */
  readonly expects: (letters: number) => void;
  /** Text of another file, as the one at `from` may read it. */
  readonly textOf: (file: string, from: string) => string | undefined;
}

const unknownKind = 'This kind of file holds no CORS settings that are known.';

/** Adds what comes of the file to the run, also when that is only why it could not be checked. Never throws. */
export async function checkFile(
  file: FoundFile,
  settings: FileSettings,
  read: (file: FoundFile) => Buffer | undefined,
  run: Run,
): Promise<void> {
  try {
    const ending = file.named ? undefined : unreadEnding(file.path);
    if (settings.excluded) exclude(file, settings, run);
    else if (ending !== undefined) countUnread(file, ending, read, run);
    else await readAndCheck(file, settings, read, run);
  } catch (error) {
    sayFailed(file.path, reasonOfFailure(error), run);
  }
}

function exclude(file: FoundFile, { from }: FileSettings, run: Run): void {
  if (from !== undefined) run.excluded.set(from, (run.excluded.get(from) ?? 0) + 1);
  if (file.named) sayUnchecked(file.path, 'The settings exclude it.', run);
}

/** What cannot even be opened holds nothing that anybody was told of. */
function countUnread(file: FoundFile, ending: string, read: (file: FoundFile) => Buffer | undefined, run: Run): void {
  let bytes: Buffer | undefined;
  try {
    bytes = read(file);
  } catch {
    return;
  }
  if (bytes && speaksOfCors(bytes.toString('latin1'))) run.unread.set(ending, (run.unread.get(ending) ?? 0) + 1);
}

async function readAndCheck(
  file: FoundFile,
  settings: FileSettings,
  read: (file: FoundFile) => Buffer | undefined,
  run: Run,
): Promise<void> {
  let bytes: Buffer | undefined;
  try {
    bytes = read(file);
  } catch (error) {
    if (file.named) sayUnreadable(file.path, reasonOf(error, file.path), run);
    else sayUnchecked(file.path, reasonOf(error, file.path), run);
    return;
  }
  if (!bytes) {
    sayUnchecked(file.path, `The file is larger than ${largestFile / 1_048_576} MB.`, run);
    return;
  }
  // The words that are looked for are ASCII: most files need not be decoded to know that they hold none.
  const scanned = isUtf16(bytes) ? decodeText(bytes).text : bytes.toString('latin1');
  const kind = sourceKind(file.path.replaceAll('\\', '/'), undefined, scanned);
  if (!kind) {
    if (file.named) sayUnchecked(file.path, unknownKind, run);
    return;
  }
  if (mentionsCors(kind, scanned)) await checkText(file, settings, decodeText(bytes), run);
  else run.checked.add(file.path);
}

async function checkText(file: FoundFile, settings: FileSettings, decoded: DecodedText, run: Run): Promise<void> {
  const { relativePath } = settings;
  const name = file.path.replaceAll('\\', '/');
  const lint = async (text: string): Promise<LintResult> => {
    // A text on standard input may be any file that an editor has open.
    const named = file.named && !run.options.stdin;
    const result = await run.linter.lint({ path: name, relativePath, named, text }, settings.settings);
    run.linter.release(result.memory);
    return { ...result, memory: undefined };
  };
  run.expects(decoded.text.length);
  const result = await lint(decoded.text);
  if (result.skipped !== undefined) {
    sayUnchecked(file.path, result.skipped, run);
    return;
  }
  if (result.failed !== undefined) {
    sayFailed(file.path, result.failed, run);
    return;
  }
  if (run.options.debug) sayHowRead(file.path, name, decoded.text, result, run);
  const problems = result.problems ?? [];
  for (const problem of problems) sayFailed(file.path, problem.split('\n', 1)[0]!, run);
  if (problems.length === 0) run.checked.add(file.path);
  const report = onlyChanged(
    file.path,
    run,
    run.baselines.part(file.path, settings, await fixed(file, decoded, result, lint, run)),
  );
  const others = othersOf(report.result, name, run);
  const { findings, suppressed, policies } = report.result;
  const said = [findings, suppressed, policies, report.known ?? []];
  if (said.some(({ length }) => length > 0)) run.files.push({ ...report, ...(others.size > 0 && { others }) });
}

/** A finding is about what has changed where it stands in it, or where its cause does. */
function onlyChanged(file: string, { changed }: Run, report: FileReport): FileReport {
  if (!changed || changed.has(file)) return report;
  const findings = report.result.findings.filter(({ related }) =>
    related.some(({ range }) => range.path !== undefined && changed.has(path.resolve(range.path))),
  );
  return { ...report, result: { ...report.result, findings, suppressed: [] } };
}

/** Texts that related places stand in: reporters turn offsets into lines, and read no file. */
function othersOf({ findings }: LintResult, from: string, { textOf }: Run): ReadonlyMap<string, string> {
  const paths = new Set(findings.flatMap(({ related }) => related.map(({ range }) => range.path)));
  return new Map(
    [...paths].flatMap((file): [string, string][] => {
      const text = file === undefined || file === from ? undefined : textOf(file, from);
      return text === undefined ? [] : [[file!, text]];
    }),
  );
}

/** The report on the text that is on disk afterwards. */
async function fixed(
  { path: file, base }: FoundFile,
  decoded: DecodedText,
  result: LintResult,
  lint: (text: string) => Promise<LintResult>,
  run: Run,
): Promise<FileReport> {
  const { options } = run;
  const shown = shownPath(file);
  const before: FileReport = { path: shown, text: decoded.text, result };
  const isOurs = run.changed?.has(file) ?? true;
  if (!isOurs || (!options.fix && !options.dryRun)) return before;
  const safety = options.unsafeFixes ? 'unsafe' : 'safe';
  const { text, applied } = await fixText(decoded.text, result, safety, lint);
  if (text === decoded.text) return before;
  if (options.dryRun) {
    showPatch(shown, decoded.text, text, run);
    return { ...before, applied, repaired: chosenFixes(result, safety).map(({ finding }) => finding) };
  }
  // Bytes that are valid are those of the text, so that they tell whether the file is still the one that was read.
  const refusal = decoded.valid
    ? replaceFile({
        file,
        root: run.roots.of(file, base),
        before: decoded.encode(decoded.text),
        after: decoded.encode(text),
      })
    : 'It is not valid UTF-8 text, and writing it back would lose letters.';
  if (refusal === undefined) {
    run.forget(file);
    return { path: shown, text, result: await lint(text), applied };
  }
  run.terminal.error(`not fixed: ${printed(shown)}: ${refusal}\n`);
  run.unwritten += 1;
  return before;
}

/**
 * Where a program reads the report, the patch goes beside it. A person gets to see what it holds; a program gets the patch as it
 * applies.
 */
function showPatch(shown: string, before: string, after: string, { options, terminal }: Run): void {
  const patch = createTwoFilesPatch(quoted(`a/${shown}`), quoted(`b/${shown}`), before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  const toPerson = options.format === 'text' ? terminal.screen : terminal.progress;
  const style = styleFor(options.color ?? terminal.color);
  const lines = toPerson
    ? patch
        .split('\n')
        .map((line) => visible(line).replaceAll('\\t', '\t'))
        .join('\n')
    : patch;
  if (options.format === 'text') terminal.out(styledPatch(lines, style));
  else terminal.error(lines);
}

/** As git writes a name that would not stay on its line. https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath */
function quoted(name: string): string {
  if (!/[\u0000-\u001f\u007f"\\]/.test(name)) return name;
  return JSON.stringify(name).replaceAll(
    /\\u00([0-9a-f]{2})|\u007f/g,
    (_, digits?: string) =>
      `\\${Number.parseInt(digits ?? '7f', 16)
        .toString(8)
        .padStart(3, '0')}`,
  );
}

function sayUnchecked(file: string, reason: string, { terminal }: Run): void {
  terminal.error(`skipped: ${printed(shownPath(file))}: ${reason}\n`);
}

/** For people who ask why something is or is not found. */
function sayHowRead(file: string, name: string, text: string, result: LintResult, { terminal, textOf }: Run): void {
  const say = (place: string, words: string): void => terminal.error(`debug: ${printed(place)}: ${printed(words)}\n`);
  const { frameworks, policies, dependencies, limits = [] } = result;
  const led = dependencies.map(shownPath);
  say(shownPath(file), `policies: ${policies.length}; asked: ${frameworks.join(', ') || 'nobody'}`);
  if (led.length > 0) say(shownPath(file), `led to: ${led.join(', ')}`);
  for (const { range, message } of limits) {
    const other = range.path === undefined ? text : textOf(range.path, name);
    const { line, column } = positionsOf(other ?? '')(range.start);
    say(`${shownPath(range.path ?? file)}:${line}:${column}`, message);
  }
}

/** The others go on; the exit code says that the call could not be followed. */
export function sayUnreadable(file: string, reason: string, run: Run): void {
  run.unreadable += 1;
  run.terminal.error(`not read: ${printed(shownPath(file))}: ${reason}\n`);
}

/** The others go on; the exit code says it once more. */
function sayFailed(file: string, reason: string, { terminal, failed }: Run): void {
  const shown = shownPath(file);
  failed.push({ path: shown, reason });
  terminal.error(`could not be checked: ${printed(shown)}: ${printed(reason)}\n`);
}
