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

/** A file that may stand in each folder, and what says the version in it: the first group. */
interface Versions {
  readonly file: string;
  readonly version: RegExp;
}

/** What the first of the files says that says something, in the nearest folder that has such a file. */
export function nearestVersion(folder: string, readFile: ReadFile, files: readonly Versions[]): string | undefined {
  let found: string | undefined;
  // Every file is asked for, even when an earlier one has the answer: what is unread is read all at once.
  for (const directory of upwards(folder)) {
    const said = files.map(({ file, version }) => version.exec(readFile(`${directory}/${file}`) ?? '')?.[1]);
    found ??= said.find((one) => one !== undefined);
  }
  return found;
}

/** The name of a package as a part of a pattern. */
export function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
