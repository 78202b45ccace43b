/** Spans of a text, joined where they meet, so that many looks at few places cost no more than the places. */
import { touches } from './edit-between.ts';
import type { Change } from './edit-between.ts';

export class Spans {
  /** Starts and ends in turn, as they came. */
  private added: number[] = [];
  /** Starts and ends in turn, in the order of the text. */
  private joined: number[] = [];

  add(start: number, end: number): void {
    this.added.push(start, end);
  }

  /** Whether one of them has a part in what changed, or ends where that begins. */
  areTouchedBy(change: Change): boolean {
    this.join();
    const { joined } = this;
    let [low, high] = [0, joined.length / 2];
    // The first one that does not end before the change.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (joined[2 * middle + 1]! < change.start) low = middle + 1;
      else high = middle;
    }
    return 2 * low < joined.length && touches(change, joined[2 * low]!, joined[2 * low + 1]!);
  }

  /** Moves those behind the change, which touches none. */
  moveBy({ oldEnd, newEnd }: Change): void {
    this.join();
    const { joined } = this;
    for (let at = joined.length - 1; at >= 0 && joined[at]! > oldEnd; at--) joined[at]! += newEnd - oldEnd;
  }

  private join(): void {
    if (this.added.length === 0) return;
    const spans: [number, number][] = [];
    for (const list of [this.joined, this.added])
      for (let at = 0; at < list.length; at += 2) spans.push([list[at]!, list[at + 1]!]);
    spans.sort(([a], [b]) => a - b);
    const joined: number[] = [];
    for (const [start, end] of spans) {
      const last = joined.length - 1;
      if (last > 0 && start <= joined[last]!) joined[last] = Math.max(joined[last]!, end);
      else joined.push(start, end);
    }
    this.joined = joined;
    this.added = [];
  }
}
