/** Settings that nobody reads: they stand in the wrong place, or the switch beside them was forgotten. */
import type { Edit } from '../../syntax/range.ts';
import type { TreeEntry } from '../../syntax/trees/tree.ts';
import type { Fact } from '../../policy/policy.ts';

/** Settings whose place is another one, in the words of the file. `rejected` where nothing is deployed with them. */
export function misplaced(
  { key, keyRange }: Pick<TreeEntry, 'key' | 'keyRange'>,
  belongs: string,
  rejected = false,
): Fact {
  return { kind: 'unknown-option', name: key, range: keyRange, opens: false, belongs, ...(rejected && { rejected }) };
}

/** Of a kind of resource or construct: keys that it does not have, and where the settings belong, in the words of the file. */
export type PlaceTable = readonly (readonly [kind: RegExp, keys: RegExp, belongs: string])[];

/** Where a key of such a thing belongs; undefined where nothing is known of it. */
export function belongsTo(table: PlaceTable, kind: string, key: string): string | undefined {
  return table.find(([kinds, keys]) => kinds.test(kind) && keys.test(key))?.[2];
}

/** Those of the entries that stand where nobody reads them, or with which nothing is deployed. */
export function misplacedIn(table: PlaceTable, kind: string, entries: readonly TreeEntry[], rejected: boolean): Fact[] {
  return entries.flatMap((entry) => {
    const belongs = belongsTo(table, kind, entry.key);
    return belongs === undefined ? [] : [misplaced(entry, belongs, rejected)];
  });
}

/** Origins that do not count, since what switches CORS on is not set. */
export function switchedOff(
  { keyRange }: Pick<TreeEntry, 'keyRange'>,
  product: string,
  setting: string,
  switchOn?: () => readonly Edit[],
): Fact {
  return {
    kind: 'no-origin-configured',
    range: keyRange,
    set: [],
    why: `${product} reads this only where ${setting}.`,
    switchedOff: { setting, ...(switchOn && { switchOn }) },
  };
}
