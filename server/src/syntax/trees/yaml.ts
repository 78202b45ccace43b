/**
 * Reads YAML into a Tree: streams of documents, anchors, merge keys, CloudFormation tags, and Helm templates, whose
 * actions are masked by text of the same length so that every position stays.
 */
import { Composer, Parser, isAlias, isMap, isPair, isScalar, isSeq, visit } from 'yaml';
import type { Alias, CST, Document, Node as YamlNode, Pair } from 'yaml';
import type { Comment } from '../programs/program.ts';
import type { SourceRange } from '../range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode, TreeScalar } from './tree.ts';
import type { Masked } from './yaml-templates.ts';
import { leaveOutBranches, maskTemplates, openMap } from './yaml-templates.ts';

/** Deeper nesting than this is no configuration; parser and composer need a stack frame for each level. */
const deepest = 200;
/** Aliases multiply what they stand for; past this many nodes of aliases the rest are left out. */
const mostAliasNodes = 20_000;

/** Never throws. A file that is nested too deeply has no root. */
export function readYaml(path: string, text: string): TreeDocument {
  const masked = maskTemplates(text);
  const whole = {
    ...masked,
    source: text,
    mayHoldAliases: mayHoldAliases.test(text),
    templated: text.includes('{{'),
  };
  const comments: Comment[] = [];
  const mayHoldComments = masked.text.includes('#');
  const roots: TreeNode[] = [];
  if (!isTooDeepYaml(masked.text)) {
    try {
      const composer = new Composer({ strict: false, uniqueKeys: false, merge: true, logLevel: 'silent' });
      for (const token of new Parser().parse(masked.text)) {
        if (mayHoldComments) collectComments(token, text, comments);
        for (const document of composer.next(token)) addRoot(document as Document, whole, roots);
      }
      for (const document of composer.end()) addRoot(document as Document, whole, roots);
    } catch {
      // The library's own limit or a fault of it: what was read before stands.
    }
  }
  comments.sort((a, b) => a.range.start - b.range.start);
  return { shape: 'tree', format: 'yaml', path, text, root: roots[0], roots, comments };
}

/** Counts flow brackets, dashes on one line and indentation, without building anything. No parser should see what is. */
export function isTooDeepYaml(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) {
      if (++depth > deepest) return true;
    } else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--;
    // A document of many lines with stray brackets in plain text is no nesting.
    else if (code === 0x0a && /^[^\s[\]{}]/.test(text.slice(at + 1, at + 2))) depth = 0;
  }
  return /^(?:[ \t]*[-?:][ \t]+){200}/m.test(text) || /^ {1000}/m.test(text);
}

/** Short forms of CloudFormation's functions; unknown tags keep the value that they stand before. */
const cloudFormationTags = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...[
    'Sub',
    'GetAtt',
    'Join',
    'If',
    'FindInMap',
    'Select',
    'Split',
    'ImportValue',
    'Base64',
    'Cidr',
    'GetAZs',
    'Equals',
    'Not',
    'And',
    'Or',
  ].map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

