/** Packages of Kotlin: folders below a root of sources, of which a project may leave out what all of its packages begin with. */
import { jvmPackages, packageNames } from './jvm-modules.ts';
import type { Modules } from './value-language.ts';

/** `src/main/kotlin` of the file: what is above the folders that its package names. */
const roots = /^(.*\/)?(src\/(?:(?:main|test|jvmMain|commonMain)\/)?(?:kotlin|java)|src)\//;

export const kotlinModules: Modules = {
  ...jvmPackages,
  isOfPackage: (fileName) => fileName.endsWith('.kt'),
  folderOf(module, from, host) {
    const root = roots.exec(from.path)?.[0];
    if (root === undefined) return undefined;
    const names = packageNames(module);
    for (let first = 0; first < Math.min(names.length, mostLeftOut); first += 1) {
      const folder = root + names.slice(first).join('/');
      if (host.listFolder?.(folder)?.length) return folder;
    }
    return undefined;
  },
};

/** `com.example`, and the name of the project. */
const mostLeftOut = 4;
