/** Reads Varnish configuration: statements that end with `;`, subroutines and conditions with blocks. Never fails. https://varnish-cache.org/docs/7.1/reference/vcl.html */
import type { Comment } from '../programs/program.ts';
import type { DirectiveDocument, Word } from './directives.ts';
import { DirectiveBuilder, endOfLine, isBlank, makeWord } from './directive-words.ts';

const token = /&&|\|\||==|!=|!~|<=|>=|\+=|[=~!<>(){},;+]|[^\s"=~!<>(){},;+&|]+|[&|]/y;

/** `set resp.http.X = "y";` is `set` with four arguments, `if (…) {` is `if` with the brackets among its arguments. */
export function readVcl(path: string, text: string): DirectiveDocument {
  const builder = new DirectiveBuilder();
  const comments: Comment[] = [];
  let words: Word[] = [];
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length;) {
    const character = text[at]!;
    if (isBlank(character)) {
      at++;
      continue;
    }
    const block = text.startsWith('/*', at);
    if (character === '#' || block || text.startsWith('//', at)) {
      const close = block ? text.indexOf('*/', at + 2) : endOfLine(text, at);
      const end = close < 0 ? text.length : block ? close + 2 : close;
      comments.push({
        text: text.slice(at + (character === '#' ? 1 : 2), block && close >= 0 ? close : end).trim(),
        range: { start: at, end },
      });
      at = end;
      continue;
    }
    const string = readString(text, at);
    if (string) {
      words.push(string);
      at = string.range.end;
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(text)?.[0] ?? character;
    const range = { start: at, end: at + found.length };
    at = range.end;
    if (found === ';') {
      builder.add(words, at, true);
      words = [];
    } else if (found === '{') {
      builder.open(
        builder.add(
          words.length > 0 ? words : [makeWord('', { start: range.start, end: range.start }, range, '')],
          at,
          false,
        )!,
        at,
      );
      words = [];
    } else if (found === '}') {
      builder.add(words, range.start, false);
      words = [];
      builder.close(range.start, at, true);
    } else words.push(makeWord(found, range, range, ''));
  }
  builder.add(words, words.at(-1)?.range.end ?? text.length, false);
  builder.closeAll(text.length);
  return { shape: 'directives', format: 'vcl', path, text, directives: builder.roots, comments };
}

/** `"…"` on one line, `{"…"}` and `"""…"""` on several; nothing is escaped in them. */
function readString(text: string, start: number): Word | undefined {
  for (const [open, close] of [
    ['"""', '"""'],
    ['{"', '"}'],
    ['"', '"'],
  ] as const) {
    if (!text.startsWith(open, start)) continue;
    const from = start + open.length;
    const found = text.indexOf(close, from);
    const limit = open === '"' ? endOfLine(text, from) : text.length;
    const end = found < 0 || found > limit ? limit : found;
    return makeWord(
      text.slice(from, end),
      { start, end: end === found ? end + close.length : end },
      { start: from, end },
      '"',
    );
  }
  return undefined;
}
