/** The baselines that settings files name: what they know is left out. */
import { parseBaseline } from '../service/baseline.ts';
import type { Baseline } from '../service/baseline.ts';
import { normalised } from '../service/other-files.ts';
import type { Files } from './files.ts';
import { normalisedUri, placeOf, uriOf } from './uris.ts';

export interface FoundBaseline {
  /** Its paths count from here. */
  readonly folder: string;
  readonly known: Baseline;
}

export interface BaselineFiles {
  /** `name` is a path from the settings file's folder. One that cannot be read, or is none, is a problem in words. */
  read(
    settingsFile: string,
    name: string,
    roots: readonly string[],
  ): Promise<FoundBaseline | { readonly problem: string }>;
  /** Somebody's settings name it. */
  has(uri: string): boolean;
}

export function createBaselineFiles(files: Files): BaselineFiles {
  const named = new Set<string>();
  return {
    has: (uri) => named.has(normalisedUri(uri)),
    async read(settingsFile, name, roots) {
      const { system, path } = placeOf(settingsFile);
      const place = normalised(`${folderOf(path)}/${name}`);
      const uri = uriOf({ system, path: place });
      named.add(uri);
      const text = await files.readWithin(roots, uri);
      if (text === undefined) return { problem: `The baseline ${name} cannot be read.` };
      const { baseline, errors } = parseBaseline(text);
      const [first] = errors;
      return first ? { problem: `${name}: ${first.message}` } : { folder: folderOf(place), known: baseline };
    },
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
