/** The files that a linted file leads to: asked for by frameworks, read between two rounds, parsed once. */
import type { FrameworkContext } from '../models/framework.ts';
import type { DirectiveDocument } from '../syntax/directives/directives.ts';
import type { GrammarName } from '../syntax/programs/grammar-source.ts';
import type { Grammar, Grammars } from '../syntax/programs/grammar.ts';
import type { Program } from '../syntax/programs/program.ts';
import type { ReadableProgram } from '../syntax/programs/program-reader.ts';
import { readProgram } from '../syntax/programs/read-program.ts';
import type { TreeDocument } from '../syntax/trees/tree.ts';
import { createEvaluator } from '../values/evaluate.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { EvaluatorHost } from '../values/session.ts';
import { createLimits } from './evaluation-limits.ts';
import type { EvaluationLimit } from './evaluation-limits.ts';
import { grammarOf, sourceKind } from './language.ts';
import type { LintHost } from './lint.ts';
import { packageVersion } from './packages/package-version.ts';
import { readShape } from './read-shape.ts';
import { createWantedTexts } from './wanted-texts.ts';
import type { ReadText, WantedTexts } from './wanted-texts.ts';

/** Longest text that is read, in UTF-16 units. Longer files are data or bundles. */
export const longestText = 1_048_576;
export type Document = Program | TreeDocument | DirectiveDocument;
export interface RoundContext extends FrameworkContext {
  evaluatorOf(program: Program): Evaluator;
  /** Where bounds ended an evaluation so far. */
  readonly limits: () => readonly EvaluationLimit[];
}

export interface OtherFiles {
  /** What was read so far, by absolute path; undefined where there is no such file. */
  readonly texts: WantedTexts['texts'];
  /** Names of the files in each folder that was looked into. */
  readonly folders: WantedTexts['folders'];
  /** What frameworks may ask in one round: answered from what was read, else noted for the next. */
  round(): RoundContext;
  /** Reads what the last round asked for; false when nothing was missing or nothing more may be read. */
  readWanted(): Promise<boolean>;
  /** Reads files that will be asked for, most likely: those that the last text of the same document led to. */
  readAhead(files: Iterable<string>): Promise<void>;
  /** How many places the grammars of their languages do not take, by path, of the files that have any. */
  mistakes(): [path: string, count: number][];
  /** Frees the trees of these files. */
  dispose(): void;
}

/** The files around the one at `path`; `ecosystem`: whose versions its packages have. */
export function createOtherFiles(
  path: string,
  ecosystem: string | undefined,
  host: LintHost,
  grammars: Grammars,
): OtherFiles {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const absolute = (file: string): string =>
    normalised(/^(\/|[a-z][a-z0-9+.-]*:)/i.test(file) ? file : `${folder}/${file}`);
  const wanted = createWantedTexts(host, path);
  const text = (file: string): string | undefined => wanted.read(absolute(file));
  const documents = createDocuments(grammars, text);
  const document = (file: string): Document | undefined => documents.get(absolute(file));
  const program = (file: string): Program | undefined => {
    const found = document(file);
    return found?.shape === 'program' ? found : undefined;
  };
  const tree = (file: string): TreeDocument | undefined => {
    const found = document(file);
    return found?.shape === 'tree' ? found : undefined;
  };
  const listFolder = (one: string): readonly string[] | undefined => wanted.list(absolute(one));
  const evaluatorHost = { program, text, tree, listFolder };
  const versionOf: ReadVersion = (name, of) => packageVersion(name, of, folder, text, listFolder);

  return {
    texts: wanted.texts,
    folders: wanted.folders,
    round() {
      wanted.startRound();
      documents.startRound();
      return {
        path,
        readFile: text,
        document,
        listFolder,
        version: (host.readFile ?? host.readFileNow) ? createVersions(ecosystem, versionOf) : () => undefined,
        ...createEvaluators(evaluatorHost),
      };
    },
    async readWanted() {
      const missing = await documents.loadWanted();
      const found = await wanted.readWanted();
      await documents.loadFor(found);
      return missing || found.length > 0;
    },
    readAhead: async (files) => documents.loadFor(await wanted.readAhead(files)),
    mistakes: () => documents.all().flatMap(([file, one]) => mistakesOf(file, one)),
    dispose: () => documents.dispose(),
  };
}

