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
  try {
    return new Mover(change, path).objectOf(result) as T;
  } catch (error) {
    if (error instanceof AtChange) return undefined;
    throw error;
  }
}

class Mover {
  private readonly known = new Map<object, unknown>();
  /** How many places were met so far. */
  private places = 0;

  constructor(
    private readonly change: Change,
    private readonly path: string,
  ) {}

  objectOf(value: object): unknown {
    if (placeless.has(value)) return value;
    const before = this.known.get(value);
    if (before !== undefined) {
      this.places++;
      return before;
    }
    if (!isData(value)) return value;
    if (this.isOfAnotherFile(value)) {
      this.places++;
      return value;
    }
    const placesBefore = this.places;
    const made = this.membersOf(value as Record<string, unknown>);
    if (this.places === placesBefore) placeless.add(value);
    else this.known.set(value, made);
    return made;
  }

  private isOfAnotherFile(value: object): boolean {
    return 'path' in value && 'start' in value && value.path !== undefined && value.path !== this.path;
  }

  /** What does not change is the same object as before, so that what was worked out for it is still there. */
  private membersOf(holder: Record<string, unknown>): unknown {
    let made: Record<string, unknown> | undefined;
    for (const key of Object.keys(holder)) {
      const now = this.valueOf(key, holder[key]);
      if (now === holder[key]) continue;
      made ??= (Array.isArray(holder) ? [...(holder as unknown[])] : { ...holder }) as Record<string, unknown>;
      made[key] = now;
    }
    return made ?? holder;
  }

  private valueOf(key: string, value: unknown): unknown {
    if (typeof value === 'number') return offsets.has(key) ? this.offset(value) : value;
    return typeof value === 'object' && value !== null ? this.objectOf(value) : value;
  }

  private offset(at: number): number {
    const now = movedBy(this.change, at);
    if (now === undefined) throw new AtChange();
    this.places++;
    return now;
  }
}

/** Nodes of a tree and whatever else has a class of its own say nothing to those who are given a result. */
function isData(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
