/**
 * Traefik's settings as labels: `traefik.http.middlewares.<name>.headers.<key>=<value>` in compose files, container tasks and
 * tags of a service catalogue. Names are compared without regard to case.
 */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeNode } from '../../syntax/trees/tree.ts';
import { always } from '../../policy/request-test.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import type { PlacedText, SettingPlace } from '../../models/gateways/setting-places.ts';
import { commaPlace, textParts } from '../../models/gateways/setting-places.ts';
import { insertKey, isPlaceholder, isString, removeItem, valueAt } from '../../edits/tree-edits.ts';
import type { TraefikHeaders } from './traefik-headers.ts';
import { writerOf } from '../../edits/format-writers.ts';

const labelKey = /^traefik\.http\.middlewares\.([^.]+)\.headers\.(.+)$/i;

/** One group for each middleware of each list or map of labels. */
export function labelHeaders(
  document: TreeDocument,
  version: (labels: TreeNode) => string | undefined,
): TraefikHeaders[] {
  const groupsIn = (node: TreeNode): TraefikHeaders[] => {
    if (node.shared || node.kind === 'scalar') return [];
    const inner = node.kind === 'map' ? node.entries.map(({ value }) => value) : node.items;
    const labels =
      node.kind === 'map'
        ? node.entries.flatMap((entry) => read(entry.key, entry, document))
        : node.items.flatMap((item) => readItem(item, document));
    const middlewares = new Set(labels.map(({ middleware }) => middleware));
    return [
      ...[...middlewares].map((name) => {
        const own = labels.filter(({ middleware }) => middleware === name);
        return headersOf({ name, labels: own, node, document }, version(node));
      }),
      ...inner.flatMap(groupsIn),
    ];
  };
  return document.roots.flatMap(groupsIn);
}

/** Every label of Traefik's, in the two forms: as keys of a map, and as texts `key=value`. */
export function labelsOf(document: TreeDocument): { key: string; text: string; range: SourceRange }[] {
  const labelsIn = (node: TreeNode): { key: string; text: string; range: SourceRange }[] => {
    if (node.shared) return [];
    if (node.kind === 'map')
      return node.entries.flatMap(({ key, value }) =>
        /^traefik\./i.test(key) && isString(value)
          ? [{ key, text: value.value, range: value.contentRange }]
          : labelsIn(value),
      );
    if (node.kind === 'list') return node.items.flatMap(labelsIn);
    const sign = isString(node) && /^traefik\./i.test(node.value) ? node.value.indexOf('=') : -1;
    if (sign < 0 || !isString(node)) return [];
    const { start, end } = node.contentRange;
    const exact = end - start === node.value.length;
    const range = exact ? { start: start + sign + 1, end } : node.range;
    return [{ key: node.value.slice(0, sign), text: node.value.slice(sign + 1), range }];
  };
  return document.roots.flatMap(labelsIn);
}

/** The labels of one middleware, in the list or map where they stand. */
interface LabelGroup {
  readonly name: string;
  readonly labels: readonly Label[];
  readonly node: TreeNode;
  readonly document: TreeDocument;
}

function headersOf(group: LabelGroup, version: string | undefined): TraefikHeaders {
  const { name, labels } = group;
  const first = labels[0]!;
  return {
    name,
    range: first.place.keyRange,
    keys: labels.map(({ key, place }) => ({
      name: key,
      range: { start: place.keyRange.end - key.length, end: place.keyRange.end },
    })),
    version,
    place: (key) => labels.findLast((label) => label.key.toLowerCase() === key.toLowerCase())?.place,
    insert(key, value, placeholder) {
      const text = Array.isArray(value) ? (value as readonly string[]).join(',') : String(value);
      return insertLabel(group, /[A-Z]/.test(first.key) ? key : key.toLowerCase(), text, placeholder);
    },
    custom: labels.flatMap(customHeader),
    onRequest: labels.flatMap(({ key, place: { keyRange, texts } }) => {
      const header = /^customrequestheaders\.(.+)$/i.exec(key)?.[1];
      return header === undefined || texts.every(({ text }) => text === '')
        ? []
        : [{ name: header, range: { start: keyRange.end - header.length, end: keyRange.end } }];
    }),
    addCustom: (header, value) => insertLabel(group, `customresponseheaders.${header}`, value),
  };
}

