/** From the name of a module to its file, by the language of the file that names it. */
import type { Program } from '../syntax/programs/program.ts';
import { languageOf } from './language-of.ts';
import type { EvaluatorHost } from './session.ts';

/** The file that a module name means, seen from `from`; undefined for packages and for what cannot be read. */
export function resolveModule(module: string, from: Program, host: EvaluatorHost): Program | undefined {
  const folder = from.path.includes('/') ? from.path.slice(0, from.path.lastIndexOf('/')) : '';
  for (const candidate of languageOf(from).modules.candidates(module, from)) {
    const path = joined(folder, candidate);
    if (path === undefined || path === from.path) continue;
    const found = host.program(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function joined(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
