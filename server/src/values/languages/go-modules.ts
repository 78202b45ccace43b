/** Packages of Go: a folder each, of which all files see the names of all others, below the folder of the module's `go.mod`. */
import type { EvaluatorHost } from '../session.ts';
import type { Modules } from './value-language.ts';

export const goModules: Modules = {
  candidates: () => [],
  isOfPackage: (fileName) => fileName.endsWith('.go') && !fileName.endsWith('_test.go'),
  /** Packages of the file's own module; those of others are not read. See https://go.dev/ref/mod#go-mod-file-module */
  folderOf(module, from, host) {
    const home = moduleAbove(from.path, host);
    if (home === undefined || !`${module}/`.startsWith(`${home.name}/`)) return undefined;
    const folder = [home.folder, module.slice(home.name.length + 1)].filter((part) => part !== '').join('/');
    return host.listFolder?.(folder)?.length ? folder : undefined;
  },
  wholeExports: [],
  packageName: (path) => path.split('/'),
  memberOfExport: () => undefined,
};

/** The nearest `go.mod` above a file: its folder, and the path that the imports of its packages begin with. */
function moduleAbove(
  path: string,
  host: EvaluatorHost,
): { readonly folder: string; readonly name: string } | undefined {
  for (let folder = path; folder !== '';) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    const name = /^\s*module\s+"?([^\s"]+)"?/m.exec(
      host.text?.(folder === '' ? 'go.mod' : `${folder}/go.mod`) ?? '',
    )?.[1];
    if (name !== undefined) return { folder, name };
  }
  return undefined;
}
