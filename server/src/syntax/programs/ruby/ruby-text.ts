/** Text of Ruby literals. See https://docs.ruby-lang.org/en/3.4/syntax/literals_rdoc.html */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { named } from '../named-children.ts';
import type { SourceRange } from '../../range.ts';
import type { SourceText } from '../../source-text.ts';

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
  s: ' ',
  '0': '\0',
  '\n': '',
};

/** What stands between double quotes; a backslash before any other letter is left away. */
function doubleQuoted(raw: string): string {
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

/** Between single quotes a backslash counts before another one and before the quote only. */
function singleQuoted(raw: string): string {
  return raw.replaceAll(/\\([\\'])/g, '$1');
}

/** A literal between its delimiters, which a half-typed one may lack. */
export interface LiteralParts {
  /** As it is written: `"`, `'`, `%q(`, `:"`. */
  readonly opening: string;
  /** With what follows it: `/i`. */
  readonly closing: string;
  readonly contentRange: SourceRange;
}

export function literalParts(node: SyntaxNode): LiteralParts {
  const [first, last] = [node.firstChild, node.lastChild];
  const opening = first !== null && !first.isNamed ? first.text : '';
  const isClosed = last !== null && !last.isNamed && last.id !== first?.id;
  const start = opening === '' ? node.startIndex : first!.endIndex;
  const end = isClosed ? last.startIndex : node.endIndex;
  return {
    opening,
    closing: isClosed ? last.text : '',
    contentRange: { start, end: Math.max(start, end) },
  };
}

/** Literal texts and holes of one literal, in order; the texts are `raw` where no escape means anything. */
export function piecesOf(node: SyntaxNode, text: SourceText, raw = false): (string | SyntaxNode)[] {
  const { opening, contentRange } = literalParts(node);
  const isSingle = opening.endsWith("'") || /^%[qwi]/.test(opening);
  const read = (from: number, to: number): string => {
    const written = text.slice(from, to);
    if (raw || !written.includes('\\')) return written;
    return isSingle ? singleQuoted(written) : doubleQuoted(written);
  };
  const pieces: (string | SyntaxNode)[] = [];
  let from = contentRange.start;
  for (const child of named(node)) {
    if (child.type !== 'interpolation') continue;
    pieces.push(read(from, child.startIndex), child);
    from = child.endIndex;
  }
  pieces.push(read(from, contentRange.end));
  return pieces;
}
