/** Text of Python literals. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { named } from '../named-children.ts';
import type { SourceRange } from '../../range.ts';
import type { SourceText } from '../../source-text.ts';

const escapes = /\\(?:N\{[^}]*\}|U([\da-fA-F]{8})|u([\da-fA-F]{4})|x([\da-fA-F]{2})|([0-7]{1,3})|(\r\n|[\s\S]))/g;
const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** The text that the inside of a literal stands for; a backslash before any other letter stays, as in Python. */
export function cooked(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(
    escapes,
    (
      whole,
      long: string | undefined,
      four: string | undefined,
      two: string | undefined,
      octal: string | undefined,
      single: string | undefined,
    ) => {
      const hex = long ?? four ?? two;
      const code =
        hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : undefined;
      if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      if (single === undefined) return '\ufffd';
      return single === '\n' || single === '\r\n' ? '' : (simpleEscapes[single] ?? whole);
    },
  );
}

/** The parts of one `string` node. A half-typed literal may lack its end. */
export interface LiteralParts {
  /** Lower case: `f`, `rb`. */
  readonly prefix: string;
  /** `"`, `'`, `"""` or `'''`. */
  readonly quote: string;
  readonly contentRange: SourceRange;
}

export function literalParts(node: SyntaxNode): LiteralParts {
  const first = node.firstChild;
  const last = node.lastChild;
  const opening = first?.type === 'string_start' ? first.text : '';
  const prefix = /^[a-zA-Z]*/.exec(opening)![0];
  const start = first?.type === 'string_start' ? first.endIndex : node.startIndex;
  const end = last?.type === 'string_end' ? last.startIndex : node.endIndex;
  return {
    prefix: prefix.toLowerCase(),
    quote: opening.slice(prefix.length),
    contentRange: { start, end: Math.max(start, end) },
  };
}

/** Literal texts and holes of one `string` node, in order. */
export function piecesOf(node: SyntaxNode, text: SourceText): (string | SyntaxNode)[] {
  const { prefix, contentRange } = literalParts(node);
  const isRaw = prefix.includes('r');
  const isFormatted = prefix.includes('f') || prefix.includes('t');
  const read = (from: number, to: number): string => {
    const raw = text.slice(from, to);
    const cookedText = isRaw ? raw : cooked(raw);
    return isFormatted ? cookedText.replaceAll('{{', '{').replaceAll('}}', '}') : cookedText;
  };
  const pieces: (string | SyntaxNode)[] = [];
  let from = contentRange.start;
  for (const child of isFormatted ? named(node) : []) {
    if (child.type !== 'interpolation') continue;
    pieces.push(read(from, child.startIndex), child);
    from = child.endIndex;
  }
  pieces.push(read(from, contentRange.end));
  return pieces;
}
