/** The texts that are made worse: every fixture, example and program of the lab that mentions CORS, in all languages and formats. */
import fs from 'node:fs';
import path from 'node:path';
import { sourceKind } from '../../server/src/service/language.ts';
import { mentionsCors } from '../../server/src/service/prefilter.ts';

export interface Example {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What reads it: a language, or a format. Pieces are swapped between examples of one. */
  readonly reader: string;
}

/** No browser, no network and no build reads larger ones; a mutation of them would only cost time. */
const longestExample = 20_000;
const folders = ['test/fixtures', 'test/lab', 'examples'];
const installed = /(^|\/)(node_modules|vendor|dist)(\/|$)/;

/** All examples, in an order that stays; those whose path holds the word where one is given. */
export function examples(word = ''): readonly Example[] {
  return folders
    .flatMap(filesIn)
    .sort()
    .filter((file) => file.includes(word))
    .flatMap(exampleOf);
}

/** Every file of the project's own by its path, for what an example imports. */
export function companions(all: readonly Example[]): ReadonlyMap<string, string> {
  return new Map(all.map(({ path: file, text }) => [`/${file}`, text]));
}

function filesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({ entry, name: `${folder}/${entry.name}` }))
    .filter(({ name }) => !installed.test(name))
    .flatMap(({ entry, name }) => (entry.isDirectory() ? filesIn(name) : entry.isFile() ? [name] : []));
}

function exampleOf(file: string): Example[] {
  const text = fs.readFileSync(path.resolve(file), 'utf8');
  const kind = text.length <= longestExample ? sourceKind(`/${file}`, undefined, text) : undefined;
  if (kind === undefined || !mentionsCors(kind, text)) return [];
  return [{ path: file, text, reader: kind.shape === 'program' ? kind.language : kind.format }];
}
