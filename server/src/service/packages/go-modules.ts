/** Versions of Go modules: what the nearest `go.mod` requires. https://go.dev/ref/mod#go-mod-file */
import { upwards } from './ecosystem.ts';
import type { Ecosystem, ReadFile } from './ecosystem.ts';

interface Required {
  readonly module: string;
  readonly version: string;
}
interface Replaced {
  readonly module: string;
  /** Only this version is replaced; every one where it is absent. */
  readonly version?: string;
  readonly by: { readonly module: string; readonly version?: string };
}

export const ecosystem = {
  name: 'go-modules',
  /** `packageName` is an import path: of a module, or of a package in it. */
  version(packageName, folder, readFile) {
    const text = nearestManifest(folder, readFile);
    if (text === undefined) return undefined;
    const required = directives(text, 'require').flatMap(requirement);
    const holding = required
      .filter(({ module }) => packageName === module || packageName.startsWith(`${module}/`))
      .sort((one, other) => other.module.length - one.module.length)[0];
    return holding && chosenVersion(holding, directives(text, 'replace').flatMap(replacement));
  },
} satisfies Ecosystem;

/** Each module has a manifest of its own; those further up belong to others. All are asked for, to be read at once. */
function nearestManifest(folder: string, readFile: ReadFile): string | undefined {
  return upwards(folder)
    .map((one) => readFile(`${one}/go.mod`))
    .find((text) => text !== undefined);
}

/** What stands behind the word, on a line of its own or between brackets, as words without comments. */
function directives(text: string, word: 'require' | 'replace'): readonly (readonly string[])[] {
  const found: string[][] = [];
  let inBlock: string | undefined;
  for (const line of text.split('\n')) {
    const words = line
      .replace(/\/\/.*/, '')
      .split(/\s+/)
      .filter((one) => one !== '')
      .map((one) => one.replace(/^["`](.*)["`]$/, '$1'));
    const [first, second] = words;
    if (first === undefined) continue;
    if (inBlock === undefined && (second === '(' || first.endsWith('('))) inBlock = first.replace(/\($/, '');
    else if (first === ')') inBlock = undefined;
    else if (inBlock === word) found.push(words);
    else if (inBlock === undefined && first === word) found.push(words.slice(1));
  }
  return found;
}

function requirement([module, version]: readonly string[]): Required[] {
  return module !== undefined && version !== undefined ? [{ module, version }] : [];
}

/** `old => new v1.2.3`, `old v1.0.0 => ../fork`. */
function replacement(words: readonly string[]): Replaced[] {
  const arrow = words.indexOf('=>');
  const [module, version] = words.slice(0, Math.max(arrow, 0));
  const [other, otherVersion] = words.slice(arrow + 1);
  if (module === undefined || other === undefined) return [];
  return [
    {
      module,
      ...(version !== undefined && { version }),
      by: { module: other, ...(otherVersion !== undefined && { version: otherVersion }) },
    },
  ];
}

/** Another release of the same module has a version that is known; a fork or a folder may hold anything. */
function chosenVersion({ module, version }: Required, replaced: readonly Replaced[]): string | undefined {
  const own = replaced.filter((one) => one.module === module);
  const { by } = own.find((one) => one.version === version) ?? own.find((one) => one.version === undefined) ?? {};
  if (by !== undefined && by.module !== module) return undefined;
  return plain(by?.version ?? version);
}

/** `v1.2.3+incompatible` → `1.2.3`; undefined for what is no version yet. */
function plain(version: string): string | undefined {
  return /^v(\d+\.\d+\.\d+(?:-[\w.-]+)?)(?:\+incompatible)?$/.exec(version)?.[1];
}
