/** Packages of Java: folders below a root of sources, a type a file. */
import type { Modules } from './value-language.ts';

/** `src/main/java` of the file: what is above the folders that its package names. */
const roots = /^(.*\/)?(src\/(?:main|test)\/java|src)\//;

export const javaModules: Modules = {
  candidates: () => [],
  isOfPackage: (fileName) => fileName.endsWith('.java') && fileName !== 'package-info.java',
  folderOf(module, from, host) {
    const root = roots.exec(from.path)?.[0];
    if (root === undefined) return undefined;
    // What is imported statically belongs to a class of the package.
    const names = module.split('.').filter((name) => !/^\p{Lu}/u.test(name));
    const folder = root + names.join('/');
    return host.listFolder?.(folder)?.length ? folder : undefined;
  },
  wholeExports: [],
  packageName: (imported) => imported.split('.'),
  classOf: (module) => /(?:^|\.)(\p{Lu}\w*)$/u.exec(module)?.[1],
  memberOfExport: (owner, property) => ({ module: `${owner.module}.${owner.imported}`, imported: property }),
};
