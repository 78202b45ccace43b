/** Reads lighttpd configuration: assignments of values and lists, and conditions with blocks. Never fails. */
import type { Comment } from '../programs/program.ts';
import type { Directive, DirectiveDocument, Word } from './directives.ts';
import { DirectiveBuilder, endOfLine, isBlank, makeWord, readQuotedWord } from './directive-words.ts';

const token = /=>|==|!=|=~|!~|=\^|=\$|\+=|:=|[=+(),{}]|(?:\$\w+\["[^"\n]*"\])|[^\s"#=+(),{}!]+|!/y;

/**
 * `key = ("a" => "b")` is a directive `key` with all signs and texts as its arguments; `$HTTP["url"] =~ "x" { … }` one
 * with a block. A statement ends with its line, where no bracket is open and no sign waits for a value.
 */
export function readLighttpd(path: string, text: string): DirectiveDocument {
  const reader = new LighttpdReader(text);
  reader.read();
  const { directives, comments } = reader;
  return { shape: 'directives', format: 'lighttpd', path, text, directives, comments };
}

class LighttpdReader {
  readonly comments: Comment[] = [];
  private readonly builder = new DirectiveBuilder();
  /** Of the statement that has not ended yet. */
  private words: Word[] = [];
  /** How many parentheses of it are open. */
  private depth = 0;
  private at: number;

  constructor(private readonly text: string) {
    this.at = text.startsWith('\ufeff') ? 1 : 0;
  }

  get directives(): readonly Directive[] {
    return this.builder.roots;
  }

  read(): void {
    while (this.at < this.text.length) this.next();
    this.end(false);
    this.builder.closeAll(this.text.length);
  }

  private next(): void {
    const character = this.text[this.at]!;
    if (character === '\n' && this.endsHere()) this.end(true);
    if (isBlank(character)) this.at++;
    else if (character === '#') this.comment();
    else if (character === '"') this.quoted();
    else this.sign(character);
  }

  private endsHere(): boolean {
    const { words } = this;
    return (
      this.depth === 0 &&
      words.length > 1 &&
      !/^(=|\+=|:=|\+|==|=~|!=|!~)$/.test(words.at(-1)!.text) &&
      !opensBlock(this.text, this.at, words)
    );
  }

  private end(complete: boolean): void {
    this.builder.add(this.words, this.words.at(-1)?.range.end ?? 0, complete);
    this.words = [];
    this.depth = 0;
  }

  private comment(): void {
    const range = { start: this.at, end: endOfLine(this.text, this.at) };
    this.comments.push({ text: this.text.slice(range.start + 1, range.end).trim(), range });
    this.at = range.end;
  }

  private quoted(): void {
    const word = readQuotedWord(this.text, this.at, this.text.length, (content) => content.replaceAll('\\"', '"'));
    this.words.push(word);
    this.at = Math.max(word.range.end, this.at + 1);
  }

  private sign(character: string): void {
    token.lastIndex = this.at;
    const found = token.exec(this.text)?.[0] ?? character;
    const range = { start: this.at, end: this.at + found.length };
    this.at = range.end;
    if (found === '{' && this.depth === 0) {
      this.builder.open(this.builder.addBlock(this.words, range), range.end);
      this.words = [];
    } else if (found === '}' && this.depth === 0) {
      this.end(true);
      this.builder.close(range.start, range.end, true);
    } else {
      if (found === '(') this.depth++;
      if (found === ')') this.depth = Math.max(0, this.depth - 1);
      this.words.push(makeWord(found, range, range, ''));
    }
  }
}

/** The brace of a condition may stand on the next line. */
function opensBlock(text: string, at: number, words: readonly Word[]): boolean {
  return /^(\$|else)/.test(words[0]!.text) && /^\s*\{/.test(text.slice(at, at + 200));
}
