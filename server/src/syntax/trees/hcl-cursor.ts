/** Goes through a text of HCL: blanks, comments, words, quoted texts, heredocs, and past expressions that are no literals. */
import type { Comment } from '../programs/program.ts';
import type { SourceRange } from '../range.ts';

/** A quoted text that is longer has lost its end. */
const longestQuoted = 20_000;
const identifier = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const heredocHead = /<<-?[\p{L}_][\p{L}\p{N}_-]*[ \t]*\r?\n/uy;

/** A key of an attribute, the type of a block or one of its labels. */
export interface HclWord {
  readonly text: string;
  readonly range: SourceRange;
}

/** A place in the text that only moves on, but for an expression that turns out to be no literal. */
export class HclCursor {
  at = 0;
  /** By start: an expression may be looked at twice. */
  private readonly found = new Map<number, Comment>();

  constructor(readonly text: string) {}

  /** The character here; empty behind the end. */
  get character(): string {
    return this.text[this.at] ?? '';
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** In the order of the text. */
  get comments(): Comment[] {
    return [...this.found.values()].sort((a, b) => a.range.start - b.range.start);
  }

  /** What the sticky pattern matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  /** Goes past this character where it is next. */
  take(character: string): boolean {
    if (this.character !== character) return false;
    this.at++;
    return true;
  }

  /** Past blanks and comments, and line ends where they mean nothing. */
  skip(lines: boolean): void {
    while (!this.atEnd) {
      const blank = lines ? ' \t\r\n\ufeff' : ' \t\r\ufeff';
      if (blank.includes(this.character)) this.at++;
      else if (!this.pastComment()) return;
    }
  }

  toLineEnd(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end;
  }

  /** Whether the value ends here, and no operator goes on with it. */
  ends(): boolean {
    const before = this.at;
    this.skip(false);
    const done = this.atEnd || /[\n,\]})]/.test(this.character);
    this.at = before;
    return done;
  }

  /** A name, or a quoted text that stands for one. */
  word(): HclWord | undefined {
    const start = this.at;
    if (this.character === '"') {
      const { value } = this.quoted();
      return { text: value, range: { start, end: this.at } };
    }
    const name = this.match(identifier);
    if (name === undefined) return undefined;
    this.at += name.length;
    return { text: name, range: { start, end: this.at } };
  }

  /** The same, or names with dots between them, as the blocks of Grafana Alloy have. */
  dottedWord(): HclWord | undefined {
    const start = this.at;
    let word = this.word();
    while (word !== undefined && this.character === '.') {
      this.at++;
      const next = this.match(identifier) === undefined ? undefined : this.word();
      if (next === undefined) break;
      word = { text: `${word.text}.${next.text}`, range: { start, end: this.at } };
    }
    return word;
  }

  /** A quoted text, with what stands between its quotes; one that is being typed has no closing quote. */
  quoted(): { readonly value: string; readonly contentRange: SourceRange } {
    const { text, at: start } = this;
    this.pastQuoted();
    if (text[this.at - 1] === '\r') this.at--;
    const closed = this.at - start > 1 && text[this.at - 1] === '"';
    const contentRange = { start: start + 1, end: closed ? this.at - 1 : this.at };
    return { value: unescaped(text.slice(contentRange.start, contentRange.end)), contentRange };
  }

  /** What stands between `<<NAME` or `<<-NAME` and its end; undefined where it is none. */
  heredoc(): { readonly content: SourceRange; readonly indented: boolean } | undefined {
    const head = this.match(heredocHead);
    if (head === undefined) return undefined;
    const name = /[\p{L}_][\p{L}\p{N}_-]*/u.exec(head)![0];
    const start = this.at + head.length;
    const close = new RegExp(`^[ \\t]*${name}[ \\t]*\\r?$`, 'mu').exec(this.text.slice(start));
    const end = close ? start + close.index : this.text.length;
    this.at = close ? end + close[0].trimEnd().length : this.text.length;
    return { content: { start, end }, indented: head[2] === '-' };
  }

  /** Past the rest of an expression: up to the line end, comma or bracket that closes what it stands in. */
  pastExpression(): void {
    let depth = 0;
    while (!this.atEnd) {
      const { character } = this;
      if (character === '"') this.pastQuoted();
      else if (character === '<' && this.heredoc()) continue;
      else if (depth === 0 && (this.isComment() || '\n,]})'.includes(character))) return;
      else if (this.pastComment()) continue;
      else {
        if ('([{'.includes(character)) depth++;
        else if (')]}'.includes(character)) depth--;
        this.at++;
      }
    }
  }

  private isComment(): boolean {
    const [first, second] = [this.character, this.text[this.at + 1]];
    return first === '#' || (first === '/' && (second === '/' || second === '*'));
  }

  private pastComment(): boolean {
    if (!this.isComment()) return false;
    const { text, at: start } = this;
    const line = text[start] === '#' || text[start + 1] !== '*';
    const close = line ? text.indexOf('\n', start) : text.indexOf('*/', start + 2);
    let end = close === -1 ? text.length : line ? close : close + 2;
    if (line && text[end - 1] === '\r') end--;
    const content = text
      .slice(start, end)
      .replace(/^(#+|\/\/+|\/\*+)/, '')
      .replace(/\*\/$/, '')
      .trim();
    this.found.set(start, { range: { start, end }, text: content });
    this.at = end;
    return true;
  }

  /**
   * Past a quoted text, with what stands in its `${…}`, over lines if need be; at the first line end where an end is
   * missing.
   */
  private pastQuoted(): void {
    const { text, at: start } = this;
    const open: ('"' | '{')[] = [];
    let firstLineEnd = -1;
    do {
      const { character } = this;
      const inText = open.at(-1) === '"';
      if (character === '\n') {
        if (firstLineEnd === -1) firstLineEnd = this.at;
        if (inText) break;
      }
      if (character === '\\' && inText) this.at++;
      else if (character === '"') {
        if (inText) open.pop();
        else open.push('"');
      } else if (inText && this.opensTemplate()) {
        open.push('{');
        this.at++;
      } else if (!inText && character === '{') open.push('{');
      else if (!inText && character === '}') open.pop();
      this.at++;
    } while (open.length > 0 && !this.atEnd && this.at - start < longestQuoted);
    if (open.length > 0 && firstLineEnd !== -1) this.at = firstLineEnd;
    this.at = Math.min(this.at, text.length);
  }

  /** `${` or `%{`; written twice the sign stands for itself. */
  private opensTemplate(): boolean {
    const { text, at, character } = this;
    return (character === '$' || character === '%') && text[at + 1] === '{' && text[at - 1] !== character;
  }
}

function unescaped(written: string): string {
  return written.replaceAll(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (whole, short?: string, long?: string, letter?: string) => {
      const code = short ?? long;
      if (code !== undefined)
        return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : whole;
      return { n: '\n', r: '\r', t: '\t' }[letter!] ?? letter!;
    },
  );
}
