/** CORS of Azure Container Apps: `corsPolicy` of an app's ingress, which answers in front of the container. */
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import type { CorsService, ServicePolicyInput } from '../../../models/services/cors-service.ts';
import { defineFramework } from '../../../models/framework.ts';
import { readTemplate } from './resource-templates.ts';
import type { ResourceTemplate } from './resource-templates.ts';
import { entryOf, unknownKeys, valueAt } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'azure-container-apps',
  title: 'Azure Container Apps',
  documentation: 'https://learn.microsoft.com/azure/container-apps/cors',
  reads: '`corsPolicy` of the ingress of `Microsoft.App/containerApps` in resource templates and Bicep',
  mentions: ['corspolicy'],
  shape: 'tree',
  formats: ['json', 'bicep'],
  read(document) {
    const template = readTemplate(document);
    return {
      policies: containerPolicies(template).map((map) =>
        containerPolicy(map, document, containerNames, 'azure-container-apps', 'the app', template.reference),
      ),
      facts: [],
    };
  },
});

/** What each tool calls the settings. */
export interface ContainerNames {
  readonly origins: string;
  readonly credentials: string;
  readonly methods: string;
  readonly allowedHeaders: string;
  readonly exposedHeaders: string;
  readonly maxAge: string;
}
export const containerNames: ContainerNames = {
  origins: 'allowedOrigins',
  credentials: 'allowCredentials',
  methods: 'allowedMethods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposeHeaders',
  maxAge: 'maxAge',
};

/** Neither what is sent for `*` beside credentials nor what a `*` inside of a text means is documented. */
const service: Omit<CorsService, 'framework'> = {
  title: 'Azure Container Apps',
  origin: (text) => (text === '*' ? 'any' : text.includes('*') || /^\[.*\]$/.test(text) ? 'unknown' : 'exact'),
  open: 'unknown-with-credentials',
  credentials: 'setting',
  anyHeader: 'literal',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  vary: 'unknown',
};

/** Under `ingress`, and as a parameter of Azure's own module. */
export function containerPolicies(template: ResourceTemplate): TreeMap[] {
  return template.maps.flatMap((map) =>
    [
      template.at(map, 'ingress', 'corsPolicy'),
      valueAt(map, 'module') && template.at(map, 'params', 'corsPolicy'),
    ].flatMap((found) => (found?.kind === 'map' ? [template.settings(found)] : [])),
  );
}

export function containerPolicy(
  map: TreeMap,
  document: TreeDocument,
  names: ContainerNames,
  framework: string,
  scope: string,
  reference?: ServicePolicyInput['reference'],
): Policy {
  const { origins, credentials, methods, allowedHeaders, exposedHeaders, maxAge } = names;
  return servicePolicy({
    service: { ...service, framework },
    document,
    reference,
    scope,
    keys: {
      map,
      originsKey: origins,
      origins: entryOf(map, origins),
      credentials: entryOf(map, credentials),
      methods: entryOf(map, methods),
      allowedHeaders: entryOf(map, allowedHeaders),
      exposedHeaders: entryOf(map, exposedHeaders),
      maxAge: entryOf(map, maxAge),
    },
    facts: unknownKeys(document, map, Object.values(names), {
      origins,
      alloworigins: origins,
      methods,
      allowmethods: methods,
      headers: allowedHeaders,
      allowheaders: allowedHeaders,
      exposedheaders: exposedHeaders,
      supportcredentials: credentials,
      credentials,
      maxageinseconds: maxAge,
    }),
  });
}
