/** Text of Kotlin's literals. See https://kotlinlang.org/docs/strings.html */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../../range.ts';
import type { Lowering } from '../lowering.ts';
import type { Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { named } from '../named-children.ts';

const escapes = /\\(?:u([\da-fA-F]{4})|([\s\S]))/g;
const simpleEscapes: Readonly<Record<string, string>> = { b: '\b', n: '\n', r: '\r', t: '\t' };

function cooked(raw: string): string {
  return raw.replaceAll(escapes, (_whole, unicode?: string, one?: string) =>
    unicode === undefined ? (simpleEscapes[one!] ?? one!) : String.fromCharCode(Number.parseInt(unicode, 16)),
  );
}

/** A literal with its quotes taken off; a half-typed one may lack its end. */
interface Literal {
  readonly quote: string;
  readonly content: SourceRange;
}

function literalOf(node: SyntaxNode, reader: Reader): Literal {
  const whole = reader.text.slice(node.startIndex, node.endIndex);
  const quote = whole.startsWith('"""') ? '"""' : whole.slice(0, 1) || '"';
  const start = Math.min(node.startIndex + quote.length, node.endIndex);
  const isClosed = whole.length >= 2 * quote.length && whole.endsWith(quote);
  const end = Math.min(isClosed ? node.endIndex - quote.length : node.endIndex, reader.text.length);
  return { quote, content: { start: Math.min(start, end), end } };
}

/** A hole of a template: `${origin.length}`, or `$origin`, for which the tree may have no node. */
interface Hole extends SourceRange {
  readonly expression: () => Expression;
}

/** `$name` that is not behind a backslash. */
const shortHole = /(\\[\s\S])|\$(\p{ID_Start}\w*)/gu;

function holesIn(node: SyntaxNode, { quote, content }: Literal, reader: Reader): Hole[] {
  const long = named(node)
    .filter(({ type, text }) => type === 'interpolation' && text.startsWith('${'))
    .map((hole): Hole => ({
      start: hole.startIndex,
      end: hole.endIndex,
      expression: () => reader.expression(named(hole)[0], hole),
    }));
  const raw = reader.text.slice(content.start, content.end);
  const short = [...raw.matchAll(shortHole)].flatMap(([whole, escaped, name], _index, found): Hole[] => {
    const { index } = found[_index]!;
    if (name === undefined || (escaped !== undefined && quote !== '"""')) return [];
    const start = content.start + index;
    const end = start + whole.length;
    if (long.some((hole) => hole.start <= start && end <= hole.end)) return [];
    return [{ start, end, expression: () => nameAt(name, { start: start + 1, end }, node, reader) }];
  });
  return [...long, ...short].sort((one, other) => one.start - other.start);
}

function nameAt(name: string, range: SourceRange, node: SyntaxNode, reader: Reader): Expression {
  return reader.made(node, range, { kind: 'identifier', name }) as Expression;
}

/** A text, or a template where it has holes. */
export const lowerText: Lowering = (node, reader) => {
  const literal = literalOf(node, reader);
  const { quote, content } = literal;
  const value = (start: number, end: number): string => {
    const raw = reader.text.slice(start, end);
    return quote === '"""' ? raw.replaceAll('\r\n', '\n') : cooked(raw);
  };
  const holes = quote === "'" ? [] : holesIn(node, literal, reader);
  if (holes.length === 0)
    return reader.lazy(node, {
      kind: 'string',
      value: value(content.start, content.end),
      contentRange: content,
      quote,
    });
  const starts = [content.start, ...holes.map(({ end }) => end)];
  const ends = [...holes.map(({ start }) => start), content.end];
  const parts = starts.map((start, index) => value(start, ends[index]!));
  return reader.lazy(node, { kind: 'template', parts }, { holes: () => holes.map(({ expression }) => expression()) });
};

/** `3600L`, `0x1F`, `0b11`, `1_000`, `3.5f`, `10u`; not a number for what is half typed. */
export const lowerNumber: Lowering = (node, reader): Node => {
  const plain = node.text.replaceAll('_', '').toLowerCase();
  const digits = /^0x/.test(plain) ? plain.replace(/u?l?$/, '') : plain.replace(/(ul|[ulf])$/, '');
  return reader.lazy(node, { kind: 'number', value: Number(digits) });
};
