/** Files of Ruby: beside the one that requires them, or below the folders that gems and applications are loaded from. */
import type { Modules } from './value-language.ts';

export const rubyModules: Modules = {
  candidates: (module) =>
    module.startsWith('./') || module.startsWith('../') ? [`${module.replace(/\.rb$/, '')}.rb`] : [],
  wholeExports: [],
  packageName: (imported) => imported.split('/'),
  memberOfExport: (owner, property) => ({ module: `${owner.module}::${owner.imported}`, imported: property }),
};