function collectComments(token: CST.Token, text: string, into: Comment[]): void {
  const seen = new Set<unknown>();
  const stack: unknown[] = [token];
  while (stack.length > 0) {
    const each = stack.pop();
    if (typeof each !== 'object' || each === null || seen.has(each)) continue;
    seen.add(each);
    const { type, offset, source } = each as { type?: string; offset?: number; source?: string };
    if (type === 'comment' && offset !== undefined && source !== undefined) {
      const end = Math.min(offset + source.length, text.length);
      into.push({ range: { start: offset, end }, text: text.slice(offset, end).replace(/^#+/, '').trim() });
    }
    for (const [name, child] of Object.entries(each))
      if (name !== 'parent' && typeof child === 'object') stack.push(child);
  }
}

const mayHoldAliases = /(?:^|[\s,[{:])\*[^\s,[\]{}]/;

/** An alias stands for the last node before it that has its name. The library looks for that through the whole document each time. */
function aliasTargets(document: Document): Map<Alias, YamlNode> {
  const named = new Map<string, YamlNode>();
  const targets = new Map<Alias, YamlNode>();
  visit(document, {
    Node(_key, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) named.set(node.anchor, node as YamlNode);
        return;
      }
      const target = named.get(node.source);
      if (target !== undefined) targets.set(node, target);
    },
  });
  return targets;
}

interface Lowering {
  /** What each alias of the document stands for. */
  readonly targets: ReadonlyMap<Alias, YamlNode>;
  readonly text: string;
  readonly holes: readonly SourceRange[];
  readonly templated: boolean;
  aliasNodes: number;
}

/** What is asked of the whole text once, however many documents it holds. */
interface WholeText extends Masked {
  /** As it is written. */
  readonly source: string;
  readonly mayHoldAliases: boolean;
  readonly templated: boolean;
}

function addRoot(document: Document, whole: WholeText, roots: TreeNode[]): void {
  const { source: text, holes, inserts, templated } = whole;
  const root =
    document.contents &&
    lower(
      document.contents as YamlNode,
      {
        targets: whole.mayHoldAliases ? aliasTargets(document) : new Map(),
        text,
        holes,
        templated,
        aliasNodes: 0,
      },
      undefined,
      [],
    );
  const [from, , to] = document.range ?? [0, 0, text.length];
  for (const insert of inserts)
    if (root && from <= insert.at && insert.at < Math.max(to, root.range.end)) openMap(root, insert, text);
  if (root && !(root.kind === 'scalar' && root.value === null)) roots.push(root);
}

/** The node as the file writes it: an alias has the range of the anchored value. */
function lower(
  node: YamlNode,
  state: Lowering,
  parent: TreeNode | undefined,
  within: readonly YamlNode[],
): TreeNode | undefined {
  if (isAlias(node)) {
    const target = state.targets.get(node);
    if (target === undefined || within.includes(target) || ++state.aliasNodes > mostAliasNodes) return undefined;
    return lower(target, state, parent, [...within, target]);
  }
  if (within.length > 0 && ++state.aliasNodes > mostAliasNodes) return undefined;
  const range = rangeOf(node, state.text);
  const call = node.tag === undefined ? undefined : cloudFormationTags.get(node.tag);
  if (call !== undefined) {
    const entries: TreeEntry[] = [];
    const map: TreeMap = { kind: 'map', range, parent, entries, ...sharedIf(within) };
    const value = lowerPlain(node, state, map, within, call === 'Fn::GetAtt');
    if (value) entries.push({ key: call, keyRange: { start: range.start, end: range.start }, value, range });
    return map;
  }
  return lowerPlain(node, state, parent, within, false);
}

function lowerPlain(
  node: YamlNode,
  state: Lowering,
  parent: TreeNode | undefined,
  within: readonly YamlNode[],
  split: boolean,
): TreeNode | undefined {
  const range = rangeOf(node, state.text);
  if (isMap(node)) {
    const entries: TreeEntry[] = [];
    const map: TreeMap = { kind: 'map', range, parent, entries, ...sharedIf(within) };
    const merged: TreeEntry[] = [];
    for (const pair of node.items as Pair<YamlNode, YamlNode | null>[]) {
      if (isMergeKey(pair.key)) merged.push(...mergedEntries(pair.value, state, map, within));
      else entries.push(...entryOf(pair, state, map, within));
    }
    addMissing(entries, merged);
    if (state.templated) leaveOutBranches(map);
    return map;
  }
  if (isSeq(node)) {
    const items: TreeNode[] = [];
    const list: TreeNode = { kind: 'list', range, parent, items, ...sharedIf(within) };
    for (const item of node.items) {
      const lowered = isPair(item) ? undefined : lower(item as YamlNode, state, list, within);
      if (lowered) items.push(lowered);
    }
    return list;
  }
  if (!isScalar(node)) return undefined;
  const scalar: TreeScalar = { ...scalarOf(node, range, parent, state), ...sharedIf(within) };
  if (!split || typeof scalar.value !== 'string') return scalar;
  // `!GetAtt Name.Attribute` is the same as a list of two.
  const items: TreeNode[] = [];
  const list: TreeNode = { kind: 'list', range, parent, items };
  const dot = scalar.value.indexOf('.');
  for (const value of dot === -1 ? [scalar.value] : [scalar.value.slice(0, dot), scalar.value.slice(dot + 1)])
    items.push({ ...scalar, parent: list, value });
  return list;
}

function isMergeKey(key: YamlNode): boolean {
  return isScalar(key) && (key.value === '<<' || typeof key.value === 'symbol');
}

/** What a merge key brings in: of one map, or of a list of maps. */
function mergedEntries(
  value: YamlNode | null,
  state: Lowering,
  map: TreeNode,
  within: readonly YamlNode[],
): readonly TreeEntry[] {
  const source = value && lower(value, state, map, within);
  const maps = source?.kind === 'list' ? source.items : source ? [source] : [];
  return maps.flatMap((each) => (each.kind === 'map' ? each.entries : []));
}

/** A key that is written wins over a merged one, and of merged ones the first. */
function addMissing(entries: TreeEntry[], merged: readonly TreeEntry[]): void {
  const present = new Set(entries.map(({ key }) => key));
  for (const entry of merged) {
    if (present.has(entry.key)) continue;
    present.add(entry.key);
    entries.push(entry);
  }
}

function entryOf(
  { key, value }: Pair<YamlNode, YamlNode | null>,
  state: Lowering,
  map: TreeNode,
  within: readonly YamlNode[],
): TreeEntry[] {
  if (!isScalar(key)) return [];
  const keyRange = rangeOf(key, state.text);
  const name = holeIn(keyRange, state) ? state.text.slice(keyRange.start, keyRange.end) : String(key.value);
  // A key without a value is null, or still being typed.
  const none = { start: keyRange.end, end: keyRange.end };
  const lowered = value
    ? lower(value, state, map, within)
    : { kind: 'scalar' as const, range: none, parent: map, value: null, contentRange: none };
  if (!lowered) return [];
  const valueEnd = isAlias(value) ? rangeOf(value, state.text).end : lowered.range.end;
  const range = { start: keyRange.start, end: Math.max(keyRange.end, valueEnd) };
  return [{ key: name, keyRange, value: lowered, range }];
}

function sharedIf(within: readonly YamlNode[]): { shared?: true } {
  return within.length > 0 ? { shared: true } : {};
}

function scalarOf(
  node: { value: unknown; type?: string },
  range: SourceRange,
  parent: TreeNode | undefined,
  state: Lowering,
): TreeScalar {
  const { text } = state;
  const quote = text[range.start];
  const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  let contentRange = range;
  if (isQuoted)
    contentRange = {
      start: Math.min(range.start + 1, range.end),
      end: range.end - range.start > 1 && text[range.end - 1] === quote ? range.end - 1 : range.end,
    };
  if (isBlock) {
    const newline = text.indexOf('\n', range.start);
    contentRange = { start: newline === -1 || newline >= range.end ? range.end : newline + 1, end: range.end };
  }
  const { value } = node;
  if (holeIn(range, state) && !isBlock)
    return { kind: 'scalar', range, parent, value: text.slice(contentRange.start, contentRange.end), contentRange };
  // The library drops the last character of a quoted text that is not closed, as if it were the quote.
  if (isQuoted && contentRange.end === range.end && range.end > contentRange.start)
    return { kind: 'scalar', range, parent, value: text.slice(contentRange.start, contentRange.end), contentRange };
  const plain = typeof value === 'bigint' ? Number(value) : value;
  const known = plain === null || typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean';
  return {
    kind: 'scalar',
    range,
    parent,
    value: known ? plain : text.slice(contentRange.start, contentRange.end),
    contentRange,
  };
}

function holeIn(range: SourceRange, { holes }: Lowering): boolean {
  // The first hole that ends after the range begins.
  let [low, high] = [0, holes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holes[middle]!.end <= range.start) low = middle + 1;
    else high = middle;
  }
  return low < holes.length && holes[low]!.start < range.end;
}

/** From the first character of the value, without its tag and anchor, to its last. */
function rangeOf(node: YamlNode, text: string): SourceRange {
  const [start, end] = node.range ?? [0, 0];
  const to = Math.min(end, text.length);
  const from = Math.min(start, to);
  return { start: from, end: isMap(node) || isSeq(node) ? from + text.slice(from, to).trimEnd().length : to };
}
