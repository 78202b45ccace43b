/** Text of PHP literals. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../../range.ts';
import type { SourceText } from '../../source-text.ts';

/** How the text between the delimiters is written. */
type Cooking = 'single' | 'double' | 'raw';

const doubleEscapes = /\\(?:u\{([\da-fA-F]+)\}|x([\da-fA-F]{1,2})|([0-7]{1,3})|([nrtvef\\$"]))/g;
const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  e: '\x1b',
  f: '\f',
};

/** What the inside of a literal stands for; a backslash before anything else stands for itself. */
function cooked(raw: string, cooking: Cooking): string {
  if (cooking === 'raw' || !raw.includes('\\')) return raw;
  if (cooking === 'single') return raw.replaceAll(/\\([\\'])/g, '$1');
  return raw.replaceAll(doubleEscapes, (_whole, unicode?: string, hex?: string, octal?: string, one?: string) => {
    if (one !== undefined) return simpleEscapes[one] ?? one;
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    const code = Number.parseInt(unicode ?? hex!, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

const opening = /^b?(?:<<<[ \t]*(['"]?)\w+\1\r?\n|["'])/i;

/** A literal taken apart; one that is half typed may lack its end. */
export interface TextParts {
  readonly quote: string;
  readonly contentRange: SourceRange;
  /** Texts and what stands between them, in turn; a literal without holes is one text. */
  readonly parts: readonly string[];
  readonly holes: readonly SyntaxNode[];
}

/** `'a'`, `"a $b {$c}"`, `<<<X … X;`. See https://www.php.net/manual/en/language.types.string.php */
export function textParts(node: SyntaxNode, text: SourceText): TextParts {
  const whole = text.slice(node.startIndex, node.endIndex);
  const begin = opening.exec(whole)?.[0] ?? whole.slice(0, 1);
  const isDocument = begin.includes('<<<');
  const quote = isDocument ? '<<<' : begin.slice(-1);
  const start = node.startIndex + begin.length;
  const contentRange = {
    start,
    end: Math.max(start, isDocument ? documentEnd(node, text) : literalEnd(node, quote, whole)),
  };
  const cooking = node.type === 'nowdoc' ? 'raw' : node.type === 'string' ? 'single' : 'double';
  const indentation = isDocument ? closingIndentation(node) : 0;
  const read = (from: number, to: number, isFirst: boolean): string =>
    cooked(withoutIndentation(text.slice(from, to), indentation, isFirst), cooking);
  const parts: string[] = [];
  const holes: SyntaxNode[] = [];
  let from = start;
  for (const { hole, range } of holesOf(node)) {
    parts.push(read(from, range.start, from === start));
    holes.push(hole);
    from = range.end;
  }
  parts.push(read(from, Math.max(from, contentRange.end), from === start));
  return { quote, contentRange, parts, holes };
}

/** Whether nothing but text stands in the literal. */
export function isPlainText(node: SyntaxNode): boolean {
  return holesOf(node).length === 0;
}

function literalEnd(node: SyntaxNode, quote: string, whole: string): number {
  return whole.length > 1 && whole.endsWith(quote) ? node.endIndex - 1 : node.endIndex;
}

/** Before the line of the closing name. */
function documentEnd(node: SyntaxNode, text: SourceText): number {
  const end = node.childForFieldName('end_tag');
  if (!end) return node.endIndex;
  const before = text.slice(node.startIndex, end.startIndex);
  return node.startIndex + before.replace(/\r?\n[ \t]*$/, '').length;
}

/** What stands before the closing name is taken away from every line. */
function closingIndentation(node: SyntaxNode): number {
  return node.childForFieldName('end_tag')?.startPosition.column ?? 0;
}

function withoutIndentation(raw: string, indentation: number, isFirst: boolean): string {
  if (indentation === 0) return raw;
  const lines = raw.split('\n');
  return lines
    .map((line, index) =>
      index === 0 && !isFirst ? line : line.slice(Math.min(indentation, /^[ \t]*/.exec(line)![0].length)),
    )
    .join('\n');
}

interface Hole {
  readonly hole: SyntaxNode;
  /** With the braces around it. */
  readonly range: SourceRange;
}

const texts = new Set(['string_content', 'escape_sequence', 'heredoc_start', 'heredoc_end', 'nowdoc_string']);

function holesOf(node: SyntaxNode): Hole[] {
  if (node.type === 'string' || node.type === 'nowdoc') return [];
  const holder = node.type === 'heredoc' ? node.childForFieldName('value') : node;
  const children = (holder?.children ?? []).filter((child) => child !== null);
  return children.flatMap((hole, index): Hole[] => {
    if (!hole.isNamed || hole.isError || texts.has(hole.type)) return [];
    const [before, behind] = [children[index - 1], children[index + 1]];
    return [
      {
        hole,
        range: {
          start: before?.type === '{' ? before.startIndex : hole.startIndex,
          end: behind?.type === '}' ? behind.endIndex : hole.endIndex,
        },
      },
    ];
  });
}

/** `1_000`, `0x1F`, `0b11`, `017`, `0o17`, `3.5e2`; not a number for what is half typed. */
export function numberOf(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  return /^0\d+$/.test(plain) ? Number.parseInt(plain, 8) : Number(plain);
}
