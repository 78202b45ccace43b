/** Packages of Java: folders below a root of sources, a type a file. */
import { folderBelow, jvmPackages } from './jvm-modules.ts';
import type { Modules } from './value-language.ts';

/** `src/main/java` of the file: what is above the folders that its package names. */
const roots = /^(.*\/)?(src\/(?:main|test)\/java|src)\//;

export const javaModules: Modules = {
  ...jvmPackages,
  isOfPackage: (fileName) => fileName.endsWith('.java') && fileName !== 'package-info.java',
  folderOf: folderBelow(roots),
};
