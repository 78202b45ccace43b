/**
 * Which states of a deterministic automaton accept the same texts from there on, by Hopcroft's refinement of partitions.
 * https://doi.org/10.1016/B978-0-12-417750-5.50022-1
 */

interface Table {
  /** By state times `width` plus class: the next state. Every state can be reached from the first. */
  readonly next: Int32Array;
  readonly width: number;
  readonly accepting: Uint8Array;
}

/** By state: the number of its block. States of one block are one state of the smallest automaton. */
export function coarsestPartition(table: Table): { readonly blockOf: Int32Array; readonly count: number } {
  const blocks = new Blocks(table.accepting);
  const before = predecessors(table);
  for (let splitter = blocks.nextSplitter(); splitter !== undefined; splitter = blocks.nextSplitter()) {
    // The block itself may be split while its classes are gone through.
    const members = blocks.membersOf(splitter);
    for (let of = 0; of < table.width; of++) {
      for (const member of members) {
        const slot = member * table.width + of;
        for (let at = before.start[slot]!; at < before.start[slot + 1]!; at++) blocks.mark(before.states[at]!);
      }
      blocks.splitMarked();
    }
  }
  return { blockOf: blocks.blockOf, count: blocks.count };
}

/** By state and class: the states that come there with it, one list behind the other. */
function predecessors({ next, width, accepting }: Table) {
  const start = new Int32Array(next.length + 1);
  const slotOf = (at: number): number => next[at]! * width + (at % width);
  for (let at = 0; at < next.length; at++) start[slotOf(at) + 1]!++;
  for (let slot = 0; slot < next.length; slot++) start[slot + 1]! += start[slot]!;
  const filled = start.slice();
  const states = new Int32Array(next.length);
  for (let state = 0, at = 0; state < accepting.length; state++)
    for (let of = 0; of < width; of++, at++) states[filled[slotOf(at)]!++] = state;
  return { start, states };
}

/** A partition whose blocks stand one behind the other in `order`; marked members are moved to the front of theirs. */
class Blocks {
  readonly blockOf: Int32Array;
  private readonly order: Int32Array;
  private readonly place: Int32Array;
  private readonly start: number[] = [];
  private readonly size: number[] = [];
  private readonly marked: number[] = [];
  private readonly touched: number[] = [];
  private readonly waiting: number[] = [];
  private readonly isWaiting: boolean[] = [];

  constructor(accepting: Uint8Array) {
    const states = accepting.length;
    this.order = new Int32Array(states);
    this.place = new Int32Array(states);
    this.blockOf = new Int32Array(states);
    let count = 0;
    for (let kind = 0; kind < 2; kind++) {
      const start = count;
      for (let state = 0; state < states; state++) {
        if (accepting[state] !== kind) continue;
        this.place[state] = count;
        this.order[count++] = state;
      }
      if (count > start) this.add(start, count - start);
    }
  }

  get count(): number {
    return this.start.length;
  }

  nextSplitter(): number | undefined {
    const block = this.waiting.pop();
    if (block !== undefined) this.isWaiting[block] = false;
    return block;
  }

  membersOf(block: number): Int32Array {
    return this.order.slice(this.start[block], this.start[block]! + this.size[block]!);
  }

  mark(state: number): void {
    const block = this.blockOf[state]!;
    const front = this.start[block]! + this.marked[block]!;
    const at = this.place[state]!;
    if (at < front) return;
    if (this.marked[block] === 0) this.touched.push(block);
    const other = this.order[front]!;
    this.order[front] = state;
    this.order[at] = other;
    this.place[state] = front;
    this.place[other] = at;
    this.marked[block]!++;
  }

  /** Each block that holds marked members and others becomes two. */
  splitMarked(): void {
    if (this.touched.length === 0) return;
    for (const block of this.touched) {
      const marked = this.marked[block]!;
      this.marked[block] = 0;
      const rest = this.size[block]! - marked;
      if (rest === 0) continue;
      const start = this.start[block]!;
      // The smaller half becomes the new block. It alone has to be asked again, or both where the whole was still to come.
      const [smaller, length] = marked <= rest ? [start, marked] : [start + marked, rest];
      if (marked <= rest) this.start[block] = start + marked;
      this.size[block]! -= length;
      this.add(smaller, length);
    }
    this.touched.length = 0;
  }

  private add(start: number, size: number): void {
    const block = this.start.length;
    this.start.push(start);
    this.size.push(size);
    this.marked.push(0);
    this.isWaiting.push(true);
    this.waiting.push(block);
    for (let at = start; at < start + size; at++) this.blockOf[this.order[at]!] = block;
  }
}
