/** Modules of Rust: a file each, named by its path below the root of the crate. https://doc.rust-lang.org/reference/items/modules.html */
import type { Program } from '../../syntax/programs/program.ts';
import type { Modules } from './value-language.ts';

const own = /^(crate|self|super)(::|$)/;

export const rustModules: Modules = {
  candidates(module, from) {
    const [first, ...rest] = module.split('::');
    const folder = first === 'crate' ? rootFrom(from) : first === 'self' ? homeOf(from) : undefined;
    if (folder !== undefined) return filesOf(folder, rest);
    if (first !== 'super') return [];
    const ups = rest.findIndex((part) => part !== 'super');
    const further = ups < 0 ? rest.length : ups;
    return filesOf([homeOf(from), ...Array.from({ length: further + 1 }, () => '..')].join('/'), rest.slice(further));
  },
  submodule: ({ module, imported }) => (own.test(module) && imported !== '*' ? `${module}::${imported}` : undefined),
  wholeExports: [],
  packageName: (imported) => imported.split('::'),
  // The last part of a path says what its names are: `header` of `http::header::ORIGIN`.
  classOf: (module) => (own.test(module) ? undefined : module.split('::').at(-1)),
  memberOfExport: ({ module, imported }, property) => ({ module: `${module}::${imported}`, imported: property }),
};

/** A module is a file of its name, or one in a folder of its name. */
function filesOf(folder: string, parts: readonly string[]): readonly string[] {
  const path = [folder, ...parts].join('/');
  return parts.length === 0 ? [`${path}/lib.rs`, `${path}/main.rs`] : [`${path}.rs`, `${path}/mod.rs`];
}

/** From the file's folder up to the one in which its crate begins. */
function rootFrom({ path }: Program): string {
  const folders = path.split('/').slice(0, -1);
  const depth = folders.length - 1 - folders.lastIndexOf('src');
  return folders.includes('src') ? Array.from({ length: depth }, () => '..').join('/') || '.' : '.';
}

/** The folder in which the modules below this file's stand. */
function homeOf({ path }: Program): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.rs$/, '');
  return /^(main|lib|mod)$/.test(name) ? '.' : `./${name}`;
}
