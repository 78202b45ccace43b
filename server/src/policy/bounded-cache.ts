/** A memory of results that forgets what was not asked for the longest. */
export class BoundedCache<T, Key extends string | number = string> {
  private readonly entries = new Map<Key, T>();
  private weight = 0;

  /** `most`: how much it holds together, as `weightOf` has it; one each without it. */
  constructor(
    private readonly most: number,
    private readonly weightOf: (value: T) => number = () => 1,
  ) {}

  /** The remembered result, or the one that `compute` gives now. */
  get(key: Key, compute: () => T): T {
    if (!this.entries.has(key)) return this.keep(key, compute());
    const value = this.entries.get(key)!;
    // A map keeps the order of insertion: the oldest use stands first.
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  /** The remembered result; undefined without one. */
  find(key: Key): T | undefined {
    return this.entries.get(key);
  }

  keep(key: Key, value: T): T {
    this.forget(key);
    this.entries.set(key, value);
    this.weight += this.weightOf(value);
    while (this.weight > this.most && this.entries.size > 1) this.forget(this.entries.keys().next().value!);
    return value;
  }

  private forget(key: Key): void {
    if (!this.entries.has(key)) return;
    this.weight -= this.weightOf(this.entries.get(key)!);
    this.entries.delete(key);
  }
}
