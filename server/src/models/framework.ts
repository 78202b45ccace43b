/**
 * What a framework's file exports: where its CORS settings stand, what they are called, and what it answers.
 *
 * One library, server or format is one file in a room of `frameworks/` plus one folder in the same room of `test/fixtures/`.
 */
import type { DirectiveDocument } from '../syntax/directives/directives.ts';
import type { LanguageName } from '../syntax/programs/index.ts';
import type { Program } from '../syntax/programs/program.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { TreeDocument, ValuesFormat } from '../syntax/trees/tree.ts';
import type { Reading } from '../policy/policy.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { InSteps } from './in-steps.ts';

interface FrameworkBase {
  /** The file's name: `express-cors`. */
  readonly id: string;
  /** For people: `cors (Express)`. */
  readonly title: string;
  /** Where its CORS settings are documented. */
  readonly documentation: string;
  /** For the README's table: what is read, in a few words. */
  readonly reads: string;
  /**
   * Words, in lower case, one of which every file with these settings holds (compared ignoring case). A file without
   * any of them costs one substring scan.
   */
  readonly mentions: readonly string[];
}
export interface ProgramFramework extends FrameworkBase {
  readonly shape: 'program';
  readonly languages: readonly LanguageName[];
  /** In steps where a file may hold any number of places that each cost something. */
  read(program: Program, context: ProgramContext): Reading | InSteps<Reading>;
}
export interface TreeFramework extends FrameworkBase {
  readonly shape: 'tree';
  readonly formats: readonly (TreeDocument['format'] | ValuesFormat)[];
  read(tree: TreeDocument, context: FrameworkContext): Reading | InSteps<Reading>;
}
export interface DirectiveFramework extends FrameworkBase {
  readonly shape: 'directives';
  readonly formats: readonly DirectiveDocument['format'][];
  read(document: DirectiveDocument, context: FrameworkContext): Reading | InSteps<Reading>;
}
export type Framework = ProgramFramework | TreeFramework | DirectiveFramework;

export interface FrameworkContext {
  readonly path: string;
  /**
   * Text of another file of the workspace, by path relative to the linted file's folder or absolute; undefined when it
   * does not exist or has not been read yet (then the document is read again once it has).
   */
  readFile(path: string): string | undefined;
  /** The shape of another file (an nginx include, an imported module), read through `readFile` and parsed by its path's language. */
  document(path: string): Program | TreeDocument | DirectiveDocument | undefined;
  /** Names of the files in a folder, by path as above, in the order of the alphabet; undefined where that is not known. */
  listFolder(folder: string): readonly string[] | undefined;
  /**
   * Installed or declared version of a package, from the nearest lock file or manifest; undefined when unknown. A program's language
   * says whose package it is; a file of data does not, so that `ecosystem` (`npm`, `pypi`) has to.
   */
  version(packageName: string, ecosystem?: string): string | undefined;
}
export interface ProgramContext extends FrameworkContext {
  readonly evaluator: Evaluator;
  /**
   * Asked by a framework that reads one place after the other, each by itself: whether it leaves this one out, which makes so many
   * policies that come before those of the place. What is typed in is read apart, so that it alone is read again. A place without a
   * range is never read apart: it is left out where another one is.
   */
  readonly isLeftOut?: (range: SourceRange | undefined, made: number) => boolean;
}

/** What a file at the absolute path may ask: other files by paths from its own folder. */
export function contextAt<T extends FrameworkContext>(context: T, path: string): T {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const from = (name: string): string => (/^(\/|[a-z][a-z0-9+.-]*:)/i.test(name) ? name : `${folder}/${name}`);
  return {
    ...context,
    path,
    readFile: (name) => context.readFile(from(name)),
    document: (name) => context.document(from(name)),
    listFolder: (name) => context.listFolder(from(name)),
  };
}

/** Checks a framework definition's type without losing it. */
export function defineFramework<T extends Framework>(framework: T): T {
  return framework;
}
