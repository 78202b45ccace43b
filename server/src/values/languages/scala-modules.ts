/** Packages of Scala: folders below a root of sources, or the folder of a project of Play. */
import { folderBelow, jvmPackages } from './jvm-modules.ts';
import type { Modules } from './value-language.ts';

const roots = /^(.*\/)?(src\/(?:main|test)\/scala(?:-\d[\w.]*)?|app|src)\//;

export const scalaModules: Modules = {
  ...jvmPackages,
  isOfPackage: (fileName) => fileName.endsWith('.scala'),
  folderOf: folderBelow(roots),
};
