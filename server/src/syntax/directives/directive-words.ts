/** Words and lines, as the readers of several servers' configurations split them. */
import type { Directive, Word } from './directives.ts';
import type { SourceRange } from '../range.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
/** A directive whose block is still being read. */
export type OpenDirective = Omit<Writable<Directive>, 'block' | 'args'> & { args: Word[]; block?: Directive[] };

/** Directives in the order of the text, nested by `open` and `close`. */
export class DirectiveBuilder {
  readonly roots: Directive[] = [];
  private readonly stack: OpenDirective[] = [];

  /** The innermost block that is open. */
  get current(): OpenDirective | undefined {
    return this.stack.at(-1);
  }

  /** Adds a directive of these words; undefined when there are none. */
  add(words: readonly Word[], end: number, complete: boolean): OpenDirective | undefined {
    const [name, ...args] = words;
    if (name === undefined) return undefined;
    const parent = this.current;
    const directive: OpenDirective = {
      name: name.text,
      nameRange: name.range,
      args,
      complete,
      range: { start: name.range.start, end },
      ...(parent && { parent: parent as Directive }),
    };
    (parent?.block ?? this.roots).push(directive as Directive);
    return directive;
  }

  /** Adds the directive whose block opens at the brace; a block alone has an empty name. */
  addBlock(words: readonly Word[], { start, end }: SourceRange): OpenDirective {
    const named = words.length > 0 ? words : [makeWord('', { start, end: start }, { start, end }, '')];
    return this.add(named, end, false)!;
  }

  open(directive: OpenDirective, contentStart: number): void {
    directive.block = [];
    directive.blockRange = { start: contentStart, end: contentStart };
    this.stack.push(directive);
  }

  /** Closes the innermost block; false when none is open. */
  close(contentEnd: number, end: number, complete: boolean): boolean {
    const block = this.stack.pop();
    if (!block) return false;
    block.blockRange = { start: block.blockRange!.start, end: contentEnd };
    block.range = { start: block.range.start, end };
    block.complete = complete;
    return true;
  }

  closeAll(end: number): void {
    while (this.close(end, end, false));
  }
}

/** Without `\r`. */
export function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline < 0 ? text.length : newline;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}

export function makeWord(text: string, range: SourceRange, contentRange: SourceRange, quote: Word['quote']): Word {
  return { text, range, contentRange, quote };
}

/** A word in quotes from `start` to at most `limit`; an unclosed one ends there. `unescape` gets what stands between the quotes. */
export function readQuotedWord(
  text: string,
  start: number,
  limit: number,
  unescape: (content: string) => string,
): Word {
  const quote = text[start] as '"' | "'";
  let at = start + 1;
  while (at < limit && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  const contentEnd = Math.min(at, limit);
  return makeWord(
    unescape(text.slice(start + 1, contentEnd)),
    { start, end: Math.min(contentEnd + 1, limit) },
    { start: start + 1, end: contentEnd },
    quote,
  );
}
