/**
 * CORS of Azure App Service and hosted Functions: `cors` of a site's configuration in a resource template, in Bicep, or
 * in a parameter of the command line.
 */
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import type { ServicePolicyInput, CorsService } from '../../../models/services/cors-service.ts';
import { defineFramework } from '../../../models/framework.ts';
import { isOtherConfiguration, misplacedSettings } from './azure-places.ts';
import { readTemplate } from './resource-templates.ts';
import type { ResourceTemplate } from './resource-templates.ts';
import { entryOf, isPlaceholder, textOf, unknownKeys, valueAt } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'azure-app-service',
  title: 'Azure App Service',
  documentation: 'https://learn.microsoft.com/azure/app-service/app-service-web-tutorial-rest-api',
  reads:
    '`cors` of the site configuration (`siteConfig`, `Microsoft.Web/sites/config`) in resource templates and Bicep, ' +
    'also of Azure Functions',
  mentions: ['allowedorigins', 'supportcredentials', 'corspolicy', 'corsrules'],
  shape: 'tree',
  formats: ['json', 'bicep'],
  read(document) {
    const template = readTemplate(document);
    return {
      policies: siteCors(template).map((found) =>
        siteCorsPolicy(found, document, siteNames, 'azure-app-service', template.reference),
      ),
      facts: misplacedSettings(template),
    };
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

export const siteNames: SiteNames = { origins: 'allowedOrigins', credentials: 'supportCredentials' };

/** What other tools call its two settings. */
export interface SiteNames {
  readonly origins: string;
  readonly credentials: string;
}
export interface SiteCors {
  readonly map: TreeMap;
  readonly scope: string;
}

/**
 * Any map of a template may be that of a site: resources are nested in each other, in templates inside templates, and
 * in parameters of modules.
 */
export function siteCors(template: ResourceTemplate): SiteCors[] {
  const configurations = new Set(
    template.maps.filter(isSiteConfiguration).map((map) => template.at(map, 'properties')),
  );
  return template.maps.flatMap((map): SiteCors[] => {
    // A site's configuration has no siteConfig of its own.
    const site = configurations.has(map) ? undefined : template.at(map, 'siteConfig', 'cors');
    const configuration =
      isSiteConfiguration(map) && !isOtherConfiguration(textOf(valueAt(map, 'name')))
        ? template.at(map, 'properties', 'cors')
        : undefined;
    const name = textOf(template.at(map, 'name'));
    return [
      ...(site?.kind === 'map' ? [{ map: template.settings(site), scope: 'the site' }] : []),
      ...(configuration?.kind === 'map'
        ? [
            {
              map: template.settings(configuration),
              scope: name === undefined || name === 'web' || isPlaceholder(name) ? 'the site' : name,
            },
          ]
        : []),
    ];
  });
}

/** `Microsoft.Web/sites/config`, or `config` inside a site; the command line's answer has the same type. */
function isSiteConfiguration(map: TreeMap): boolean {
  const type = textOf(valueAt(map, 'type')) ?? '';
  return (
    /^Microsoft\.Web\/sites(\/slots)?\/config$/i.test(type) ||
    (type.toLowerCase() === 'config' && textOf(valueAt(map, 'name')) === 'web')
  );
}

export function siteCorsPolicy(
  { map, scope }: SiteCors,
  document: TreeDocument,
  names: SiteNames,
  framework: string,
  reference?: ServicePolicyInput['reference'],
): Policy {
  const origins = entryOf(map, names.origins);
  const credentials = entryOf(map, names.credentials);
  return servicePolicy({
    service: { ...service, framework },
    document,
    reference,
    keys: {
      map,
      originsKey: names.origins,
      origins,
      credentials,
      methods: undefined,
      allowedHeaders: undefined,
      exposedHeaders: undefined,
      maxAge: undefined,
    },
    scope,
    facts: unknownKeys(document, map, [names.origins, names.credentials], {
      origins: names.origins,
      allowcredentials: names.credentials,
      credentials: names.credentials,
      supportscredentials: names.credentials,
    }),
  });
}
