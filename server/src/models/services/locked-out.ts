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

/** Origins that do not count, since what switches CORS on is not set. */
export function switchedOff(
  { keyRange }: TreeEntry,
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
