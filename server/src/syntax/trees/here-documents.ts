/** Here-documents of shells and Dockerfiles: lines that a command is handed. https://docs.docker.com/reference/dockerfile/#here-documents */

const hereDocuments = /(?<!<)<<(-?)[ \t]*(["']?)([A-Za-z_]\w*)\2(?=[\s;|&)>]|$)/g;

/** The same text, blank where what the pattern finds hands its lines to somebody else: their signs and words mean nothing here. */
export function withoutHereDocuments(text: string, takers: RegExp): string {
  let read = '';
  for (const taker of text.matchAll(takers)) {
    if (taker.index < read.length) continue;
    let end = taker.index + taker[0].length;
    for (const [, tabs, , word] of taker[0].matchAll(hereDocuments))
      end = endOfHereDocument(text, end, word!, tabs === '-');
    const begin = taker.index + taker[0].length;
    read += text.slice(read.length, begin) + text.slice(begin, end).replaceAll(/[^\r\n]/g, ' ');
  }
  return read + text.slice(read.length);
}

/** Where the line with the word ends; where the search began when nobody has written it yet. */
function endOfHereDocument(text: string, from: number, word: string, mayBeIndented: boolean): number {
  const last = new RegExp(`^${mayBeIndented ? '\\t*' : ''}${word}(?=\\r?$)`, 'gm');
  last.lastIndex = from;
  const found = last.exec(text);
  return found === null ? from : found.index + found[0].length;
}
