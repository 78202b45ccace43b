/** Which files a call means: folders are walked, `.gitignore` files respected, links out of them not followed. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';
import { glob } from 'tinyglobby';
import { readableGlobs } from '../service/languages.ts';
import { UsageError } from './arguments.ts';

const neverRead = ['**/node_modules/**', '**/.git/**', '**/.hg/**', '**/.svn/**', '**/dist/**/*.min.js', '**/*.min.js', '**/bower_components/**', '**/__pycache__/**', '**/.venv/**', '**/venv/**'];

/** Absolute paths in a steady order. Throws a UsageError for a path that does not exist. */
export async function filesOf(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const given of paths.length > 0 ? paths : ['.']) {
    const full = path.resolve(given);
    const facts = statSync(full, { throwIfNoEntry: false });
    if (!facts) throw new UsageError(`There is no file or folder "${given}".`);
    if (facts.isFile()) found.add(full);
    else for (const file of await walk(full)) found.add(file);
  }
  return [...found].sort();
}

async function walk(folder: string): Promise<string[]> {
  const files = await glob([...readableGlobs], { cwd: folder, absolute: true, dot: true, ignore: neverRead, followSymbolicLinks: false, onlyFiles: true });
  const gitignores = await glob(['**/.gitignore'], { cwd: folder, absolute: true, dot: true, ignore: neverRead, followSymbolicLinks: false });
  const filters = [...ancestorsWithin(folder), ...gitignores].map(readFilter).filter((filter) => filter !== undefined);
  return files.map((file) => path.normalize(file)).filter((file) => !filters.some(({ base, rules }) => {
    const relative = path.relative(base, file).replaceAll('\\', '/');
    return relative !== '' && !relative.startsWith('..') && rules.ignores(relative);
  }));
}

/** `.gitignore` files above the folder, up to the root of its repository. */
function ancestorsWithin(folder: string): string[] {
  const found: string[] = [];
  for (let current = folder; ; current = path.dirname(current)) {
    if (statSync(path.join(current, '.git'), { throwIfNoEntry: false })) return found;
    const parent = path.dirname(current);
    if (parent === current) return [];
    found.push(path.join(parent, '.gitignore'));
  }
}

function readFilter(file: string): { readonly base: string; readonly rules: Ignore } | undefined {
  try {
    return { base: path.dirname(file), rules: ignore().add(readFileSync(file, 'utf8')) };
  } catch {
    return undefined;
  }
}
