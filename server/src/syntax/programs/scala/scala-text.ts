/** Text of Scala's literals. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../../range.ts';
import type { SourceText } from '../../source-text.ts';

const escapes = /\\(?:u+([\da-fA-F]{4})|([\s\S]))/g;
const simpleEscapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

export function cooked(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(escapes, (_whole, unicode: string | undefined, one: string) =>
    unicode === undefined ? (simpleEscapes[one] ?? one) : String.fromCharCode(Number.parseInt(unicode, 16)),
  );
}

export interface LiteralParts {
  /** `"`, `"""` or `'`. */
  readonly quote: string;
  readonly value: string;
  readonly contentRange: SourceRange;
}

/** What stands between the quotes; three quotes take every sign as it is. A half-typed literal may lack its end. */
export function literalParts(node: SyntaxNode, text: SourceText): LiteralParts {
  const whole = text.slice(node.startIndex, node.endIndex);
  const quote = whole.startsWith('"""') ? '"""' : whole.slice(0, 1) || '"';
  const start = Math.min(node.startIndex + quote.length, node.endIndex);
  const isClosed = whole.length >= 2 * quote.length && whole.endsWith(quote);
  const contentRange = { start, end: isClosed ? node.endIndex - quote.length : node.endIndex };
  const raw = text.slice(contentRange.start, contentRange.end);
  return { quote, value: quote === '"""' ? raw : cooked(raw), contentRange };
}

/** `3600L`, `0x1F`, `1_000`, `3.5f`; not a number for what is half typed. */
export function numberOf(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  return Number(/^-?0x/.test(plain) ? plain.replace(/l$/, '') : plain.replace(/[dfl]$/, ''));
}

/** The texts between the holes of an interpolated one: one more than there are holes. */
export function partsAround(node: SyntaxNode, holes: readonly SyntaxNode[], text: SourceText): string[] {
  const { quote, contentRange } = literalParts(node, text);
  const bounds = [
    contentRange.start,
    ...holes.flatMap(({ startIndex, endIndex }) => [startIndex, endIndex]),
    contentRange.end,
  ];
  return [...holes, undefined].map((_, index) => {
    const raw = text.slice(bounds[2 * index]!, bounds[2 * index + 1]!).replaceAll('$$', '$');
    return quote === '"""' ? raw : cooked(raw);
  });
}

/** `class Api @Inject()(…)`: the grammar takes the parameters of the class for arguments of the annotation. */
const annotation = /@(?:javax\.inject\.|jakarta\.inject\.)?Inject\b[ \t]*(?:\([ \t]*\))?(?=\s*\()/g;
/** `{ implicit request: Request[AnyContent] =>`: the grammar knows no type there. */
const typedParameter = /([{(][ \t]*)(implicit[ \t]+)?(\w+)([ \t]*:[ \t]*[\w.]+(?:\[[^\]\r\n]*\]+)?[ \t]*)(?==>)/g;

/** The program of the same length for the grammar, with blanks where that loses its way. */
export function withoutUnread(text: string): string {
  const blank = (written: string): string => ' '.repeat(written.length);
  return text
    .replaceAll(annotation, blank)
    .replaceAll(
      typedParameter,
      (_whole, before: string, implicit: string | undefined, name: string, type: string) =>
        before + blank(implicit ?? '') + name + blank(type),
    );
}
