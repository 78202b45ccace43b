/** CORS of Azure App Service and hosted Functions: `cors` of a site's configuration in a resource template or a parameter of the command line. */
import type { TreeDocument, TreeMap, TreeNode } from '../syntax/tree.ts';
import type { Policy } from '../policy/policy.ts';
import { servicePolicy } from './cors-service.ts';
import type { ServicePolicyInput, CorsService } from './cors-service.ts';
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
    return { policies: corsOfSites(document).map((found) => siteCorsPolicy(found, document, names, 'azure-app-service')), facts: [] };
  },
});

/** What is sent for `*` beside credentials is not documented. */
const service: CorsService = {
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

const names: SiteNames = { origins: 'allowedOrigins', credentials: 'supportCredentials' };

/** What other tools call its two settings. */
export interface SiteNames { readonly origins: string; readonly credentials: string }
export interface SiteCors { readonly map: TreeMap; readonly scope: string }

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

export function siteCorsPolicy({ map, scope }: SiteCors, document: TreeDocument, names: SiteNames, framework: string, reference?: ServicePolicyInput['reference']): Policy {
  const origins = entryOf(map, names.origins);
  const credentials = entryOf(map, names.credentials);
  return servicePolicy({
    service: { ...service, framework }, document, reference,
    keys: { map, originsKey: names.origins, origins, credentials, methods: undefined, allowedHeaders: undefined, exposedHeaders: undefined, maxAge: undefined },
    scope,
    facts: unknownKeys(document, map, [names.origins, names.credentials], { origins: names.origins, allowcredentials: names.credentials, credentials: names.credentials, supportscredentials: names.credentials }),
  });
}
