/** Ties the parts together: text → shape → policies → findings. Pure but for what the host gives. */
import type { Reading } from '../policy/policy.ts';
import { createGrammars } from '../syntax/programs/grammar.ts';
import type { Grammars } from '../syntax/programs/grammar.ts';
import type { Comment } from '../syntax/programs/program.ts';
import type { ReadableProgram } from '../syntax/programs/program-reader.ts';
import { readProgram } from '../syntax/programs/read-program.ts';
import { UnreadableText } from '../syntax/unreadable-text.ts';
import { embeddedIn } from './embedded-once.ts';
import { problemOf, reasonOf } from './failures.ts';
import { allowlistOf, findingsOf, judged } from './findings.ts';
import { isOtherwise, judgedApart, saidBefore } from './judged-apart.ts';
import type { JudgedApart } from './judged-apart.ts';
import { grammarOf, sourceKind } from './language.ts';
import type { SourceKind } from './language.ts';
import type { LintDocument, LintHost, LintResult, Linter, Pause } from './lint.ts';
import { deepestNesting, isTooDeep } from './nesting.ts';
import { createOtherFiles, longestText, mistakesOf } from './other-files.ts';
import type { Document, OtherFiles } from './other-files.ts';
import { programLanguageOf } from './languages.ts';
import { mentionsCors, mentionsIn } from './prefilter.ts';
import type { Mentions } from './prefilter.ts';
import { moved } from './moved-result.ts';
import { inNotebook, notebookIn } from './notebook-file.ts';
import { NotApart, readAll } from './read-policies.ts';
import { readShape } from './read-shape.ts';
import { isMachineWritten, isSetAside } from './set-aside.ts';
import type { Settings } from './settings.ts';
import { Stopped } from './stopped.ts';
import { applySuppressions, mayHoldSuppressions } from './suppression.ts';

export { longestText };
/** `program` belongs to the one lint that takes it. Its tree lives in WebAssembly memory, which nothing collects. */
interface Memory {
  readonly document: LintDocument;
  readonly settings: Settings;
  readonly texts: OtherFiles['texts'];
  readonly folders: OtherFiles['folders'];
  readonly result: Omit<LintResult, 'memory'>;
  readonly mentions: Mentions;
  /** What else is asked of the text as a whole. */
  readonly isMachineWritten: boolean;
  readonly mayHoldSuppressions: boolean;
  /** What was said of all but the place in which somebody types, where that can be told apart. */
  readonly apart: JudgedApart | undefined;
  program: ReadableProgram | undefined;
}

/** Makes a linter. Grammars are loaded when the first file needs them. */
export function createLinter(host: LintHost): Linter {
  const grammars = createGrammars((name) => host.loadGrammar(name));
  return {
    lint: (document, settings, memory, pause) =>
      guardedLint({
        document,
        settings,
        host,
        grammars,
        memory: memory as Memory | undefined,
        pause: stoppable(pause),
      }),
    release: (memory) => takeProgram(memory as Memory | undefined)?.dispose(),
  };
}

function takeProgram(memory: Memory | undefined): ReadableProgram | undefined {
  const program = memory?.program;
  if (memory) memory.program = undefined;
  return program;
}

interface Task {
  readonly document: LintDocument;
  readonly settings: Settings;
  readonly host: LintHost;
  readonly grammars: Grammars;
  readonly memory: Memory | undefined;
  readonly pause: Pause;
}

function stoppable(pause: Pause | undefined): Pause {
  if (pause === undefined) return () => undefined;
  const stop = (cause: unknown): never => {
    throw new Stopped('The lint was stopped.', { cause });
  };
  return () => {
    try {
      return pause()?.catch(stop);
    } catch (cause) {
      return stop(cause);
    }
  };
}

/** What one file does to the linter costs that file alone. */
async function guardedLint(task: Task): Promise<LintResult> {
  try {
    return await lint(task);
  } catch (error) {
    if (error instanceof Stopped) throw error.cause;
    return { ...nothing, failed: reasonOf(error), problems: [problemOf('The linter', error)] };
  }
}

const nothing: LintResult = {
  findings: [],
  suppressed: [],
  policies: [],
  frameworks: [],
  dependencies: [],
  memory: undefined,
};

