/** A memory of results that forgets what was not asked for the longest. */
export class BoundedCache<T, Key extends string | number = string> {
  /** What was asked for since the other half was full; what is in neither is forgotten. */
  private recent = new Map<Key, T>();
  private before = new Map<Key, T>();
  private weight = 0;

  /** `most`: how much it holds together, as `weightOf` has it; one each without it. */
  constructor(
    private readonly most: number,
    private readonly weightOf: (value: T) => number = () => 1,
  ) {}

  /** The remembered result, or the one that `compute` gives now. */
  get(key: Key, compute: () => T): T {
    if (this.recent.has(key)) return this.recent.get(key)!;
    return this.keep(key, this.before.has(key) ? this.before.get(key)! : compute());
  }

  /** The remembered result; undefined without one. */
  find(key: Key): T | undefined {
    return this.recent.get(key) ?? this.before.get(key);
  }

  keep(key: Key, value: T): T {
    if (this.recent.has(key)) this.weight -= this.weightOf(this.recent.get(key)!);
    this.weight += this.weightOf(value);
    if (2 * this.weight > this.most && this.recent.size > 0) {
      // To delete single members of a map costs more the more were deleted before.
      this.before = this.recent;
      this.recent = new Map();
      this.weight = this.weightOf(value);
    }
    this.recent.set(key, value);
    return value;
  }
}
