/** Reads lighttpd configuration: assignments of values and lists, and conditions with blocks. Never fails. */
import type { Comment } from '../programs/program.ts';
import type { DirectiveDocument, Word } from './directives.ts';
import { DirectiveBuilder, endOfLine, isBlank, makeWord, readQuotedWord } from './directive-words.ts';

const token = /=>|==|!=|=~|!~|=\^|=\$|\+=|:=|[=+(),{}]|(?:\$\w+\["[^"\n]*"\])|[^\s"#=+(),{}!]+|!/y;

/**
 * `key = ("a" => "b")` is a directive `key` with all signs and texts as its arguments; `$HTTP["url"] =~ "x" { … }` one with a block. A
 * statement ends with its line, where no bracket is open and no sign waits for a value.
 */
export function readLighttpd(path: string, text: string): DirectiveDocument {
  const builder = new DirectiveBuilder();
  const comments: Comment[] = [];
  let words: Word[] = [];
  let depth = 0;
  const end = (complete: boolean): void => {
    builder.add(words, words.at(-1)?.range.end ?? 0, complete);
    words = [];
    depth = 0;
  };
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length;) {
    const character = text[at]!;
    if (
      character === '\n' &&
      depth === 0 &&
      words.length > 1 &&
      !/^(=|\+=|:=|\+|==|=~|!=|!~)$/.test(words.at(-1)!.text) &&
      !opensBlock(text, at, words)
    )
      end(true);
    if (isBlank(character)) {
      at++;
      continue;
    }
    if (character === '#') {
      const lineEnd = endOfLine(text, at);
      comments.push({ text: text.slice(at + 1, lineEnd).trim(), range: { start: at, end: lineEnd } });
      at = lineEnd;
      continue;
    }
    if (character === '"') {
      const word = readQuotedWord(text, at, text.length, (content) => content.replaceAll('\\"', '"'));
      words.push(word);
      at = Math.max(word.range.end, at + 1);
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(text)?.[0] ?? character;
    const range = { start: at, end: at + found.length };
    at = range.end;
    if (found === '{' && depth === 0) {
      const directive = builder.add(
        words.length > 0 ? words : [makeWord('', { start: range.start, end: range.start }, range, '')],
        range.end,
        false,
      )!;
      words = [];
      builder.open(directive, range.end);
    } else if (found === '}' && depth === 0) {
      end(true);
      builder.close(range.start, range.end, true);
    } else {
      if (found === '(') depth++;
      if (found === ')') depth = Math.max(0, depth - 1);
      words.push(makeWord(found, range, range, ''));
    }
  }
  end(false);
  builder.closeAll(text.length);
  return { shape: 'directives', format: 'lighttpd', path, text, directives: builder.roots, comments };
}

/** The brace of a condition may stand on the next line. */
function opensBlock(text: string, at: number, words: readonly Word[]): boolean {
  return /^(\$|else)/.test(words[0]!.text) && /^\s*\{/.test(text.slice(at, at + 200));
}
