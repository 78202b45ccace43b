/** Walks a folder as git sees it: one way down, and no step into a folder that is ignored. */
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';
import { decodeText } from './read-text.ts';
import { readBytes, RefusedFile } from './regular-file.ts';

/** The rules of one `.gitignore`, with the folder that their patterns count from. */
interface Level {
  readonly base: string;
  readonly rules: Ignore;
}

export interface WalkOptions {
  /** Whether to step into a folder of this name. */
  readonly enters: (name: string) => boolean;
  /** Whether a file is wanted, by its path below the walked folder, with forward slashes. */
  readonly wants: (relative: string) => boolean;
  /** Called for a folder, or a file of patterns, that cannot be read. */
  readonly unreadable: (path: string, reason: string) => void;
}

/**
 * Absolute paths of the wanted files. Symbolic links are not followed. The folder itself was named and is walked even where
 * git ignores it.
 */
export function* walk(folder: string, options: WalkOptions): Generator<string> {
  yield* walkInto(folder, '', levelsAbove(folder, options), options);
}

function* walkInto(folder: string, relative: string, above: readonly Level[], options: WalkOptions): Generator<string> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    options.unreadable(folder, reasonOf(error, folder));
    return;
  }
  const own = entries.some(({ name }) => name === '.gitignore')
    ? readLevel(folder, path.join(folder, '.gitignore'), options)
    : undefined;
  const levels = own ? [...above, own] : above;
  for (const entry of entries) {
    const { name } = entry;
    const full = folder.endsWith(path.sep) ? folder + name : folder + path.sep + name;
    const below = relative === '' ? name : `${relative}/${name}`;
    if (entry.isDirectory()) {
      if (!options.enters(name)) continue;
      const { ignored, levels: inside } = entering(full, levels);
      if (!ignored) yield* walkInto(full, below, inside, options);
    } else if (entry.isFile() && options.wants(below) && !isIgnored(full, levels)) yield full;
  }
}

/** Why a file or folder is not read, in words. */
export function reasonOf(error: unknown, file: string): string {
  if (error instanceof RefusedFile) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'It may not be read.';
  if (code !== 'ENOENT') return `It cannot be read (${code ?? message}).`;
  // Node gives this sign for bytes that are no UTF-8, and finds nothing under the name that it gave.
  return file.includes('\ufffd') ? 'Its name is not valid UTF-8.' : 'It is not there any more.';
}

/** The nearest `.gitignore` that has something to say decides, and in it the last pattern. */
function isIgnored(full: string, levels: readonly Level[]): boolean {
  for (let index = levels.length - 1; index >= 0; index--) {
    const { base, rules } = levels[index]!;
    const { ignored, unignored } = rules.test(below(base, full));
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** The levels that hold inside of a folder. A rule that ignores it, but was overruled further down, says nothing about what it holds. */
function entering(
  folder: string,
  levels: readonly Level[],
): { readonly ignored: boolean; readonly levels: readonly Level[] } {
  if (isIgnored(`${folder}${path.sep}`, levels)) return { ignored: true, levels };
  return { ignored: false, levels: levels.map((level) => overruled(level, folder)) };
}

function overruled(level: Level, folder: string): Level {
  const relative = below(level.base, folder);
  if (!level.rules.test(`${relative}/`).ignored) return level;
  const name = relative.replaceAll(/[\\*?[\]!# ]/g, '\\$&');
  return { base: level.base, rules: newRules().add(level.rules).add(`!/${name}/`) };
}

/** `.gitignore` files above the folder, down from the root of its repository, with the repository's own `info/exclude` first. */
function levelsAbove(folder: string, options: WalkOptions): Level[] {
  const parents: string[] = [];
  for (let current = folder; ; current = path.dirname(current)) {
    if (existsSync(path.join(current, '.git'))) {
      const files: [base: string, file: string][] = [
        [current, path.join(current, '.git', 'info', 'exclude')],
        ...parents.map((base): [string, string] => [base, path.join(base, '.gitignore')]),
      ];
      const levels = files.map(([base, file]) => readLevel(base, file, options)).filter((level) => level !== undefined);
      return levels.map((level) => steps(level.base, folder).reduce(overruled, level));
    }
    const parent = path.dirname(current);
    if (parent === current) return [];
    parents.unshift(parent);
  }
}

/** The folders on the way from a base to a folder below it. */
function steps(base: string, folder: string): string[] {
  const names = path
    .relative(base, folder)
    .split(path.sep)
    .filter((name) => name !== '');
  return names.map((_, index) => path.join(base, ...names.slice(0, index + 1)));
}

/** A file of patterns that is a link is not read, as git does not either. */
function readLevel(base: string, file: string, { unreadable }: WalkOptions): Level | undefined {
  try {
    const facts = lstatSync(file, { throwIfNoEntry: false });
    if (facts === undefined) return undefined;
    if (facts.isSymbolicLink()) throw new RefusedFile('It is a link, which git does not follow.');
    const bytes = readBytes(file, largestPatterns);
    if (bytes === undefined) throw new RefusedFile(`It is larger than ${largestPatterns / 1_048_576} MB.`);
    return { base, rules: newRules().add(decodeText(bytes).text) };
  } catch (error) {
    unreadable(file, reasonOf(error, file));
    return undefined;
  }
}

/** In bytes. Matching costs time with every pattern. */
const largestPatterns = 1_048_576;

/** Git compares letters as the file system does. */
function newRules(): Ignore {
  return ignore({ ignorecase: process.platform === 'win32' || process.platform === 'darwin' });
}

function below(base: string, full: string): string {
  const relative = full.slice(base.endsWith(path.sep) ? base.length : base.length + 1);
  return path.sep === '/' ? relative : relative.replaceAll(path.sep, '/');
}
