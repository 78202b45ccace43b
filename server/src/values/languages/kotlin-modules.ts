/** Packages of Kotlin: folders below a root of sources, of which a project may leave out what all of its packages begin with. */
import type { Modules } from './value-language.ts';

/** `src/main/kotlin` of the file: what is above the folders that its package names. */
const roots = /^(.*\/)?(src\/(?:(?:main|test|jvmMain|commonMain)\/)?(?:kotlin|java)|src)\//;

export const kotlinModules: Modules = {
  candidates: () => [],
  isOfPackage: (fileName) => fileName.endsWith('.kt'),
  folderOf(module, from, host) {
    const root = roots.exec(from.path)?.[0];
    if (root === undefined) return undefined;
    // What is imported of an object or of an enumeration belongs to a type of the package.
    const names = module.split('.').filter((name) => !/^\p{Lu}/u.test(name));
    for (let first = 0; first < Math.min(names.length, mostLeftOut); first += 1) {
      const folder = root + names.slice(first).join('/');
      if (host.listFolder?.(folder)?.length) return folder;
    }
    return undefined;
  },
  wholeExports: [],
  packageName: (imported) => imported.split('.'),
  classOf: (module) => /(?:^|\.)(\p{Lu}\w*)$/u.exec(module)?.[1],
  memberOfExport: (owner, property) => ({ module: `${owner.module}.${owner.imported}`, imported: property }),
};

/** `com.example`, and the name of the project. */
const mostLeftOut = 4;
