/** Goes through a text of HOCON: blanks, comments, quoted and unquoted texts, and substitutions. */
import type { Comment } from '../programs/program.ts';
import type { SourceRange } from '../range.ts';

/** One piece of a value, as it is put together with its neighbours. */
export interface HoconText {
  readonly value: string;
  readonly range: SourceRange;
  /** Without the quotes, where there are any. */
  readonly contentRange: SourceRange;
  readonly kind: 'quoted' | 'unquoted' | 'substitution';
}

const substitution = /\$\{\??[^}\r\n]*\}?/y;
/** Blanks inside are a part of it, as far as something follows them. A slash is one only where it begins no comment. */
const unquoted = /(?:[^\s$"{}[\]:=,+#`^?!@*&\\/]|\/(?!\/))+/y;
/** The same in a value, where a forgotten quote leaves signs of all kinds. */
const loose = /(?:[^\s$"{}[\],#/]|\/(?!\/))+/y;
const tripleQuoted = /"""([\s\S]*?)(?:"""+|$)/y;
const quoted = /"((?:[^"\\\r\n]|\\.)*)("?)/y;

/** A place in the text that only moves on. */
export class HoconCursor {
  at = 0;
  readonly comments: Comment[] = [];

  constructor(readonly text: string) {}

  /** The character here; empty behind the end. */
  get character(): string {
    return this.text[this.at] ?? '';
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** What the sticky pattern matches here, and goes past it. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  /** Past blanks and comments, and line ends where they mean nothing. */
  skip(lines: boolean): void {
    const blank = lines ? /[\s\ufeff]+/y : /[^\S\n]+/y;
    do this.match(blank);
    while (this.pastComment());
  }

  /** A key's part, or a piece of a value; undefined where there is neither. */
  piece(inValue: boolean): HoconText | undefined {
    const start = this.at;
    if (this.character === '"') return this.quotedText();
    const reference = inValue ? this.match(substitution)?.[0] : undefined;
    const value = reference ?? this.match(inValue ? loose : unquoted)?.[0];
    if (value === undefined) return undefined;
    const range = { start, end: this.at };
    return { value, range, contentRange: range, kind: reference === undefined ? 'unquoted' : 'substitution' };
  }

  private quotedText(): HoconText {
    const start = this.at;
    const triple = this.match(tripleQuoted);
    if (triple) {
      const contentRange = { start: start + 3, end: start + 3 + triple[1]!.length };
      return { value: triple[1]!, range: { start, end: this.at }, contentRange, kind: 'quoted' };
    }
    const found = this.match(quoted)!;
    const contentRange = { start: start + 1, end: start + 1 + found[1]!.length };
    return { value: unescaped(found[1]!), range: { start, end: this.at }, contentRange, kind: 'quoted' };
  }

  private pastComment(): boolean {
    const start = this.at;
    const comment = this.match(/(?:#|\/\/)[^\r\n]*/y)?.[0];
    if (comment === undefined) return false;
    this.comments.push({ range: { start, end: this.at }, text: comment.replace(/^(#+|\/\/+)/, '').trim() });
    return true;
  }
}

/** Escapes are those of JSON. */
function unescaped(written: string): string {
  return written.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, letter: string) =>
    code === undefined
      ? ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[letter] ?? letter)
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
