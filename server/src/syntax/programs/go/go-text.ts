/** Text of Go literals. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { named } from '../named-children.ts';
import type { SourceRange } from '../../range.ts';
import type { SourceText } from '../../source-text.ts';

/** Lines of a declaration of constants, variables, types or imports, in brackets or alone. */
export function specsOf(declaration: SyntaxNode): SyntaxNode[] {
  return named(declaration)
    .flatMap((child) => (child.type.endsWith('_spec_list') ? named(child) : [child]))
    .filter(({ type }) => /_spec$|^type_alias$/.test(type));
}

/** Expressions that stand side by side: of a list without brackets, or the one that there is. */
export function listed(node: SyntaxNode | null): SyntaxNode[] {
  if (!node) return [];
  return node.type === 'expression_list' ? named(node) : [node];
}

const escapes = /\\(?:U([\da-fA-F]{8})|u([\da-fA-F]{4})|x([\da-fA-F]{2})|([0-7]{3})|([\s\S]))/g;
const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text that the inside of a literal in quotes stands for. See https://go.dev/ref/spec#String_literals */
export function cooked(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(escapes, (_whole, long?: string, four?: string, two?: string, octal?: string, one?: string) => {
    const hex = long ?? four ?? two;
    if (hex === undefined && octal === undefined) return simpleEscapes[one!] ?? one!;
    const code = hex === undefined ? Number.parseInt(octal!, 8) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

export interface LiteralParts {
  /** `"`, `` ` `` or `'`. */
  readonly quote: string;
  readonly value: string;
  readonly contentRange: SourceRange;
}

/** What stands between the quotes. A half-typed literal may lack its end. */
export function literalParts(node: SyntaxNode, text: SourceText): LiteralParts {
  const quote = text.slice(node.startIndex, node.startIndex + 1) || '"';
  const start = Math.min(node.startIndex + 1, node.endIndex);
  const isClosed = node.endIndex > start && text.slice(node.endIndex - 1, node.endIndex) === quote;
  const contentRange = { start, end: isClosed ? node.endIndex - 1 : node.endIndex };
  const raw = text.slice(contentRange.start, contentRange.end);
  return { quote, value: quote === '`' ? raw.replaceAll('\r', '') : cooked(raw), contentRange };
}

/** `0x1F`, `1_000`, `0o17`, `017`, `3.5e2`; not a number for what is half typed. */
export function numberOf(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  return /^0\d+$/.test(plain) ? Number.parseInt(plain, 8) : Number(plain);
}
