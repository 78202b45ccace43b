/** What only the kernel of a notebook understands of a cell of Python's. */

/** Begins what a cell of IPython hands to something else; after these it is still a program of Python's. */
const stillPython = /^%%(?:time|timeit|capture|prun|debug)\b/;

/**
 * A cell without its magics (`%pip install`, `!ls`, `?name`), of the same length and with the same lines.
 * https://ipython.readthedocs.io/en/stable/interactive/magics.html
 */
export function withoutMagics(cell: string): string {
  const first = /\S/.exec(cell)?.index ?? 0;
  if (cell.startsWith('%%', first) && !stillPython.test(cell.slice(first))) return blank(cell);
  if (!/^[ \t]*[%!?]/m.test(cell)) return cell;
  let [python, at] = ['', 0];
  for (const { start, end } of magicsIn(cell)) {
    // A statement that says nothing: a block may have no other.
    python += `${cell.slice(at, start)}0${blank(cell.slice(start + 1, end))}`;
    at = end;
  }
  return python + cell.slice(at);
}

/** Texts, comments, brackets and line ends of Python, each as a whole; anything else one sign at a time. */
const token = new RegExp(
  [
    /'''(?:\\[^]|(?!''')[^\\])*(?:'''|$)/,
    /"""(?:\\[^]|(?!""")[^\\])*(?:"""|$)/,
    /'(?:\\[^]|[^'\\\n])*'?/,
    /"(?:\\[^]|[^"\\\n])*"?/,
    /#[^\n]*|\\\r?\n|[^]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'y',
);
/** A line that no statement of Python begins like, with the lines that a backslash joins to it. */
const magic = /([ \t]*)[%!?](?:\\\r?\n|[^\r\n])*/y;

/** Statements begin outside of brackets and texts only. */
function* magicsIn(cell: string): Iterable<{ readonly start: number; readonly end: number }> {
  let [at, depth, beginsStatement] = [0, 0, true];
  while (at < cell.length) {
    magic.lastIndex = at;
    const found = beginsStatement ? magic.exec(cell) : null;
    if (found) {
      yield { start: at + found[1]!.length, end: magic.lastIndex };
      [at, beginsStatement] = [magic.lastIndex, false];
      continue;
    }
    token.lastIndex = at;
    const [text] = token.exec(cell)!;
    at = token.lastIndex;
    if ('([{'.includes(text)) depth++;
    else if (')]}'.includes(text)) depth = Math.max(0, depth - 1);
    beginsStatement = text === '\n' && depth === 0;
  }
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}
