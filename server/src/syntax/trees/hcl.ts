/**
 * Reads HCL (Terraform, OpenTofu) into the same Tree as its JSON form: a block is an entry named by its type, its labels
 * are maps inside each other, repeated blocks are repeated entries, and an expression that is no literal is the text
 * `${…}`. Half-typed text keeps what is there.
 */
import type { HclWord } from './hcl-cursor.ts';
import { HclCursor } from './hcl-cursor.ts';
import type { TreeDocument, TreeEntry, TreeNode, TreeScalar } from './tree.ts';

/** Deeper nesting than this is no configuration; every level needs a stack frame. */
const deepest = 200;
const mostLabels = 8;
/** A block of these types, with what follows it, only stands at the top: a brace is missing before it. */
const topLevel = /(?:resource|data|variable|output|module|provider)[ \t]+"[^"\r\n]*"|(?:locals|terraform)[ \t]*\{/y;
const attributeStart = /[\p{L}_][\p{L}\p{N}_-]*[ \t]*=(?![=>])/uy;
/** Functions whose outcome is what they are given. */
const wrapper = /(?:jsonencode|yamlencode|tolist|toset|compact|distinct|flatten|sort|nonsensitive)\(/y;
const concat = /concat\(/y;
const maps = /(?:zipmap|merge)\(/y;
const keyword = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/y;

/** Never throws. What is nested too deeply is left out. */
export function readHcl(path: string, text: string): TreeDocument {
  const cursor = new HclCursor(text);
  const entries: TreeEntry[] = [];
  const map: TreeNode = { kind: 'map', range: { start: 0, end: text.length }, entries };
  while (!cursor.atEnd) readBody(cursor, map, entries, 0);
  const root = entries.length > 0 ? map : undefined;
  return { shape: 'tree', format: 'hcl', path, text, root, roots: root ? [root] : [], comments: cursor.comments };
}

/** Attributes and blocks up to the closing brace, which it leaves; at the top a stray one is skipped. */
function readBody(cursor: HclCursor, map: TreeNode, entries: TreeEntry[], depth: number): void {
  for (;;) {
    do cursor.skip(true);
    while (cursor.take(','));
    if (cursor.atEnd) return;
    if (cursor.character === '}') {
      if (depth === 0) cursor.at++;
      return;
    }
    if (depth > 0 && cursor.text[cursor.at - 1] === '\n' && cursor.match(topLevel) !== undefined) return;
    const key = cursor.dottedWord();
    if (key === undefined) pastNoKey(cursor);
    else {
      cursor.skip(false);
      if (takesEquals(cursor)) readAttribute(cursor, key, map, entries, depth);
      else readBlock(cursor, key, map, entries, depth);
    }
  }
}

/** Keys in parentheses are computed; everything else is a slip of the finger. */
function pastNoKey(cursor: HclCursor): void {
  const start = cursor.at;
  if (cursor.character === '(') cursor.pastExpression();
  else cursor.toLineEnd();
  if (cursor.at === start) cursor.at++;
}

function takesEquals(cursor: HclCursor): boolean {
  const { text, at, character } = cursor;
  if (character !== ':' && (character !== '=' || text[at + 1] === '=')) return false;
  cursor.at++;
  return true;
}

function readAttribute(cursor: HclCursor, key: HclWord, map: TreeNode, entries: TreeEntry[], depth: number): void {
  const value = readExpression(cursor, map, depth + 1);
  if (!value) return;
  // The closing parenthesis of what encodes the value belongs to the attribute.
  const end = cursor.text[cursor.at - 1] === ')' ? cursor.at : value.range.end;
  entries.push({ key: key.text, keyRange: key.range, value, range: { start: key.range.start, end } });
}

/** The type has been read: labels, then the braces. */
function readBlock(cursor: HclCursor, type: HclWord, map: TreeNode, entries: TreeEntry[], depth: number): void {
  const keys = [type];
  for (let label = cursor.word(); label !== undefined && keys.length < mostLabels; label = cursor.word()) {
    keys.push(label);
    cursor.skip(false);
  }
  if (cursor.character !== '{' || depth + keys.length >= deepest) {
    if (cursor.character === '{') cursor.at = cursor.text.length;
    else cursor.toLineEnd();
    return;
  }
  let [parent, into] = [map, entries];
  const ranges: { end: number }[] = [];
  for (const [index, key] of keys.entries()) {
    const own: TreeEntry[] = [];
    const range = { start: keys[index + 1]?.range.start ?? cursor.at, end: cursor.at };
    const node: TreeNode = { kind: 'map', range, parent, entries: own };
    const entryRange = { start: key.range.start, end: cursor.at };
    into.push({ key: key.text, keyRange: key.range, value: node, range: entryRange });
    ranges.push(range, entryRange);
    [parent, into] = [node, own];
  }
  cursor.at++;
  readBody(cursor, parent, into, depth + keys.length);
  cursor.take('}');
  for (const range of ranges) range.end = cursor.at;
}

function readExpression(cursor: HclCursor, parent: TreeNode, depth: number): TreeNode | undefined {
  cursor.skip(false);
  const { text, at: start } = cursor;
  const literal = depth < deepest ? readLiteral(cursor, parent, depth) : undefined;
  if (literal && cursor.ends()) return literal;
  cursor.at = start;
  cursor.pastExpression();
  const end = start + text.slice(start, cursor.at).trimEnd().length;
  if (end === start) return undefined;
  const range = { start, end };
  return { kind: 'scalar', range, parent, value: `\${${text.slice(start, end)}}`, contentRange: range };
}

function readLiteral(cursor: HclCursor, parent: TreeNode, depth: number): TreeNode | undefined {
  const { character, text, at: start } = cursor;
  if (character === '"') {
    const { value, contentRange } = cursor.quoted();
    return { kind: 'scalar', range: { start, end: cursor.at }, parent, value, contentRange };
  }
  const beginning = text.slice(start, start + 40);
  if (character === '[' && !/^\[\s*for\b/.test(beginning)) return readList(cursor, parent, depth);
  if (character === '{' && !/^\{\s*for\b/.test(beginning)) return readObject(cursor, parent, depth);
  const call = cursor.match(wrapper);
  if (call !== undefined) return readWrapped(cursor, call, parent, depth);
  if (cursor.match(concat) !== undefined) return readJoined(cursor, parent, depth);
  const made = cursor.match(maps);
  if (made !== undefined) return readMadeMap(cursor, made, parent, depth);
  return readHeredoc(cursor, parent) ?? readKeyword(cursor, parent);
}

/** A number, a truth value or null. */
function readKeyword(cursor: HclCursor, parent: TreeNode): TreeScalar | undefined {
  const word = cursor.match(keyword);
  if (word === undefined) return undefined;
  const range = { start: cursor.at, end: cursor.at + word.length };
  cursor.at = range.end;
  const value = word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : Number(word);
  return { kind: 'scalar', range, parent, value, contentRange: range };
}

/** `<<-` takes away the indentation that all lines share. */
function readHeredoc(cursor: HclCursor, parent: TreeNode): TreeScalar | undefined {
  const start = cursor.at;
  const document = cursor.heredoc();
  if (!document) return undefined;
  const lines = cursor.text.slice(document.content.start, document.content.end).split('\n');
  const indentations = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0].length);
  const cut = document.indented && indentations.length > 0 ? Math.min(...indentations) : 0;
  return {
    kind: 'scalar',
    range: { start, end: cursor.at },
    parent,
    value: lines.map((line) => line.slice(cut)).join('\n'),
    contentRange: document.content,
  };
}

/** What a function writes as JSON or YAML is what it is given, and a list or set of a list has its members. */
function readWrapped(cursor: HclCursor, call: string, parent: TreeNode, depth: number): TreeNode | undefined {
  cursor.at += call.length;
  cursor.skip(true);
  const value = readLiteral(cursor, parent, depth);
  cursor.skip(true);
  return cursor.character === ')' && value?.kind !== 'scalar' && cursor.take(')') ? value : undefined;
}

/** `concat` of literals and others: every member counts, but there is no bracket of all of them to write into. */
function readJoined(cursor: HclCursor, parent: TreeNode, depth: number): TreeNode | undefined {
  const items: TreeNode[] = [];
  const range = { start: cursor.at, end: cursor.at };
  const list: TreeNode = { kind: 'list', range, parent, shared: true, items };
  cursor.at += cursor.match(concat)!.length;
  const given = readArguments(cursor, list, depth);
  if (given === undefined) return undefined;
  items.push(...given.flatMap((one) => (one.kind === 'list' ? one.items : [one])));
  range.end = cursor.at;
  return list;
}

/** What stands in the parentheses of a call, which it passes; undefined where they are not closed. */
function readArguments(cursor: HclCursor, parent: TreeNode, depth: number): readonly TreeNode[] | undefined {
  const given: TreeNode[] = [];
  do {
    cursor.skip(true);
    const one = cursor.character === ')' ? undefined : readExpression(cursor, parent, depth + 1);
    if (one) given.push(one);
    cursor.skip(true);
  } while (cursor.take(','));
  return cursor.take(')') ? given : undefined;
}

/**
 * `zipmap(["a"], ["b"])` and `merge({ … }, { … })`: a map of the entries that are written there, with no braces of all of them to
 * write into. Undefined where other keys than these may be all there are.
 */
function readMadeMap(cursor: HclCursor, call: string, parent: TreeNode, depth: number): TreeNode | undefined {
  const entries: TreeEntry[] = [];
  const range = { start: cursor.at, end: cursor.at };
  const map: TreeNode = { kind: 'map', range, parent, shared: true, entries };
  cursor.at += call.length;
  const given = readArguments(cursor, map, depth);
  if (given === undefined) return undefined;
  const made = call.startsWith('zipmap') ? zipped(given) : merged(given);
  if (made === undefined) return undefined;
  entries.push(...made);
  range.end = cursor.at;
  return given.every(({ kind }) => kind !== 'scalar') ? map : { ...map, open: true };
}

function zipped([keys, values]: readonly TreeNode[]): TreeEntry[] | undefined {
  if (keys?.kind !== 'list' || values?.kind !== 'list' || keys.items.length !== values.items.length) return undefined;
  return keys.items.flatMap((key, index): TreeEntry[] => {
    const value = values.items[index]!;
    return key.kind === 'scalar' && typeof key.value === 'string'
      ? [{ key: key.value, keyRange: key.contentRange, value, range: key.range }]
      : [];
  });
}

/** Of a name that several have, the last one counts; what is no literal may have any name, if it is not the first. */
function merged(given: readonly TreeNode[]): TreeEntry[] | undefined {
  const isKnown = given.slice(1).every(({ kind }) => kind === 'map') && given.some(({ kind }) => kind === 'map');
  if (!isKnown) return undefined;
  const all = given.flatMap((one) => (one.kind === 'map' ? one.entries : []));
  return all.filter(({ key }, index) => !all.slice(index + 1).some((later) => later.key === key));
}

function readList(cursor: HclCursor, parent: TreeNode, depth: number): TreeNode {
  const items: TreeNode[] = [];
  const range = { start: cursor.at, end: cursor.at };
  const node: TreeNode = { kind: 'list', range, parent, items };
  cursor.at++;
  for (;;) {
    cursor.skip(true);
    if (cursor.atEnd || cursor.take(']')) break;
    // A bracket is missing: the attribute or block that follows is none of its members.
    if (cursor.character === '}' || cursor.match(attributeStart) !== undefined) {
      cursor.at = items.at(-1)?.range.end ?? range.start + 1;
      break;
    }
    const before = cursor.at;
    const item = readExpression(cursor, node, depth + 1);
    if (item) items.push(item);
    cursor.skip(true);
    if (!cursor.take(',') && cursor.at === before) cursor.at++;
  }
  range.end = cursor.at;
  return node;
}

function readObject(cursor: HclCursor, parent: TreeNode, depth: number): TreeNode {
  const entries: TreeEntry[] = [];
  const range = { start: cursor.at, end: cursor.at };
  const node: TreeNode = { kind: 'map', range, parent, entries };
  cursor.at++;
  readBody(cursor, node, entries, depth + 1);
  cursor.take('}');
  range.end = cursor.at;
  return node;
}
