/** A library for programs whose options stand in a file of data: the same table, with edits that the file's format wants. */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact, Policy, PolicyEdits } from '../../policy/policy.ts';
import type { Value } from '../../values/value.ts';
import { javascriptLiterals } from '../../edits/literals.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { OutcomesOf } from '../../models/libraries/library-context.ts';
import { readLibraryOptions } from '../../models/libraries/read-library-options.ts';
import type { LibrarySite } from '../../models/libraries/library-policy.ts';
import {
  entryOf,
  insertKey,
  isPlaceholder,
  isString,
  removeEntry,
  renameKey,
  replaceNumber,
  replaceValue,
} from '../../edits/tree-edits.ts';

/** Where the options stand, or would stand. */
export interface TreeOptions {
  /** The key that switches the library on. */
  readonly on: TreeEntry;
  readonly options: TreeMap | undefined;
  /** Where there are none yet: writes them with these entries. */
  readonly write: (
    entries: Readonly<Record<string, readonly string[]>>,
    placeholder?: string,
  ) => ReturnType<typeof insertKey>;
}

const noFunctions: OutcomesOf = { outcomes: () => [] };

export function treeLibraryPolicy(
  library: CorsLibrary,
  { on, options, write }: TreeOptions,
  { framework, packageName, version, scope }: LibrarySite,
  document: TreeDocument,
): Policy {
  const place = { value: options && valueOf(options), range: on.keyRange, argumentsRange: on.value.range };
  const text = { quote: '"', literals: javascriptLiterals, textOf: () => document.text, demands: () => false };
  // A pattern is nothing that a file of data can hold.
  const table: CorsLibrary = { ...library, origin: { ...library.origin, pattern: 'unknown', patternInList: 'nobody' } };
  const policy = readLibraryOptions(table, place, noFunctions, text);
  const originKey = library.options.origin[0]!;
  const entry = (names: readonly string[]): TreeEntry | undefined =>
    names.map((name) => entryOf(options, name)).find((found) => found !== undefined);
  const [origin, credentials, maxAge] = [
    entry(library.options.origin),
    entry(library.options.credentials),
    entry(library.options.maxAge),
  ];
  const allowOnly: PolicyEdits['allowOnly'] = (origins, placeholder) => {
    if (origin) return replaceValue(document, origin.value, [...origins], placeholder);
    return options
      ? insertKey(document, options, originKey, [...origins], placeholder)
      : write({ [originKey]: origins }, placeholder);
  };
  const edits: PolicyEdits = {
    allowOnly,
    ...(credentials && { dropCredentials: () => removeEntry(document, credentials) }),
    ...(maxAge && { setMaxAge: (seconds: number) => replaceNumber(document, maxAge.value, seconds) }),
  };
  const facts = policy.facts.map((fact): Fact => {
    const { suggestion } = fact as { readonly suggestion?: string };
    if (fact.kind === 'unknown-option')
      return {
        ...fact,
        rename: suggestion === undefined ? undefined : () => renameKey(document, fact.range, suggestion),
      };
    return fact.kind === 'no-origin-configured' ? { ...fact, addOrigins: allowOnly } : fact;
  });
  return {
    framework,
    title: version === undefined ? packageName : `${packageName} ${version}`,
    ...(version !== undefined && { version }),
    range: on.keyRange,
    scope,
    purpose: 'application',
    ...policy,
    facts,
    edits,
  };
}

function valueOf(node: TreeNode): Value {
  const { range } = node;
  if (node.kind === 'list') return { kind: 'list', range, type: 'list', open: false, items: node.items.map(valueOf) };
  if (node.kind === 'map')
    return {
      kind: 'dict',
      range,
      open: node.open === true,
      entries: node.entries.map(({ key, keyRange, value, range: whole }) => ({
        key,
        keyRange,
        value: valueOf(value),
        range: whole,
      })),
    };
  if (isString(node))
    return isPlaceholder(node.value)
      ? { kind: 'unknown', range }
      : { kind: 'text', range, text: node.value, contentRange: node.contentRange, quote: '"' };
  if (typeof node.value === 'boolean') return { kind: 'boolean', range, value: node.value };
  return typeof node.value === 'number' ? { kind: 'number', range, value: node.value } : { kind: 'nothing', range };
}
