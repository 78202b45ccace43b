/** Text of Rust's literals. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../../range.ts';
import type { SourceText } from '../../source-text.ts';

const escapes = /\\(?:x([\da-fA-F]{2})|u\{([\da-fA-F_]{1,8})\}|\r?\n\s*|([\s\S]))/g;
const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** The text that the inside of a literal stands for. See https://doc.rust-lang.org/reference/tokens.html#string-literals */
export function cooked(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(escapes, (_whole, byte?: string, unicode?: string, one?: string) => {
    const code = byte ?? unicode?.replaceAll('_', '');
    if (code !== undefined) return character(Number.parseInt(code, 16));
    return one === undefined ? '' : (simpleEscapes[one] ?? one);
  });
}

function character(code: number): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
}

export interface LiteralParts {
  /** `"`, `r#"`, `b"`, `'`. */
  readonly quote: string;
  readonly value: string;
  readonly contentRange: SourceRange;
}

/** What stands between the quotes. A half-typed literal may lack its end. */
export function literalParts(node: SyntaxNode, text: SourceText): LiteralParts {
  const whole = text.slice(node.startIndex, node.endIndex);
  const quote = /^(?:[bc]?r#*"|[bc]?["'])/.exec(whole)?.[0] ?? '"';
  const start = Math.min(node.startIndex + quote.length, node.endIndex);
  const closing = quote.replace(/^[bcr]+/, '');
  const end = closing.startsWith('#') ? `"${closing.slice(0, -1)}` : closing;
  const isClosed = whole.length >= quote.length + end.length && whole.endsWith(end);
  const contentRange = { start, end: isClosed ? node.endIndex - end.length : node.endIndex };
  const raw = text.slice(contentRange.start, contentRange.end);
  return { quote, value: quote.includes('r') ? raw : cooked(raw), contentRange };
}

/** `3600`, `0x1F`, `1_000u64`, `3.5f32`; not a number for what is half typed. */
export function numberOf(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  return /^0[xob]/.test(plain)
    ? Number(plain.replace(/[ui](?:8|16|32|64|128|size)$/, ''))
    : Number(plain.replace(/(?:[ui](?:8|16|32|64|128|size)|f32|f64)$/, ''));
}
