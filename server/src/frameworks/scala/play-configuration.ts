/**
 * The CORS filter of Play in `application.conf`. Without origins it lets in everybody, with cookies, and both are its default.
 *
 * Read from the filter's source, and run: https://www.playframework.com/documentation/latest/CorsFilter
 */
import { coerce, gte } from 'semver';
import type { Edit } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact, HeaderRule, Policy } from '../../policy/policy.ts';
import { all, not, some } from '../../policy/request-test.ts';
import { isString, replaceValue, textNodesOf, unknownKeys } from '../../edits/tree-edits.ts';
import { defineFramework } from '../../models/framework.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import type { CorsService, ServiceKeys } from '../../models/services/cors-service.ts';
import { policiesHere } from '../../models/services/given-values.ts';
import { hoconSettings } from '../../models/services/hocon-settings.ts';
import type { HoconSetting, HoconSettings } from '../../models/services/hocon-settings.ts';
import { secondsIn, switchIn } from '../../models/services/hocon-values.ts';
import { isDevelopmentProfile } from '../../models/services/property-settings.ts';
import { preflight } from '../../models/services/service-audience.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';

export const framework = defineFramework({
  id: 'play-configuration',
  title: 'Play CORS filter',
  documentation: 'https://www.playframework.com/documentation/latest/CorsFilter',
  reads: '`play.filters.cors` and `play.filters.enabled` in `application.conf`, for Play in Scala and Java',
  mentions: ['cors'],
  shape: 'tree',
  formats: ['hocon'],
  read(document, context) {
    const settings = hoconSettings(document, context);
    const at = settingIn(settings) ?? enabledAt(settings);
    if (at === undefined || isSwitchedOff(settings)) return { policies: [], facts: [] };
    return { policies: policiesOf(settings, at, document, context), facts: [] };
  },
});

const prefix = 'play.filters.cors';
const names = [
  'pathPrefixes',
  'allowedOrigins',
  'allowedHttpMethods',
  'allowedHttpHeaders',
  'exposedHeaders',
  'supportsCredentials',
  'preflightMaxAge',
  'serveForbiddenOrigins',
];
const foreign: Readonly<Record<string, string>> = {
  origins: 'allowedOrigins',
  origin: 'allowedOrigins',
  alloworigins: 'allowedOrigins',
  alloworigin: 'allowedOrigins',
  allowedorigin: 'allowedOrigins',
  methods: 'allowedHttpMethods',
  allowedmethods: 'allowedHttpMethods',
  headers: 'allowedHttpHeaders',
  allowedheaders: 'allowedHttpHeaders',
  exposeheaders: 'exposedHeaders',
  allowcredentials: 'supportsCredentials',
  allowedcredentials: 'supportsCredentials',
  credentials: 'supportsCredentials',
  maxage: 'preflightMaxAge',
};

/** Names are compared as they are; a method or header that is asked for is sent back. */
const service: Omit<CorsService, 'open'> = {
  framework: 'play-configuration',
  title: 'Play CORS filter',
  origin: (text) => (text === '*' ? 'any' : 'exact'),
  placeholder: /\$\{/,
  credentials: 'setting',
  credentialsDefault: true,
  anyHeader: 'literal',
  literalStars: { methods: true, headers: true },
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: 403 },
  vary: 'always',
  listedMethods: 'as-asked',
  listedHeaders: 'as-asked',
  defaults: { methods: 'requested', headers: 'requested', maxAge: '3600' },
};

/** The first setting. An empty block is what the template of a new application holds, and switches nothing on. */
function settingIn(settings: HoconSettings): TreeEntry | undefined {
  const entry = settings.firstUnder(prefix);
  const isEmpty = entry?.value.kind === 'map' && entry.value.entries.length === 0;
  return isEmpty && names.every((name) => settings.get(`${prefix}.${name}`) === undefined) ? undefined : entry;
}

/** The entry that switches the filter on, where it has no settings at all. */
function enabledAt(settings: HoconSettings): TreeEntry | undefined {
  const entry = settings.get('play.filters.enabled')?.entry;
  return entry?.keyRange.path === undefined && namesFilter(entry) ? entry : undefined;
}

function isSwitchedOff(settings: HoconSettings): boolean {
  return namesFilter(settings.get('play.filters.disabled')?.entry);
}

function namesFilter(entry: TreeEntry | undefined): boolean {
  return textNodesOf(entry?.value).some(({ value }) => value === 'play.filters.cors.CORSFilter');
}

/** The settings as the filter has them in the end. */
function policiesOf(
  settings: HoconSettings,
  at: TreeEntry,
  document: TreeDocument,
  context: FrameworkContext,
): Policy[] {
  const written = names.flatMap((name) => settings.get(`${prefix}.${name}`)?.entry ?? []);
  const origins = settings.get(`${prefix}.allowedOrigins`);
  const isText = origins !== undefined && isString(origins.entry.value) && !origins.entry.value.value.includes('${');
  const policy = servicePolicy({
    service: serviceFor(settings, context),
    document,
    scope: scopeOf(settings.get(`${prefix}.pathPrefixes`)?.entry),
    purpose: purposeOf(document.path),
    reference: (node) =>
      origins?.variable !== undefined && isString(node) ? { name: origins.variable, fallback: node.value } : undefined,
    keys: keysOf(settings, at),
    facts: misspeltIn(settings, document),
    ...(isText && { refusesToStart: 'allowedOrigins has type STRING rather than LIST', failsWith: 500 }),
  });
  const whole = { ...policy, headers: namedBack(policy), edits: editsOf(policy, document, settings) };
  return written.every(({ keyRange }) => keyRange.path === undefined) ? [whole] : policiesHere([whole], framework.id);
}

