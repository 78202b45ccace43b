/**
 * What a lint said, at other places: of an earlier text, after a change that this does not depend on, or of a text that was taken out
 * of a file.
 */
import { movedBy } from '../syntax/programs/edit-between.ts';
import type { Change } from '../syntax/programs/edit-between.ts';

/** Members that say where something stands. */
const offsets = new Set(['start', 'end', 'at', 'app']);

/** What holds no place at all, like most conditions: nobody looks into it again. */
const placeless = new WeakSet<object>();

/** Where an offset is now; undefined where nobody can say. */
export type NewOffset = (offset: number) => number | undefined;

/** Thrown where something begins or ends at a place that has no other. */
class Nowhere extends Error {}

/** Undefined where a place of the result touches the change. `path` is that of the text that changed. */
export function moved<T extends object>(result: T, change: Change, path: string): T | undefined {
  if (change.newEnd === change.oldEnd && change.start === change.oldEnd) return result;
  return atNewOffsets(result, (offset) => movedBy(change, offset), path);
}

/** Undefined where a place of the result has no new one. `path` is that of the text whose offsets are others now. */
export function atNewOffsets<T extends object>(result: T, newOffset: NewOffset, path: string): T | undefined {
  try {
    return new Mover(newOffset, path).objectOf(result) as T;
  } catch (error) {
    if (error instanceof Nowhere) return undefined;
    throw error;
  }
}

class Mover {
  private readonly known = new Map<object, unknown>();
  /** How many places were met so far. */
  private places = 0;

  constructor(
    private readonly newOffset: NewOffset,
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
    const now = this.newOffset(at);
    if (now === undefined) throw new Nowhere();
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
