/**
 * Web origins of Keycloak's clients, in the export of a realm or of a client, and in Terraform. `*` is answered with the caller's own
 * origin, and the endpoints for tokens and accounts allow credentials; `+` stands for the origins of the redirect addresses.
 */
import type { TreeDocument, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import type { CorsService, ServicePolicyInput } from '../../models/services/cors-service.ts';
import { readTerraform } from '../../models/services/terraform-resources.ts';
import { defineFramework } from '../../models/framework.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { entriesOf, entryOf, textOf } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'keycloak',
  title: 'Keycloak',
  documentation: 'https://www.keycloak.org/docs/latest/server_admin/#_client-settings',
  reads:
    '`webOrigins` of clients in exports of realms, JSON and YAML; `web_origins` of `keycloak_openid_client` in Terraform',
  mentions: ['weborigins', 'web_origins'],
  shape: 'tree',
  formats: ['json', 'yaml', 'hcl'],
  read(document, context) {
    if (document.format === 'hcl') return { policies: clientsOfTerraform(document, context), facts: [] };
    return {
      policies: document.roots.flatMap(clientsIn).flatMap((client) => readClient(client, document, names)),
      facts: [],
    };
  },
});

const service: CorsService = {
  framework: 'keycloak',
  title: 'Keycloak',
  origin: (text) => (text === '*' ? 'any' : text === '+' ? 'unknown' : 'exact'),
  open: 'reflect',
  credentials: 'setting',
  credentialsDefault: true,
  anyHeader: 'literal',
  strictPreflight: false,
  preflightStatus: { allowed: 200, refused: 200 },
  vary: 'unknown',
  defaults: { methods: 'unknown', headers: 'unknown' },
};

/** Clients stand in the realm's list, in a file of their own, or in the resource of an operator. */
function clientsIn(node: TreeNode): TreeMap[] {
  if (node.kind === 'list') return node.items.flatMap(clientsIn);
  if (node.kind !== 'map') return [];
  const own = entryOf(node, 'webOrigins') && entryOf(node, 'clientId') ? [node] : [];
  return [...own, ...entriesOf(node).flatMap(({ value }) => clientsIn(value))];
}

interface Names {
  readonly origins: string;
  readonly client: string;
}
const names: Names = { origins: 'webOrigins', client: 'clientId' };
const namesOfTerraform: Names = { origins: 'web_origins', client: 'client_id' };

/** https://registry.terraform.io/providers/keycloak/keycloak/latest/docs/resources/openid_client */
function clientsOfTerraform(document: TreeDocument, context: FrameworkContext): Policy[] {
  const { resources, resolve, reference } = readTerraform(document, context);
  return resources
    .filter(({ type }) => type === 'keycloak_openid_client')
    .flatMap(({ body }) => {
      const entries = body.entries.map((entry) => ({ ...entry, value: resolve(entry.value) ?? entry.value }));
      return readClient({ ...body, entries }, document, namesOfTerraform, reference);
    });
}

function readClient(
  map: TreeMap,
  document: TreeDocument,
  { origins: originsKey, client }: Names,
  reference?: ServicePolicyInput['reference'],
): Policy[] {
  const origins = entryOf(map, originsKey);
  if (origins?.value.kind !== 'list' || origins.value.items.length === 0) return [];
  const none = { methods: undefined, allowedHeaders: undefined, exposedHeaders: undefined, maxAge: undefined };
  return [
    servicePolicy({
      service,
      document,
      scope: `tokens of the client ${textOf(entryOf(map, client)?.value) ?? ''}`.trim(),
      ...(reference && { reference }),
      keys: { map, originsKey, origins, ...none },
    }),
  ];
}
