/** Reads Apache httpd configuration: one directive a line, sections in angle brackets. Never fails. */
import type { Comment } from '../programs/program.ts';
import type { DirectiveDocument, Word } from './directives.ts';
import { DirectiveBuilder, endOfLine, isBlank, makeWord, readQuotedWord } from './directive-words.ts';

/** Directives and comments. A section is a directive with a block: `<Location "/api">` is `Location` with one argument. */
export function readApache(path: string, text: string): DirectiveDocument {
  const builder = new DirectiveBuilder();
  const comments: Comment[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    while (isBlank(text[at])) at++;
    if (at >= text.length) break;
    const end = endOfStatement(text, at);
    if (text[at] === '#') {
      comments.push({ text: text.slice(at + 1, end).trim(), range: { start: at, end } });
      at = end;
      continue;
    }
    if (text.startsWith('</', at)) {
      builder.close(at, Math.min(end, text.length), text[end - 1] === '>');
      at = end;
      continue;
    }
    if (text[at] === '<') {
      const close = sectionEnd(text, at + 1, end);
      const directive = builder.add(wordsOf(text, at + 1, close), end, true);
      if (directive && close < end) builder.open(directive, end);
      at = end;
      continue;
    }
    const words = wordsOf(text, at, end);
    builder.add(words, words.at(-1)?.range.end ?? end, end < text.length);
    at = end;
  }
  builder.closeAll(text.length);
  return { shape: 'directives', format: 'apache', path, text, directives: builder.roots, comments };
}

/** A backslash before the line's end goes on in the next line, in a comment too. */
function endOfStatement(text: string, from: number): number {
  let end = endOfLine(text, from);
  while (end > from && text[end - 1] === '\\') {
    const newline = text.indexOf('\n', end);
    if (newline < 0) return text.length;
    end = endOfLine(text, newline + 1);
  }
  return end;
}

/** The `>` at the end of the line: an expression may hold others. */
function sectionEnd(text: string, from: number, end: number): number {
  let close = end;
  while (close > from && isBlank(text[close - 1])) close--;
  return text[close - 1] === '>' ? close - 1 : end;
}

function wordsOf(text: string, from: number, end: number): Word[] {
  const words: Word[] = [];
  for (let at = from; at < end;) {
    if (isBlank(text[at]) || (text[at] === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3)))) {
      at++;
      continue;
    }
    const word =
      text[at] === '"' || text[at] === "'" ? readQuotedWord(text, at, end, unescape) : bareWord(text, at, end);
    words.push(word);
    at = Math.max(word.range.end, at + 1);
  }
  return words;
}

function bareWord(text: string, start: number, end: number): Word {
  let at = start;
  while (at < end && !isBlank(text[at]) && !/^\\\r?\n/.test(text.slice(at, at + 3))) at++;
  const range = { start, end: at };
  return makeWord(text.slice(start, at), range, range, '');
}

/** Only a quote and a backslash lose the backslash before them. */
function unescape(content: string): string {
  return content.replace(/\\(["'\\])/g, '$1').replace(/\\\r?\n\s*/g, '');
}
