/** The files that a linted file leads to: asked for by frameworks, read between two rounds, parsed once. */
import type { FrameworkContext } from '../models/framework.ts';
import type { DirectiveDocument } from '../syntax/directives/directives.ts';
import type { Grammar, GrammarName, Grammars } from '../syntax/programs/grammar.ts';
import type { Program } from '../syntax/programs/program.ts';
import type { ReadableProgram } from '../syntax/programs/program-reader.ts';
import { readProgram } from '../syntax/programs/read-program.ts';
import type { TreeDocument } from '../syntax/trees/tree.ts';
import { createEvaluator } from '../values/evaluate.ts';
import type { Evaluator } from '../values/evaluator.ts';
import { grammarOf, sourceKind } from './language.ts';
import type { LintHost } from './lint.ts';
import { packageVersion } from './package-version.ts';
import { readShape } from './read-shape.ts';

/** Longest text that is read, in UTF-16 units. Longer files are data or bundles. */
export const longestText = 1_048_576;
/** Files that exist, and names that may turn out to be none. */
const mostFiles = 50;
const mostNames = 500;

export type Document = Program | TreeDocument | DirectiveDocument;
export interface RoundContext extends FrameworkContext {
  evaluatorOf(program: Program): Evaluator;
}

export interface OtherFiles {
  /** What was read so far, by absolute path; undefined where there is no such file. */
  readonly texts: ReadonlyMap<string, string | undefined>;
  /** What frameworks may ask in one round: answered from what was read, else noted for the next. */
  round(): RoundContext;
  /** Reads what the last round asked for; false when nothing was missing or nothing more may be read. */
  readWanted(): Promise<boolean>;
  /** Reads files that will be asked for, most likely: those that the last text of the same document led to. */
  readAhead(files: Iterable<string>): Promise<void>;
  /** Frees the trees of these files. */
  dispose(): void;
}

/** The files around the one at `path`. */
export function createOtherFiles(
  path: string,
  ecosystem: string | undefined,
  host: LintHost,
  grammars: Grammars,
): OtherFiles {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const absolute = (file: string): string =>
    normalised(/^(\/|[a-z][a-z0-9+.-]*:)/i.test(file) ? file : `${folder}/${file}`);
  const texts = new Map<string, string | undefined>();
  /** Read, but not asked for yet. */
  const ahead = new Map<string, string | undefined>();
  const documents = new Map<string, Document | undefined>();
  const loaded = new Map<string, Grammar>();
  let wanted = new Set<string>();
  let wantedGrammars = new Set<GrammarName>();

  const readFile = (file: string): string | undefined => {
    const full = absolute(file);
    if (!texts.has(full)) {
      if (ahead.has(full)) texts.set(full, ahead.get(full));
      else if (host.readFileNow === undefined) wanted.add(full);
      else if (mayReadMore() > 0) texts.set(full, host.readFileNow(full));
    }
    return texts.get(full);
  };
  const document = (file: string): Document | undefined => {
    const full = absolute(file);
    const text = readFile(full);
    if (documents.has(full) || text === undefined || text.length > longestText) return documents.get(full);
    const kind = sourceKind(full, undefined, text);
    const needed = kind && grammarOf(kind);
    const grammar = needed === undefined ? undefined : loaded.get(needed);
    if (needed !== undefined && grammar === undefined) {
      wantedGrammars.add(needed);
      return undefined;
    }
    const found =
      grammar && kind?.shape === 'program'
        ? readProgram({ path: full, text, grammar })
        : kind && readShape(kind, full, text, grammar);
    documents.set(full, found);
    return found;
  };
  const program = (file: string): Program | undefined => {
    const found = document(file);
    return found?.shape === 'program' ? found : undefined;
  };

  function mayReadMore(): number {
    const files = [...texts.values()].filter((text) => text !== undefined).length;
    return files < mostFiles ? Math.max(mostNames - texts.size, 0) : 0;
  }

  async function read(files: Iterable<string>, into: Map<string, string | undefined>): Promise<boolean> {
    const unread = [...files].slice(0, mayReadMore());
    if (unread.length === 0 || host.readFile === undefined) return false;
    const found = await Promise.all(unread.map((file) => host.readFile!(file).catch(() => undefined)));
    for (const [index, file] of unread.entries()) {
      const text = found[index];
      into.set(file, text);
      const kind = text === undefined ? undefined : sourceKind(file, undefined, text);
      const needed = kind && grammarOf(kind);
      if (needed) await load(needed);
    }
    return true;
  }

  async function load(grammar: GrammarName): Promise<void> {
    if (!loaded.has(grammar)) loaded.set(grammar, await grammars.get(grammar));
  }

  async function readWanted(): Promise<boolean> {
    const missing = [...wantedGrammars];
    for (const grammar of missing) await load(grammar);
    return (await read(wanted, texts)) || missing.length > 0;
  }

  return {
    texts,
    round() {
      wanted = new Set();
      wantedGrammars = new Set();
      const evaluators = new Map<Program, Evaluator>();
      return {
        path,
        readFile,
        document,
        version: (name) =>
          ecosystem === undefined || (host.readFile ?? host.readFileNow) === undefined
            ? undefined
            : packageVersion(name, ecosystem, folder, readFile),
        evaluatorOf(of) {
          let evaluator = evaluators.get(of);
          if (!evaluator) evaluators.set(of, (evaluator = createEvaluator(of, { program })));
          return evaluator;
        },
      };
    },
    readWanted,
    readAhead: async (files) => void (await read(files, ahead)),
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
