/**
 * Documents have URIs, the linter has paths. A path is the URI's own path; its scheme and authority (`file:`,
 * `vscode-vfs://github`) name the file system, and every file system has a linter of its own.
 */
import { URI } from 'vscode-uri';

export interface Place {
  /** Scheme and authority. */
  readonly system: string;
  /** With forward slashes; begins with one but for documents that were never saved. */
  readonly path: string;
}

export function placeOf(uri: string): Place {
  const { scheme, authority, path } = URI.parse(uri);
  return { system: `${scheme}://${authority}`, path };
}

/** The URI, spelt as VS Code spells it, of a path in a file system. */
export function uriOf({ system, path }: Place): string {
  const at = system.indexOf('://');
  return URI.from({ scheme: system.slice(0, at), authority: system.slice(at + 3), path }).toString();
}

/** One spelling for all URIs of the same file. */
export function normalisedUri(uri: string): string {
  return URI.parse(uri).toString();
}

/** Of two paths, or two URIs: the first is the second, or a file or folder in it. */
export function isOrLiesBelow(one: string, other: string): boolean {
  return one === other || pathWithin(other, one) !== undefined;
}

/** The path from a folder to a file in it; undefined when the file is elsewhere. */
export function pathWithin(folder: string, path: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
