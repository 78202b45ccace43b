/** Versions of PHP packages: what `composer.lock` has, else what `composer.json` asks for. https://getcomposer.org/doc/04-schema.md */
import { upwards } from './ecosystem.ts';
import type { Ecosystem, ReadFile } from './ecosystem.ts';

export const ecosystem = {
  name: 'composer',
  /** `packageName` is `vendor/package`. */
  version: (packageName, folder, readFile) =>
    lockedVersion(packageName, folder, readFile) ?? requiredVersion(packageName, folder, readFile),
} satisfies Ecosystem;

interface Locked {
  readonly packages?: readonly { readonly name?: string; readonly version?: string }[];
  readonly 'packages-dev'?: Locked['packages'];
}

function lockedVersion(packageName: string, folder: string, readFile: ReadFile): string | undefined {
  const text = nearest('composer.lock', folder, readFile);
  const lock = text === undefined ? undefined : parsed<Locked>(text);
  const all = [...(lock?.packages ?? []), ...(lock?.['packages-dev'] ?? [])];
  return exact(all.find(({ name }) => name?.toLowerCase() === packageName)?.version);
}

interface Manifest {
  readonly require?: Readonly<Record<string, string>>;
  readonly 'require-dev'?: Manifest['require'];
}

function requiredVersion(packageName: string, folder: string, readFile: ReadFile): string | undefined {
  const text = nearest('composer.json', folder, readFile);
  const manifest = text === undefined ? undefined : parsed<Manifest>(text);
  return lowest(manifest?.require?.[packageName] ?? manifest?.['require-dev']?.[packageName]);
}

/** All of them are asked for, to be read at once. */
function nearest(name: string, folder: string, readFile: ReadFile): string | undefined {
  return upwards(folder)
    .map((one) => readFile(`${one}/${name}`))
    .find((text) => text !== undefined);
}

/** Undefined for what is half typed. */
function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** `v1.2.3` → `1.2.3`; undefined for the name of a branch. */
function exact(version: string | undefined): string | undefined {
  return /^v?(\d+(?:\.\d+){0,2}(?:-[\w.]+)?)/.exec(version ?? '')?.[1];
}

/** The lowest release that a constraint allows: `^8.75`, `~2.0`, `>=7.4 <9`, `^6.0|^7.0`. */
function lowest(constraint: string | undefined): string | undefined {
  const [first] = (constraint ?? '').split(/\|\|?/);
  const digits = /^[\s^~>=v]*(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(first ?? '');
  return digits ? [digits[1], digits[2] ?? '0', digits[3] ?? '0'].join('.') : undefined;
}
