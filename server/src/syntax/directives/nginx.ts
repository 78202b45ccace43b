/** Reads nginx configuration into directives, the way nginx's own tokeniser splits it, but without ever failing. */
import type { Comment } from '../programs/program.ts';
import type { Directive, DirectiveDocument, Word } from './directives.ts';
import type { OpenDirective } from './directive-words.ts';
import { DirectiveBuilder, endOfLine, isBlank, makeWord } from './directive-words.ts';
import type { SourceRange } from '../range.ts';

/** Directives and comments of an nginx file. Half-typed text gives those that are there; this never throws. */
export function readNginx(path: string, text: string): DirectiveDocument {
  const reader = new NginxReader(text);
  reader.read();
  return { shape: 'directives', format: 'nginx', path, text, directives: reader.directives, comments: reader.comments };
}

class NginxReader {
  readonly comments: Comment[] = [];
  private readonly builder = new DirectiveBuilder();
  /** Of the directive that has not ended yet. */
  private words: Word[] = [];
  private at = 0;

  constructor(private readonly text: string) {}

  get directives(): readonly Directive[] {
    return this.builder.roots;
  }

  read(): void {
    while (this.at < this.text.length) this.next();
    this.endHalfTyped();
    this.builder.closeAll(this.text.length);
  }

  private next(): void {
    const { text, at } = this;
    const character = text[at]!;
    if (isBlank(character)) this.at++;
    else if (character === '#') this.comment();
    else if (character === ';') this.directive(true, ++this.at);
    else if (character === '}') this.closeBlock();
    else if (character === '{' && text[at + 1] !== '{') this.openBlock();
    else {
      const word = readWord(text, at);
      this.words.push(word);
      this.at = word.range.end;
    }
  }

  private comment(): void {
    const range = { start: this.at, end: endOfLine(this.text, this.at) };
    this.comments.push({ text: this.text.slice(range.start + 1, range.end).trim(), range });
    this.at = range.end;
  }

  /** Makes a directive of the words so far; undefined where there are none. */
  private directive(complete: boolean, end: number): OpenDirective | undefined {
    const { words } = this;
    this.words = [];
    return this.builder.add(words, end, complete);
  }

  private endHalfTyped(): void {
    this.directive(false, this.words.at(-1)?.range.end ?? this.at);
  }

  private openBlock(): void {
    const directive = this.directive(false, ++this.at);
    if (!directive) return;
    this.builder.open(directive, this.at);
    if (!directive.name.endsWith('_by_lua_block')) return;
    this.at = endOfLua(this.text, this.at);
    const closed = this.text[this.at] === '}';
    const contentEnd = this.at;
    // The code is one word, as it is where it stands between quotes.
    const code = { start: directive.blockRange!.start, end: contentEnd };
    directive.args.push(makeWord(this.text.slice(code.start, code.end), code, code, ''));
    if (closed) this.at++;
    this.builder.close(contentEnd, this.at, closed);
  }

  private closeBlock(): void {
    this.endHalfTyped();
    this.builder.close(this.at, ++this.at, true);
  }
}

function readWord(text: string, start: number): Word {
  const first = text[start];
  return first === '"' || first === "'" ? readQuoted(text, start, first) : readBare(text, start);
}

function readQuoted(text: string, start: number, quote: '"' | "'"): Word {
  let at = start + 1;
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  const contentEnd = Math.min(at, text.length);
  return word(
    text,
    { start, end: Math.min(contentEnd + 1, text.length) },
    { start: start + 1, end: contentEnd },
    quote,
  );
}

/** A `{` opens a block only outside `${name}` and a template's `{{ … }}`. */
function readBare(text: string, start: number): Word {
  let at = start;
  while (at < text.length) {
    const character = text[at]!;
    if (character === '\\') {
      at += 2;
      continue;
    }
    const closing = text.startsWith('{{', at) ? '}}' : text.startsWith('${', at) ? '}' : undefined;
    if (closing) {
      const close = text.slice(at, endOfLine(text, at)).indexOf(closing);
      at += close < 0 ? 2 : close + closing.length;
      continue;
    }
    if (isBlank(character) || character === ';' || character === '{' || (character === '}' && at > start)) break;
    at++;
  }
  const range = { start, end: Math.min(at, text.length) };
  return word(text, range, range, '');
}

function word(text: string, range: SourceRange, contentRange: SourceRange, quote: Word['quote']): Word {
  return { text: unescape(text.slice(contentRange.start, contentRange.end)), range, contentRange, quote };
}

/** nginx removes the backslash only before these; in a regular expression `\.` stays as it is. */
function unescape(text: string): string {
  return text.replace(/\\(["'\\trn])/g, (_, letter: string) => ({ t: '\t', r: '\r', n: '\n' })[letter] ?? letter);
}

/** Offset of the brace that closes a Lua block, or of the end of the text. Strings and comments may hold braces. */
function endOfLua(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at]!;
    const long = /^(?:--)?\[(=*)\[/.exec(text.slice(at, at + 40));
    if (long) {
      const close = text.indexOf(`]${long[1]}]`, at + long[0].length);
      at = close < 0 ? text.length : close + long[1]!.length + 2;
      continue;
    }
    if (text.startsWith('--', at)) {
      at = endOfLine(text, at);
      continue;
    }
    if (character === '"' || character === "'") {
      at = readQuoted(text, at, character).range.end;
      continue;
    }
    if (character === '{') depth++;
    if (character === '}' && depth-- === 0) return at;
    at++;
  }
  return text.length;
}
