/** `http.headers` of the container registry's configuration: each name with a list of values, sent as they are written. */
import type { TreeDocument, TreeEntry, TreeList } from '../../syntax/trees/tree.ts';
import { always } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { staticHeadersPolicy } from '../../models/static/static-headers.ts';
import {
  entriesOf,
  entryOf,
  insertKey,
  isPlaceholder,
  removeEntry,
  renameKey,
  replaceValue,
  textOf,
  valueAt,
} from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'container-registry',
  title: 'Container registry (Distribution)',
  documentation: 'https://distribution.github.io/distribution/about/configuration/#headers',
  reads: '`http.headers` of the configuration of the registry image',
  mentions: ['access-control-', 'access-controll'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    return { policies: document.roots.flatMap((root) => policyOf(root, document) ?? []), facts: [] };
  },
});

function policyOf(root: TreeDocument['roots'][number], document: TreeDocument): ReturnType<typeof staticHeadersPolicy> {
  const map = valueAt(root, 'http', 'headers');
  const isRegistry = entryOf(root, 'storage') !== undefined && entryOf(root, 'version') !== undefined;
  if (!isRegistry || map?.kind !== 'map') return undefined;
  const headers = entriesOf(map).map((entry) => headerOf(entry, document));
  return staticHeadersPolicy({
    framework: 'container-registry',
    title: 'the container registry',
    document,
    own: headers,
    applied: headers,
    scope: 'every answer of the registry',
    purpose: 'application',
    add: (name, value) => insertKey(document, map, name, [value]),
    // Where it asks for a password, it does so of preflights too.
    preflightStatus: null,
  });
}

function headerOf(entry: TreeEntry, document: TreeDocument): StaticHeader {
  const { key, keyRange, value } = entry;
  const [only] = value.kind === 'list' && value.items.length === 1 ? value.items : [];
  return {
    name: key.trim(),
    nameRange: keyRange,
    value: only ?? value,
    when: always,
    rename: (name) => renameKey(document, keyRange, name),
    remove: () => removeEntry(document, entry),
    ...(value.kind === 'list' && only === undefined && severalLines(value, document)),
  };
}

/** A line for each member, which browsers join by commas. */
function severalLines(list: TreeList, document: TreeDocument): Pick<StaticHeader, 'sent' | 'write'> {
  const texts = list.items.map(textOf);
  const isKnown = texts.every((text) => text !== undefined && !isPlaceholder(text));
  return {
    sent: isKnown ? { kind: 'text', text: texts.join(', ') } : { kind: 'unknown' },
    write: (text, placeholder) => replaceValue(document, list, [text], placeholder),
  };
}
