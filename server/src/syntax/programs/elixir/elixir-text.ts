/** Text of Elixir literals. See https://hexdocs.pm/elixir/syntax-reference.html#strings */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { named } from '../named-children.ts';
import type { SourceRange } from '../../range.ts';
import type { SourceText } from '../../source-text.ts';

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  s: ' ',
  '0': '\0',
  a: '\x07',
  b: '\b',
  d: '\x7f',
  e: '\x1b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** A backslash before any other letter is left away. */
export function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(
    /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{1,2})|([\s\S]))/g,
    (_, braced: string | undefined, four: string | undefined, two: string | undefined, single: string | undefined) => {
      const hex = braced ?? four ?? two;
      if (hex === undefined) return simpleEscapes[single!] ?? single!;
      const code = Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

/** Between the quotes, which a half-typed literal may lack. */
export function contentOf(node: SyntaxNode): SourceRange {
  const [opening, closing] = [node.childForFieldName('quoted_start'), node.childForFieldName('quoted_end')];
  const start = opening?.endIndex ?? node.startIndex;
  return { start, end: Math.max(start, closing?.startIndex ?? node.endIndex) };
}

/** Literal texts and holes of one literal, in order. Three quotes begin a text behind the line break, indented as they end. */
export function piecesOf(node: SyntaxNode, text: SourceText, isRaw: boolean): (string | SyntaxNode)[] {
  const { start, end } = contentOf(node);
  const read = (from: number, to: number): string => {
    const written = text.slice(from, to);
    return isRaw ? written : unescaped(written);
  };
  const pieces: (string | SyntaxNode)[] = [];
  let from = start;
  for (const child of named(node)) {
    if (child.type !== 'interpolation') continue;
    pieces.push(read(from, child.startIndex), child);
    from = child.endIndex;
  }
  pieces.push(read(from, end));
  return isHeredoc(node) ? pieces.map((piece) => (typeof piece === 'string' ? withoutIndent(piece) : piece)) : pieces;
}

function isHeredoc(node: SyntaxNode): boolean {
  return /^("""|''')/.test(node.childForFieldName('quoted_start')?.text ?? '');
}

function withoutIndent(text: string): string {
  return text.replace(/^\r?\n/, '').replaceAll(/^[ \t]+/gm, '');
}
