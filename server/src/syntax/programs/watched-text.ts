/** The text of a program, which notes what of it is looked at: an edit elsewhere changes nothing that was made of it. */
import type { SourceText } from '../source-text.ts';
import type { Looks } from './looks.ts';

export class WatchedText implements SourceText {
  readonly length: number;

  /** The part of `whole` between the two offsets; offsets of its members count from there. */
  constructor(
    private readonly whole: string,
    private readonly looks: Looks,
    private readonly start = 0,
    private readonly end = whole.length,
  ) {
    this.length = end - start;
  }

  slice(start: number, end = this.length): string {
    const [from, to] = [this.offset(start), this.offset(end)];
    this.looks.addSpan(from, Math.max(from, to));
    return from < to ? this.whole.slice(from, to) : '';
  }

  /** The text between the offsets; what is asked of it is not asked of what stands around. */
  part(start: number, end = this.length): WatchedText {
    const from = this.offset(start);
    return new WatchedText(this.whole, this.looks, from, Math.max(from, this.offset(end)));
  }

  indexOf(searched: string, from = 0): number {
    const start = this.offset(Math.max(from, 0));
    const found = this.whole.indexOf(searched, start);
    const isInside = found !== -1 && found + searched.length <= this.end;
    this.looks.addSpan(start, isInside ? found + searched.length : this.end);
    return isInside ? found - this.start : -1;
  }

  lastIndexOf(searched: string, from = this.length): number {
    if (from < 0 && searched !== '') return this.slice(0, searched.length) === searched ? 0 : -1;
    const last = Math.min(this.start + Math.max(from, 0), this.end - searched.length);
    const found = last < this.start ? -1 : this.whole.lastIndexOf(searched, last);
    const isInside = found >= this.start;
    this.looks.addSpan(isInside ? found : this.start, Math.max(last, this.start) + searched.length);
    return isInside ? found - this.start : -1;
  }

  /** Whether the pattern matches anywhere: where it does may change without changing the answer. */
  has(pattern: RegExp): boolean {
    return this.looks.search('anywhere', pattern, this.whole, this.start, this.end).length > 0;
  }

  /** How often the pattern, which is global, matches, wherever that is. */
  count(pattern: RegExp): number {
    return this.looks.search('count', pattern, this.whole, this.start, this.end).length;
  }

  match(pattern: RegExp): RegExpMatchArray | null {
    return this.looks.search('first', pattern, this.whole, this.start, this.end)[0] ?? null;
  }

  matchAll(pattern: RegExp): readonly RegExpExecArray[] {
    return this.looks.search('all', pattern, this.whole, this.start, this.end);
  }

  /** As `String.slice` counts: from the end where it is negative. */
  private offset(at: number): number {
    return at < 0 ? Math.max(this.end + at, this.start) : Math.min(this.start + at, this.end);
  }
}
