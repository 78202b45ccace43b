/**
 * CORS settings of pekko-http-cors and akka-http-cors in `application.conf`. Whoever writes none of them lets in everybody, with cookies.
 *
 * Read from their source, and run: https://pekko.apache.org/docs/pekko-http/current/routing-dsl/directives/cors-directives/cors.html
 */
import type { TreeDocument, TreeEntry, TreeNode } from '../../syntax/trees/tree.ts';
import type { Edit } from '../../syntax/range.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { isString, replaceValue, textNodesOf, unknownKeys } from '../../edits/tree-edits.ts';
import { defineFramework } from '../../models/framework.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { policiesHere } from '../../models/services/given-values.ts';
import { hoconSettings } from '../../models/services/hocon-settings.ts';
import type { HoconSettings } from '../../models/services/hocon-settings.ts';
import { secondsIn, switchIn } from '../../models/services/hocon-values.ts';
import { isDevelopmentProfile } from '../../models/services/property-settings.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { subdomainPattern } from './pekko-origins.ts';

export const framework = defineFramework({
  id: 'pekko-http-cors-configuration',
  title: 'pekko-http-cors settings',
  documentation: 'https://pekko.apache.org/docs/pekko-http/current/routing-dsl/directives/cors-directives/cors.html',
  reads: '`pekko-http-cors` and `akka-http-cors` in `application.conf`',
  mentions: ['http-cors', 'http.cors'],
  shape: 'tree',
  formats: ['hocon'],
  read(document, context) {
    const settings = hoconSettings(document, context);
    const policies = prefixes.flatMap(([prefix, title]) => readSettings(settings, prefix, title, document));
    return { policies, facts: [] };
  },
});

const prefixes = [
  ['pekko.http.cors', 'pekko-http-cors'],
  ['pekko-http-cors', 'pekko-http-cors'],
  ['akka-http-cors', 'akka-http-cors'],
] as const;
const names = [
  'allow-generic-http-requests',
  'allow-credentials',
  'allowed-origins',
  'allowed-headers',
  'allowed-methods',
  'exposed-headers',
  'max-age',
];
const foreign: Readonly<Record<string, string>> = {
  origins: 'allowed-origins',
  alloworigins: 'allowed-origins',
  allowedorigin: 'allowed-origins',
  alloworigin: 'allowed-origins',
  methods: 'allowed-methods',
  allowmethods: 'allowed-methods',
  headers: 'allowed-headers',
  allowheaders: 'allowed-headers',
  exposeheaders: 'exposed-headers',
  credentials: 'allow-credentials',
  allowedcredentials: 'allow-credentials',
  supportscredentials: 'allow-credentials',
};

const service: Omit<CorsService, 'title' | 'open'> = {
  framework: 'pekko-http-cors-configuration',
  origin: (text) => (text === '*' ? 'any' : (subdomainPattern(text) ?? 'exact')),
  placeholder: /\$\{/,
  credentials: 'setting',
  credentialsDefault: true,
  anyHeader: 'reflect',
  literalStars: { methods: true },
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: null },
  vary: 'never',
  defaults: { methods: ['GET', 'POST', 'HEAD', 'OPTIONS'], headers: ['*'], maxAge: '1800' },
};

