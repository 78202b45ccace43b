/** From the name of a module to its files, and to the other files of a package, by the language of the file that asks. */
import type { Program } from '../syntax/programs/program.ts';
import { languageOf } from './language-of.ts';
import type { EvaluatorHost } from './session.ts';

/** Most files of one folder that are read for the sake of a name. */
const mostSiblings = 30;

/** The files that a module name means, seen from `from`; none for packages and for what cannot be read. */
export function resolveModule(module: string, from: Program, host: EvaluatorHost): readonly Program[] {
  const { modules } = languageOf(from);
  const whole = modules.folderOf?.(module, from, host);
  if (whole !== undefined) return filesOf(whole, from, host);
  const folder = folderOf(from.path);
  for (const candidate of modules.candidates(module, from, host)) {
    const path = joined(folder, candidate);
    if (path === undefined || path === from.path) continue;
    const found = host.program(path);
    if (found !== undefined) return [found];
  }
  return [];
}

/** The other files of the package that the file belongs to, where its language has names for a whole package. */
export function siblingsOf(from: Program, host: EvaluatorHost): readonly Program[] {
  return filesOf(folderOf(from.path), from, host).filter(({ path }) => path !== from.path);
}

function filesOf(folder: string, from: Program, host: EvaluatorHost): readonly Program[] {
  const { modules } = languageOf(from);
  const names = modules.isOfPackage === undefined ? [] : (host.listFolder?.(folder) ?? []);
  return names
    .filter((name) => modules.isOfPackage!(name))
    .slice(0, mostSiblings)
    .flatMap((name) => host.program(folder === '' ? name : `${folder}/${name}`) ?? []);
}

/** Empty for a file that stands in none. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** The path that `relative` leads to; undefined above the first folder. */
export function joined(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
