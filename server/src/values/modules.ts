/** Relative imports to files. */
import type { Program } from '../syntax/programs/program.ts';
import type { EvaluatorHost } from './session.ts';

const endings = [
  '',
  '.js',
  '.ts',
  '.tsx',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '/index.js',
  '/index.ts',
  '/index.tsx',
  '/index.mjs',
  '/index.cjs',
];

/** The file that a module name means, seen from `from`; undefined for packages and for what cannot be read. */
export function resolveModule(module: string, from: Program, host: EvaluatorHost): Program | undefined {
  const folder = from.path.includes('/') ? from.path.slice(0, from.path.lastIndexOf('/')) : '';
  for (const candidate of from.language === 'python' ? pythonCandidates(module) : scriptCandidates(module)) {
    const path = joined(folder, candidate);
    if (path === undefined || path === from.path) continue;
    const found = host.program(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function scriptCandidates(module: string): string[] {
  if (!/^\.{1,2}(\/|$)/.test(module)) return [];
  const written = endings.map((ending) => module + ending).filter((path) => /\.[cm]?[jt]sx?$/.test(path));
  // TypeScript sources name the file that the compiler will write: `./options.js` is `./options.ts`.
  const source = /\.[cm]?jsx?$/.test(module) ? [module.replace(/js(x?)$/, 'ts$1'), module.replace(/js$/, 'tsx')] : [];
  return [...written, ...source];
}

function pythonCandidates(module: string): string[] {
  const dots = /^\.*/.exec(module)![0].length;
  const name = module.slice(dots).replaceAll('.', '/');
  const up = dots > 1 ? '../'.repeat(dots - 1) : '';
  if (name === '') return dots > 0 ? [`${up}__init__.py`] : [];
  const ancestors = dots > 0 ? [up] : ['', '../', '../../'];
  return ancestors.flatMap((ancestor) => [`${ancestor}${name}.py`, `${ancestor}${name}/__init__.py`]);
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
