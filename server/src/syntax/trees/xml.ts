/**
 * Reads XML into a Tree: an element is a map whose keys are `@name` for an attribute, the name of a child element, as often
 * as it stands, and `#text` for what it holds besides. Half-typed text gives the elements that are there.
 *
 * The library is a tokenizer that takes anything; what belongs to which element is decided here.
 */
import { Tokenizer } from 'htmlparser2';
import type { TokenizerCallbacks } from 'htmlparser2';
import type { Comment } from '../programs/program.ts';
import type { SourceRange } from '../range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeScalar } from './tree.ts';

type Element = TreeMap & { readonly entries: TreeEntry[] };
interface Open {
  readonly name: string;
  readonly element: Element;
  /** Of the parent, for this element. */ readonly entry: TreeEntry;
  /** Pieces of text outside of its children. */ readonly pieces: Piece[];
}
interface Piece {
  readonly range: SourceRange;
  readonly text: string;
  /** Without `<![CDATA[` and `]]>`. */ readonly contentRange: SourceRange;
  readonly literal: boolean;
}

const cdataStart = '<![CDATA['.length;

/** Never throws. Names are kept as they are written, with their prefix. */
export function readXml(path: string, text: string): TreeDocument {
  const elements = new XmlElements(text);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: true }, elements);
  tokenizer.write(text);
  tokenizer.end();
  const { root, comments } = elements;
  const isEmpty = root.entries.length === 0;
  return {
    shape: 'tree',
    format: 'xml',
    path,
    text,
    root: isEmpty ? undefined : root,
    roots: isEmpty ? [] : [root],
    comments,
  };
}

/** Puts what the tokenizer finds into the elements that it belongs to. */
class XmlElements implements TokenizerCallbacks {
  readonly root: Element;
  readonly comments: Comment[] = [];
  private readonly open: Open[] = [];
  /** How many elements of each name are open. */
  private readonly openNames = new Map<string, number>();
  private attribute: { readonly name: SourceRange; value: string } | undefined;

  constructor(private readonly text: string) {
    this.root = { kind: 'map', range: { start: 0, end: text.length }, entries: [] };
  }

  onopentagname(start: number, end: number): void {
    const parent = this.innermost;
    const range = { start: start - 1, end };
    const element: Element = { kind: 'map', range, parent, entries: [] };
    const name = this.text.slice(start, end);
    const entry: TreeEntry = { key: name, keyRange: { start, end }, value: element, range };
    parent.entries.push(entry);
    this.open.push({ name, element, entry, pieces: [] });
    this.openNames.set(name, (this.openNames.get(name) ?? 0) + 1);
  }

  onattribname(start: number, end: number): void {
    this.attribute = { name: { start, end }, value: '' };
  }

  onattribdata(start: number, end: number): void {
    if (this.attribute) this.attribute.value += this.text.slice(start, end);
  }

  onattribentity(codepoint: number): void {
    if (this.attribute) this.attribute.value += String.fromCodePoint(codepoint);
  }

  onattribend(quote: number, end: number): void {
    const { attribute, innermost } = this;
    if (attribute)
      innermost.entries.push(attributeEntry(attribute.name, attribute.value, quote !== 0, end, innermost, this.text));
    this.attribute = undefined;
  }

  onopentagend(): void {
    this.attribute = undefined;
  }

  onselfclosingtag(end: number): void {
    this.close(end + 1);
  }

  onclosetag(start: number, end: number): void {
    const closing = this.text.slice(start, end);
    // A name that is not open closes nothing: it is being typed.
    if (!this.openNames.get(closing)) return;
    const at = this.open.findLastIndex(({ name }) => name === closing);
    const after = this.text.indexOf('>', end);
    while (this.open.length > at + 1) this.close(Math.max(0, start - 2));
    this.close(after === -1 ? end : after + 1);
  }

  /** Of a tag that ends before its name the tokenizer tells no start. */
  ontext(start: number, end: number): void {
    if (start >= 0) this.addPiece({ start, end }, this.text.slice(start, end));
  }

