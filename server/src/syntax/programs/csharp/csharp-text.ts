/** Text of C#'s literals, and the children of its nodes. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../../range.ts';
import type { SourceText } from '../../source-text.ts';

/** Comments, and lines for the compiler that say nothing about what is compiled. */
const silent = /^(comment|preproc_(?!if$|else$|elif$)\w+)$/;

/** Named children without comments; what the grammar puts in for an empty `[]` is none. */
export function named(node: SyntaxNode | null | undefined): SyntaxNode[] {
  return (node?.namedChildren ?? []).filter(
    (child): child is SyntaxNode => child !== null && !silent.test(child.type) && child.startIndex < child.endIndex,
  );
}

/** The child behind the first sign of this text: what stands behind `=` or `=>`. */
export function behind(node: SyntaxNode, sign: string): SyntaxNode | undefined {
  const { children } = node;
  const at = children.findIndex((child) => child?.type === sign);
  return at === -1 ? undefined : (children.slice(at + 1).find((child) => child?.isNamed) ?? undefined);
}

const escapes = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{1,4})|([\s\S]))/g;
const simpleEscapes: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** https://learn.microsoft.com/dotnet/csharp/programming-guide/strings/#string-escape-sequences */
function cooked(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(escapes, (_whole, short?: string, long?: string, loose?: string, one?: string) => {
    const code = short ?? long ?? loose;
    if (code === undefined) return simpleEscapes[one!] ?? one!;
    const value = Number.parseInt(code, 16);
    return value <= 0x10_ff_ff ? String.fromCodePoint(value) : '';
  });
}

export interface LiteralParts {
  /** `"`, `@"`, `"""`, `'`. */
  readonly quote: string;
  readonly value: string;
  readonly contentRange: SourceRange;
}

/** What stands between the quotes. A half-typed literal may lack its end. */
export function literalParts(node: SyntaxNode, text: SourceText): LiteralParts {
  const whole = text.slice(node.startIndex, node.endIndex);
  const opening = /^[$@]*("{3,}|"|')/.exec(whole)?.[0] ?? '"';
  const closing = /("{3,}|"|')$/.exec(opening)?.[0] ?? '"';
  const start = Math.min(node.startIndex + opening.length, node.endIndex);
  const written = whole.replace(/u8$/i, '');
  const isClosed = written.length >= opening.length + closing.length && written.endsWith(closing);
  const end = isClosed ? node.startIndex + written.length - closing.length : node.endIndex;
  const contentRange = { start, end: Math.max(start, end) };
  const raw = text.slice(contentRange.start, contentRange.end);
  return { quote: opening, value: plain(raw, opening), contentRange };
}

/** The text that the inside of a literal with this beginning stands for. */
export function plain(raw: string, opening: string): string {
  if (opening.includes('@')) return raw.replaceAll('""', '"');
  return opening.endsWith('"""') ? withoutIndentation(raw) : cooked(raw);
}

/** A raw literal of several lines without the lines of its quotes, and without the indentation of the last one. */
function withoutIndentation(raw: string): string {
  const lines = raw.replaceAll(/\r\n?/g, '\n').split('\n');
  if (lines.length < 2 || lines[0]!.trim() !== '') return raw;
  const indentation = lines.at(-1)!.length;
  return lines
    .slice(1, -1)
    .map((line) => line.slice(Math.min(indentation, line.length)))
    .join('\n');
}

/** Text and holes of `$"…"` in their order: `parts` has one more member than `holes`. */
export interface InterpolatedParts {
  readonly quote: string;
  readonly parts: readonly string[];
  readonly holes: readonly SyntaxNode[];
  readonly contentRange: SourceRange;
}

export function interpolatedParts(node: SyntaxNode, text: SourceText): InterpolatedParts {
  const opening = /^[$@]*("{3,}|")/.exec(text.slice(node.startIndex, node.endIndex))?.[0] ?? '$"';
  const parts = [''];
  const holes: SyntaxNode[] = [];
  for (const child of named(node)) {
    if (child.type === 'interpolation') {
      const hole = named(child).find(({ type }) => !/^interpolation_/.test(type));
      if (hole) holes.push(hole);
      if (hole) parts.push('');
    } else if (!/^interpolation_/.test(child.type)) {
      const written = text.slice(child.startIndex, child.endIndex).replaceAll(/\{\{|\}\}/g, (pair) => pair[0]!);
      parts[parts.length - 1] += child.type === 'escape_sequence' ? cooked(written) : plain(written, opening);
    }
  }
  const start = node.startIndex + opening.length;
  const end = Math.max(start, node.endIndex - /"*$/.exec(opening)![0].length);
  return { quote: opening, parts, holes, contentRange: { start, end } };
}

/** `3600L`, `0x1F`, `0b11`, `1_000`, `3.5m`; not a number for what is half typed. */
export function numberOf(text: string): number {
  const digits = text.replaceAll('_', '').toLowerCase();
  return /^0x/.test(digits) ? Number(digits.replace(/[ul]+$/, '')) : Number(digits.replace(/[dfmlu]+$/, ''));
}
