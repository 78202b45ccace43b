/**
 * Reads TOML into a Tree. The parser stops at the first mistake, so that the line of it is blanked and the text read
 * again: what a person is typing costs its own line, and every position stays.
 */
import { parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import type { SourceRange } from '../range.ts';
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeNode } from './tree.ts';

/** In UTF-16 units that are read, each mistake being a new reading: what makes more work is something else than TOML. */
const mostWork = 3_000_000;
/** So many are stepped over in a text of any length. */
const fewMistakes = 25;

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type MapNode = Writable<TreeMap> & { entries: TreeEntry[] };

/** Never throws. A text with more mistakes than are stepped over says so, and has no root. */
export function readToml(path: string, text: string): TreeDocument {
  const program = parseTolerantly(text);
  const root = program && lowerProgram(program, text);
  const comments = (program?.comments ?? []).map(({ range: [start, end] }) => ({
    range: { start, end },
    text: text.slice(start, end).replace(/^#+/, '').trim(),
  }));
  return {
    shape: 'tree',
    format: 'toml',
    path,
    text,
    root,
    roots: root ? [root] : [],
    comments,
    ...(program === undefined && { unread: 'It has too many lines that are no TOML.' }),
  };
}

function parseTolerantly(text: string): AST.TOMLProgram | undefined {
  let rest = text;
  // Each mistake costs three readings of the text up to it: one that finds it, and two that try what to leave out.
  for (let mistakes = 0; mistakes <= fewMistakes || mistakes * 3 * text.length <= mostWork; mistakes++) {
    const parsed = parse(rest);
    if (parsed.program) return parsed.program;
    // Of the line itself and the statement that it goes on with, the one is left out that lets the parser come farther.
    const tries = [lineAt(rest, parsed.index), statementAt(rest, parsed.index)]
      .map((range) => blanked(rest, range))
      .filter((one) => one !== rest);
    if (tries.length === 0) return undefined;
    rest = tries.reduce((best, one) => (farthest(one) > farthest(best) ? one : best));
  }
  return undefined;
}

function parse(text: string): { readonly program?: AST.TOMLProgram; readonly index: number } {
  try {
    return { program: parseTOML(text), index: text.length };
  } catch (error) {
    const { index } = error as { index?: number };
    return { index: Math.min(typeof index === 'number' ? index : text.length, text.length) };
  }
}

function farthest(text: string): number {
  const { program, index } = parse(text);
  return program ? Number.POSITIVE_INFINITY : index;
}

/** The last line up to the offset that holds anything: blanks that only other languages know, a no-break space, are a mistake here. */
function lineAt(text: string, offset: number): SourceRange {
  let end = text.indexOf('\n', offset);
  if (end === -1) end = text.length;
  let start = lineStart(text, end);
  while (start > 0 && /^[ \t\r]*$/.test(text.slice(start, end))) {
    end = start - 1;
    start = lineStart(text, end);
  }
  return { start, end };
}

/** `lastIndexOf` takes a place before the text for its first letter, which may end the line that is looked at. */
function lineStart(text: string, end: number): number {
  return end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
}

/** From the line of the last `key =` before this line to the end of the line before it: an array or text that is not closed yet. */
function statementAt(text: string, offset: number): SourceRange {
  const line = lineAt(text, offset);
  const starts = [...text.slice(0, line.start).matchAll(/^[ \t]*[\w"'.-]+[ \t]*=/gm)];
  return { start: starts.at(-1)?.index ?? line.start, end: line.start };
}

function blanked(text: string, { start, end }: SourceRange): string {
  return text.slice(0, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, ' ') + text.slice(end);
}

function lowerProgram(program: AST.TOMLProgram, text: string): TreeMap {
  const root: MapNode = { kind: 'map', range: { start: 0, end: text.length }, entries: [] };
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') addKeyValue(root, node, text);
    else {
      const table = tableOf(root, node);
      for (const pair of node.body) addKeyValue(table, pair, text);
    }
  }
  return root;
}

/** The map that a `[table]` or `[[table]]` names, made on the way where it is not there yet. */
function tableOf(root: MapNode, { key, resolvedKey, range: [start, end] }: AST.TOMLTable): MapNode {
  const range = { start, end };
  const names = key.keys;
  let node: TreeNode = root;
  let named = 0;
  resolvedKey.forEach((part, index) => {
    const isList = typeof resolvedKey[index + 1] === 'number';
    if (typeof part === 'number') node = itemOf(node as TreeList, part, range);
    else node = childOf(node as MapNode, part, rangeOf(names[named++] ?? key), range, isList);
    extend(node, end);
  });
  return node as unknown as MapNode;
}

function itemOf(list: TreeList, index: number, range: SourceRange): TreeNode {
  const found = list.items[index];
  if (found) return found;
  const map: TreeMap = { kind: 'map', range, parent: list, entries: [] };
  (list.items as TreeNode[]).push(map);
  return map;
}

function childOf(map: MapNode, key: string, keyRange: SourceRange, range: SourceRange, isList: boolean): TreeNode {
  const found = map.entries.find((entry) => entry.key === key)?.value;
  if (found) return found;
  const value: TreeNode = isList
    ? { kind: 'list', range, parent: map, items: [] }
    : { kind: 'map', range, parent: map, entries: [] };
  map.entries.push({ key, keyRange, value, range: { start: keyRange.start, end: range.end } });
  return value;
}

/** A table that comes later in the text still belongs to the maps that it names. */
function extend(node: TreeNode, end: number): void {
  const writable = node as Writable<TreeNode>;
  if (writable.range.end < end) writable.range = { ...writable.range, end };
}

function addKeyValue(map: MapNode, { key, value, range: [start, end] }: AST.TOMLKeyValue, text: string): void {
  let target = map;
  for (const part of key.keys.slice(0, -1))
    target = childOf(target, nameOf(part), rangeOf(part), { start, end }, false) as MapNode;
  const last = key.keys.at(-1)!;
  // A dotted key of something that is no table; the parser lets some of these through.
  if (target.kind !== 'map') return;
  target.entries.push({
    key: nameOf(last),
    keyRange: rangeOf(last),
    value: lower(value, target, text),
    range: { start: key.keys.length > 1 ? start : rangeOf(last).start, end },
  });
}

function lower(node: AST.TOMLContentNode, parent: TreeNode, text: string): TreeNode {
  const range = rangeOf(node);
  if (node.type === 'TOMLArray') {
    const items: TreeNode[] = [];
    const list: TreeNode = { kind: 'list', range, parent, items };
    for (const element of node.elements) items.push(lower(element, list, text));
    return list;
  }
  if (node.type === 'TOMLInlineTable') {
    const map: MapNode = { kind: 'map', range, parent, entries: [] };
    for (const pair of node.body) addKeyValue(map, pair, text);
    return map;
  }
  if (node.kind !== 'string')
    return {
      kind: 'scalar',
      range,
      parent,
      value:
        node.kind === 'boolean' || node.kind === 'integer' || node.kind === 'float'
          ? node.value
          : text.slice(range.start, range.end),
      contentRange: range,
    };
  const quotes = node.multiline ? 3 : 1;
  return {
    kind: 'scalar',
    range,
    parent,
    value: node.value,
    contentRange: { start: range.start + quotes, end: range.end - quotes },
  };
}

function nameOf(node: AST.TOMLBare | AST.TOMLQuoted): string {
  return node.type === 'TOMLBare' ? node.name : node.value;
}

function rangeOf({ range: [start, end] }: { readonly range: readonly [number, number] }): SourceRange {
  return { start, end };
}