  ontextentity(codepoint: number, end: number): void {
    this.addPiece({ start: this.text.lastIndexOf('&', end - 1), end }, String.fromCodePoint(codepoint));
  }

  oncdata(start: number, end: number): void {
    const contentEnd = Math.max(start, end - 2);
    this.open.at(-1)?.pieces.push({
      range: { start: start - cdataStart, end: Math.min(end + 1, this.text.length) },
      text: this.text.slice(start, end - 2),
      contentRange: { start, end: contentEnd },
      literal: true,
    });
  }

  oncomment(start: number, end: number, offset: number): void {
    const content = this.text.slice(start, end - offset + 1);
    this.comments.push({
      range: { start: this.text.lastIndexOf('<', start), end: Math.min(end + 1, this.text.length) },
      text: content.replace(/-{1,2}>?$/, '').trim(),
    });
  }

  ondeclaration(): void {}

  onprocessinginstruction(): void {}

  onend(): void {
    while (this.open.length > 0) this.close(this.text.length);
  }

  private get innermost(): Element {
    return this.open.at(-1)?.element ?? this.root;
  }

  private addPiece(range: SourceRange, text: string): void {
    this.open.at(-1)?.pieces.push({ range, text, contentRange: range, literal: false });
  }

  /** Closes the innermost element. */
  private close(end: number): void {
    const closed = this.open.pop()!;
    this.openNames.set(closed.name, this.openNames.get(closed.name)! - 1);
    const written = textEntry(closed, this.text);
    if (written) closed.element.entries.push(written);
    setEnd(closed.element, end);
    setEnd(closed.entry, end);
  }
}

function setEnd(node: { range: SourceRange }, end: number): void {
  node.range = { start: node.range.start, end: Math.max(end, node.range.end) };
}

/** `end` is behind the closing quote. */
function attributeEntry(
  name: SourceRange,
  text: string,
  hasValue: boolean,
  end: number,
  parent: Element,
  source: string,
): TreeEntry {
  const key = `@${source.slice(name.start, name.end)}`;
  if (!hasValue)
    return {
      key,
      keyRange: name,
      value: {
        kind: 'scalar',
        range: { start: name.end, end: name.end },
        parent,
        value: '',
        contentRange: { start: name.end, end: name.end },
      },
      range: name,
    };
  const start = valueStart(source, name.end);
  const quoted = /["']/.test(source[start] ?? '') && end - start >= 2;
  const contentRange = quoted ? { start: start + 1, end: end - 1 } : { start, end };
  return {
    key,
    keyRange: name,
    value: { kind: 'scalar', range: { start, end }, parent, value: text, contentRange },
    range: { start: name.start, end },
  };
}

/** Behind the equals sign. */
function valueStart(source: string, from: number): number {
  return from + /^\s*=?\s*/.exec(source.slice(from, from + 200))![0].length;
}

/** The text of an element without the blanks around it; none where there are only blanks. */
function textEntry({ element, pieces }: Open, source: string): TreeEntry | undefined {
  const parts = pieces.filter(({ text, literal }) => literal || text.trim() !== '');
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const range = {
    start: first.range.start + (first.literal ? 0 : blanksBefore(first, source)),
    end: last.range.end - (last.literal ? 0 : blanksAfter(last, source)),
  };
  const value: TreeScalar = {
    kind: 'scalar',
    range,
    parent: element,
    value: pieces
      .map(({ text }) => text)
      .join('')
      .trim(),
    contentRange: parts.length === 1 && first.literal ? first.contentRange : range,
  };
  return { key: '#text', keyRange: range, value, range };
}

function blanksBefore({ range }: Piece, source: string): number {
  const written = source.slice(range.start, range.end);
  return written.length - written.trimStart().length;
}

function blanksAfter({ range }: Piece, source: string): number {
  const written = source.slice(range.start, range.end);
  return written.length - written.trimEnd().length;
}