function readSettings(settings: HoconSettings, prefix: string, title: string, document: TreeDocument): Policy[] {
  const map = settings.under(prefix);
  const at = settings.firstUnder(prefix);
  // A file beside it may be the whole.
  if (map === undefined || at === undefined) return [];
  const get = (name: string): TreeEntry | undefined => settings.get(`${prefix}.${name}`)?.entry;
  const origins = settings.get(`${prefix}.allowed-origins`);
  const listed = origins && { ...origins.entry, value: separated(origins.entry.value) };
  const credentials = settings.get(`${prefix}.allow-credentials`);
  const place = settings.placeUnder(prefix);
  const switched = switchIn(credentials?.entry);
  const isOff = switched?.value.kind === 'scalar' && switched.value.value === false && !credentials?.variable;
  const policy = servicePolicy({
    service: { ...service, title, open: isOff ? 'literal' : 'reflect' },
    document,
    scope: 'every route in cors()',
    purpose: purposeOf(document.path),
    reference: (node) =>
      origins?.variable !== undefined && isString(node) ? { name: origins.variable, fallback: node.value } : undefined,
    keys: {
      map: place?.map,
      originsKey: `${place?.keyPrefix ?? ''}allowed-origins`,
      origins: listed,
      credentials: credentials?.variable === undefined ? switched : undecided(switched),
      credentialsKey: `${place?.keyPrefix ?? ''}allow-credentials`,
      methods: namesIn(get('allowed-methods')),
      allowedHeaders: namesIn(get('allowed-headers')),
      exposedHeaders: namesIn(get('exposed-headers')),
      maxAge: inSeconds(get('max-age')),
      ...(origins === undefined && { openWithout: at }),
    },
    facts: misspeltIn(map.entries, document),
    ...(mixesStar(listed?.value) && { refusesToStart: 'Illegal origin: Unexpected character "*"', failsWith: 500 }),
  });
  const whole = { ...policy, fixedVary: true, edits: editsOf(policy, document, origins?.entry, get('max-age')) };
  const isWhole = map.entries.every(({ keyRange }) => keyRange.path === undefined);
  return isWhole ? [whole] : policiesHere([whole], framework.id);
}

/** One text is a list whose members stand between blanks; where it is one origin, its edits are those of a text. */
function separated(node: TreeNode): TreeNode {
  return isString(node) && /\s/.test(node.value) ? textsOf(node, node.value) : node;
}

function textsOf(node: TreeNode, text: string): TreeNode {
  const items: TreeNode[] = [];
  const list: TreeNode = { kind: 'list', range: node.range, parent: node.parent, shared: true, items };
  for (const value of text.split(/\s+/).filter((part) => part !== ''))
    items.push({ kind: 'scalar', value, range: node.range, contentRange: node.range, parent: list, shared: true });
  return list;
}

function namesIn(entry: TreeEntry | undefined): TreeEntry | undefined {
  return entry && { ...entry, value: separated(entry.value) };
}

/** `*` is no origin beside others. */
function mixesStar(node: TreeNode | undefined): boolean {
  const texts = textNodesOf(node);
  return texts.length > 1 && texts.some(({ value }) => value === '*');
}

function undecided(entry: TreeEntry | undefined): TreeEntry | undefined {
  return entry?.value.kind === 'scalar' ? { ...entry, value: { ...entry.value, value: '${}', shared: true } } : entry;
}

function inSeconds(entry: TreeEntry | undefined): TreeEntry | undefined {
  if (entry?.value.kind !== 'scalar' || entry.value.value === null) return entry;
  const seconds = secondsIn(entry, 's');
  return { ...entry, value: { ...entry.value, value: seconds === undefined ? '${}' : String(seconds) } };
}

function purposeOf(path: string): Policy['purpose'] {
  const profile = /(?:^|\/)(?:application[.-])?([\w-]+)\.conf$/.exec(path)?.[1];
  return profile !== undefined && isDevelopmentProfile(profile) ? 'development' : 'application';
}

function misspeltIn(entries: readonly TreeEntry[], document: TreeDocument): Fact[] {
  const own = entries.filter(({ keyRange }) => keyRange.path === undefined);
  const map = { kind: 'map' as const, range: { start: 0, end: 0 }, entries: own };
  return unknownKeys(document, map, names, foreign, (suggestion) => suggestion === 'allowed-origins');
}

/** A text becomes a list, since blanks in it would separate. */
function editsOf(
  { edits }: Policy,
  document: TreeDocument,
  origins: TreeEntry | undefined,
  maxAge: TreeEntry | undefined,
): Policy['edits'] {
  return {
    ...edits,
    ...(origins && {
      allowOnly: (allowed, placeholder): Edit[] =>
        origins.value.kind === 'list'
          ? [...(edits.allowOnly?.(allowed, placeholder) ?? [])]
          : replaceValue(document, origins.value, allowed, placeholder),
    }),
    ...(maxAge && {
      setMaxAge: (seconds): Edit[] => [{ range: maxAge.value.range, newText: `${seconds} seconds` }],
    }),
  };
}
