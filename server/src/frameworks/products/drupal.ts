/** Drupal: `cors.config` among the parameters of a site's services, which asm89/stack-cors answers with. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { entryOf, isTrue, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'drupal',
  title: 'Drupal',
  documentation: 'https://www.drupal.org/node/2715637',
  reads: '`cors.config` of `services.yml` and its siblings, where it is switched on',
  mentions: ['cors.config'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    const settings = valueAt(valueAt(document.root, 'parameters'), 'cors.config');
    return { policies: settings?.kind === 'map' ? readSettings(settings, document) : [], facts: [] };
  },
});

const names = [
  'enabled',
  'allowedHeaders',
  'allowedMethods',
  'allowedOrigins',
  'allowedOriginsPatterns',
  'exposedHeaders',
  'maxAge',
  'supportsCredentials',
];
const foreign: Readonly<Record<string, string>> = {
  origin: 'allowedOrigins',
  origins: 'allowedOrigins',
  alloworigins: 'allowedOrigins',
  alloworigin: 'allowedOrigins',
  credentials: 'supportsCredentials',
  allowcredentials: 'supportsCredentials',
  methods: 'allowedMethods',
  headers: 'allowedHeaders',
};

/** As `CorsService` of stack-cors 2 says. See https://github.com/asm89/stack-cors */
const service: CorsService = {
  framework: 'drupal',
  title: 'Drupal',
  placeholder: /^%.*%$/,
  origin: (text) => (text === '*' ? 'any' : text.includes('*') ? wildcardPattern(text) : 'exact'),
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'reflect',
  anyMethod: 'reflect',
  capitals: true,
  strictPreflight: false,
  preflightStatus: { allowed: 204, refused: 204 },
  vary: 'unknown',
};

/** Nothing is sent until `enabled` says so, which it does not by default. */
function readSettings(map: TreeMap, document: TreeDocument): Policy[] {
  const entry = (name: string): TreeEntry | undefined => entryOf(map, name);
  const origins = entry('allowedOrigins');
  const credentials = entry('supportsCredentials');
  if (!isTrue(entry('enabled')?.value) || hasMembers(entry('allowedOriginsPatterns'))) return [];
  return [
    servicePolicy({
      // Beside credentials everybody gets the own origin back in place of the star.
      service: { ...service, open: isTrue(credentials?.value) ? 'reflect' : 'literal' },
      document,
      scope: 'every path',
      keys: {
        map,
        originsKey: 'allowedOrigins',
        origins,
        credentials,
        methods: listed(entry('allowedMethods')),
        allowedHeaders: listed(entry('allowedHeaders')),
        exposedHeaders: listed(entry('exposedHeaders')),
        maxAge: isOff(entry('maxAge')) ? undefined : entry('maxAge'),
      },
      facts: unknownKeys(document, map, names, foreign),
    }),
  ];
}

/** `false` stands where nothing is to be sent. */
function listed(entry: TreeEntry | undefined): TreeEntry | undefined {
  return isOff(entry) ? undefined : entry;
}

function isOff(entry: TreeEntry | undefined): boolean {
  return entry?.value.kind === 'scalar' && entry.value.value === false;
}

function hasMembers(entry: TreeEntry | undefined): boolean {
  return entry?.value.kind === 'list' && entry.value.items.length > 0;
}
