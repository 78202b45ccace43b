/**
 * What the grammar is given in place of a file's text, with as many characters. The grammar takes what is handed to a macro for a row of
 * tokens: without its `vec!` a list is read as an array is. Tests are no part of the program, and are blank.
 */

const lists = /\bvec!(?=\s*\[)/g;
const tests =
  /^([ \t]*)#\[(?:cfg\(test\)|cfg\(all\(test\b[^\]\n]*|(?:[\w:]+::)?test(?:\([^\]\n]*\))?|rstest)\][^{;]*[{;]/gm;

export function readText(text: string): string {
  if (!text.includes('vec!') && !text.includes('test')) return text;
  return withoutTests(text).replaceAll(lists, '    ');
}

/** An item goes on to the bracket that stands where its first line begins. */
function withoutTests(text: string): string {
  let [masked, last] = ['', 0];
  for (const { index, 0: head, 1: blanks = '' } of text.matchAll(tests)) {
    if (index < last) continue;
    const end = head.endsWith(';') ? index + head.length : endOfItem(text, index + head.length, blanks);
    masked += text.slice(last, index) + text.slice(index, end).replaceAll(/[^\r\n]/g, ' ');
    last = end;
  }
  return masked + text.slice(last);
}

function endOfItem(text: string, from: number, blanks: string): number {
  const lineEnd = text.indexOf('\n', from);
  const line = text.slice(from, lineEnd < 0 ? text.length : lineEnd);
  // An item on one line.
  if (/\}\s*$/.test(line)) return from + line.length;
  const end = text.indexOf(`\n${blanks}}`, from);
  return end < 0 ? text.length : end + blanks.length + 2;
}
