/**
 * Traefik's settings as labels: `traefik.http.middlewares.<name>.headers.<key>=<value>` in compose files, container tasks and
 * tags of a service catalogue. Names are compared without regard to case.
 */
import type { Edit } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeNode } from '../../syntax/trees/tree.ts';
import { always } from '../../policy/request-test.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import type { PlacedText, SettingPlace } from '../../models/gateways/setting-places.ts';
import { commaPlace, textParts } from '../../models/gateways/setting-places.ts';
import { insertKey, isPlaceholder, isString, removeItem, textOf, valueAt } from '../../edits/tree-edits.ts';
import type { TraefikHeaders } from './traefik.ts';
import { writerOf } from '../../edits/format-writers.ts';

const labelKey = /^traefik\.http\.middlewares\.([^.]+)\.headers\.(.+)$/i;

/** One group for each middleware of each list or map of labels. */
export function labelHeaders(
  document: TreeDocument,
  version: (labels: TreeNode) => string | undefined,
): TraefikHeaders[] {
  const found: TraefikHeaders[] = [];
  const visit = (node: TreeNode): void => {
    if (node.shared || node.kind === 'scalar') return;
    if (node.kind === 'map') {
      const entries = node.entries.flatMap((entry) => read(entry.key, entry, document));
      collect(entries, node);
      for (const { value } of node.entries) visit(value);
    } else {
      collect(
        node.items.flatMap((item) => readItem(item, document)),
        node,
      );
      node.items.forEach(visit);
    }
  };
  const collect = (labels: readonly Label[], node: TreeNode): void => {
    for (const name of new Set(labels.map((label) => label.middleware))) {
      const own = labels.filter(({ middleware }) => middleware === name);
      const first = own[0]!;
      const labelOf = (key: string): string => `traefik.http.middlewares.${name}.headers.${key}`;
      const insert = (full: string, text: string, placeholder?: string): Edit[] => {
        if (node.kind === 'map') return insertKey(document, node, full, text, placeholder);
        if (node.kind !== 'list' || first.item === undefined) return [];
        const written = document.text.slice(first.item.range.start, first.item.range.end);
        const quote = /^["']/.exec(written)?.[0] ?? '';
        const { end } = first.item.range;
        return [
          {
            range: { start: end, end },
            newText: `${writerOf(document).separator(document, first.item)}${quote}${full}=${text}${quote}`,
            placeholder,
          },
        ];
      };
      found.push({
        name,
        range: first.place.keyRange,
        keys: own.map(({ key, place }) => ({
          name: key,
          range: { start: place.keyRange.end - key.length, end: place.keyRange.end },
        })),
        version: version(node),
        place: (key) => own.findLast((label) => label.key.toLowerCase() === key.toLowerCase())?.place,
        insert: (key, value, placeholder) =>
          insert(
            labelOf(/[A-Z]/.test(first.key) ? key : key.toLowerCase()),
            (Array.isArray(value) ? (value as readonly string[]) : [String(value)]).join(','),
            placeholder,
          ),
        custom: own.flatMap(customHeader),
        addCustom: (header, value) => insert(labelOf(`customresponseheaders.${header}`), value),
      });
    }
  };
  document.roots.forEach(visit);
  return found;
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

/** The version that the image of Traefik in the same compose file has: `traefik:v3.6.2`. */
export function composeVersion({ roots }: TreeDocument): string | undefined {
  for (const root of roots) {
    const services = valueAt(root, 'services');
    if (services?.kind !== 'map') continue;
    for (const { value } of services.entries) {
      const tag = /(?:^|\/)traefik:v?(\d+(?:\.\d+){0,2})/.exec(textOf(valueAt(value, 'image')) ?? '')?.[1];
      if (tag !== undefined) return tag;
    }
  }
  return undefined;
}
