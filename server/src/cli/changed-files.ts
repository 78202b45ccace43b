/** What git says has changed, for runs about a pull request or about what is not committed yet. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { UsageError } from './arguments.ts';

/** In bytes: names of files, which are many where a whole tree has moved. */
const mostOutput = 256 * 1_048_576;

/**
 * Absolute paths of the files that are there and differ from the commit where this branch left `reference`, what is not committed and
 * what is new included; without a reference, from the last commit. Throws a UsageError where git cannot say.
 */
export function changedFiles(reference: string, folder: string): ReadonlySet<string> {
  const above = ask(['rev-parse', '--show-cdup'], folder);
  if (above === undefined) throw new UsageError('--changed asks git, and this folder lies in no repository of it.');
  const root = path.resolve(folder, above.trim());
  const base = reference === '' ? commitOf('HEAD', root) : branchingPoint(reference, root);
  const names = [
    ask(['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--diff-filter=d', base, '--'], root),
    ask(['ls-files', '--others', '--exclude-standard', '-z'], root),
  ].flatMap((list) => (list ?? '').split('\0').filter((name) => name !== ''));
  return new Set(names.map((name) => path.join(root, name)));
}

function commitOf(reference: string, root: string): string {
  const commit = ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`], root);
  if (commit === undefined)
    throw new UsageError(reference === 'HEAD' ? 'There is no commit yet.' : `Git knows no commit "${reference}".`);
  return commit.trim();
}

/** What others did on the other branch meanwhile is no change of this one. */
function branchingPoint(reference: string, root: string): string {
  const base = ask(['merge-base', commitOf(reference, root), 'HEAD'], root);
  if (base !== undefined) return base.trim();
  throw new UsageError(
    `Git finds no commit that "${reference}" and this branch have in common. A shallow clone needs more of the history.`,
  );
}

/** Undefined where git is not there or has no answer. A repository's own watcher is a program, and is not started. */
function ask(args: readonly string[], cwd: string): string | undefined {
  try {
    return execFileSync('git', ['-c', 'core.fsmonitor=false', ...args], {
      cwd,
      encoding: 'utf8',
      maxBuffer: mostOutput,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}
