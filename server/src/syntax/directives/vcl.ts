/**
 * Reads Varnish configuration: statements that end with `;`, subroutines and conditions with blocks. Never fails.
 *
 * https://varnish-cache.org/docs/7.1/reference/vcl.html
 */
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
    if (isBlank(text[at])) {
      at++;
      continue;
    }
    const comment = readComment(text, at);
    if (comment) {
      comments.push(comment);
      at = comment.range.end;
      continue;
    }
    const string = readString(text, at);
    if (string) {
      words.push(string);
      at = string.range.end;
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(text)?.[0] ?? text[at]!;
    const range = { start: at, end: at + found.length };
    at = range.end;
    if (!/^[;{}]$/.test(found)) {
      words.push(makeWord(found, range, range, ''));
      continue;
    }
    if (found === '{') builder.open(builder.addBlock(words, range), at);
    else builder.add(words, found === ';' ? at : range.start, found === ';');
    if (found === '}') builder.close(range.start, at, true);
    words = [];
  }
  builder.add(words, words.at(-1)?.range.end ?? text.length, false);
  builder.closeAll(text.length);
  return { shape: 'directives', format: 'vcl', path, text, directives: builder.roots, comments };
}

/** `#` and `//` up to the end of the line, `/*` up to its own end or that of the text. */
function readComment(text: string, start: number): Comment | undefined {
  const sign = ['#', '//', '/*'].find((one) => text.startsWith(one, start));
  if (sign === undefined) return undefined;
  const from = start + sign.length;
  const close = sign === '/*' ? text.indexOf('*/', from) : endOfLine(text, start);
  const content = text.slice(from, close < 0 ? text.length : close).trim();
  const end = close < 0 ? text.length : sign === '/*' ? close + 2 : close;
  return { text: content, range: { start, end } };
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
