/** Packages of Scala: folders below a root of sources, or the folder of a project of Play. */
import type { Modules } from './value-language.ts';

const roots = /^(.*\/)?(src\/(?:main|test)\/scala(?:-\d[\w.]*)?|app|src)\//;

export const scalaModules: Modules = {
  candidates: () => [],
  isOfPackage: (fileName) => fileName.endsWith('.scala'),
  folderOf(module, from, host) {
    const root = roots.exec(from.path)?.[0];
    if (root === undefined) return undefined;
    // What is imported of an object belongs to a file of the package.
    const names = module.split('.').filter((name) => !/^\p{Lu}/u.test(name));
    const folder = root + names.join('/');
    return host.listFolder?.(folder)?.length ? folder : undefined;
  },
  wholeExports: [],
  packageName: (imported) => imported.split('.'),
  classOf: (module) => /(?:^|\.)(\p{Lu}\w*)$/u.exec(module)?.[1],
  memberOfExport: (owner, property) => ({ module: `${owner.module}.${owner.imported}`, imported: property }),
};
