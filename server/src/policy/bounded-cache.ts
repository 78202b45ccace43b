/** A memory of results by text that forgets what was not asked for the longest. */
export class BoundedCache<T> {
  private readonly entries = new Map<string, T>();

  constructor(private readonly most: number) {}

  /** The remembered result, or the one that `compute` gives now. */
  get(key: string, compute: () => T): T {
    const value = this.entries.has(key) ? this.entries.get(key)! : compute();
    // A map keeps the order of insertion: the oldest use stands first.
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > this.most) this.entries.delete(this.entries.keys().next().value!);
    return value;
  }
}
