/**
 * Settings of the Java frameworks by dotted names, whether they stand nested in YAML, dotted in `.properties`, or both:
 * `management.endpoints.web.cors.allowed-origins`. Letters, dashes and underscores of a name do not matter.
 */
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { FrameworkContext } from '../framework.ts';
import type { FilledIn } from './cors-service.ts';
import { isPlaceholder, isString, partOfText, textOf } from '../../edits/tree-edits.ts';

/** A part of a file that is in force together: a document of a stream, or all of it. */
export interface PropertySource {
  readonly entries: readonly NamedEntry[];
}
/** An entry at any depth, with its whole name. */
export interface NamedEntry {
  readonly name: readonly string[];
  readonly entry: TreeEntry;
}

/** The settings under one name. */
export interface PropertyGroup {
  /** Of the name `allowed-origins` below the group, however it is spelt; a list of `allowed-origins[0]` and so on is one entry. */
  get(name: string): TreeEntry | undefined;
  /** Where another setting is added, and what stands before its name there. */
  readonly map: TreeMap;
  readonly keyPrefix: string;
  readonly first: TreeEntry;
  readonly all: readonly NamedEntry[];
}

/** Each document of a YAML stream; of `.properties` each part between lines of `#---`. */
export function propertySources(document: TreeDocument): PropertySource[] {
  if (document.format !== 'properties') return document.roots.map((root) => ({ entries: flattened(root, []) }));
  const entries = document.roots.flatMap((root) => flattened(root, []));
  const borders = document.comments.filter(({ text }) => /^-{3,}$/.test(text)).map(({ range }) => range.start);
  const starts = [0, ...borders];
  return starts.map((start, index) => ({
    entries: entries.filter(
      ({ entry }) => entry.range.start >= start && entry.range.start < (starts[index + 1] ?? Number.POSITIVE_INFINITY),
    ),
  }));
}

/** The text of a setting; undefined when it is not there, or no text. */
export function propertyText(source: PropertySource, name: string): string | undefined {
  const value = source.entries.findLast((each) => isSame(each.name, partsOf(name)))?.entry.value;
  return textOf(value) ?? (value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined);
}

/** The settings whose names go on after `prefix`; undefined when there are none. */
export function groupUnder(source: PropertySource, prefix: string | readonly string[]): PropertyGroup | undefined {
  const parts = typeof prefix === 'string' ? partsOf(prefix) : prefix;
  const all = source.entries
    .filter(({ name }) => name.length > parts.length && isSame(name.slice(0, parts.length), parts))
    .map(({ name, entry }) => ({ name: name.slice(parts.length), entry }));
  const [first] = all;
  if (first === undefined) return undefined;
  const parent = first.entry.value.parent;
  const nested = source.entries.find(({ name, entry }) => isSame(name, parts) && entry.value.kind === 'map')?.entry
    .value;
  const map = nested?.kind === 'map' ? nested : { ...(parent as TreeMap), entries: all.map(({ entry }) => entry) };
  return {
    all,
    first: first.entry,
    map,
    keyPrefix: nested ? '' : keyBefore(first),
    get(name) {
      const wanted = partsOf(name);
      return all.findLast((each) => isSame(each.name, wanted))?.entry ?? indexed(all, wanted);
    },
  };
}

/** The same, where what it does not say is as the last of the sources `below` that says it. New settings are added to it alone. */
export function layeredGroup(
  source: PropertySource,
  below: readonly PropertySource[],
  prefix: string | readonly string[],
): PropertyGroup | undefined {
  const group = groupUnder(source, prefix);
  if (group === undefined || below.length === 0) return group;
  const others = below.flatMap((one) => groupUnder(one, prefix) ?? []).reverse();
  return {
    ...group,
    get: (name) => [group, ...others].map((one) => one.get(name)).find((entry) => entry !== undefined),
  };
}

/** The names that come right after the prefix, in the order of the text and in the spelling of the text. */
export function namesUnder({ entries }: PropertySource, prefix: string): string[] {
  const parts = partsOf(prefix);
  return [
    ...new Set(
      entries
        .filter(({ name }) => name.length > parts.length && isSame(name.slice(0, parts.length), parts))
        .map(({ name }) => name[parts.length]!),
    ),
  ];
}

