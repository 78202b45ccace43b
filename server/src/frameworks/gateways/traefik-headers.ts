/** The settings of Traefik's headers middlewares, in dynamic configuration and as objects of Kubernetes. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeMap } from '../../syntax/trees/tree.ts';
import { groupOf, kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import type { SettingPlace } from '../../models/gateways/setting-places.ts';
import { insertSetting, listPlace, scalarPlace } from '../../models/gateways/setting-places.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { headersOfMap } from '../../models/static/static-headers.ts';
import type { PlainValue } from '../../edits/tree-edits.ts';
import { entriesOf, insertKey, textOf, valueAt } from '../../edits/tree-edits.ts';

/** The settings of one headers middleware, wherever they stand. */
export interface TraefikHeaders {
  readonly name: string;
  readonly version?: string | undefined;
  readonly range: SourceRange;
  readonly keys: readonly { readonly name: string; readonly range: SourceRange }[];
  /** Headers that are written by hand. */
  readonly custom: readonly StaticHeader[];
  /** Headers that are written on the request. */
  readonly onRequest: readonly { readonly name: string; readonly range: SourceRange }[];
  /** A template may write more of them. */
  readonly open?: boolean;
  place(key: string): SettingPlace | undefined;
  insert(key: string, value: PlainValue, placeholder?: string): Edit[];
  addCustom(name: string, value: string): Edit[];
}

/** Settings that hold several texts. */
export const listSettings = [
  'accessControlAllowOriginList',
  'accessControlAllowOriginListRegex',
  'accessControlAllowMethods',
  'accessControlAllowHeaders',
  'accessControlExposeHeaders',
];

export /** `http.middlewares.<name>.headers` */
function fileHeaders(document: TreeDocument): TraefikHeaders[] {
  return document.roots.flatMap((root) =>
    entriesOf(valueAt(root, 'http', 'middlewares')).flatMap(({ key, value }) => {
      const headers = valueAt(value, 'headers');
      return headers?.kind === 'map' ? [ofMap(document, headers, key, undefined)] : [];
    }),
  );
}

export /** `kind: Middleware`; the older group of the API belongs to version 2. */
function objectHeaders(document: TreeDocument): TraefikHeaders[] {
  return kubernetesObjects(document, ['Middleware'])
    .filter((object) => /^traefik\./.test(groupOf(object)))
    .flatMap((object) => {
      const headers = valueAt(object.spec, 'headers');
      return headers?.kind === 'map'
        ? [
            ofMap(
              document,
              headers,
              object.name ?? objectScope(object),
              groupOf(object) === 'traefik.containo.us' ? '2' : undefined,
            ),
          ]
        : [];
    });
}

function ofMap(document: TreeDocument, map: TreeMap, name: string, version: string | undefined): TraefikHeaders {
  const custom = valueAt(map, 'customResponseHeaders');
  const entry = (key: string) => map.entries.findLast((each) => each.key.toLowerCase() === key.toLowerCase());
  return {
    name,
    version,
    range: (map.entries.find(({ key }) => /^access/i.test(key)) ?? map.entries[0])?.keyRange ?? map.range,
    open: map.open === true,
    custom: headersOfMap(document, custom),
    onRequest: entriesOf(valueAt(map, 'customRequestHeaders'))
      .filter(({ value }) => textOf(value) !== '')
      .map((header) => ({ name: header.key, range: header.keyRange })),
    keys: map.entries.map(({ key, keyRange }) => ({ name: key, range: keyRange })),
    place(key) {
      const found = entry(key);
      return found && (listSettings.includes(key) ? listPlace : scalarPlace)(document, found);
    },
    insert: (key, value, placeholder) => insertSetting(document, map, key, value, placeholder),
    addCustom: (header, value) => (custom?.kind === 'map' ? insertKey(document, custom, header, value) : []),
  };
}
