/** ingress-nginx: annotations of an Ingress, also as values of a chart or in another tool's file. */
import type { TreeDocument, TreeEntry, TreeMap } from '../syntax/tree.ts';
import type { Fact, OriginEntry, Policy } from '../policy/policy.ts';
import { always, never, unknown } from '../policy/request-test.ts';
import { wildcardPattern } from './cloud-cors.ts';
import { defineFramework } from './framework.ts';
import { gatewayPolicy, openByDefault, originEntries } from './gateway-cors.ts';
import type { GatewayCors, OriginMeaning } from './gateway-cors.ts';
import { annotationMaps, mayHaveMore, ownerOf } from './kubernetes-objects.ts';
import type { SettingPlace } from './setting-places.ts';
import { commaPlace, insertSetting, knownText, placeOf, scalarPlace } from './setting-places.ts';
import { unknownKeys } from './tree-edits.ts';

export const framework = defineFramework({
  id: 'ingress-nginx',
  title: 'ingress-nginx',
  documentation: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#enable-cors',
  reads: 'annotations `nginx.ingress.kubernetes.io/enable-cors`, `cors-allow-origin` … of an Ingress, in charts and their values too; snippets are read as nginx',
  mentions: ['nginx.ingress.kubernetes.io/'],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  read(document) {
    return { policies: annotationMaps(document, [prefix], 'enable-cors').flatMap(({ map, entry }) => readAnnotations(document, map, entry)), facts: [] };
  },
});

const prefix = 'nginx.ingress.kubernetes.io/';
const names = ['enable-cors', 'cors-allow-origin', 'cors-allow-credentials', 'cors-allow-methods', 'cors-allow-headers', 'cors-expose-headers', 'cors-max-age'];
const foreign: Readonly<Record<string, string>> = {
  corsalloworigins: 'cors-allow-origin', corsallowedorigin: 'cors-allow-origin', corsallowedorigins: 'cors-allow-origin', corsorigin: 'cors-allow-origin', corsorigins: 'cors-allow-origin', alloworigin: 'cors-allow-origin',
  corsallowmethod: 'cors-allow-methods', corsallowedmethods: 'cors-allow-methods', corsmethods: 'cors-allow-methods', corsallowedheaders: 'cors-allow-headers', corsheaders: 'cors-allow-headers',
  corscredentials: 'cors-allow-credentials', corsallowcredential: 'cors-allow-credentials', corsexposedheaders: 'cors-expose-headers',
};

/** The headers that its nginx template sets with headers-more, in place of what the application sends. */
const gateway: GatewayCors = {
  framework: 'ingress-nginx', title: 'ingress-nginx', open: 'literal', openToAll: true, credentialsFor: 'allowed', vary: 'upstream', preflightHeaders: 'every', reflectsNames: false,
  defaults: {
    credentials: true, methods: 'GET, PUT, POST, DELETE, PATCH, OPTIONS', maxAge: '1728000',
    allowedHeaders: 'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization',
  },
  preflightStatus: { allowed: 204, refused: null },
};

function readAnnotations(document: TreeDocument, map: TreeMap, enable: TreeEntry): Policy[] {
  const enabled = knownText(scalarPlace(document, enable));
  if (enabled !== null && !/^(true|1|t)$/i.test(enabled ?? '')) return [];
  const place = (name: string, read = commaPlace): SettingPlace | undefined => placeOf(document, map, prefix + name, read);
  const origins = place('cors-allow-origin');
  const entries = origins && origins.texts.length > 0 ? readOrigins(origins) : [openByDefault(enable.keyRange)];
  return [gatewayPolicy({
    gateway, range: enable.keyRange, scope: ownerOf(map) ?? 'the Ingress', entries, origins,
    credentials: place('cors-allow-credentials', scalarPlace), methods: place('cors-allow-methods'), allowedHeaders: place('cors-allow-headers'), exposedHeaders: place('cors-expose-headers'), maxAge: place('cors-max-age', scalarPlace),
    // Where a template switches it on, a key may come from there too.
    partial: mayHaveMore(map), onlyWhen: enabled === null || (mayHaveMore(map) && origins === undefined) ? unknown() : always,
    facts: misspelt(document, map),
    insertOrigins: (allowed, placeholder) => insertSetting(document, map, `${prefix}cors-allow-origin`, allowed.join(','), placeholder),
    insertCredentials: () => insertSetting(document, map, `${prefix}cors-allow-credentials`, 'false'),
  })];
}

/** A part that is no origin makes the whole value invalid, and then everybody is let in; one that is nearly one is left out. */
function readOrigins(place: SettingPlace): OriginEntry[] {
  const invalid = (text: string): boolean => !/^(?:[a-z]+:\/\/)?(?:\*\.)?[A-Za-z0-9.-]*(?::\d+)?$/.test(text) && text !== '*' && text !== 'null';
  const entries = originEntries(place.texts, meaningOf);
  if (!place.texts.some(({ text, open }) => !open && invalid(text))) return entries;
  return [{ range: place.range, kind: 'any', accepts: always }, ...entries.map((entry): OriginEntry => (entry.kind === 'unknown' ? entry : { ...entry, accepts: never }))];
}

function meaningOf(text: string): OriginMeaning {
  if (text === '*') return 'any';
  if (/^[a-z]+:\/\/\*\./.test(text)) return { wildcard: { ...wildcardPattern(text, '[A-Za-z0-9-]+'), flags: 'i' } };
  return /^[a-z]+:\/\//.test(text) || text === 'null' ? 'ignoring-case' : 'never';
}

function misspelt(document: TreeDocument, map: TreeMap): Fact[] {
  const own = { ...map, entries: map.entries.filter(({ key }) => key.startsWith(prefix) && /cors|allow-origin/.test(key)) };
  const words = Object.fromEntries(Object.entries(foreign).map(([word, name]) => [prefix + word, prefix + name]));
  return unknownKeys(document, own, names.map((name) => prefix + name), words, (suggestion) => suggestion === `${prefix}cors-allow-origin`);
}
