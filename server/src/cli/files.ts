/** Which files a call means: named files, and those below named folders that can hold CORS settings. */
import { statSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import { readableGlobs } from '../service/languages.ts';
import { unreadEndings } from '../service/unread-languages.ts';
import { UsageError } from './arguments.ts';
import { machineWritten } from './machine-written.ts';
import { realPathWithin } from './regular-file.ts';
import { createRoots } from './roots.ts';
import type { Roots } from './roots.ts';
import { reasonOf, walk } from './walk.ts';

const neverRead = [
  '**/node_modules/**',
  '**/.git/**',
  '**/.hg/**',
  '**/.svn/**',
  '**/bower_components/**',
  '**/__pycache__/**',
  '**/.venv/**',
  '**/venv/**',
  ...machineWritten,
];

/** Folders whose whole content is never read are not even entered. */
const closedFolder = /^\*\*\/([^*/]+)\/\*\*$/;
const closedFolders = new Set(neverRead.flatMap((glob) => closedFolder.exec(glob)?.[1] ?? []));
const never = anyOf(neverRead.filter((glob) => !closedFolder.test(glob)));
const wanted = anyOf(readableGlobs);
const unread = anyOf([`**/*.{${unreadEndings.join(',')}}`]);

export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** The call names this very file. */
  readonly named: boolean;
  /** Folder that the call names, or that a named file is looked at from. */
  readonly base: string;
}
export interface SkippedPath {
  readonly path: string;
  readonly reason: string;
  /** The call names it, so that somebody waits for an answer about it. */
  readonly named: boolean;
}
export interface FoundFiles {
  /** In a steady order, each file once. */
  readonly files: readonly FoundFile[];
  /** What cannot be looked at, and why. */
  readonly skipped: readonly SkippedPath[];
}

/**
 * Throws a UsageError for a path that does not exist and for a glob that matches nothing. With `unreadToo`, folders also give
 * the programs in languages that are not read.
 */
export async function filesOf(
  paths: readonly string[],
  roots: Roots = createRoots(undefined),
  unreadToo = false,
): Promise<FoundFiles> {
  const below = unreadToo ? (relative: string) => wanted(relative) || unread(relative) : wanted;
  const found: Found = { files: new Map(), skipped: [], roots };
  for (const given of paths.length > 0 ? paths : ['.']) {
    const full = path.resolve(given);
    try {
      const facts = statSync(full, { throwIfNoEntry: false });
      if (facts?.isFile()) addNamed(full, found);
      else if (facts?.isDirectory()) await addBelow(full, below, found);
      else if (facts) found.skipped.push({ path: full, reason: 'It is neither a file nor a folder.', named: true });
      else await addMatching(given, found);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      found.skipped.push({ path: full, reason: reasonOf(error, full), named: true });
    }
  }
  return { files: [...found.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), skipped: found.skipped };
}

interface Found {
  readonly files: Map<string, FoundFile>;
  readonly skipped: SkippedPath[];
  readonly roots: Roots;
}

function addNamed(file: string, { files, skipped, roots }: Found): void {
  const base = baseOf(file);
  if (realPathWithin([roots.of(file, base)], file) === undefined)
    skipped.push({ path: file, reason: outside, named: true });
  else files.set(file, { path: file, named: true, base });
}

const outside = 'It lies, or leads, outside of the repository. --root widens that.';

/** Returns how many files there are. Links below the folder are not followed, so that only the folder itself may lead elsewhere. */
async function addBelow(folder: string, wants: (relative: string) => boolean, found: Found): Promise<number> {
  const { files, skipped, roots } = found;
  if (realPathWithin([roots.of(path.join(folder, 'x'), folder)], folder) === undefined) {
    skipped.push({ path: folder, reason: outside, named: true });
    return 1;
  }
  let count = 0;
  const options = {
    enters: (name: string) => !closedFolders.has(name),
    wants: (relative: string) => wants(relative) && !never(relative),
    unreadable: (closed: string, reason: string) =>
      void skipped.push({ path: closed, reason, named: closed === folder }),
  };
  for (const file of walk(folder, options)) {
    if (!files.has(file)) files.set(file, { path: file, named: false, base: folder });
    // A server that lists a large folder still hears what its client says.
    if (++count % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return count;
}

/** Scripts of package.json quote their globs, and the shell of Windows expands none. */
async function addMatching(given: string, found: Found): Promise<void> {
  const { isGlob, base, glob } = picomatch.scan(path.sep === '/' ? given : given.replaceAll(path.sep, '/'));
  if (!isGlob || !statSync(path.resolve(base), { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`There is no file or folder "${given}".`);
  if ((await addBelow(path.resolve(base), anyOf([glob]), found)) === 0)
    throw new UsageError(`No file matches "${given}".`);
}

/** A regular expression each: for tens of thousands of paths the matcher around it costs more than the match. */
function anyOf(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map((glob) => picomatch.makeRe(glob, { dot: true }));
  return (relative) => patterns.some((pattern) => pattern.test(relative));
}

/** The working directory when the file lies below it. */
function baseOf(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? path.dirname(file) : process.cwd();
}
