/**
 * Reads HOCON, the format of Play's, Pekko's and Akka's `application.conf`. A key with dots is one entry with that key; a substitution
 * is the text `${…}`, also inside a text or a list that is put together; an include is an entry of its own name. No kept package
 * tells where a value stands. https://github.com/lightbend/config/blob/main/HOCON.md
 */
import type { SourceRange } from '../range.ts';
import type { HoconText } from './hocon-cursor.ts';
import { HoconCursor } from './hocon-cursor.ts';
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeNode } from './tree.ts';

/** The key of an entry that names another file: no key can be written so without quotes. */
export const includeKey = '#include';

/** Deeper nesting than this is no configuration; every level needs a stack frame. */
const deepest = 200;
const include = /include(?=[\s"(])[ \t]*((?:(?:required|file|classpath|url)\([ \t]*)*)"([^"\r\n]*)"?[ \t]*\)*/y;

/** Never throws. What is nested too deeply is left out. */
export function readHocon(path: string, text: string): TreeDocument {
  const cursor = new HoconCursor(text);
  cursor.skip(true);
  const start = cursor.character === '{' ? cursor.at : 0;
  cursor.take('{');
  const range = { start, end: text.length };
  const entries: TreeEntry[] = [];
  const root: TreeMap = { kind: 'map', range, entries };
  // A stray brace ends nothing at the top.
  do readFields(cursor, root, entries, 0);
  while (cursor.take('}') || !cursor.atEnd);
  return { shape: 'tree', format: 'hocon', path, text, root, roots: [root], comments: cursor.comments };
}

/** Fields up to the closing brace, which it leaves. */
function readFields(cursor: HoconCursor, map: TreeMap, entries: TreeEntry[], depth: number): void {
  for (;;) {
    do cursor.skip(true);
    while (cursor.take(','));
    if (cursor.atEnd || cursor.character === '}') return;
    const before = cursor.at;
    const included = cursor.match(include);
    if (included) entries.push(includeEntry(before, cursor.at, included, map));
    else readField(cursor, map, entries, depth);
    if (cursor.at === before) cursor.at++;
  }
}

function includeEntry(start: number, end: number, [whole, , name]: RegExpExecArray, parent: TreeMap): TreeEntry {
  const range = { start, end };
  const at = start + whole.indexOf('"') + 1;
  const contentRange = { start: at, end: at + name!.length };
  return {
    key: includeKey,
    keyRange: range,
    range,
    value: { kind: 'scalar', value: name!, range, contentRange, parent },
  };
}

function readField(cursor: HoconCursor, map: TreeMap, entries: TreeEntry[], depth: number): void {
  const start = cursor.at;
  const key = readKey(cursor);
  if (key === undefined) return;
  const keyRange = { start, end: cursor.at };
  cursor.skip(false);
  const appends = cursor.take('+=');
  if (!appends && !cursor.take('=') && !cursor.take(':') && cursor.character !== '{') return;
  const value = readValue(cursor, map, depth + 1);
  if (value === undefined) return;
  entries.push({
    key,
    keyRange,
    value: appends ? appended(key, value, map) : value,
    range: { start, end: value.range.end },
  });
}

/** Parts between dots; a quoted part with a dot in it stands in brackets, as no part of two names. */
function readKey(cursor: HoconCursor): string | undefined {
  let key: string | undefined;
  for (;;) {
    const part = cursor.piece(false);
    if (part === undefined) return key;
    const text = part.kind === 'quoted' && part.value.includes('.') ? `[${part.value}]` : part.value;
    key = (key ?? '') + text;
  }
}

/** `list += x` is what `list = ${?list} [x]` is. */
function appended(key: string, value: TreeNode, parent: TreeMap): TreeList {
  const items: TreeNode[] = [];
  const list: TreeList = { kind: 'list', range: value.range, parent, shared: true, items };
  const range = { start: value.range.start, end: value.range.start };
  items.push({ kind: 'scalar', value: `\${?${key}}`, range, contentRange: range, parent: list, shared: true }, {
    ...value,
    parent: list,
    shared: true,
  } as TreeNode);
  return list;
}

type Piece = HoconText | TreeNode;

/** All that stands up to the end of the line, a comma or a bracket is one value. */
function readValue(cursor: HoconCursor, parent: TreeNode, depth: number): TreeNode | undefined {
  cursor.skip(true);
  const pieces: Piece[] = [];
  let end = cursor.at;
  while (!cursor.atEnd && depth < deepest) {
    const piece = readPiece(cursor, parent, depth);
    if (piece === undefined) break;
    pieces.push(piece);
    end = cursor.at;
    cursor.skip(false);
  }
  const first = pieces[0];
  if (first === undefined) return undefined;
  if (pieces.length === 1) return isText(first) ? textNode(first, parent) : first;
  return joined(cursor, pieces, { start: first.range.start, end }, parent);
}

function readPiece(cursor: HoconCursor, parent: TreeNode, depth: number): Piece | undefined {
  if (cursor.character === '{') return readMap(cursor, parent, depth);
  if (cursor.character === '[') return readList(cursor, parent, depth);
  return cursor.piece(true);
}

function readMap(cursor: HoconCursor, parent: TreeNode, depth: number): TreeMap {
  const range = { start: cursor.at, end: cursor.at };
  const entries: TreeEntry[] = [];
  const map: TreeMap = { kind: 'map', range, parent, entries };
  cursor.take('{');
  readFields(cursor, map, entries, depth);
  cursor.take('}');
  range.end = cursor.at;
  return map;
}

function readList(cursor: HoconCursor, parent: TreeNode, depth: number): TreeList {
  const range = { start: cursor.at, end: cursor.at };
  const items: TreeNode[] = [];
  const list: TreeList = { kind: 'list', range, parent, items };
  cursor.take('[');
  for (;;) {
    do cursor.skip(true);
    while (cursor.take(','));
    // A bracket is missing: what follows is no member.
    if (cursor.atEnd || cursor.character === '}' || cursor.take(']')) break;
    const before = cursor.at;
    const item = readValue(cursor, list, depth + 1);
    if (item) items.push(item);
    if (cursor.at === before) cursor.at++;
  }
  range.end = cursor.at;
  return list;
}

/** Lists beside each other are one, maps are laid over each other, everything else is a text. */
function joined(cursor: HoconCursor, pieces: readonly Piece[], range: SourceRange, parent: TreeNode): TreeNode {
  const nodes = pieces.filter((piece) => !isText(piece));
  if (nodes.some(({ kind }) => kind === 'list')) {
    const items: TreeNode[] = [];
    const list: TreeList = { kind: 'list', range, parent, shared: true, items };
    for (const piece of pieces)
      if (isText(piece)) items.push(textNode(piece, list));
      else if (piece.kind === 'list') items.push(...piece.items);
    return list;
  }
  if (nodes.some(({ kind }) => kind === 'map')) {
    const entries = nodes.flatMap((node) => (node.kind === 'map' ? node.entries : []));
    return { kind: 'map', range: nodes.at(-1)!.range, parent, entries, open: true };
  }
  const value = pieces.filter(isText).map((piece, index, all) => {
    const before = all[index - 1];
    return (before ? cursor.text.slice(before.range.end, piece.range.start) : '') + piece.value;
  });
  return { kind: 'scalar', value: value.join(''), range, contentRange: range, parent };
}

function isText(piece: Piece): piece is HoconText {
  return piece.kind === 'quoted' || piece.kind === 'unquoted' || piece.kind === 'substitution';
}

function textNode({ value, range, contentRange, kind }: HoconText, parent: TreeNode): TreeNode {
  return { kind: 'scalar', value: kind === 'unquoted' ? unquotedValue(value) : value, range, contentRange, parent };
}

function unquotedValue(text: string): string | number | boolean | null {
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
}
