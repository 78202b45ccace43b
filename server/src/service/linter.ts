/** Ties the parts together: text → shape → policies → findings. Pure but for what the host gives. */
import { contextAt } from '../models/framework.ts';
import type { Framework } from '../models/framework.ts';
import { finished, isInSteps } from '../models/in-steps.ts';
import type { InSteps } from '../models/in-steps.ts';
import { inOrder, openedBefore } from '../verdict/in-order.ts';
import type { Policy, Reading } from '../policy/policy.ts';
import { createGrammars } from '../syntax/programs/grammar.ts';
import type { Grammars } from '../syntax/programs/grammar.ts';
import type { Comment } from '../syntax/programs/program.ts';
import type { ReadableProgram } from '../syntax/programs/program-reader.ts';
import { readProgram } from '../syntax/programs/read-program.ts';
import { UnreadableText } from '../syntax/unreadable-text.ts';
import { embeddedDocuments } from './embedded.ts';
import type { EmbeddedDocument } from './embedded.ts';
import type { EvaluationLimit } from './evaluation-limits.ts';
import { problemOf, reasonOf } from './failures.ts';
import { findingsOf } from './findings.ts';
import { grammarOf, sourceKind } from './language.ts';
import type { SourceKind } from './language.ts';
import { layerFacts, throughLayers } from './layers.ts';
import type { LintDocument, LintHost, LintResult, Linter, Pause } from './lint.ts';
import { deepestNesting, isTooDeep } from './nesting.ts';
import { createOtherFiles, longestText } from './other-files.ts';
import type { Document, OtherFiles, RoundContext } from './other-files.ts';
import { programLanguageOf } from './languages.ts';
import { frameworksFor, mentionsCors, mentionsIn } from './prefilter.ts';
import type { Mentions } from './prefilter.ts';
import { readShape } from './read-shape.ts';
import { movedResult } from './moved-result.ts';
import { isMachineWritten, isSetAside } from './set-aside.ts';
import type { Settings } from './settings.ts';
import { applySuppressions, mayHoldSuppressions } from './suppression.ts';

export { longestText };
/** An import of an import of an import …: each asks for its files in a round of its own. */
const mostRounds = 6;

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

/** Thrown by `pause`: nobody waits for this lint any more. */
class Stopped extends Error {}

