/** Traefik: the headers middleware, in dynamic configuration, as an object of Kubernetes, and in labels. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, HeaderRule, OriginEntry, Policy } from '../../policy/policy.ts';
import { always, unknown } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import { gatewayPolicy, originEntries } from '../../models/gateways/gateway-cors.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { groupOf, kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import { nearestName } from '../../edits/program-edits.ts';
import { policyOfHeaders } from './proxied-headers.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { headersOfMap } from '../../models/static/static-headers.ts';
import type { SettingPlace } from '../../models/gateways/setting-places.ts';
import {
  insertSetting,
  knownText,
  listPlace,
  patternPlace,
  scalarPlace,
} from '../../models/gateways/setting-places.ts';
import { composeVersion, labelHeaders } from './traefik-labels.ts';
import type { PlainValue } from '../../edits/tree-edits.ts';
import { entriesOf, insertKey, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'traefik',
  title: 'Traefik',
  documentation:
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/headers/#cors-headers',
  reads:
    'the headers middleware (`accessControlAllowOriginList`, `…ListRegex`, `accessControlAllowCredentials`, `addVaryHeader`, `customResponseHeaders`): dynamic files, `kind: Middleware`, labels and tags',
  mentions: ['accesscontrol', 'access-control-'],
  shape: 'tree',
  formats: ['yaml', 'toml', 'json', 'hcl'],
  read(document) {
    const version = composeVersion(document);
    const groups = [...fileHeaders(document), ...objectHeaders(document), ...labelHeaders(document, () => version)];
    const written = groups.flatMap(
      ({ custom, addCustom, name }) =>
        policyOfHeaders(custom, addCustom, {
          framework: 'traefik',
          title: 'Traefik',
          document,
          scope: `middleware ${name}`,
        }) ?? [],
    );
    return { policies: [...groups.flatMap(readHeaders), ...written], facts: [] };
  },
});

/** The settings of one headers middleware, wherever they stand. */
export interface TraefikHeaders {
  readonly name: string;
  readonly version?: string | undefined;
  readonly range: SourceRange;
  readonly keys: readonly { readonly name: string; readonly range: SourceRange }[];
  /** Headers that are written by hand. */
  readonly custom: readonly StaticHeader[];
  /** A template may write more of them. */
  readonly open?: boolean;
  place(key: string): SettingPlace | undefined;
  insert(key: string, value: PlainValue, placeholder?: string): Edit[];
  addCustom(name: string, value: string): Edit[];
}

const lists = [
  'accessControlAllowOriginList',
  'accessControlAllowOriginListRegex',
  'accessControlAllowMethods',
  'accessControlAllowHeaders',
  'accessControlExposeHeaders',
];
const known = [...lists, 'accessControlAllowCredentials', 'accessControlMaxAge', 'addVaryHeader'];
/** Words of the headers themselves, and of version 1. */
const foreign: Readonly<Record<string, string>> = {
  accesscontrolalloworigin: 'accessControlAllowOriginList',
  accesscontrolalloworigins: 'accessControlAllowOriginList',
  accesscontrolallowedorigins: 'accessControlAllowOriginList',
  accesscontrolalloworiginregex: 'accessControlAllowOriginListRegex',
  accesscontrolallowmethod: 'accessControlAllowMethods',
  accesscontrolallowheader: 'accessControlAllowHeaders',
  accesscontrolexposedheaders: 'accessControlExposeHeaders',
  accesscontrolcredentials: 'accessControlAllowCredentials',
};

/** From 3.6.22 and 3.7.6 on, `*` beside credentials is answered by the caller's own origin. */
const current: GatewayCors = {
  framework: 'traefik',
  title: 'Traefik',
  open: 'reflect-with-credentials',
  openToAll: true,
  inOrder: true,
  emptyWithoutOrigin: true,
  credentialsFor: 'everybody',
  vary: 'never',
  preflightHeaders: 'preflight',
  reflectsNames: false,
  defaults: { credentials: false },
  preflightStatus: { allowed: 200, refused: 200 },
};

