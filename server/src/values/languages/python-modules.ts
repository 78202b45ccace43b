/** Modules of Python: relative ones, and absolute ones from a few folders upwards. */
import type { Modules } from './value-language.ts';

export const pythonModules: Modules = {
  candidates(module) {
    const dots = /^\.*/.exec(module)![0].length;
    const name = module.slice(dots).replaceAll('.', '/');
    const up = dots > 1 ? '../'.repeat(dots - 1) : '';
    if (name === '') return dots > 0 ? [`${up}__init__.py`] : [];
    const ancestors = dots > 0 ? [up] : ['', '../', '../../'];
    return ancestors.flatMap((ancestor) => [`${ancestor}${name}.py`, `${ancestor}${name}/__init__.py`]);
  },
  submodule: ({ module, imported }) =>
    imported === '*' ? undefined : `${module}${module.endsWith('.') ? '' : '.'}${imported}`,
  wholeExports: [],
  packageName: (module) => module.split(/[./]/),
  memberOfExport: (owner, property) => ({ module: `${owner.module}.${owner.imported}`, imported: property }),
};
