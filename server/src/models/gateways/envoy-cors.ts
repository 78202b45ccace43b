/** What Envoy makes of CORS settings, its own and those of the meshes and gateways that write them for it. */
import type { Edit } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeNode, TreeScalar } from '../../syntax/trees/tree.ts';
import type { EntryEdits, OriginEntry } from '../../policy/policy.ts';
import type { OriginTest, Pattern } from '../../policy/request-test.ts';
import { always, originEquals, originMatches, unknown } from '../../policy/request-test.ts';
import { matchesPattern } from '../../policy/patterns/pattern-match.ts';
import type { GatewayCors } from './gateway-cors.ts';
import type { SettingPlace } from './setting-places.ts';
import {
  entryOf,
  entryText,
  isPlaceholder,
  isTrue,
  removeEntry,
  removeItem,
  replaceValue,
  textOf,
  valueAt,
  valueText,
} from '../../edits/tree-edits.ts';
import { writerOf } from '../../edits/format-writers.ts';

/** Whoever is let in gets their own origin back, never `*`; Envoy itself sends no Vary. */
export const envoyCors: Omit<GatewayCors, 'framework' | 'title'> = {
  open: 'reflect',
  credentialsFor: 'allowed',
  vary: 'upstream',
  preflightHeaders: 'preflight',
  exposesOnPreflights: true,
  reflectsNames: 'alone',
  defaults: { credentials: false },
  preflightStatus: { allowed: 200, refused: null },
};

/** Where Envoy answers every preflight itself, others get all but their origin. */
export const answersEveryPreflight = {
  answersRefused: true,
  preflightStatus: { allowed: 200, refused: 200 },
} as const satisfies Partial<GatewayCors>;

/** A pattern of RE2 that has to match the whole origin. */
export function fullMatch(source: string): Pattern {
  return { source, flags: '', dialect: 'go', mode: 'full' };
}

/** A list of matchers: `exact`, `prefix`, `suffix`, `contains`, and a regular expression. */
export function matcherEntries(document: TreeDocument, list: TreeNode): OriginEntry[] {
  return list.kind === 'list'
    ? list.items.map((item) => matcherEntry(document, item))
    : [{ range: list.range, kind: 'unknown', accepts: unknown() }];
}

function matcherEntry(document: TreeDocument, item: TreeNode): OriginEntry {
  const ignoreCase = isTrue(valueAt(item, 'ignore_case')) || isTrue(valueAt(item, 'ignoreCase'));
  for (const key of ['exact', 'prefix', 'suffix', 'contains'] as const) {
    const node = entryOf(item, key)?.value;
    if (node?.kind === 'scalar') return textEntry(document, item, node, key, ignoreCase);
  }
  const safe = valueAt(item, 'safe_regex') ?? valueAt(item, 'safeRegex');
  const node = valueAt(safe, 'regex') ?? valueAt(item, 'regex') ?? (safe?.kind === 'scalar' ? safe : undefined);
  const source = textOf(node);
  if (node === undefined || source === undefined || isPlaceholder(source))
    return { range: item.range, kind: 'unknown', accepts: unknown() };
  const pattern: Pattern = { ...fullMatch(source), flags: ignoreCase ? 'i' : '' };
  const edits: EntryEdits = {
    ...itemEdits(document, item),
    replacePattern: (replacement) => replaceValue(document, node, replacement),
  };
  if (matchesPattern(pattern, '*') === true)
    return { range: node.range, kind: 'any', text: source, accepts: always, edits };
  return {
    range: node.range,
    kind: 'pattern',
    text: source,
    pattern,
    accepts: originMatches(pattern, node.range),
    matching: 'regex',
    edits,
  };
}

function textEntry(
  document: TreeDocument,
  item: TreeNode,
  node: TreeScalar,
  key: 'exact' | 'prefix' | 'suffix' | 'contains',
  ignoreCase: boolean,
): OriginEntry {
  const { range } = node;
  const text = String(node.value ?? '');
  if (isPlaceholder(text)) return { range, kind: 'unknown', text, accepts: unknown() };
  const edits: EntryEdits = {
    ...itemEdits(document, item),
    replaceText: (replacement) => replaceValue(document, node, replacement),
  };
  // A matcher that matches the text "*" stands for everybody.
  const isStar = text === '*' || (key === 'contains' && text === '');
  if (isStar) return { range, kind: 'any', text, accepts: always, edits };
  if (key === 'exact')
    return { range, kind: 'text', text, accepts: originEquals(text, range, ignoreCase), matching: 'exact', edits };
  const operator = ({ prefix: 'starts-with', suffix: 'ends-with', contains: 'contains' } as const)[key];
  const test: OriginTest = { kind: 'origin', part: 'origin', operator, text, ignoreCase, range, textRange: range };
  return {
    range,
    kind: 'predicate',
    text,
    accepts: test,
    tests: [test],
    edits: {
      ...edits,
      replaceTest: (_, origins, placeholder) => [...(edits.replaceByOrigins?.(origins, placeholder) ?? [])],
    },
  };
}

function itemEdits(document: TreeDocument, item: TreeNode): EntryEdits {
  const { parent } = item;
  const alone = parent?.kind === 'list' && parent.items.length < 2;
  return {
    ...(!alone && { remove: () => removeItem(document, item) }),
    replaceByOrigins: (origins, placeholder): Edit[] =>
      item.shared
        ? []
        : [
            {
              range: item.range,
              newText: origins
                .map((origin) => exactText(document, item, origin))
                .join(writerOf(document).separator(document, item)),
              placeholder,
            },
          ],
  };
}

/** `exact: origin` in the form of the other members. */
function exactText(document: TreeDocument, like: TreeNode | undefined, origin: string): string {
  const braces = like === undefined || document.text[like.range.start] === '{';
  return braces ? valueText(document, { exact: origin }) : entryText(document, 'exact', origin);
}

/** The list of matchers as a setting: what is written are exact origins. */
export function matcherPlace(document: TreeDocument, entry: TreeEntry): SettingPlace {
  const { value } = entry;
  return {
    keyRange: entry.keyRange,
    range: value.range,
    texts: [],
    remove: () => removeEntry(document, entry),
    write: (texts, placeholder) =>
      value.kind !== 'list' || value.shared
        ? []
        : [
            {
              range: value.range,
              newText: writerOf(document).listText(
                document,
                value,
                texts.map((text) => exactText(document, value.items[0], text)),
              ),
              placeholder,
            },
          ],
  };
}
