/** Reads nginx configuration into directives, the way nginx's own tokeniser splits it, but without ever failing. */
import type { Comment } from '../programs/program.ts';
import type { Directive, DirectiveDocument, Word } from './directives.ts';
import type { SourceRange } from '../range.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type OpenDirective = Omit<Writable<Directive>, 'block' | 'args'> & { args: Word[]; block?: Directive[] };

/** Directives and comments of an nginx file. Half-typed text gives those that are there; this never throws. */
export function readNginx(path: string, text: string): DirectiveDocument {
  const roots: Directive[] = [];
  const comments: Comment[] = [];
  const open: OpenDirective[] = [];
  let words: Word[] = [];
  let at = 0;

  const begin = (complete: boolean, end: number): OpenDirective | undefined => {
    const [name, ...args] = words;
    words = [];
    if (name === undefined) return undefined;
    const parent = open.at(-1);
    const directive: OpenDirective = {
      name: name.text,
      nameRange: name.range,
      args,
      complete,
      range: { start: name.range.start, end },
      ...(parent && { parent: parent as Directive }),
    };
    (parent?.block ?? roots).push(directive as Directive);
    return directive;
  };
  const closeBlock = (contentEnd: number, end: number, complete: boolean): void => {
    const block = open.pop();
    if (!block) return;
    block.blockRange = { start: block.blockRange!.start, end: contentEnd };
    block.range = { start: block.range.start, end };
    block.complete = complete;
  };
  const endHalfTyped = (): void => {
    begin(false, words.at(-1)?.range.end ?? at);
  };

  while (at < text.length) {
    const character = text[at]!;
    if (isSpace(character)) {
      at++;
      continue;
    }
    if (character === '#') {
      const end = endOfLine(text, at);
      comments.push({ text: text.slice(at + 1, end).trim(), range: { start: at, end } });
      at = end;
      continue;
    }
    if (character === ';') {
      begin(true, ++at);
      continue;
    }
    if (character === '}') {
      endHalfTyped();
      closeBlock(at, at + 1, true);
      at++;
      continue;
    }
    if (character === '{' && text[at + 1] !== '{') {
      at++;
      const directive = begin(false, at);
      if (!directive) continue;
      directive.block = [];
      directive.blockRange = { start: at, end: at };
      open.push(directive);
      if (!directive.name.endsWith('_by_lua_block')) continue;
      at = endOfLua(text, at);
      const closed = text[at] === '}';
      closeBlock(at, closed ? at + 1 : at, closed);
      if (closed) at++;
      continue;
    }
    const word = readWord(text, at);
    words.push(word);
    at = word.range.end;
  }
  endHalfTyped();
  while (open.length > 0) closeBlock(text.length, text.length, false);
  return { shape: 'directives', format: 'nginx', path, text, directives: roots, comments };
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
    if (isSpace(character) || character === ';' || character === '{' || (character === '}' && at > start)) break;
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

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline < 0 ? text.length : newline;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}
