/** Text of Java's literals. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../../range.ts';
import type { SourceText } from '../../source-text.ts';

const escapes = /\\(?:u+([\da-fA-F]{4})|([0-3]?[0-7]{1,2})|(\n)|([\s\S]))/g;
const simpleEscapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', s: ' ', t: '\t' };

/** The text that the inside of a literal stands for. See https://docs.oracle.com/javase/specs/jls/se21/html/jls-3.html#jls-3.10.7 */
export function cooked(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(escapes, (_whole, unicode?: string, octal?: string, lineEnd?: string, one?: string) => {
    if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return lineEnd === undefined ? (simpleEscapes[one!] ?? one!) : '';
  });
}

export interface LiteralParts {
  /** `"`, `"""` or `'`. */
  readonly quote: string;
  readonly value: string;
  readonly contentRange: SourceRange;
}

/** What stands between the quotes. A half-typed literal may lack its end. */
export function literalParts(node: SyntaxNode, text: SourceText): LiteralParts {
  const whole = text.slice(node.startIndex, node.endIndex);
  const quote = whole.startsWith('"""') ? '"""' : whole.slice(0, 1) || '"';
  const start = Math.min(node.startIndex + quote.length, node.endIndex);
  const isClosed = whole.length >= 2 * quote.length && whole.endsWith(quote);
  const contentRange = { start, end: isClosed ? node.endIndex - quote.length : node.endIndex };
  const raw = text.slice(contentRange.start, contentRange.end);
  return { quote, value: cooked(quote === '"""' ? withoutIndentation(raw) : raw), contentRange };
}

/** A text block without the indentation that all of its lines share, and without the line of its opening. */
function withoutIndentation(raw: string): string {
  const lines = raw.replaceAll(/\r\n?/g, '\n').split('\n').slice(1);
  const counted = lines.filter((line, index) => line.trim() !== '' || index === lines.length - 1);
  const shared = Math.min(...counted.map((line) => /^[ \t\f]*/.exec(line)![0].length));
  return lines.map((line) => line.slice(Math.min(shared, line.length)).replace(/[ \t\f]+$/, '')).join('\n');
}

/** `3600L`, `0x1F`, `0b11`, `1_000`, `017`, `3.5f`; not a number for what is half typed. */
export function numberOf(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (/^0x/.test(plain)) return Number(plain.replace(/l$/, ''));
  const digits = plain.replace(/[dfl]$/, '');
  return /^0\d+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
}
