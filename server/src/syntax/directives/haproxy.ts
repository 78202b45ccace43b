/** Reads HAProxy configuration: one keyword a line, sections that begin with a keyword of their own. Never fails. */
import type { Comment } from '../programs/program.ts';
import type { DirectiveDocument, Word } from './directives.ts';
import { DirectiveBuilder, endOfLine, makeWord } from './directive-words.ts';

const sections = new Set([
  'global',
  'defaults',
  'frontend',
  'backend',
  'listen',
  'userlist',
  'peers',
  'mailers',
  'resolvers',
  'program',
  'http-errors',
  'ring',
  'log-forward',
  'cache',
  'fcgi-app',
  'crt-store',
  'traces',
]);

/** A section is a directive with a block: `frontend web` is `frontend` with one argument. */
export function readHaproxy(path: string, text: string): DirectiveDocument {
  const builder = new DirectiveBuilder();
  const comments: Comment[] = [];
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length;) {
    const end = endOfLine(text, at);
    const lineEnd = Math.min(text.length, text[end] === '\r' ? end + 2 : end + 1);
    const words: Word[] = [];
    for (let position = at; position < end;) {
      if (text[position] === ' ' || text[position] === '\t') {
        position++;
        continue;
      }
      if (text[position] === '#') {
        comments.push({ text: text.slice(position + 1, end).trim(), range: { start: position, end } });
        break;
      }
      const word = readWord(text, position, end);
      words.push(word);
      position = Math.max(word.range.end, position + 1);
    }
    const last = words.at(-1)?.range.end ?? end;
    if (words[0] && sections.has(words[0].text)) {
      builder.closeAll(at);
      builder.open(builder.add(words, last, false)!, last);
    } else builder.add(words, last, end < text.length);
    at = lineEnd;
  }
  builder.closeAll(text.length);
  return { shape: 'directives', format: 'haproxy', path, text, directives: builder.roots, comments };
}

/** Quotes may stand anywhere in a word; outside of strong quotes a backslash takes the next character as it is. */
function readWord(text: string, start: number, limit: number): Word {
  let content = '';
  let quote = '';
  let at = start;
  for (; at < limit; at++) {
    const character = text[at]!;
    if (quote === '' && (character === ' ' || character === '\t' || character === '#')) break;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (
      character === '\\' &&
      quote !== "'" &&
      at + 1 < limit &&
      (quote === '' ? / |#|"|'|\\|\t/.test(text[at + 1]!) : /["\\$]/.test(text[at + 1]!))
    )
      content += text[++at];
    else content += character;
  }
  const first = text[start] as '"' | "'";
  const whole =
    (first === '"' || first === "'") && at - start >= 2 && text[at - 1] === first && content.length === at - start - 2;
  const range = { start, end: at };
  return makeWord(content, range, whole ? { start: start + 1, end: at - 1 } : range, whole ? first : '');
}
