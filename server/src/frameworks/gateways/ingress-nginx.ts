/** ingress-nginx: annotations of an Ingress, also as values of a chart or in another tool's file, and headers for the whole controller. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, HeaderValue, OriginEntry, Policy } from '../../policy/policy.ts';
import { always, never, unknown } from '../../policy/request-test.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { defineFramework } from '../../models/framework.ts';
import { oneByOne } from '../../models/in-steps.ts';
import { gatewayPolicy } from '../../models/gateways/gateway-policy.ts';
import { openByDefault, originEntries } from '../../models/gateways/gateway-origins.ts';
import { forgottenSwitches } from '../../models/gateways/forgotten-switch.ts';
import type { GatewayCors, OriginMeaning } from '../../models/gateways/gateway-cors.ts';
import {
  annotationMaps,
  kubernetesObjects,
  mapsWhere,
  mayHaveMore,
  objectScope,
  ownerOf,
} from '../../models/gateways/kubernetes-objects.ts';
import { proxiedHeadersPolicy } from '../../models/static/proxied-headers.ts';
import type { SettingPlace } from '../../models/gateways/setting-places.ts';
import { commaPlace, insertSetting, knownText, placeOf, scalarPlace } from '../../models/gateways/setting-places.ts';
import { entryOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'ingress-nginx',
  title: 'ingress-nginx',
  documentation: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#enable-cors',
  reads:
    'annotations `nginx.ingress.kubernetes.io/enable-cors`, `cors-allow-origin` … of an Ingress, in charts and their ' +
    'values too; the ConfigMap of `add-headers` and `custom-headers`, and `controller.addHeaders` of the chart; ' +
    'snippets are read as nginx',
  mentions: ['nginx.ingress.kubernetes.io/', 'access-control-'],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  *read(document) {
    return {
      policies: [
        ...(yield* oneByOne(annotationMaps(document, [prefix], 'enable-cors'), ({ map, entry }) =>
          readAnnotations(document, map, entry),
        )),
        ...addedHeaders(document),
      ],
      facts: forgottenSwitches(document, {
        product: 'ingress-nginx',
        prefixes: [prefix],
        name: 'enable-cors',
        origins: ['cors-allow-origin'],
      }),
    };
  },
});

const prefix = 'nginx.ingress.kubernetes.io/';
const names = [
  'enable-cors',
  'cors-allow-origin',
  'cors-allow-credentials',
  'cors-allow-methods',
  'cors-allow-headers',
  'cors-expose-headers',
  'cors-max-age',
];
const foreign: Readonly<Record<string, string>> = {
  corsalloworigins: 'cors-allow-origin',
  corsallowedorigin: 'cors-allow-origin',
  corsallowedorigins: 'cors-allow-origin',
  corsorigin: 'cors-allow-origin',
  corsorigins: 'cors-allow-origin',
  alloworigin: 'cors-allow-origin',
  corsallowmethod: 'cors-allow-methods',
  corsallowedmethods: 'cors-allow-methods',
  corsmethods: 'cors-allow-methods',
  corsallowedheaders: 'cors-allow-headers',
  corsheaders: 'cors-allow-headers',
  corscredentials: 'cors-allow-credentials',
  corsallowcredential: 'cors-allow-credentials',
  corsexposedheaders: 'cors-expose-headers',
};

/** The headers that its nginx template sets with headers-more, in place of what the application sends. */
const gateway: GatewayCors = {
  framework: 'ingress-nginx',
  title: 'ingress-nginx',
  open: 'literal',
  openToAll: true,
  credentialsFor: 'allowed',
  vary: 'upstream',
  preflightHeaders: 'every',
  reflectsNames: false,
  defaults: {
    credentials: true,
    methods: 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
    maxAge: '1728000',
    allowedHeaders:
      'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization',
  },
  preflightStatus: { allowed: 204, refused: null },
};

