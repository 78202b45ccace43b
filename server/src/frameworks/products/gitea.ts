/** `[cors]` of Gitea's and Forgejo's `app.ini`, carried out by go-chi/cors. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { switchedOff } from '../../models/services/locked-out.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { entryOf, insertKey, isString, textOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';
import { giteaCors } from './gitea-service.ts';

export const framework = defineFramework({
  id: 'gitea',
  title: 'Gitea and Forgejo',
  documentation: 'https://docs.gitea.com/administration/config-cheat-sheet#cors-cors',
  reads: '`[cors]` of `app.ini`: `ENABLED`, `ALLOW_DOMAIN`, `ALLOW_CREDENTIALS` …',
  mentions: ['[cors]'],
  shape: 'tree',
  formats: ['ini'],
  read(document) {
    const section = valueAt(document.root, 'cors');
    if (section?.kind !== 'map' || !section.entries.some(({ key }) => names.includes(key)))
      return { policies: [], facts: [] };
    const enabled = entryOf(section, 'ENABLED');
    return textOf(enabled?.value)?.toLowerCase() === 'true'
      ? { policies: [readSection(section, enabled!, document)], facts: [] }
      : { policies: [], facts: enabled ? [] : neverSwitchedOn(section, document) };
  },
});

const names = ['ENABLED', 'ALLOW_DOMAIN', 'METHODS', 'MAX_AGE', 'ALLOW_CREDENTIALS', 'HEADERS', 'X_FRAME_OPTIONS'];
/** Settings that older releases had. */
const elder = ['SCHEME', 'ALLOW_SUBDOMAIN'];
const foreign: Readonly<Record<string, string>> = {
  alloworigin: 'ALLOW_DOMAIN',
  alloworigins: 'ALLOW_DOMAIN',
  allowedorigins: 'ALLOW_DOMAIN',
  origins: 'ALLOW_DOMAIN',
  allowdomains: 'ALLOW_DOMAIN',
  credentials: 'ALLOW_CREDENTIALS',
  allowmethods: 'METHODS',
  allowheaders: 'HEADERS',
};

function neverSwitchedOn(section: TreeMap, document: TreeDocument): Fact[] {
  const origins = entryOf(section, 'ALLOW_DOMAIN');
  return origins
    ? [
        switchedOff(origins, 'Gitea', 'ENABLED of [cors] is true', () =>
          insertKey(document, section, 'ENABLED', 'true'),
        ),
      ]
    : [];
}

function readSection(map: TreeMap, enabled: TreeEntry, document: TreeDocument): Policy {
  const misspelt = unknownKeys(document, map, [...names, ...elder], foreign, (key) => key === 'ALLOW_DOMAIN');
  return servicePolicy({
    service: giteaCors,
    document,
    scope: 'the API',
    keys: {
      map,
      openWithout: enabled,
      originsKey: 'ALLOW_DOMAIN',
      origins: entryOf(map, 'ALLOW_DOMAIN'),
      credentials: entryOf(map, 'ALLOW_CREDENTIALS'),
      methods: entryOf(map, 'METHODS'),
      // Names of its own come to those that are listed.
      allowedHeaders: undefined,
      exposedHeaders: undefined,
      maxAge: inSeconds(entryOf(map, 'MAX_AGE')),
    },
    facts: misspelt,
  });
}

/** `10m` is sent as 600; what is written in another unit is not edited. */
function inSeconds(entry: TreeEntry | undefined): TreeEntry | undefined {
  if (entry === undefined || !isString(entry.value)) return entry;
  const [whole, amount, unit] = /^(\d+)(s|m|h)$/.exec(entry.value.value.trim()) ?? [];
  const factor = { s: 1, m: 60, h: 3600 }[unit ?? ''];
  const value = whole === undefined || factor === undefined ? '${MAX_AGE}' : String(Number(amount) * factor);
  return { ...entry, value: { ...entry.value, value, shared: true } };
}
