/**
 * Tables by release: what a library did before it changed, written as the difference to the releases behind it.
 *
 * ```ts
 * export const koaCorsAt = byRelease(koaCors, [
 *   // A missing origin meant the caller's own.
 *   { before: '5.0.0', differs: { origin: { missing: 'reflect', empty: 'reflect' } } },
 * ]);
 * ```
 */
import type { CorsLibrary } from './cors-library.ts';

/** Releases that answer differently from those behind them. */
export interface Release {
  /** The first release that answers as those behind it do; pre-releases of it count as it. */
  readonly before: string;
  readonly differs: Differences;
}

/** Groups (`origin`, `vary` …) are taken field by field; every other field is replaced as a whole. */
export type Differences = {
  readonly [Field in keyof CorsLibrary]?: CorsLibrary[Field] extends object
    ? CorsLibrary[Field] extends readonly unknown[]
      ? CorsLibrary[Field]
      : Partial<CorsLibrary[Field]>
    : CorsLibrary[Field];
};

/**
 * The table for each version: that of the newest release, changed by each step back in time. `releases` has the latest
 * change first. Where the version is not known, the newest counts.
 */
export function byRelease(
  newest: CorsLibrary,
  releases: readonly Release[],
): (version: string | undefined) => CorsLibrary {
  const tables = [newest];
  for (const { differs } of releases) tables.push(differing(tables.at(-1)!, differs));
  return (version) => {
    const steps = version === undefined ? 0 : releases.filter(({ before }) => isBefore(version, before)).length;
    return tables[steps]!;
  };
}

/** A table with other values in some of its fields. */
export function differing(library: CorsLibrary, differs: Differences): CorsLibrary {
  const changed = Object.entries(differs).map(([field, value]: [string, unknown]) => [
    field,
    isGroup(value) ? { ...(library[field as keyof CorsLibrary] as object), ...value } : value,
  ]);
  return { ...library, ...Object.fromEntries(changed) } as CorsLibrary;
}

/**
 * Whether a version comes before another, by their numbers alone, which stand in the same order in every ecosystem:
 * `v1.8.0`, `2.0.0rc1` and `5.0.0-beta.3` are 1.8.0, 2.0.0 and 5.0.0. What has no numbers is the newest.
 */
export function isBefore(version: string, other: string): boolean {
  const [one, two] = [numbersOf(version), numbersOf(other)];
  if (one.length === 0) return false;
  for (let index = 0; index < Math.max(one.length, two.length); index++) {
    const difference = (one[index] ?? 0) - (two[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbersOf(version: string): number[] {
  const numbers = /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1];
  return numbers === undefined ? [] : numbers.split('.').map(Number);
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
