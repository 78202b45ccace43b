/**
 * Settings of a HOCON file by their whole names, as the library that reads it puts them together: a later value takes the place of an
 * earlier one, an optional substitution of nothing leaves it, included files count where they are included.
 * https://github.com/lightbend/config/blob/main/HOCON.md
 */
import type { SourceRange } from '../../syntax/range.ts';
import { includeKey } from '../../syntax/trees/hocon.ts';
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import { isString } from '../../edits/tree-edits.ts';
import type { FrameworkContext } from '../framework.ts';
import { withGiven } from './given-values.ts';

/** One value that is given to a name. */
interface Definition {
  readonly name: readonly string[];
  /** The same with its dots. */
  readonly written: string;
  readonly entry: TreeEntry;
}

/** What a name has in the end. */
export interface HoconSetting {
  readonly entry: TreeEntry;
  /** The variable of the environment that takes its place where it is set. */
  readonly variable?: string;
}

export interface HoconSettings {
  /** The setting of the whole name; undefined where none is written, or only a variable may give it. */
  get(name: string): HoconSetting | undefined;
  /** The first entry of the linted file below the name, or with it. */
  firstUnder(prefix: string): TreeEntry | undefined;
  /** Names right below the prefix, as they are written, each with its last entry. */
  under(prefix: string): TreeMap | undefined;
  /** A map of the linted file to which settings below the prefix can be added, and what stands before their names there. */
  placeUnder(prefix: string): { readonly map: TreeMap; readonly keyPrefix: string } | undefined;
}

/** Files that include each other are read to this depth. */
const deepest = 5;
const reference = /^\$\{(\??)([^}]+)\}$/;

export function hoconSettings(document: TreeDocument, context: FrameworkContext): HoconSettings {
  const definitions = document.root ? flattened(document.root, [], context, 0) : [];
  const reading: Reading = { all: definitions, depth: 0, known: new Map() };
  const own = definitions.filter(({ entry }) => entry.keyRange.path === undefined);
  return {
    get: (name) => settingAt(reading, name, definitions.length),
    firstUnder: (prefix) => own.find(({ name, written }) => isUnder(name, prefix) || written === prefix)?.entry,
    under: (prefix) => mapUnder(definitions, prefix),
    placeUnder: (prefix) => placeUnder(own, prefix),
  };
}

function flattened(node: TreeNode, before: readonly string[], context: FrameworkContext, depth: number): Definition[] {
  if (node.kind !== 'map') return [];
  return node.entries.flatMap((entry) => {
    if (entry.key === includeKey) return included(entry, before, context, depth);
    const name = [...before, ...partsOf(entry.key)];
    return [{ name, written: name.join('.'), entry }, ...flattened(entry.value, name, context, depth)];
  });
}

/** What the named file says, without a place for edits; nothing where it is none of the project's. */
function included(
  { value }: TreeEntry,
  before: readonly string[],
  context: FrameworkContext,
  depth: number,
): Definition[] {
  if (!isString(value) || depth >= deepest) return [];
  const path = /\.(conf|json|properties)$/.test(value.value) ? value.value : `${value.value}.conf`;
  const found = context.document(path);
  if (found?.shape !== 'tree' || found.root === undefined) return [];
  const root = withGiven(found.root, path, { whole: () => undefined }, () => undefined);
  return flattened(root, before, context, depth + 1);
}

/** Dots separate; what stands in brackets was quoted. */
function partsOf(key: string): string[] {
  return key.match(/\[[^\]]*\]|[^.[]+/g) ?? [key];
}

function isUnder(name: readonly string[], prefix: string): boolean {
  const parts = prefix.split('.');
  return name.length > parts.length && parts.every((part, index) => part === name[index]);
}

/** What is asked of the definitions, and how many other names lead there. */
interface Reading {
  readonly all: readonly Definition[];
  readonly depth: number;
  /** Names refer to each other, so that one is asked for often. */
  readonly known: Map<string, HoconSetting | undefined>;
}

/** The last value of the name among the first `count` definitions. */
function settingAt(reading: Reading, name: string, count: number): HoconSetting | undefined {
  const { depth, known } = reading;
  const question = `${depth} ${count} ${name}`;
  if (!known.has(question)) known.set(question, lastOf(reading, name, count));
  return known.get(question);
}

