/**
 * What of a text was looked at: spans that were read, patterns that were searched for, and names. A change that lies in no span and
 * leaves the answer of every search leaves everything as it is that was made of the text, as long as the tree keeps its form.
 */
import type { Change } from './edit-between.ts';
import { saysTheSame, searchIn } from './searches.ts';
import type { Search, SearchKind } from './searches.ts';
import { Spans } from './spans.ts';

export class Looks {
  private readonly spans = new Spans();
  private readonly searches: Search[] = [];
  private readonly wholeSearches = new Map<string, Search>();
  private readonly names = new Set<string>();

  addSpan(start: number, end: number): void {
    this.spans.add(start, end);
  }

  /** All places of the text where this stands as a word of its own. */
  addName(name: string): void {
    this.names.add(name);
  }

  /** What the pattern finds between the offsets: one match at most unless `kind` is `all`. */
  search(kind: SearchKind, pattern: RegExp, text: string, start: number, end: number): readonly RegExpExecArray[] {
    if (start > 0 || end < text.length) {
      const search = searchIn(text.slice(start, end), kind, pattern, { start, end });
      this.searches.push(search);
      return search.found;
    }
    const key = `${kind} ${pattern.flags} ${pattern.source}`;
    let search = this.wholeSearches.get(key);
    if (!search) this.wholeSearches.set(key, (search = searchIn(text, kind, pattern)));
    return search.found;
  }

  /** Whether the change lies where nobody looked. */
  isUntouchedBy(change: Change, before: string, after: string): boolean {
    if (this.spans.areTouchedBy(change)) return false;
    for (const name of this.names)
      if (isNear(name, before, change.start, change.oldEnd) || isNear(name, after, change.start, change.newEnd))
        return false;
    const isSame = (search: Search): boolean => saysTheSame(search, change, before, after);
    return this.searches.every(isSame) && [...this.wholeSearches.values()].every(isSame);
  }

  /** Makes these the looks at the text after a change that touched none. */
  moveBy(change: Change): void {
    const delta = change.newEnd - change.oldEnd;
    const moved = (offset: number): number => (offset >= change.oldEnd ? offset + delta : offset);
    this.spans.moveBy(change);
    for (const search of [...this.searches, ...this.wholeSearches.values()]) {
      const from = search.range?.start ?? 0;
      if (search.range) search.range = { start: moved(from), end: moved(search.range.end) };
      for (const match of search.found) match.index = moved(from + match.index) - moved(from);
    }
  }
}

/** Whether the name stands between the offsets, or so near that what is there makes a word of its own of it or not. */
function isNear(name: string, text: string, start: number, end: number): boolean {
  return text.slice(Math.max(0, start - name.length - 1), end + name.length + 1).includes(name);
}