async function lint(task: Task): Promise<LintResult> {
  const notebook = notebookIn(task.document);
  if (notebook === undefined) return lintText(task);
  const { languageId, text } = notebook;
  return inNotebook(notebook, await lintText({ ...task, document: { ...task.document, languageId, text } }));
}

async function lintText(task: Task): Promise<LintResult> {
  const { document, settings, host, memory } = task;
  const kind = sourceKind(document.path, document.languageId, document.text);
  const reason = reasonToSkip(kind, document.text);
  if (kind === undefined || reason !== undefined) {
    takeProgram(memory)?.dispose();
    return { ...nothing, skipped: reason! };
  }
  const same = memory && memory.settings === settings && sameDocument(memory.document, document);
  if (same && (await unchanged(memory, document.path, host))) return { ...memory.result, memory };
  return lintAnew(kind, task);
}

async function lintAnew(kind: SourceKind, task: Task): Promise<LintResult> {
  const { document, grammars, memory } = task;
  const mentions = mentionsIn(kind, document.text, memory?.mentions);
  const isKept = memory !== undefined && (await mayBeKept(memory, mentions, task));
  const main = await readMain(kind, document, grammars, memory, isKept);
  const kept = memory && keptResult(memory, main, document);
  if (kept)
    return {
      ...kept.result,
      kept: 'all',
      memory: { ...memory, document, mentions, ...kept, program: main as ReadableProgram } satisfies Memory,
    };
  const before = memory && keptApart(memory, main, document);
  try {
    refuseUnreadable(main);
    return await readAndJudge(kind, main, mentions, task, before);
  } catch (error) {
    if (main.shape === 'program') (main as ReadableProgram).dispose();
    if (!(error instanceof NotApart)) throw error;
  }
  return lintAnew(kind, task);
}

/** `before`: all stands but the place that is read apart; it throws `NotApart` where that cannot be. */
async function readAndJudge(
  kind: SourceKind,
  main: Document,
  mentions: Mentions,
  task: Task,
  before: JudgedApart | undefined,
): Promise<LintResult> {
  const { document, settings, host, grammars, memory, pause } = task;
  const others = createOtherFiles(document.path, programLanguageOf(kind)?.ecosystem, host, grammars);
  try {
    if (memory) await others.readAhead(memory.texts.keys());
    const read = await readAll(mentions, main, others, pause, before);
    const { result, readings } = read;
    const problems = [...result.problems];
    const mistakes = new Map([...mistakesOf(document.path, main), ...others.mistakes()]);
    const isAside = readings.some(saysSomething) && (await isSetAside(document, kind, settings, others));
    const allowlist = allowlistOf(readings, settings);
    if (before && isOtherwise(before, { isAside, allowlist })) throw new NotApart();
    const input = { document, settings, isAside, allowlist, problems, pause };
    const judgement = await judged(readings, input, before && saidBefore(before));
    const raw = findingsOf(judgement.said, document);
    const said = {
      ...applySuppressions(raw, commentsIn(main, document.text), document.text, settings, main.text),
      policies: result.policies,
      frameworks: result.frameworks,
      dependencies: [...others.texts.keys()],
      ...(problems.length > 0 && { problems }),
      ...(result.limits.length > 0 && { limits: result.limits }),
      ...(mistakes.size > 0 && { mistakes }),
    };
    return {
      ...said,
      ...(before && { kept: 'beside' as const }),
      memory: {
        document,
        settings,
        mentions,
        isMachineWritten: isMachineWritten(document.text),
        mayHoldSuppressions: mayHoldSuppressions(document.text),
        texts: others.texts,
        folders: others.folders,
        program: main.shape === 'program' ? (main as ReadableProgram) : undefined,
        result: said,
        apart: judgedApart(read, judgement, { isAside, allowlist }, before),
      } satisfies Memory,
    };
  } finally {
    others.dispose();
  }
}

/** Where nothing was found it does not matter whom the file serves. */
function saysSomething({ policies, facts }: Reading): boolean {
  return policies.length > 0 || facts.length > 0;
}