function readHeaders(headers: TraefikHeaders): Policy[] {
  const origins = headers.place('accessControlAllowOriginList');
  const patterns = patternPlace(headers.place('accessControlAllowOriginListRegex'), 'search');
  const credentials = headers.place('accessControlAllowCredentials');
  const vary = knownText(headers.place('addVaryHeader'));
  const listed = originEntries(origins?.texts ?? [], (text) => (text === '*' ? 'any' : 'exact'));
  const matched = originEntries(patterns?.texts ?? [], (source) => ({
    regex: { source, flags: '', dialect: 'go', mode: 'search' },
  }));
  const entries: OriginEntry[] = [...listed, ...matched];
  const facts = misspelt(headers);
  const methods = headers.place('accessControlAllowMethods');
  if (entries.length === 0 && credentials === undefined && methods === undefined && facts.length === 0) return [];
  const isCurrent = headers.version === undefined || reflects(headers.version);
  const gateway: GatewayCors = {
    ...current,
    exposesOnPreflights: isCurrent,
    vary: vary === 'true' ? 'not-on-preflights' : vary === null || headers.open ? 'upstream' : 'never',
    open: isCurrent ? 'reflect-with-credentials' : 'literal',
    reflectsNames: isCurrent && knownText(credentials) === 'true',
    defaults: isCurrent ? current.defaults : { ...current.defaults, maxAge: '0' },
  };
  const addVary =
    vary === undefined
      ? () => headers.insert('addVaryHeader', true)
      : () => headers.place('addVaryHeader')!.write(['true']);
  const withVary = (edits: Edit[]): Edit[] =>
    edits.length === 0 || vary === 'true' ? edits : [...edits, ...addVary()];
  const policy = gatewayPolicy({
    gateway,
    ...(headers.version !== undefined && { version: headers.version }),
    range: headers.range,
    scope: `middleware ${headers.name}`,
    entries,
    origins: origins ?? patterns,
    credentials,
    methods,
    allowedHeaders: headers.place('accessControlAllowHeaders'),
    exposedHeaders: headers.place('accessControlExposeHeaders'),
    maxAge: headers.place('accessControlMaxAge'),
    partial: headers.open,
    onlyWhen: headers.open && entries.length === 0 ? unknown() : always,
    facts: [...facts, ...missingOrigins(headers, entries, facts)],
  });
  const { allowOnly } = policy.edits;
  return [
    {
      ...policy,
      headers: policy.headers.filter((rule) => !isCurrent || knownText(credentials) !== 'true' || !isDropped(rule)),
      edits: {
        ...policy.edits,
        addVaryOrigin: addVary,
        ...(allowOnly && {
          allowOnly: (allowed, placeholder) =>
            withVary([...closedPatterns(origins, patterns, matched), ...allowOnly(allowed, placeholder)]),
        }),
      },
    },
  ];
}

/** Beside credentials, a list of exposed headers with `*` in it is not sent any more. */
function isDropped({ name, value }: HeaderRule): boolean {
  return name === 'access-control-expose-headers' && value.kind === 'text' && value.text.split(', ').includes('*');
}

/** Beside a list of origins, a pattern that lets everybody in goes too. */
function closedPatterns(
  origins: SettingPlace | undefined,
  patterns: SettingPlace | undefined,
  matched: readonly OriginEntry[],
): Edit[] {
  return origins && patterns && matched.some(({ text }) => /^\^?\(?\.[*+]\)?\$?$/.test(text ?? ''))
    ? patterns.remove()
    : [];
}

function reflects(version: string): boolean {
  const [major = 0, minor, patch] = version.split('.').map(Number);
  if (major !== 3 || minor === undefined) return major > 3 || major === 3;
  return minor > 7 || (minor === 7 && (patch ?? 99) >= 6) || (minor === 6 && (patch ?? 99) >= 22);
}

function misspelt(headers: TraefikHeaders): Fact[] {
  return headers.keys.flatMap(({ name, range }): Fact[] => {
    const same = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
    if (known.some(same) || !/^access|^addvary/i.test(name)) return [];
    const suggestion = foreign[name.toLowerCase().replaceAll('-', '')] ?? nearestName(name, known);
    if (suggestion === null || headers.place(suggestion)) return [];
    return [
      {
        kind: 'unknown-option',
        name,
        suggestion,
        range,
        opens: false,
        rejected: true,
        rename: () => [{ range, newText: /[A-Z]/.test(name) ? suggestion : suggestion.toLowerCase() }],
      },
    ];
  });
}

function missingOrigins(headers: TraefikHeaders, entries: readonly OriginEntry[], misspelt: readonly Fact[]): Fact[] {
  if (entries.length > 0 || headers.open || misspelt.length > 0) return [];
  const set = headers.keys
    .map(({ name }) => name)
    .filter((name) => known.some((other) => other.toLowerCase() === name.toLowerCase()));
  return set.length === 0
    ? []
    : [
        {
          kind: 'no-origin-configured',
          range: headers.range,
          set,
          why: 'Without a list of origins Traefik lets nobody in, and answers every preflight itself.',
          addOrigins: (origins, placeholder) => headers.insert('accessControlAllowOriginList', origins, placeholder),
        },
      ];
}

/** `http.middlewares.<name>.headers` */
function fileHeaders(document: TreeDocument): TraefikHeaders[] {
  return document.roots.flatMap((root) =>
    entriesOf(valueAt(root, 'http', 'middlewares')).flatMap(({ key, value }) => {
      const headers = valueAt(value, 'headers');
      return headers?.kind === 'map' ? [ofMap(document, headers, key, undefined)] : [];
    }),
  );
}

/** `kind: Middleware`; the older group of the API belongs to version 2. */
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
    keys: map.entries.map(({ key, keyRange }) => ({ name: key, range: keyRange })),
    place(key) {
      const found = entry(key);
      return found && (lists.includes(key) ? listPlace : scalarPlace)(document, found);
    },
    insert: (key, value, placeholder) => insertSetting(document, map, key, value, placeholder),
    addCustom: (header, value) => (custom?.kind === 'map' ? insertKey(document, custom, header, value) : []),
  };
}