type ReadVersion = (name: string, ecosystem: string) => string | undefined;

/** What stands in manifests is the same for all of a round, and each of many policies asks for it. */
function createVersions(usual: string | undefined, read: ReadVersion): FrameworkContext['version'] {
  const known = new Map<string, string | undefined>();
  return (name, of = usual) => {
    if (of === undefined) return undefined;
    const key = `${of} ${name}`;
    if (!known.has(key)) known.set(key, read(name, of));
    return known.get(key);
  };
}

/** How many places the grammar of the language does not take; none where nobody counts. */
export function mistakesOf(path: string, document: Document): [path: string, count: number][] {
  const count = document.shape === 'program' ? document.mistakes : 0;
  return count > 0 ? [[path, count]] : [];
}

/** Evaluators of one round: one for each program. */
function createEvaluators(host: EvaluatorHost): Pick<RoundContext, 'evaluatorOf' | 'limits'> {
  const evaluators = new Map<Program, Evaluator>();
  const limits = createLimits();
  return {
    evaluatorOf(program) {
      let evaluator = evaluators.get(program);
      if (!evaluator) evaluators.set(program, (evaluator = createEvaluator(program, { ...host, limited: limits.add })));
      return evaluator;
    },
    limits: limits.all,
  };
}

interface Documents {
  /** The shape of the file at the absolute path; undefined where there is none, or its grammar is not loaded yet. */
  get(path: string): Document | undefined;
  startRound(): void;
  /** Loads the grammars that the last round missed; whether there were any. */
  loadWanted(): Promise<boolean>;
  /** Loads the grammars of these files. */
  loadFor(files: readonly ReadText[]): Promise<void>;
  all(): readonly [path: string, document: Document][];
  dispose(): void;
}

/** Files as their shapes, each parsed once. */
function createDocuments(grammars: Grammars, textOf: (path: string) => string | undefined): Documents {
  const documents = new Map<string, Document | undefined>();
  const loaded = new Map<string, Grammar>();
  let wanted = new Set<GrammarName>();

  async function load(grammar: GrammarName): Promise<void> {
    if (!loaded.has(grammar)) loaded.set(grammar, await grammars.get(grammar));
  }

  return {
    get(path) {
      const text = textOf(path);
      if (documents.has(path) || text === undefined || text.length > longestText) return documents.get(path);
      const kind = sourceKind(path, undefined, text);
      const needed = kind && grammarOf(kind);
      const grammar = needed === undefined ? undefined : loaded.get(needed);
      if (needed !== undefined && grammar === undefined) {
        wanted.add(needed);
        return undefined;
      }
      const found =
        grammar && kind?.shape === 'program'
          ? readProgram({ path, text, grammar })
          : kind && readShape(kind, path, text, grammar);
      documents.set(path, found);
      return found;
    },
    startRound() {
      wanted = new Set();
    },
    async loadWanted() {
      const missing = [...wanted];
      for (const grammar of missing) await load(grammar);
      return missing.length > 0;
    },
    async loadFor(files) {
      for (const { path, text } of files) {
        const kind = text === undefined ? undefined : sourceKind(path, undefined, text);
        const needed = kind && grammarOf(kind);
        if (needed !== undefined) await load(needed);
      }
    },
    all: () => [...documents].filter((one): one is [string, Document] => one[1] !== undefined),
    dispose() {
      for (const found of documents.values()) if (found?.shape === 'program') (found as ReadableProgram).dispose();
      documents.clear();
    },
  };
}

/** The path without `.` and `..`. */
export function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 1) parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.join('/');
}
