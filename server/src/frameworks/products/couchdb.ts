/** CORS of CouchDB: `enable_cors` switches it on, `[cors]` and a section for each virtual host say who gets in. */
import type { TreeDocument, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { switchedOff } from '../../models/services/locked-out.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { defineFramework } from '../../models/framework.ts';
import { entriesOf, entryOf, textOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'couchdb',
  title: 'CouchDB',
  documentation: 'https://docs.couchdb.org/en/stable/config/http.html#cross-origin-resource-sharing',
  reads: '`[cors]` and `[cors:host]` of `local.ini` and the files beside it',
  mentions: ['enable_cors', '[cors]'],
  shape: 'tree',
  formats: ['ini'],
  read(document) {
    const { root } = document;
    const on = ['chttpd', 'httpd'].some(
      (section) => textOf(valueAt(root, section, 'enable_cors'))?.toLowerCase() === 'true',
    );
    if (!on) return { policies: [], facts: neverSwitchedOn(document) };
    const sections = entriesOf(root).flatMap(({ key, value }) =>
      /^cors(:|$)/.test(key) && value.kind === 'map' ? [{ key, map: value }] : [],
    );
    return { policies: sections.flatMap(({ key, map }) => readSection(key, map, document)), facts: [] };
  },
});

/** Where the file says of nothing whether it is on; files beside it may, which are merged with it. */
function neverSwitchedOn({ root, path }: TreeDocument): Fact[] {
  const origins = entryOf(valueAt(root, 'cors'), 'origins');
  const said = ['chttpd', 'httpd'].some((section) => valueAt(root, section, 'enable_cors') !== undefined);
  return origins === undefined || said || !/(^|\/)(local|default|couchdb)\.ini$/.test(path)
    ? []
    : [switchedOff(origins, 'CouchDB', 'enable_cors of [chttpd] is true')];
}

const names = ['origins', 'credentials', 'headers', 'methods', 'exposed_headers', 'max_age', 'policies'];
const foreign: Readonly<Record<string, string>> = {
  origin: 'origins',
  alloworigin: 'origins',
  allowedorigins: 'origins',
  allowcredentials: 'credentials',
  allowheaders: 'headers',
  allowmethods: 'methods',
  maxage: 'max_age',
};

/** Its documentation says that `*` and credentials exclude each other; its code sends the caller's own origin then. */
function serviceFor(withCredentials: boolean): CorsService {
  return {
    framework: 'couchdb',
    title: 'CouchDB',
    origin: (text) => (text === '*' ? 'any' : 'exact'),
    open: withCredentials ? 'reflect' : 'literal',
    credentials: 'setting',
    anyHeader: 'literal',
    strictPreflight: false,
    preflightStatus: { allowed: 204, refused: null },
    vary: 'unknown',
    defaults: { methods: 'unknown', headers: 'unknown' },
    commas: true,
    textValues: true,
  };
}

function readSection(key: string, map: TreeMap, document: TreeDocument): Policy[] {
  const origins = entryOf(map, 'origins');
  const credentials = entryOf(map, 'credentials');
  const misspelt = unknownKeys(document, map, names, foreign);
  if (origins === undefined && misspelt.length === 0) return [];
  return [
    servicePolicy({
      service: serviceFor(textOf(credentials?.value)?.toLowerCase() === 'true'),
      document,
      scope: key === 'cors' ? 'every database' : `the host ${key.slice('cors:'.length)}`,
      keys: {
        map,
        originsKey: 'origins',
        origins,
        credentials,
        methods: entryOf(map, 'methods'),
        allowedHeaders: entryOf(map, 'headers'),
        exposedHeaders: entryOf(map, 'exposed_headers'),
        maxAge: entryOf(map, 'max_age'),
      },
      facts: misspelt,
    }),
  ];
}
