/** How far apart the ends of a match can lie. */

/** One piece of a pattern: an escape, a class, or a sign. */
const piece = /\\(?:[pPxuk][{<][^}>]*[}>]|[^])|\[(?:\\[^]|[^\]\\])*\]|\(\?(?:<?[=!]|:|<\w+>)|[^]/g;
const repeated = /^(?:[*+]|\{\d*,)/;

/**
 * How many lines, beside blank ones, what decides on a match of this pattern can have beyond the one it begins in; undefined where
 * nothing bounds that, or where nobody can say it cheaply.
 */
export function linesReached({ source, flags }: RegExp): number | undefined {
  let lines = 0;
  /** How many lines there were before each group that is open. */
  const before: number[] = [];
  for (const { 0: sign, index } of source.matchAll(piece)) {
    const isRepeated = repeated.test(source.slice(index + sign.length, index + sign.length + 8));
    if ((sign === '^' || sign === '$') && !flags.includes('m')) return undefined;
    if (sign === '.' && flags.includes('s')) return undefined;
    if (/^\\[1-9k]/.test(sign)) return undefined;
    if (/^\(/.test(sign)) before.push(lines);
    if (sign === ')' && (before.pop() ?? 0) < lines && isRepeated) return undefined;
    const spans = breaksLines(sign);
    if (spans === 'never') continue;
    if (spans === 'any' && isRepeated) return undefined;
    lines++;
  }
  return lines + 1;
}

/** Whether a piece matches the end of a line: `blank` where it matches blanks and nothing else. */
function breaksLines(sign: string): 'never' | 'blank' | 'any' {
  if (sign === '\\s' || sign === '\\n' || sign === '\\r' || sign === '\n') return 'blank';
  if (sign.startsWith('[^')) return /\\n/.test(sign) && !/\\[SDWP]/.test(sign.replaceAll('\\S', '')) ? 'never' : 'any';
  if (sign.startsWith('[')) return /\\[snrDWPpxu]|\n/.test(sign) ? 'any' : 'never';
  return /^\\[DWPpxu]/.test(sign) ? 'any' : 'never';
}