function stoppable(pause: Pause | undefined): Pause {
  return async () => {
    try {
      await pause?.();
    } catch (cause) {
      throw new Stopped('The lint was stopped.', { cause });
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
      ...kept,
      kept: true,
      memory: { ...memory, document, mentions, result: kept, program: main as ReadableProgram } satisfies Memory,
    };
  try {
    refuseUnreadable(main);
    return await readAndJudge(kind, main, mentions, task);
  } catch (error) {
    if (main.shape === 'program') (main as ReadableProgram).dispose();
    throw error;
  }
}

async function readAndJudge(kind: SourceKind, main: Document, mentions: Mentions, task: Task): Promise<LintResult> {
  const { document, settings, host, grammars, memory, pause } = task;
  const others = createOtherFiles(document.path, programLanguageOf(kind)?.ecosystem, host, grammars);
  try {
    if (memory) await others.readAhead(memory.texts.keys());
    const { result, readings } = await readAll(mentions, main, others, pause);
    const problems = [...result.problems];
    const isAside = readings.some(saysSomething) && (await isSetAside(document, kind, settings, others));
    const raw = await findingsOf(readings, { document, settings, isAside, problems, pause });
    const said = {
      ...applySuppressions(raw, commentsIn(main, document.text), document.text, settings, main.text),
      policies: result.policies,
      frameworks: result.frameworks,
      dependencies: [...others.texts.keys()],
      ...(problems.length > 0 && { problems }),
      ...(result.limits.length > 0 && { limits: result.limits }),
    };
    return {
      ...said,
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
function keptResult(memory: Memory, main: Document, { path }: LintDocument): Memory['result'] | undefined {
  const change = main.shape === 'program' ? (main as ReadableProgram).unseenChange : undefined;
  return change && movedResult(memory.result, change, path);
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

interface ReadResult {
  readonly policies: readonly Policy[];
  readonly frameworks: readonly string[];
  readonly problems: readonly string[];
  readonly limits: readonly EvaluationLimit[];
}

const embedded = new WeakMap<Document, readonly EmbeddedDocument[]>();

/** The files inside a tree, read once. */
function embeddedIn(document: Document): readonly EmbeddedDocument[] {
  const known = embedded.get(document);
  if (known || document.shape !== 'tree') return known ?? [];
  const found = embeddedDocuments(document);
  embedded.set(document, found);
  return found;
}

/** Reads in rounds: what one round asks of other files is there in the next. */
async function readAll(
  mentions: Mentions,
  main: Document,
  others: OtherFiles,
  pause: Pause,
): Promise<{ readonly result: ReadResult; readonly readings: readonly Reading[] }> {
  const inner = embeddedIn(main).map(({ kind, document, readOnly }) => ({
    document,
    readOnly,
    mentions: mentionsIn(kind, document.text),
  }));
  const parts = [{ document: main, mentions, readOnly: undefined }, ...inner].flatMap(
    ({ document, readOnly, mentions: { frameworks } }) =>
      frameworks.map((framework) => ({ framework, document, readOnly })),
  );
  const ids = [...new Set(parts.map(({ framework }) => framework.id))];
  for (let round = 1; ; round++) {
    const problems: string[] = [];
    const context = others.round();
    const own: Reading[] = [];
    for (const { framework, document, readOnly } of parts) {
      await pause();
      const reading = await readInTurns(framework, document, context, problems, pause);
      own.push({ ...reading, ...(readOnly && { readOnly }) });
    }
    await pause();
    const found = own.flatMap(({ policies }) => policies);
    const ofProgram = (path: string) => policiesOf(path, context, problems);
    const readings = [
      ...own,
      { policies: [], facts: [...openedBefore(found), ...layerFacts(found, context, ofProgram)] },
    ];
    const policies = inOrder(throughLayers(found, context, ofProgram));
    if (round < mostRounds && (await others.readWanted())) continue;
    return { readings, result: { policies, frameworks: ids, problems, limits: context.limits() } };
  }
}

/** The policies of another file, as if it were the one that is linted. */
function policiesOf(path: string, context: RoundContext, problems: string[]): readonly Policy[] | undefined {
  const document = context.document(path);
  const kind = document && sourceKind(path, undefined, document.text.slice(0));
  if (document === undefined || kind === undefined || !mentionsCors(kind, document.text.slice(0))) return undefined;
  const there = contextAt(context, path);
  return frameworksFor(kind).flatMap((framework) => readWhole(framework, document, there, problems).policies);
}

const emptyReading: Reading = { policies: [], facts: [] };

function readWhole(framework: Framework, document: Document, context: RoundContext, problems: string[]): Reading {
  try {
    return finished(readWith(framework, document, context));
  } catch (error) {
    problems.push(problemOf(framework.id, error));
    return emptyReading;
  }
}

/** Others have their turn between two places of the file. */
async function readInTurns(
  framework: Framework,
  document: Document,
  context: RoundContext,
  problems: string[],
  pause: Pause,
): Promise<Reading> {
  try {
    const reading = readWith(framework, document, context);
    return isInSteps(reading) ? await inTurns(reading, pause) : reading;
  } catch (error) {
    if (error instanceof Stopped) throw error;
    problems.push(problemOf(framework.id, error));
    return emptyReading;
  }
}

async function inTurns<T>(work: InSteps<T>, pause: Pause): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await pause();
  }
}

function readWith(framework: Framework, document: Document, context: RoundContext): Reading | InSteps<Reading> {
  if (framework.shape === 'program' && document.shape === 'program')
    return framework.read(document, { ...context, evaluator: context.evaluatorOf(document) });
  if (framework.shape === 'tree' && document.shape === 'tree') return framework.read(document, context);
  if (framework.shape === 'directives' && document.shape === 'directives') return framework.read(document, context);
  return emptyReading;
}