function readAnnotations(document: TreeDocument, map: TreeMap, enable: TreeEntry): Policy[] {
  const enabled = knownText(scalarPlace(document, enable));
  if (enabled !== null && !/^(true|1|t)$/i.test(enabled ?? '')) return [];
  const place = (name: string, read = commaPlace): SettingPlace | undefined =>
    placeOf(document, map, prefix + name, read);
  const origins = place('cors-allow-origin');
  const entries = origins && origins.texts.length > 0 ? readOrigins(origins) : [openByDefault(enable.keyRange)];
  const names = (
    [
      ['methods', 'cors-allow-methods'],
      ['allowedHeaders', 'cors-allow-headers'],
      ['exposedHeaders', 'cors-expose-headers'],
    ] as const
  ).map(([role, name]) => ({ role, place: place(name) }));
  const refused = names.filter(
    ({ role, place: list }) =>
      list &&
      !list.texts.some(({ open }) => open) &&
      !validNames[role].test(list.texts.map(({ text }) => text).join(',')),
  );
  const [methods, allowedHeaders, exposedHeaders] = names.map((list) =>
    refused.includes(list) ? undefined : list.place,
  );
  const maxAge = place('cors-max-age', scalarPlace);
  return [
    gatewayPolicy({
      gateway,
      range: enable.keyRange,
      scope: ownerOf(map) ?? 'the Ingress',
      entries,
      origins,
      credentials: truthValue(place('cors-allow-credentials', scalarPlace)),
      methods,
      allowedHeaders,
      exposedHeaders,
      maxAge: /^[+-]?\d+$/.test(knownText(maxAge) ?? '0') ? maxAge : undefined,
      // Where a template switches it on, a key may come from there too.
      partial: mayHaveMore(map),
      onlyWhen: enabled === null || (mayHaveMore(map) && origins === undefined) ? unknown() : always,
      facts: [
        ...misspelt(document, map),
        ...addedBeside(document, map, enable),
        ...refused.flatMap(({ role, place: list }) => refusedNames(role, list!)),
      ],
      insertOrigins: (allowed, placeholder) =>
        insertSetting(document, map, `${prefix}cors-allow-origin`, allowed.join(','), placeholder),
      insertCredentials: () => insertSetting(document, map, `${prefix}cors-allow-credentials`, 'false'),
    }),
  ];
}