function serviceFor(settings: HoconSettings, context: FrameworkContext): CorsService {
  const origins = settings.get(`${prefix}.allowedOrigins`)?.entry;
  const credentials = switchIn(settings.get(`${prefix}.supportsCredentials`)?.entry)?.value;
  const serves = settings.get(`${prefix}.serveForbiddenOrigins`);
  const isRefusing = serves === undefined || (isFalse(switchIn(serves.entry)?.value) && serves.variable === undefined);
  const isListed = origins !== undefined && !isNull(origins.value);
  return {
    ...service,
    origin: readsStar(context) ? service.origin : () => 'exact',
    open: isListed || isFalse(credentials) ? 'literal' : 'reflect',
    ...(isRefusing && { refusedStatus: 403 }),
  };
}

function keysOf(settings: HoconSettings, at: TreeEntry): ServiceKeys {
  const get = (name: string): TreeEntry | undefined => settings.get(`${prefix}.${name}`)?.entry;
  const names = (name: string): TreeEntry | undefined => {
    const entry = get(name);
    return entry && isNull(entry.value) ? undefined : entry;
  };
  const origins = settings.get(`${prefix}.allowedOrigins`);
  const isOpen = origins === undefined || (isNull(origins.entry.value) && origins.variable === undefined);
  const place = settings.placeUnder(prefix);
  return {
    map: place?.map,
    originsKey: `${place?.keyPrefix ?? ''}allowedOrigins`,
    origins: isOpen ? undefined : origins?.entry,
    credentials: settledSwitch(settings.get(`${prefix}.supportsCredentials`)),
    credentialsKey: `${place?.keyPrefix ?? ''}supportsCredentials`,
    methods: names('allowedHttpMethods'),
    allowedHeaders: names('allowedHttpHeaders'),
    exposedHeaders: get('exposedHeaders'),
    maxAge: inSeconds(get('preflightMaxAge')),
    ...(isOpen && { openWithout: origins?.entry ?? at }),
  };
}

/** A variable may switch it the other way. */
function settledSwitch(setting: HoconSetting | undefined): TreeEntry | undefined {
  const entry = switchIn(setting?.entry);
  if (entry?.value.kind !== 'scalar' || setting?.variable === undefined) return entry;
  return { ...entry, value: { ...entry.value, value: `\${${setting.variable}}`, shared: true } };
}

/** Up to 2.8 `*` was an origin like any other. */
function readsStar(context: FrameworkContext): boolean {
  const version = ['org.playframework:sbt-plugin', 'com.typesafe.play:sbt-plugin']
    .map((name) => coerce(context.version(name, 'maven')))
    .find((found) => found !== null);
  return !version || gte(version, '2.9.0');
}

function isNull(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function isFalse(node: TreeNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === false;
}

function inSeconds(entry: TreeEntry | undefined): TreeEntry | undefined {
  const seconds = secondsIn(entry, '');
  if (entry?.value.kind !== 'scalar') return entry;
  return { ...entry, value: { ...entry.value, value: seconds === undefined ? '${}' : String(seconds) } };
}

function scopeOf(paths: TreeEntry | undefined): string {
  const listed = textNodesOf(paths?.value).map(({ value }) => value);
  return listed.length === 0 || listed.includes('/') ? 'the application' : `paths that begin with ${listed.join(', ')}`;
}

function purposeOf(path: string): Policy['purpose'] {
  const profile = /(?:^|\/)(?:application[.-])?([\w-]+)\.conf$/.exec(path)?.[1];
  return profile !== undefined && isDevelopmentProfile(profile) ? 'development' : 'application';
}

function misspeltIn(settings: HoconSettings, document: TreeDocument): Fact[] {
  const map = settings.under(prefix);
  if (map === undefined) return [];
  const own = { ...map, entries: map.entries.filter(({ keyRange }) => keyRange.path === undefined) };
  return unknownKeys(document, own, names, foreign, (suggestion) => suggestion === 'allowedOrigins');
}

/** Beside `*`, who is named gets the own origin back; what is exposed is not said to preflights. */
function namedBack({ headers, settings }: Policy): HeaderRule[] {
  const named = settings.origins.value.filter(({ kind }) => kind === 'text').map(({ accepts }) => accepts);
  return headers.flatMap((rule) => {
    if (rule.name === 'access-control-expose-headers') return [{ ...rule, when: all([rule.when, not(preflight)]) }];
    return rule.name === 'access-control-allow-origin' && rule.value.kind === 'text' && named.length > 0
      ? [rule, { ...rule, value: { kind: 'request-origin' as const }, when: all([rule.when, some(named)]) }]
      : [rule];
  });
}

function editsOf({ edits }: Policy, document: TreeDocument, settings: HoconSettings): Policy['edits'] {
  const origins = settings.get(`${prefix}.allowedOrigins`)?.entry;
  const maxAge = settings.get(`${prefix}.preflightMaxAge`)?.entry;
  return {
    ...edits,
    ...(origins &&
      isNull(origins.value) && {
        allowOnly: (allowed, placeholder): Edit[] => replaceValue(document, origins.value, allowed, placeholder),
      }),
    ...(maxAge && {
      setMaxAge: (seconds): Edit[] => [{ range: maxAge.value.range, newText: `${seconds} seconds` }],
    }),
  };
}
