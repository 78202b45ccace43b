/** `http.cors_allowed_origins` of Home Assistant, carried out by aiohttp-cors. */
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { entriesOf, entryOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'home-assistant',
  title: 'Home Assistant',
  documentation: 'https://www.home-assistant.io/integrations/http/#cors_allowed_origins',
  reads: '`http.cors_allowed_origins` of `configuration.yaml` and of packages',
  mentions: ['cors_allowed', 'cors_origins'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    const { root } = document;
    const packages = entriesOf(valueAt(root, 'homeassistant', 'packages')).map(({ value }) => value);
    return {
      policies: [root, ...packages].flatMap((part) => readHttp(valueAt(part, 'http'), document)),
      facts: [],
    };
  },
});

/** As written in the sources of Home Assistant 2025 and aiohttp-cors 0.8: `*` is answered by the caller's own origin. */
const service: CorsService = {
  framework: 'home-assistant',
  title: 'Home Assistant',
  origin: (text) => (text === '*' ? 'any' : 'exact'),
  open: 'reflect',
  credentials: 'never',
  anyHeader: 'literal',
  listedHeaders: 'as-asked',
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: 403 },
  // It sends none, and no setting would.
  vary: 'unknown',
  defaults: {
    methods: 'requested',
    headers: ['Origin', 'Accept', 'X-Requested-With', 'Content-Type', 'Authorization'],
  },
};

const foreign: Readonly<Record<string, string>> = {
  corsorigins: 'cors_allowed_origins',
  corsalloworigin: 'cors_allowed_origins',
  corsalloworigins: 'cors_allowed_origins',
};

function readHttp(http: TreeNode | undefined, document: TreeDocument): Policy[] {
  if (http?.kind !== 'map') return [];
  const named = { ...http, entries: http.entries.filter(({ key }) => key.startsWith('cors')) };
  const origins = entryOf(http, 'cors_allowed_origins');
  const misspelt = unknownKeys(document, named, ['cors_allowed_origins'], foreign, undefined, true);
  if (origins === undefined && misspelt.length === 0) return [];
  const none = { methods: undefined, allowedHeaders: undefined, exposedHeaders: undefined, maxAge: undefined };
  return [
    servicePolicy({
      service,
      document,
      scope: 'the HTTP interface',
      keys: { map: http, originsKey: 'cors_allowed_origins', origins, ...none },
      facts: misspelt,
    }),
  ];
}