/** Comments that may suppress something. */
function commentsIn(main: Document, text: string): readonly Comment[] {
  const parts = mayHoldSuppressions(text) ? [main, ...embeddedIn(main).map((inner) => inner.document)] : [];
  return parts.flatMap((part) => part.comments);
}

/** What readers could not make sense of, and what nobody walks to its end. Throws an UnreadableText. */
function refuseUnreadable(document: Document): void {
  if (document.shape === 'program') return;
  if (document.shape === 'tree' && document.unread !== undefined) throw new UnreadableText(document.unread);
  if (isTooDeep(document)) throw new UnreadableText(`It is nested more than ${deepestNesting} deep.`);
}

/** In plain words, for the person who asks why nothing is reported. */
function reasonToSkip(kind: SourceKind | undefined, text: string): string | undefined {
  if (kind === undefined) return 'This kind of file holds no CORS settings that are known.';
  if (text.length > longestText) return `The file is larger than ${longestText / 1_048_576} MB.`;
  if (!mentionsCors(kind, text)) return 'Nothing in this file mentions CORS.';
  return text.includes('\0') ? 'The file is binary.' : undefined;
}

function sameDocument(before: LintDocument, now: LintDocument): boolean {
  return (
    before.text === now.text &&
    before.path === now.path &&
    before.languageId === now.languageId &&
    before.relativePath === now.relativePath &&
    before.named === now.named
  );
}

/** Whether all that decides on the result is as it was, but for the text. */
async function mayBeKept(memory: Memory, mentions: Mentions, { document, settings, host }: Task): Promise<boolean> {
  const { document: before, result } = memory;
  return (
    memory.settings === settings &&
    result.problems === undefined &&
    result.limits === undefined &&
    sameDocument({ ...before, text: document.text }, document) &&
    !memory.texts.has(document.path) &&
    sameWords(memory.mentions, mentions) &&
    memory.isMachineWritten === isMachineWritten(document.text) &&
    memory.mayHoldSuppressions === mayHoldSuppressions(document.text) &&
    (await unchanged(memory, document.path, host))
  );
}

function sameWords(before: Mentions, now: Mentions): boolean {
  return (
    before.frameworks === now.frameworks ||
    (before.frameworks.length === now.frameworks.length &&
      before.frameworks.every((framework, index) => framework === now.frameworks[index]))
  );
}

/** The result of before, where the change touches nothing that anybody looked at. */
function keptResult(
  { result, apart }: Memory,
  main: Document,
  { path }: LintDocument,
): Pick<Memory, 'result' | 'apart'> | undefined {
  const { seen, change } = main as Partial<ReadableProgram>;
  return seen === 'nowhere' && change ? moved({ result, apart }, change, path) : undefined;
}

/** What was said of all but the place that is read apart, where the change touches nothing that anybody looked at elsewhere. */
function keptApart({ apart }: Memory, main: Document, { path }: LintDocument): JudgedApart | undefined {
  const { seen, change } = main as Partial<ReadableProgram>;
  return seen === 'apart' && change && apart ? moved(apart, change, path) : undefined;
}

async function unchanged({ texts, folders }: Memory, from: string, host: LintHost): Promise<boolean> {
  for (const [file, text] of texts)
    if ((await host.readFile?.(file, from).catch(() => undefined)) !== text) return false;
  for (const [folder, names] of folders) {
    const now = await host.listFolder?.(folder, from).catch(() => undefined);
    if (now?.join('/') !== names?.join('/')) return false;
  }
  return true;
}

async function readMain(
  kind: SourceKind,
  { path, text, languageId }: LintDocument,
  grammars: Grammars,
  memory: Memory | undefined,
  isKept: boolean,
): Promise<Document> {
  const needed = grammarOf(kind);
  const grammar = needed === undefined ? undefined : await grammars.get(needed);
  if (kind.shape !== 'program' || !grammar) return readShape(kind, path, text, grammar)!;
  // From here on nothing waits, so that no other lint with the same memory can see a freed tree.
  const previous = takeProgram(memory);
  const reusable =
    previous && memory?.document.path === path && memory.document.languageId === languageId ? previous : undefined;
  const main = readProgram({ path, text, grammar }, reusable, isKept);
  previous?.dispose();
  return main;
}