/** A snippet whose `add_header` adds a line to what the annotations set. `more_set_headers` would take its place. */
function addedBeside({ text }: TreeDocument, map: TreeMap, enable: TreeEntry): Fact[] {
  const snippet = entryOf(map, `${prefix}configuration-snippet`)?.value;
  if (snippet?.kind !== 'scalar' || snippet.range.path !== undefined) return [];
  const { start, end } = snippet.range;
  const added = /^[ \t"']*(add_header\s+["']?Access-Control-Allow-Origin\b[^;\n]*;?)/im.exec(text.slice(start, end));
  if (added === null) return [];
  const at = start + added.index + added[0].length - added[1]!.length;
  return [
    {
      kind: 'duplicate-header',
      header: 'Access-Control-Allow-Origin',
      range: { start: at, end: at + added[1]!.length },
      other: enable.keyRange,
      why: 'the annotations set it, and add_header adds a line of its own',
      fix: () => [{ range: { start: at, end: at + added[1]!.length }, newText: '' }],
    },
  ];
}

/**
 * Where one text of the whole value is nothing that an origin is made of, the value is invalid, and everybody is let
 * in; a part that is only nearly an origin is left out.
 */
function readOrigins(place: SettingPlace): OriginEntry[] {
  const entries = originEntries(place.texts, meaningOf);
  const invalid = !/^(?:[a-z]+:\/\/|\*\.|[A-Za-z0-9.,-]|:\d+)*$/.test(
    place.texts.map(({ text }) => text.replaceAll(' ', '')).join(','),
  );
  if (!invalid || place.texts.some(({ text, open }) => open || text === '*')) return entries;
  return [
    { range: place.range, kind: 'any', accepts: always },
    ...entries.map((entry): OriginEntry => (entry.kind === 'unknown' ? entry : { ...entry, accepts: never })),
  ];
}

function meaningOf(text: string): OriginMeaning {
  if (text === '*') return 'any';
  if (!/^(?:[a-z]+:\/\/(?:\*\.)?[A-Za-z0-9.-]*(?::\d+)?|null)$/.test(text)) return 'never';
  return text.includes('*') ? { wildcard: { ...wildcardPattern(text, '[A-Za-z0-9-]+'), flags: 'i' } } : 'ignoring-case';
}

/** What lists of names may be made of; another one is given up for the list that stands in for it. */
const validNames = {
  methods: /^[A-Za-z]+(?:,[A-Za-z]+)*$/,
  allowedHeaders: /^[A-Za-z0-9_,-]*$/,
  exposedHeaders: /^(?:[A-Za-z0-9_,-]|\*)+$/,
} as const;

function refusedNames(role: keyof typeof validNames, place: SettingPlace): Fact[] {
  const wrong = place.texts.find(({ text }) => !validNames[role].test(text));
  if (wrong === undefined) return [];
  const instead =
    role === 'exposedHeaders'
      ? 'sends no list in its place'
      : `sends its own list in its place: ${role === 'methods' ? gateway.defaults.methods : gateway.defaults.allowedHeaders}`;
  return [
    {
      kind: 'rejected-value',
      what: role === 'methods' ? 'method' : 'header-name',
      text: wrong.text,
      range: wrong.range,
      only: 'list',
      explanation: `ingress-nginx takes letters${role === 'methods' ? '' : ', digits, "-" and "_"'} there only, and ${instead}.`,
    },
  ];
}

/** Go's words for yes and no. */
function truthValue(place: SettingPlace | undefined): SettingPlace | undefined {
  return (
    place && {
      ...place,
      texts: place.texts.map((placed) => (/^[0f]$/i.test(placed.text) ? { ...placed, text: 'false' } : placed)),
    }
  );
}

/**
 * The ConfigMap that `add-headers` or `custom-headers` names, and the chart's `controller.addHeaders`: on every answer,
 * in place of the application's.
 */
function addedHeaders(document: TreeDocument): Policy[] {
  const objects = kubernetesObjects(document, ['ConfigMap']).map((object) => ({
    headers: valueAt(object.map, 'data'),
    scope: objectScope(object),
  }));
  const values = mapsWhere(
    document,
    (map) =>
      entryOf(map, 'addHeaders') !== undefined &&
      map.parent?.kind === 'map' &&
      entryOf(map.parent, 'controller')?.value === map,
  );
  return [
    ...objects,
    ...values.map((map) => ({ headers: valueAt(map, 'addHeaders'), scope: 'every Ingress' })),
  ].flatMap(
    ({ headers, scope }) =>
      proxiedHeadersPolicy(headers, {
        framework: 'ingress-nginx',
        title: 'ingress-nginx',
        document,
        scope,
        sent: nginxValue,
      }) ?? [],
  );
}

/** The text stands in nginx's configuration, where a dollar sign begins a variable. */
function nginxValue(text: string): HeaderValue | undefined {
  if (/^\$(?:http_origin|\{http_origin\})$/.test(text)) return { kind: 'request-origin' };
  return text.includes('$') ? { kind: 'unknown' } : undefined;
}

function misspelt(document: TreeDocument, map: TreeMap): Fact[] {
  const own = {
    ...map,
    entries: map.entries.filter(({ key }) => key.startsWith(prefix) && /cors|allow-origin/.test(key)),
  };
  const words = Object.fromEntries(Object.entries(foreign).map(([word, name]) => [prefix + word, prefix + name]));
  return unknownKeys(
    document,
    own,
    names.map((name) => prefix + name),
    words,
    (suggestion) => suggestion === `${prefix}cors-allow-origin`,
  );
}
