/** Namespaces of C#: what a project's files declare is seen wherever their namespace is used; by custom it is a folder. */
import type { Modules } from './value-language.ts';

/** Namespaces of the framework and of packages that many programs use: no folder of the project has their files. */
const ownNamespaces =
  /^(System|Microsoft|Newtonsoft|Swashbuckle|Serilog|AutoMapper|MediatR|Azure|Amazon|Owin|NUnit|Xunit|Moq)\b/;

export const csharpModules: Modules = {
  candidates: () => [],
  isOfPackage: (fileName) =>
    /\.cs$/.test(fileName) && !/\.(g|Designer|AssemblyInfo)\.cs$|^AssemblyInfo\.cs$/.test(fileName),
  folderOf(module, from, host) {
    if (ownNamespaces.test(module)) return undefined;
    const names = module.split('.');
    const folders = from.path.split('/').slice(0, -1);
    // `Shop.Api.Config` is the folder `Config` of the project, which stands beside or above the file's own folder.
    const last = names.at(-1)!;
    for (let up = 0; up <= Math.min(2, folders.length); up += 1) {
      const folder = [...folders.slice(0, folders.length - up), last].join('/');
      if (host.listFolder?.(folder)?.length) return folder;
    }
    return undefined;
  },
  wholeExports: [],
  packageName: (imported) => imported.split('.'),
  memberOfExport: (owner, property) => ({ module: `${owner.module}.${owner.imported}`, imported: property }),
};
