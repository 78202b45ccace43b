/** What an ecosystem of packages says of versions. One is one file here that exports `ecosystem`. */

/** Gives a file's text by absolute path; undefined where there is none, or it has not been read yet. */
export type ReadFile = (path: string) => string | undefined;

/** Gives the names of a folder's files; undefined where nobody can look into it, or has not yet. */
export type ListFolder = (path: string) => readonly string[] | undefined;

export interface Ecosystem {
  /** The file's name, and the one by which a language names it. */
  readonly name: string;
  /**
   * The version of the package that a file in the folder runs with: what is installed, else what the nearest lock file or
   * manifest says. Undefined when nothing near says it.
   */
  version(packageName: string, folder: string, readFile: ReadFile, listFolder?: ListFolder): string | undefined;
}

/** A project's files are not further up than this. */
const mostFolders = 10;

/** The folder and those above it. */
export function upwards(folder: string): readonly string[] {
  const found: string[] = [];
  for (let current = folder; found.length < mostFolders; current = current.slice(0, current.lastIndexOf('/'))) {
    found.push(current);
    if (!current.includes('/')) break;
  }
  return found;
}
