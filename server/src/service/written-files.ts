/**
 * Files that a shell writes, in a Dockerfile or a script: here-documents, what `echo` and `printf` put into a file, and texts that a
 * command takes in place of one. Only where the text and the name of the file stand there as they are.
 */
import type { SourceRange } from '../syntax/range.ts';

/** One file, of all pieces that are put into it. */
export interface WrittenFile {
  readonly path: string;
  readonly pieces: readonly Piece[];
}

export interface Piece {
  readonly range: SourceRange;
  /** What is written there, letter by letter in the place where it stands. */
  readonly text: string;
}

const hereDocument = /(?<!<)<<(-?)[ \t]*(["']?)\\?([A-Za-z_]\w*)\2/g;
const redirected = /(?:^|[^0-9&>])>>?[ \t]*["']?([\w./@:-]+)/;
const teed = /\btee[ \t]+(?:-a[ \t]+)?["']?([\w./@:-]+)/;
const copied = /^[ \t]*(?:COPY|ADD)\b.*[ \t]["']?([\w./@:-]+)["']?[ \t]*$/i;
/** One text in quotes of one kind, and a file. */
const printer = String.raw`\b(?:echo(?:[ \t]+-[neE]+)?|printf(?:[ \t]+["']%s(?:\\n)?["'])?)[ \t]+`;
const quotedText = String.raw`('[^'\r\n]*'|"(?:[^"\\\r\n]|\\.)*")`;
const receiver = String.raw`[ \t]*(?:\|[ \t]*(?:sudo[ \t]+)?tee[ \t]+(?:-a[ \t]+)?|>>?[ \t]*)["']?([\w./@:-]+)`;
const printed = new RegExp(printer + quotedText + receiver, 'g');

/** What `aws s3api put-bucket-cors` is handed stands for a file. */
const bucketRules = /^(?![ \t]*#)[^#\n]*(?:\\\r?\n[^#\n]*){0,20}--cors-configuration[ \t=]+'(?=\s*[{[])([^']*)/gm;

/** The files in the order in which they are first written. */
export function writtenFiles(text: string): WrittenFile[] {
  const files = new Map<string, Piece[]>();
  const add = (path: string, piece: Piece): void => {
    files.set(path, [...(files.get(path) ?? []), piece]);
  };
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end);
    const documents = /^[ \t]*#/.test(line) ? undefined : hereDocumentsAt(text, line, end);
    for (const { path, piece } of documents?.written ?? []) add(path, piece);
    if (documents === undefined && !/^[ \t]*#/.test(line))
      for (const { path, piece } of printedIn(line, at)) add(path, piece);
    at = documents?.end ?? end + 1;
  }
  // Hardly any script has them, and the pattern begins at each line.
  const rules = text.includes('--cors-configuration') ? text.matchAll(bucketRules) : [];
  for (const { 0: whole, 1: piece, index } of rules) {
    const start = index + whole.length - piece!.length;
    add('s3-cors.json', { range: { start, end: start + piece!.length }, text: piece! });
  }
  return [...files].map(([path, pieces]) => ({ path, pieces }));
}

interface Written {
  readonly path: string;
  readonly piece: Piece;
}

/** Undefined where the line begins none, or nothing says which file they become: then the lines below are read as others. */
function hereDocumentsAt(
  text: string,
  line: string,
  lineEnd: number,
): { readonly written: readonly Written[]; readonly end: number } | undefined {
  const heads = [...line.matchAll(hereDocument)];
  const command = line.replaceAll(hereDocument, ' ').trimEnd();
  const copy = copied.exec(command)?.[1];
  const file = copy ?? teed.exec(command)?.[1] ?? redirected.exec(command)?.[1];
  if (heads.length === 0 || file === undefined) return undefined;
  const written: Written[] = [];
  let at = lineEnd + 1;
  for (const [, tabs, quote, word] of heads) {
    const close = new RegExp(`^${tabs === '-' ? '\\t*' : ''}${word}[ \\t]*\\r?$`, 'm').exec(text.slice(at));
    if (close === null) return undefined;
    const range = { start: at, end: at + close.index };
    const content = text.slice(range.start, range.end);
    // Of several, each has its own name in a folder.
    const path = file.endsWith('/') && copy !== undefined ? file + word! : file;
    written.push({ path, piece: { range, text: quote === '' ? expanded(content) : content } });
    at = range.end + close[0].length + 1;
  }
  return { written, end: at };
}

function printedIn(line: string, offset: number): Written[] {
  return [...line.matchAll(printed)].map((match) => {
    const [whole, quoted, path] = match;
    const start = offset + match.index + whole.indexOf(quoted!) + 1;
    const content = quoted!.slice(1, -1);
    const text = quoted!.startsWith('"') ? expanded(content.replaceAll('\\"', ' "')) : content;
    return {
      path: path!,
      piece: {
        range: { start, end: start + content.length },
        text: /printf|echo[ \t]+-\w*e/.test(whole) ? text.replaceAll('\\n', ' \n') : text,
      },
    };
  });
}

/** What the shell fills in by itself is a variable that nothing is known of, and a dollar sign with a backslash is one. */
function expanded(content: string): string {
  return content
    .replaceAll(/(?<!\\)(?:\$\{[^{}\r\n]*\}|\$\w+)/g, (found) => `$${'_'.repeat(found.length - 1)}`)
    .replaceAll(/\S+/g, (word) => (word.includes('\\$') ? withoutBackslashes(word) : word));
}

/** Of the same length: a blank stands before the word, or what is left over behind it. */
function withoutBackslashes(word: string): string {
  const written = word.replaceAll('\\$', '$');
  return word.startsWith('\\$') && word.length - written.length === 1 ? ` ${written}` : written.padEnd(word.length);
}
