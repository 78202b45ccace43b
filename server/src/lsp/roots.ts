/** How far the server reads around a document: the folders that were opened, else the one that the document lies in. */
import { normalisedUri, pathWithin, placeOf } from './uris.ts';

/** URIs of the folders that the files have to lie in to which this document leads. */
export function rootsOf(uri: string, folders: readonly string[]): readonly string[] {
  const own = folders.filter((folder) => liesIn(folder, uri));
  return own.length > 0 ? folders : [normalisedUri(uri).replace(/\/[^/]*$/, '')];
}

/** By the names alone; whoever reads the file follows its links, and asks again. */
export function liesInOneOf(folders: readonly string[], uri: string): boolean {
  return folders.some((folder) => liesIn(folder, uri));
}

function liesIn(folder: string, uri: string): boolean {
  const [outer, inner] = [placeOf(normalisedUri(folder)), placeOf(normalisedUri(uri))];
  const climbs = inner.path.split('/').includes('..');
  return outer.system === inner.system && !climbs && pathWithin(outer.path, inner.path) !== undefined;
}
