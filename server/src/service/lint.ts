/** The pure facade: text in, findings out. No file system, process, network or clock. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { Policy } from '../policy/policy.ts';
import type { EvaluationLimit } from './evaluation-limits.ts';
import type { Confidence, Fix, Severity } from '../rules/rule.ts';
import type { Settings } from './settings.ts';

export interface LintDocument {
  /** Path or URI path with forward slashes. */
  readonly path: string;
  /**
   * Path below the folder of the settings file, else below the folder that was opened or named; `development` globs are
   * matched with it. Without it they see the whole path, so that any folder above the project counts too.
   */
  readonly relativePath?: string;
  /** Somebody asks for this very file: the place where it stands makes nothing less of what it says. */
  readonly named?: boolean;
  /** LSP language id; guessed from path and text when absent. */
  readonly languageId?: string;
  readonly text: string;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The three parts joined by a blank; `parts` keeps them apart. */
  readonly message: string;
  readonly parts: readonly [what: string, why: string, whatToDo: string];
  readonly range: SourceRange;
  readonly witness?: string;
  readonly related: readonly { readonly range: SourceRange; readonly message: string }[];
  readonly fixes: readonly Fix[];
  readonly framework?: string;
  /** Set when a comment suppresses it: the reason given, or an empty string. */
  readonly suppressed?: string;
}

export interface LintResult {
  readonly findings: readonly Finding[];
  /** Findings that a comment suppresses. */
  readonly suppressed: readonly Finding[];
  readonly policies: readonly Policy[];
  /** Frameworks whose mentions occur in the file. */
  readonly frameworks: readonly string[];
  /** Other files that were read, so that a change there lints this one again. */
  readonly dependencies: readonly string[];
  /** Why nothing was looked for, in plain words; absent when the file was read. */
  readonly skipped?: string;
  /** Why it could not be read, in words: there may be more in it than is reported. Nobody may take that for "nothing found". */
  readonly failed?: string;
  /** Errors inside the linter itself, for logs: a framework or rule that failed is left out, never lost. */
  readonly problems?: readonly string[];
  /**
   * How many places the grammars do not take, by path, of this file and of those that it leads to; absent where there are none, and
   * where nobody counts.
   */
  readonly mistakes?: ReadonlyMap<string, number>;
  /** Where an evaluation took too much and was ended: what stands there counts as unknown. */
  readonly limits?: readonly EvaluationLimit[];
  /**
   * `all`: it is the result of before, moved, because the text changed where nobody had looked. `beside`: so is all of it but what the
   * place says in which the text changed.
   */
  readonly kept?: 'all' | 'beside';
  /** Hand it to the next call for the same document, or to `release`: unchanged parts are not read again. */
  readonly memory: unknown;
}

export interface LintHost {
  /** Bytes of a tree-sitter grammar by its name (`typescript`), or of the runtime as `tree-sitter`. */
  loadGrammar(name: string): Promise<Uint8Array>;
  /** Text of another file by absolute path, asked for by the document at `from`; undefined when there is none, or none that it may read. */
  readFile?(path: string, from: string): Promise<string | undefined>;
  /** The same without waiting, where nothing else wants to be served meanwhile: what other files say is then known in the first reading. */
  readFileNow?(path: string, from: string): string | undefined;
  /** Names of the files in a folder by its absolute path, for languages whose packages are folders; undefined when there is none. */
  listFolder?(path: string, from: string): Promise<readonly string[] | undefined>;
  listFolderNow?(path: string, from: string): readonly string[] | undefined;
}

/**
 * Called between two steps of a lint, each of which is bounded work: whoever serves others lets them have their turn, and ends
 * a lint that nobody waits for any more by throwing. Undefined where there is nothing to wait for, which costs less than a promise.
 */
export type Pause = () => Promise<void> | undefined;

export interface Linter {
  /**
   * Throws only what `pause` throws: what fails is said in the result. Takes over the memory of an earlier result: handed in
   * again, it is of no use any more, but does no harm.
   */
  lint(document: LintDocument, settings: Settings, memory?: unknown, pause?: Pause): Promise<LintResult>;
  /** Frees the tree that the last result of a document keeps. The result itself may still be read. */
  release(memory: unknown): void;
}
export type { Edit };