function lastOf(reading: Reading, name: string, count: number): HoconSetting | undefined {
  let found: HoconSetting | undefined;
  for (const [index, definition] of reading.all.slice(0, count).entries()) {
    const { entry, written } = definition;
    // Whatever stood below a name is gone where the name itself gets another value.
    if (name.startsWith(`${written}.`) && entry.value.kind !== 'map') found = undefined;
    if (written.startsWith(`${name}.`) && /\.\d+$/.test(written)) found = numbered(found, definition);
    if (written !== name) continue;
    const [, optional, referred] = (isString(entry.value) && reference.exec(entry.value.value)) || [];
    const value = substituted(entry.value, reading, index, name);
    const isMissing = optional === '?' && value === entry.value;
    found = isMissing && found ? { ...found, variable: referred! } : { entry: { ...entry, value } };
  }
  return found;
}

/** `list.0 = x` takes the place of the list, of which no more is known. */
function numbered(found: HoconSetting | undefined, { entry }: Definition): HoconSetting {
  const [, optional, referred] = (isString(entry.value) && reference.exec(entry.value.value)) || [];
  if (optional === '?' && found) return { ...found, variable: referred! };
  const { range } = entry;
  return { entry: { ...entry, value: { kind: 'scalar', value: '${}', range, contentRange: range, shared: true } } };
}

/** With the values of the file's own names in place of these; a name that is none stays as it is written. */
function substituted(node: TreeNode, reading: Reading, count: number, name: string): TreeNode {
  if (node.kind === 'list') {
    const items: TreeNode[] = [];
    const list: TreeList = { ...node, items };
    let isPutTogether = node.shared;
    for (const item of node.items) {
      const given = substituted(item, reading, count, name);
      if (given === item) items.push(item);
      else if (node.shared && given.kind === 'list') items.push(...given.items);
      else items.push({ ...given, parent: list, shared: true });
      isPutTogether ||= given !== item || undefined;
    }
    return isPutTogether ? { ...list, shared: true } : node;
  }
  const referred = isString(node) ? reference.exec(node.value)?.[2]?.trim() : undefined;
  if (referred === undefined) return node;
  // A name inside of its own value is what it was before.
  const isOwn = referred === name || name.endsWith(`.${referred}`);
  const target = isOwn ? settingAt(reading, name, count) : settingBeside(reading, referred);
  if (target === undefined || target.variable !== undefined) return node;
  return { ...target.entry.value, range: there(node.range, target.entry.value.range), shared: true } as TreeNode;
}

/** A name that leads in a circle has no value. */
function settingBeside(reading: Reading, name: string): HoconSetting | undefined {
  const { all, depth } = reading;
  return depth >= deepest ? undefined : settingAt({ ...reading, depth: depth + 1 }, name, all.length);
}

/** What counts is told where its value is written, as long as that is in the linted file. */
function there(here: SourceRange, range: SourceRange): SourceRange {
  return range.path === undefined ? range : here;
}

function mapUnder(definitions: readonly Definition[], prefix: string): TreeMap | undefined {
  const depth = prefix.split('.').length;
  const found = definitions.filter(({ name }) => isUnder(name, prefix) && name.length === depth + 1);
  const [first] = found;
  if (first === undefined) return undefined;
  const entries = found.map(({ name, entry }) => {
    const key = name.at(-1)!;
    const keyRange = { ...entry.keyRange, start: entry.keyRange.end - key.length };
    return entry.key === key ? entry : { ...entry, key, keyRange };
  });
  return { kind: 'map', range: first.entry.range, entries };
}

/** The map whose own name is the longest beginning of the prefix. */
function placeUnder(own: readonly Definition[], prefix: string): ReturnType<HoconSettings['placeUnder']> {
  let found: { readonly map: TreeMap; readonly keyPrefix: string } | undefined;
  const isNearer = (keyPrefix: string): boolean => found === undefined || keyPrefix.length < found.keyPrefix.length;
  for (const { name, written, entry } of own) {
    const map = entry.value.kind === 'map' ? entry.value : undefined;
    if (map && !map.open && (written === prefix || prefix.startsWith(`${written}.`))) {
      const keyPrefix = written === prefix ? '' : `${prefix.slice(written.length + 1)}.`;
      if (isNearer(keyPrefix)) found = { map, keyPrefix };
    }
    const beside = beginningOf(name, entry);
    const parent = entry.value.parent;
    if (parent?.kind !== 'map' || (beside !== '' && !`${prefix}.`.startsWith(`${beside}.`))) continue;
    if (!isUnder(name, prefix) && !isUnder(name, prefix.split('.').slice(0, 2).join('.'))) continue;
    const keyPrefix = beside === '' ? `${prefix}.` : beside === prefix ? '' : `${prefix.slice(beside.length + 1)}.`;
    if (isNearer(keyPrefix)) found = { map: { ...parent, entries: [entry] }, keyPrefix };
  }
  return found;
}

/** The name of the map in which the entry stands. */
function beginningOf(name: readonly string[], entry: TreeEntry): string {
  return name.slice(0, name.length - partsOf(entry.key).length).join('.');
}
