/** Packages of Go: a folder each, of which all files see the names of all others. */
import type { Modules } from './value-language.ts';

export const goModules: Modules = {
  candidates: () => [],
  isOfPackage: (fileName) => fileName.endsWith('.go') && !fileName.endsWith('_test.go'),
  wholeExports: [],
  packageName: (path) => path.split('/'),
  memberOfExport: () => undefined,
};
