/** Escapes and named classes of other languages' regular expressions, in JavaScript's syntax. */
import type { Dialect } from './request-test.ts';

interface Piece { readonly text: string; readonly length: number }

const posixClasses: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9', alpha: 'A-Za-z', ascii: '\\x00-\\x7f', blank: ' \\t', cntrl: '\\x00-\\x1f\\x7f', digit: '0-9', graph: '!-~', lower: 'a-z',
  print: ' -~', punct: '!-\\/:-@\\[-`{-~', space: '\\s', upper: 'A-Z', word: '\\w', xdigit: '0-9A-Fa-f',
};

/** `[:alpha:]` inside a class, or a `[` that stands for itself. */
export function posixClass(rest: string, dialect: Dialect): Piece | undefined {
  if (dialect === 'python' || dialect === 'dotnet') return { text: '\\[', length: 1 };
  const named = /^\[:(\w+):\]/.exec(rest);
  const inside = named && posixClasses[named[1]!];
  if (named) return inside ? { text: inside, length: named[0].length } : undefined;
  return /^\[[:.=]/.test(rest) ? undefined : { text: '\\[', length: 1 };
}

/** `\Q…\E` takes everything in it literally. */
export function quotedLiteral(rest: string, dialect: Dialect): Piece | undefined {
  if (!rest.startsWith('\\Q') || !['pcre', 'go', 'java'].includes(dialect)) return undefined;
  const end = rest.indexOf('\\E', 2);
  const quoted = rest.slice(2, end === -1 ? undefined : end);
  return { text: quoted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), length: end === -1 ? rest.length : end + 2 };
}

/** A backslash and what belongs to it; undefined for what has no equal: `\h`, `\p`, back references, octal numbers. */
export function literalEscape(rest: string, dialect: Dialect, inClass: boolean): Piece | undefined {
  const letter = rest[1];
  if (letter === undefined) return undefined;
  if (letter === 'x' || letter === 'u') return codePoint(rest, dialect);
  if (/[dDwWsSnrtf]/.test(letter)) return { text: `\\${letter}`, length: 2 };
  // In a class `\b` is a backspace or an error, and `\B` an error.
  if (/[bB]/.test(letter)) return inClass ? undefined : { text: `\\${letter}`, length: 2 };
  if (/[A-Za-z0-9]/.test(letter)) return undefined;
  // A word boundary of its own in some engines.
  if (/[<>]/.test(letter) && dialect === 'java') return undefined;
  return { text: /[\^$\\.*+?()[\]{}|/-]/.test(letter) ? (letter === '-' && !inClass ? '-' : `\\${letter}`) : letter, length: 2 };
}

function codePoint(rest: string, dialect: Dialect): Piece | undefined {
  const braced = ['pcre', 'go', 'java'].includes(dialect) ? /^\\x\{0*([0-9a-fA-F]{1,2})\}/.exec(rest) : null;
  if (braced) return { text: `\\x${braced[1]!.padStart(2, '0')}`, length: braced[0].length };
  const plain = /^\\x[0-9a-fA-F]{2}/.exec(rest) ?? (['python', 'java', 'dotnet'].includes(dialect) ? /^\\u[0-9a-fA-F]{4}/.exec(rest) : null);
  return plain ? { text: plain[0], length: plain[0].length } : undefined;
}
