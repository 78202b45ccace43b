/** What an earlier lint said, after a change of the text that this does not depend on: the same, at the places where it stands now. */
import { movedBy } from '../syntax/programs/edit-between.ts';
import type { Change } from '../syntax/programs/edit-between.ts';

/** Members that say where something stands. */
const offsets = new Set(['start', 'end', 'at', 'app']);

/** What holds no place at all, like most conditions: nobody looks into it again. */
const placeless = new WeakSet<object>();

/** Thrown where something begins or ends at the change, so that nobody can say where it does now. */
class AtChange extends Error {}

/** Undefined where a place of the result touches the change. `path` is that of the text that changed. */
export function moved<T extends object>(result: T, change: Change, path: string): T | undefined {
  if (change.newEnd === change.oldEnd && change.start === change.oldEnd) return result;
  const known = new Map<object, unknown>();
  /** How many places were met so far. */
  let places = 0;
  const offset = (at: number): number => {
    const now = movedBy(change, at);
    if (now === undefined) throw new AtChange();
    places++;
    return now;
  };
  const valueOf = (key: string, value: unknown): unknown => {
    if (typeof value === 'number') return offsets.has(key) ? offset(value) : value;
    return typeof value === 'object' && value !== null ? objectOf(value) : value;
  };
  const objectOf = (value: object): unknown => {
    if (placeless.has(value)) return value;
    const before = known.get(value);
    if (before !== undefined) {
      places++;
      return before;
    }
    if (!isData(value)) return value;
    if ('path' in value && 'start' in value && value.path !== undefined && value.path !== path) {
      places++;
      return value;
    }
    const placesBefore = places;
    const made = membersOf(value as Record<string, unknown>);
    if (places === placesBefore) placeless.add(value);
    else known.set(value, made);
    return made;
  };
  // What does not change is the same object as before, so that what was worked out for it is still there.
  const membersOf = (holder: Record<string, unknown>): unknown => {
    let made: Record<string, unknown> | undefined;
    for (const key of Object.keys(holder)) {
      const now = valueOf(key, holder[key]);
      if (now !== holder[key])
        (made ??= (Array.isArray(holder) ? [...(holder as unknown[])] : { ...holder }) as Record<string, unknown>)[
          key
        ] = now;
    }
    return made ?? holder;
  };
  try {
    return objectOf(result) as T;
  } catch (error) {
    if (error instanceof AtChange) return undefined;
    throw error;
  }
}

/** Nodes of a tree and whatever else has a class of its own say nothing to those who are given a result. */
function isData(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
