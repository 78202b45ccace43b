/**
 * How far a run reads around a file: its repository. What lies outside of it belongs to somebody else, whatever a file of the
 * repository imports, includes or links to.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { liesWithin } from './regular-file.ts';

export interface Roots {
  /**
   * The folder that a file, its settings and all that it leads to have to lie in. Absolute. `base` is the folder that the call
   * names, which counts where there is no repository; it is remembered for the other files of the same folder.
   */
  of(file: string, base?: string): string;
}

/** `chosen` is the folder of `--root`. */
export function createRoots(chosen: string | undefined): Roots {
  if (chosen !== undefined) {
    const folder = path.resolve(chosen);
    return { of: () => folder };
  }
  const found = new Map<string, string>();
  const repositoryAt = createRepositories();
  return {
    of(file, base) {
      const folder = path.dirname(file);
      let root = found.get(folder);
      if (root === undefined) found.set(folder, (root = repositoryAt(folder) ?? withoutRepository(folder, base)));
      return root;
    },
  };
}

/** The nearest folder with git's own data; each is asked once. A work tree holds a file of that name. */
function createRepositories(): (folder: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const repositoryAt = (folder: string): string | undefined => {
    if (known.has(folder)) return known.get(folder);
    const parent = path.dirname(folder);
    const isOne = existsSync(path.join(folder, '.git'));
    const repository = isOne ? folder : parent === folder ? undefined : repositoryAt(parent);
    known.set(folder, repository);
    return repository;
  };
  return repositoryAt;
}

/** Where the command runs, or the folder that it is about. */
function withoutRepository(folder: string, base: string | undefined): string {
  return [process.cwd(), base].find((one) => one !== undefined && liesWithin(one, folder)) ?? folder;
}
