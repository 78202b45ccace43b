/** Packages of the languages of the Java virtual machine: what a dotted name means in all of them. */
import type { Modules } from './value-language.ts';

export const jvmPackages = {
  candidates: () => [],
  wholeExports: [],
  packageName: (imported) => imported.split('.'),
  classOf: (module) => /(?:^|\.)(\p{Lu}\w*)$/u.exec(module)?.[1],
  memberOfExport: (owner, property) => ({ module: `${owner.module}.${owner.imported}`, imported: property }),
} satisfies Partial<Modules>;

/** The folders of a package; what is imported of a type, or of an object, belongs to a file of its package. */
export function packageNames(module: string): readonly string[] {
  return module.split('.').filter((name) => !/^\p{Lu}/u.test(name));
}

/** The folder of a package below the root of sources that the pattern finds. */
export function folderBelow(roots: RegExp): NonNullable<Modules['folderOf']> {
  return (module, from, host) => {
    const root = roots.exec(from.path)?.[0];
    if (root === undefined) return undefined;
    const folder = root + packageNames(module).join('/');
    return host.listFolder?.(folder)?.length ? folder : undefined;
  };
}