/** A label more, written and quoted as the first one of the middleware. */
function insertLabel(
  { name, labels, node, document }: LabelGroup,
  key: string,
  text: string,
  placeholder?: string,
): Edit[] {
  const label = `traefik.http.middlewares.${name}.headers.${key}`;
  const item = labels[0]!.item;
  if (node.kind === 'map') return insertKey(document, node, label, text, placeholder);
  if (item === undefined) return [];
  const { start, end } = item.range;
  const quote = /^["']/.exec(document.text.slice(start, end))?.[0] ?? '';
  const newText = `${writerOf(document).separator(document, item)}${quote}${label}=${text}${quote}`;
  return [{ range: { start: end, end }, newText, placeholder }];
}

/** `customresponseheaders.Access-Control-Allow-Origin=*`, where the value is all that follows. */
function customHeader({ key, place }: Label): StaticHeader[] {
  const name = /^customresponseheaders\.(.+)$/i.exec(key)?.[1];
  if (name === undefined) return [];
  const nameRange = { start: place.keyRange.end - name.length, end: place.keyRange.end };
  const text = place.texts.map((placed) => placed.text).join(', ');
  const range = place.texts.length === 1 ? place.texts[0]!.range : place.range;
  return [
    {
      name,
      nameRange,
      value: { kind: 'scalar', value: text, range, contentRange: range },
      when: always,
      rename: (other) => [{ range: nameRange, newText: other }],
      remove: () => place.remove(),
      write: (written, placeholder) => place.write([written], placeholder),
    },
  ];
}

interface Label {
  readonly middleware: string;
  readonly key: string;
  readonly place: SettingPlace;
  readonly item?: TreeNode;
}

function read(key: string, entry: TreeEntry, document: TreeDocument): Label[] {
  const [, middleware, setting] = labelKey.exec(key) ?? [];
  return middleware === undefined
    ? []
    : [{ middleware, key: setting!, place: withDollars(commaPlace(document, entry), document) }];
}

/** `- traefik.http.middlewares.shop.headers.accesscontrolalloworiginlist=https://a,https://b` */
function readItem(item: TreeNode, document: TreeDocument): Label[] {
  if (!isString(item)) return [];
  const sign = item.value.indexOf('=');
  const [, middleware, key] = labelKey.exec(item.value.slice(0, Math.max(sign, 0))) ?? [];
  if (middleware === undefined) return [];
  const { start, end } = item.contentRange;
  const exact = end - start === item.value.length && !item.shared;
  const range = exact ? { start: start + sign + 1, end } : item.range;
  const texts = textParts({
    ...item,
    value: item.value.slice(sign + 1),
    range,
    contentRange: exact ? range : { start: 0, end: -1 },
  });
  const place: SettingPlace = {
    keyRange: exact ? { start, end: start + sign } : item.range,
    range,
    texts,
    remove: () => removeItem(document, item),
    write: (written, placeholder) => (exact ? [{ range, newText: written.join(','), placeholder }] : []),
  };
  return [{ middleware, key: key!, item, place: withDollars(place, document) }];
}

/** In compose files a dollar sign that is meant is written twice; a single one begins a variable. */
function withDollars(place: SettingPlace, document: TreeDocument): SettingPlace {
  if (!document.roots.some((root) => valueAt(root, 'services')?.kind === 'map')) return place;
  const doubled = (text: string): string => text.replaceAll('$', '$$$$');
  return {
    ...place,
    write: (texts, placeholder) => place.write(texts.map(doubled), placeholder),
    texts: place.texts.map((placed): PlacedText => {
      const { replacePattern, replaceByOrigins } = placed.edits ?? {};
      return {
        ...placed,
        text: placed.text.replaceAll('$$', '$'),
        open: isPlaceholder(placed.text.replaceAll('$$', '')),
        ...(placed.edits && {
          edits: {
            ...placed.edits,
            ...(replacePattern && { replacePattern: (source: string) => replacePattern(doubled(source)) }),
            ...(replaceByOrigins && {
              replaceByOrigins: (origins: readonly string[], placeholder?: string) =>
                replaceByOrigins(origins.map(doubled), placeholder),
            }),
          },
        }),
      };
    }),
  };
}
