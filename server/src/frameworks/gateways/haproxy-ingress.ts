/** haproxy-ingress: annotations of an Ingress or Service. It always answers with the caller's own origin. */
import type { TreeDocument } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { always, unknown } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import { gatewayPolicy } from '../../models/gateways/gateway-policy.ts';
import { openByDefault, originEntries } from '../../models/gateways/gateway-origins.ts';
import { forgottenSwitches } from '../../models/gateways/forgotten-switch.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { annotationMaps, mayHaveMore, ownerOf } from '../../models/gateways/kubernetes-objects.ts';
import type { SettingPlace } from '../../models/gateways/setting-places.ts';
import {
  commaPlace,
  insertSetting,
  knownText,
  patternPlace,
  placeOf,
  scalarPlace,
  wordsPlace,
} from '../../models/gateways/setting-places.ts';
import { unknownKeys } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'haproxy-ingress',
  title: 'HAProxy Ingress',
  documentation: 'https://haproxy-ingress.github.io/docs/configuration/keys/#cors',
  reads:
    'annotations `haproxy-ingress.github.io/cors-enable`, `cors-allow-origin`, `cors-allow-origin-regex` … and their ' +
    'older prefix, in charts and values too',
  mentions: ['haproxy-ingress.github.io/cors-', 'ingress.kubernetes.io/cors-'],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  read(document) {
    return {
      policies: annotationMaps(document, prefixes, 'cors-enable').flatMap((found) => readAnnotations(document, found)),
      facts: forgottenSwitches(document, {
        product: 'HAProxy Ingress',
        prefixes: ['haproxy-ingress.github.io/'],
        name: 'cors-enable',
        origins: ['cors-allow-origin', 'cors-allow-origin-regex'],
      }),
    };
  },
});

const prefixes = ['haproxy-ingress.github.io/', 'ingress.kubernetes.io/'];
const names = [
  'cors-enable',
  'cors-allow-origin',
  'cors-allow-origin-regex',
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
  corsoriginregex: 'cors-allow-origin-regex',
  corsallowedmethods: 'cors-allow-methods',
  corsallowedheaders: 'cors-allow-headers',
  corsexposedheaders: 'cors-expose-headers',
  corscredentials: 'cors-allow-credentials',
};

/** A list of origins brings Vary along; patterns alone, and everybody, do not. `*` among methods or headers is what was asked for. */
const gateway: GatewayCors = {
  framework: 'haproxy-ingress',
  title: 'HAProxy Ingress',
  open: 'reflect',
  credentialsFor: 'allowed',
  vary: 'upstream',
  preflightHeaders: 'every',
  reflectsNames: true,
  defaults: {
    credentials: false,
    methods: 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
    maxAge: '86400',
    allowedHeaders:
      'DNT,X-CustomHeader,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Authorization',
  },
  preflightStatus: { allowed: 204, refused: 204 },
};

function readAnnotations(
  document: TreeDocument,
  { map, prefix, entry }: ReturnType<typeof annotationMaps>[number],
): Policy[] {
  const enabled = knownText(scalarPlace(document, entry));
  if (enabled !== null && enabled?.toLowerCase() !== 'true') return [];
  const place = (name: string, read = commaPlace): SettingPlace | undefined =>
    placeOf(document, map, prefix + name, read);
  const origins = place('cors-allow-origin');
  // Patterns have blanks between them, since commas stand in patterns.
  const patterns = patternPlace(place('cors-allow-origin-regex', wordsPlace), 'search');
  // `*` counts only where nothing else is listed.
  const restricted = patterns !== undefined || (origins?.texts ?? []).some(({ text }) => text !== '*');
  const listed = originEntries(origins?.texts ?? [], (text) => (text !== '*' ? 'exact' : restricted ? 'never' : 'any'));
  const matched = originEntries(patterns?.texts ?? [], (source) => ({
    regex: { source, flags: '', dialect: 'pcre', mode: 'search' },
  }));
  const set = [...listed, ...matched];
  return [
    gatewayPolicy({
      gateway: listed.some(({ kind, text }) => kind !== 'any' && text !== '*')
        ? { ...gateway, vary: 'always' }
        : gateway,
      range: entry.keyRange,
      scope: ownerOf(map) ?? 'the Ingress',
      entries: set.length > 0 ? set : [openByDefault(entry.keyRange)],
      origins: origins ?? patterns,
      credentials: place('cors-allow-credentials', scalarPlace),
      methods: place('cors-allow-methods'),
      allowedHeaders: place('cors-allow-headers'),
      exposedHeaders: place('cors-expose-headers'),
      maxAge: place('cors-max-age', scalarPlace),
      partial: mayHaveMore(map),
      onlyWhen: enabled === null || (mayHaveMore(map) && set.length === 0) ? unknown() : always,
      facts: misspelt(document, map, prefix),
      insertOrigins: (allowed, placeholder) =>
        insertSetting(document, map, `${prefix}cors-allow-origin`, allowed.join(','), placeholder),
    }),
  ];
}

function misspelt(
  document: TreeDocument,
  map: ReturnType<typeof annotationMaps>[number]['map'],
  prefix: string,
): Fact[] {
  const own = { ...map, entries: map.entries.filter(({ key }) => key.startsWith(`${prefix}cors`)) };
  const words = Object.fromEntries(
    Object.entries(foreign).map(([word, name]) => [(prefix + word).replaceAll('-', ''), prefix + name]),
  );
  return unknownKeys(
    document,
    own,
    names.map((name) => prefix + name),
    words,
    (suggestion) => suggestion === `${prefix}cors-allow-origin`,
  );
}
