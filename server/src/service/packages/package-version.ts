/** Which version of a package a file is run with, by the ecosystem of the file's language. */
import type { ListFolder, ReadFile } from './ecosystem.ts';
import { ecosystems } from './index.ts';

/** Undefined when nothing near the folder says it. Throws for an ecosystem that has no file here. */
export function packageVersion(
  packageName: string,
  ecosystem: string,
  folder: string,
  readFile: ReadFile,
  listFolder?: ListFolder,
): string | undefined {
  const found = ecosystems.find(({ name }) => name === ecosystem);
  if (found === undefined) throw new Error(`Nothing reads the versions of ${ecosystem}.`);
  return found.version(packageName, folder, readFile, listFolder);
}
