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
  const root: Element = { kind: 'map', range: { start: 0, end: text.length }, entries: [] };
  const comments: Comment[] = [];
  const open: Open[] = [];
  const openNames = new Map<string, number>();
  let attribute: { name: SourceRange; value: string; start: number | undefined } | undefined;

  const innermost = (): Element => open.at(-1)?.element ?? root;
  const setEnd = (node: { range: SourceRange }, end: number): void => {
    node.range = { start: node.range.start, end: Math.max(end, node.range.end) };
  };
  const close = (end: number): void => {
    const closed = open.pop()!;
    openNames.set(closed.name, openNames.get(closed.name)! - 1);
    const written = textEntry(closed, text);
    if (written) closed.element.entries.push(written);
    setEnd(closed.element, end);
    setEnd(closed.entry, end);
  };
  const piece = (start: number, end: number, value: string, literal = false, contentRange = { start, end }): void => {
    open.at(-1)?.pieces.push({ range: { start, end }, text: value, contentRange, literal });
  };

  const callbacks: TokenizerCallbacks = {
    onopentagname(start, end) {
      const parent = innermost();
      const element: Element = { kind: 'map', range: { start: start - 1, end }, parent, entries: [] };
      const entry: TreeEntry = {
        key: text.slice(start, end),
        keyRange: { start, end },
        value: element,
        range: { start: start - 1, end },
      };
      parent.entries.push(entry);
      open.push({ name: entry.key, element, entry, pieces: [] });
      openNames.set(entry.key, (openNames.get(entry.key) ?? 0) + 1);
    },
    onattribname(start, end) {
      attribute = { name: { start, end }, value: '', start: undefined };
    },
    onattribdata(start, end) {
      if (!attribute) return;
      attribute.value += text.slice(start, end);
      attribute.start ??= start;
    },
    onattribentity(codepoint) {
      if (attribute) attribute.value += String.fromCodePoint(codepoint);
    },
    onattribend(quote, end) {
      if (attribute)
        innermost().entries.push(attributeEntry(attribute.name, attribute.value, quote !== 0, end, innermost(), text));
      attribute = undefined;
    },
    onopentagend() {
      attribute = undefined;
    },
    onselfclosingtag(end) {
      close(end + 1);
    },
    onclosetag(start, end) {
      const closing = text.slice(start, end);
      // A name that is not open closes nothing: it is being typed.
      if (!openNames.get(closing)) return;
      const at = open.findLastIndex(({ name }) => name === closing);
      const after = text.indexOf('>', end);
      while (open.length > at + 1) close(Math.max(0, start - 2));
      close(after === -1 ? end : after + 1);
    },
    // Of a tag that ends before its name the tokenizer tells no start.
    ontext(start, end) {
      if (start >= 0) piece(start, end, text.slice(start, end));
    },
    ontextentity(codepoint, end) {
      piece(text.lastIndexOf('&', end - 1), end, String.fromCodePoint(codepoint));
    },
    oncdata(start, end) {
      piece(start - cdataStart, Math.min(end + 1, text.length), text.slice(start, end - 2), true, {
        start,
        end: Math.max(start, end - 2),
      });
    },
    oncomment(start, end, offset) {
      const from = text.lastIndexOf('<', start);
      comments.push({
        range: { start: from, end: Math.min(end + 1, text.length) },
        text: text
          .slice(start, end - offset + 1)
          .replace(/-{1,2}>?$/, '')
          .trim(),
      });
    },
    ondeclaration() {},
    onprocessinginstruction() {},
    onend() {},
  };
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: true }, callbacks);
  tokenizer.write(text);
  tokenizer.end();
  while (open.length > 0) close(text.length);
  return {
    shape: 'tree',
    format: 'xml',
    path,
    text,
    root: root.entries.length > 0 ? root : undefined,
    roots: root.entries.length > 0 ? [root] : [],
    comments,
  };
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
