/**
 * Reads a Caddyfile: one directive a line, blocks in braces that end a line. Never fails.
 *
 * https://caddyserver.com/docs/caddyfile/concepts
 */
import type { Comment } from '../programs/program.ts';
import type { DirectiveDocument, Word } from './directives.ts';
import { DirectiveBuilder, endOfLine, isBlank, makeWord } from './directive-words.ts';

/** Directives and comments. The global options are a directive without a name; `a.com, b.com {` is `a.com,` with one argument. */
export function readCaddyfile(path: string, text: string): DirectiveDocument {
  const builder = new DirectiveBuilder();
  const comments: Comment[] = [];
  let words: Word[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const end = (complete: boolean): void => {
    builder.add(words, words.at(-1)?.range.end ?? at, complete);
    words = [];
  };
  while (at < text.length) {
    const character = text[at]!;
    if (character === '\n') {
      at++;
      // A list of addresses goes on after a comma.
      if (builder.current || !words.at(-1)?.text.endsWith(',')) end(true);
    } else if (isBlank(character)) at++;
    else if (character === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) at = text.indexOf('\n', at) + 1;
    else if (character === '#') {
      const lineEnd = endOfLine(text, at);
      comments.push({ text: text.slice(at + 1, lineEnd).trim(), range: { start: at, end: lineEnd } });
      at = lineEnd;
    } else if (character === '}' && words.length === 0 && isEndOfWord(text, at + 1)) {
      builder.close(at, at + 1, true);
      at++;
    } else if (
      character === '{' &&
      isEndOfWord(text, at + 1) &&
      /^[ \t]*(#.*)?\r?$/m.test(/^.*/.exec(text.slice(at + 1))![0])
    ) {
      const named = words.length > 0 ? words : [makeWord('', { start: at, end: at }, { start: at, end: at }, '')];
      builder.open(builder.add(named, at + 1, false)!, at + 1);
      words = [];
      at++;
    } else {
      const word = readWord(text, at);
      words.push(word);
      at = Math.max(word.range.end, at + 1);
    }
  }
  end(false);
  builder.closeAll(text.length);
  return { shape: 'directives', format: 'caddyfile', path, text, directives: builder.roots, comments };
}

function isEndOfWord(text: string, at: number): boolean {
  return at >= text.length || isBlank(text[at]);
}

function readWord(text: string, start: number): Word {
  const quote = text[start]!;
  if (quote === '"' || quote === '`') {
    let at = start + 1;
    // Only a quote can be escaped, and nothing between backticks.
    while (at < text.length && text[at] !== quote) at += quote === '"' && text.startsWith('\\"', at) ? 2 : 1;
    const content = text.slice(start + 1, at);
    return makeWord(
      quote === '"' ? content.replaceAll('\\"', '"') : content,
      { start, end: Math.min(at + 1, text.length) },
      { start: start + 1, end: Math.min(at, text.length) },
      quote,
    );
  }
  const heredoc = /^<<([\w-]+)\r?\n/.exec(text.slice(start, start + 80));
  if (heredoc) {
    const from = start + heredoc[0].length;
    const close = new RegExp(`^[ \\t]*${heredoc[1]}`, 'm').exec(text.slice(from));
    const contentEnd = close ? from + close.index : text.length;
    return makeWord(
      text.slice(from, contentEnd),
      { start, end: close ? contentEnd + close[0].length : text.length },
      { start: from, end: contentEnd },
      '',
    );
  }
  let at = start;
  while (!isEndOfWord(text, at)) at++;
  return makeWord(text.slice(start, at), { start, end: at }, { start, end: at }, '');
}
