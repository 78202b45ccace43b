/** CORS of Azure App Service and hosted Functions: `cors` of a site's configuration in a resource template or a parameter of the command line. */
import type { TreeDocument, TreeMap, TreeNode } from '../syntax/tree.ts';
import type { Policy } from '../policy/policy.ts';
import { cloudPolicy } from './cloud-cors.ts';
import type { CloudService } from './cloud-cors.ts';
import { defineFramework } from './framework.ts';
import { entriesOf, entryOf, textOf, unknownKeys, valueAt } from './tree-edits.ts';

export const framework = defineFramework({
  id: 'azure-app-service',
  title: 'Azure App Service',
  documentation: 'https://learn.microsoft.com/azure/app-service/app-service-web-tutorial-rest-api',
  reads: '`cors` of the site configuration (`siteConfig`, `Microsoft.Web/sites/config`) in resource templates, also of Azure Functions',
  mentions: ['allowedorigins', 'supportcredentials'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    return { policies: corsOfSites(document).map((found) => readCors(found, document)), facts: [] };
  },
});

/** What is sent for `*` beside credentials is not documented. */
const service: CloudService = {
  framework: 'azure-app-service',
  title: 'Azure App Service',
  origin: (text) => (text === '*' ? 'any' : /^\[.*\]$/.test(text) ? 'unknown' : 'exact'),
  open: 'unknown-with-credentials',
  credentials: 'setting',
  anyHeader: 'literal',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  vary: 'unknown',
};

interface SiteCors { readonly map: TreeMap; readonly scope: string }

/** Resources are nested in each other and in templates inside templates, so that the whole tree is looked through. */
function corsOfSites({ root }: TreeDocument): SiteCors[] {
  const found: SiteCors[] = [];
  const visit = (node: TreeNode): void => {
    if (node.kind === 'list') for (const item of node.items) visit(item);
    if (node.kind !== 'map') return;
    const site = valueAt(node, 'siteConfig', 'cors');
    if (site?.kind === 'map') found.push({ map: site, scope: 'the site' });
    const configuration = isSiteConfiguration(node) ? valueAt(node, 'properties', 'cors') : undefined;
    if (configuration?.kind === 'map') found.push({ map: configuration, scope: textOf(valueAt(node, 'name')) === 'web' ? 'the site' : (textOf(valueAt(node, 'name')) ?? 'the site') });
    for (const { value } of entriesOf(node)) visit(value);
  };
  if (root) visit(root);
  return found;
}

/** `Microsoft.Web/sites/config`, or `config` inside a site; the command line's answer has the same type. */
function isSiteConfiguration(map: TreeMap): boolean {
  const type = textOf(valueAt(map, 'type')) ?? '';
  return /^Microsoft\.Web\/sites(\/slots)?\/config$/i.test(type) || (type.toLowerCase() === 'config' && textOf(valueAt(map, 'name')) === 'web');
}

function readCors({ map, scope }: SiteCors, document: TreeDocument): Policy {
  const origins = entryOf(map, 'allowedOrigins');
  const credentials = entryOf(map, 'supportCredentials');
  return cloudPolicy({
    service, document,
    keys: { map, originsKey: 'allowedOrigins', origins, credentials, methods: undefined, allowedHeaders: undefined, exposedHeaders: undefined, maxAge: undefined },
    scope,
    facts: unknownKeys(document, map, ['allowedOrigins', 'supportCredentials'], { origins: 'allowedOrigins', allowcredentials: 'supportCredentials', credentials: 'supportCredentials', supportscredentials: 'supportCredentials' }),
  });
}