/** The settings right below the group as entries of a map, each with the last part of its name as its key. */
export function lastNames({ all, map }: PropertyGroup): TreeMap {
  const entries = all
    .filter(({ name }) => name.length === 1 && !/\[\d+\]$/.test(name[0]!))
    .map(({ name: [key], entry }) =>
      entry.key === key
        ? entry
        : { ...entry, key: key!, keyRange: { start: entry.keyRange.end - key!.length, end: entry.keyRange.end } },
    );
  return { ...map, entries };
}

/** The ways to write a name: as it is documented, and in camel case. */
export function spellings(name: string): string[] {
  return [
    ...new Set([
      name,
      name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      name.replaceAll('-', '_'),
      name.replaceAll('-', ''),
    ]),
  ];
}

/** Name and fallback of `${CORS_ORIGINS:*}`; undefined when it has none. */
export function propertyFallback(node: TreeNode): FilledIn | undefined {
  const [, name, fallback] = (isString(node) && /^\$\{([\w.-]+):([^{}]*)\}$/.exec(node.value.trim())) || [];
  if (name === undefined || fallback === undefined || isPlaceholder(fallback)) return undefined;
  const unquoted = fallback.replace(/^(["'])(.*)\1$/, '$2');
  const text = partOfText(node, unquoted);
  return { name, fallback: unquoted, ...(text && { texts: [text] }) };
}

/** Profiles that people have for their own machine. */
export function isDevelopmentProfile(name: string): boolean {
  return /^(dev|develop|development|local|localhost|test|tests|testing|it|e2e)$/i.test(name);
}

function flattened(node: TreeNode, before: readonly string[]): NamedEntry[] {
  if (node.kind !== 'map') return [];
  return node.entries.flatMap((entry) => {
    const name = [...before, ...partsOf(entry.key)];
    return [{ name, entry }, ...flattened(entry.value, name)];
  });
}

// Dots separate, but not between brackets: `cors-configurations.[/v1.0/**].allowed-origins`; a number in brackets belongs
// to what stands before it.
function partsOf(key: string): string[] {
  return key.match(/\[(?!\d+\])[^\]]*\]|(?:\[\d+\]|[^.[])+/g) ?? [key];
}

function isSame(name: readonly string[], other: readonly string[]): boolean {
  return name.length === other.length && name.every((part, index) => canonical(part) === canonical(other[index]!));
}

/** What stands in brackets is taken as it is. */
function canonical(part: string): string {
  return part.startsWith('[') ? part : part.toLowerCase().replaceAll(/[-_]/g, '');
}

/** The written key up to the last part that belongs to the group. */
function keyBefore({ name, entry }: NamedEntry): string {
  return entry.key.slice(0, entry.key.length - name.join('.').length);
}

function indexed(all: readonly NamedEntry[], wanted: readonly string[]): TreeEntry | undefined {
  const last = wanted.at(-1)!;
  const members = all.filter(
    ({ name }) =>
      /^.*\[\d+\]$/.test(name.at(-1)!) &&
      isSame([...name.slice(0, -1), name.at(-1)!.replace(/\[\d+\]$/, '')], [...wanted.slice(0, -1), last]),
  );
  const [first] = members;
  if (first === undefined) return undefined;
  // A gap between the numbers makes the framework fail, so that no member is added or taken away.
  const range = { start: first.entry.value.range.start, end: members.at(-1)!.entry.value.range.end };
  const items: TreeNode[] = [];
  const list: TreeList = { kind: 'list', range, shared: true, items };
  for (const { entry } of members) items.push({ ...entry.value, parent: list, shared: true } as TreeNode);
  return {
    key: first.entry.key,
    keyRange: first.entry.keyRange,
    value: list,
    range: { start: first.entry.range.start, end: range.end },
  };
}

/** The other files of the application's settings that stand beside this one: of all profiles, and of the usual ones. */
export function neighbouringSources({ path, document }: FrameworkContext): PropertySource[] {
  const own = path.slice(path.lastIndexOf('/') + 1);
  return ['', '-prod', '-production', '-dev', '-local', '-test']
    .flatMap((profile) => ['properties', 'yml', 'yaml'].map((ending) => `application${profile}.${ending}`))
    .filter((name) => name !== own)
    .flatMap((name) => {
      const found = document(name);
      return found?.shape === 'tree' ? propertySources(found) : [];
    });
}
