/** Services of Azure that answer browsers themselves: SignalR, FHIR, Maps, Cosmos DB and the gateway of Spring Apps. */
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import type { CorsService, ServicePolicyInput } from '../../../models/services/cors-service.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import { defineFramework } from '../../../models/framework.ts';
import { readTemplate } from './resource-templates.ts';
import type { ResourceTemplate } from './resource-templates.ts';
import { entryOf, mapsOf, textOf } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'azure-services',
  title: 'Azure SignalR, FHIR, Maps and Cosmos DB',
  documentation: 'https://learn.microsoft.com/azure/templates/microsoft.signalrservice/signalr',
  reads:
    '`cors` of `Microsoft.SignalRService/signalR`, `Microsoft.Maps/accounts` and `Microsoft.DocumentDB/databaseAccounts`, ' +
    '`corsConfiguration` of `Microsoft.HealthcareApis` in resource templates and Bicep',
  mentions: ['microsoft.signalrservice', 'microsoft.healthcareapis', 'microsoft.maps', 'microsoft.documentdb'],
  shape: 'tree',
  formats: ['json', 'bicep'],
  read(document) {
    const template = readTemplate(document);
    return {
      policies: template.maps.flatMap((map) => policiesOf(map, template, document)),
      facts: [],
    };
  },
});

/** One service as one tool writes it: its type, where its settings stand, and what they are called. */
export interface AzureService {
  readonly type: RegExp;
  readonly title: string;
  /** From the resource's own map; a list of maps holds several. */
  readonly path: readonly string[];
  readonly names: AzureServiceNames;
  /** One text with commas, and no list. */
  readonly commas?: boolean;
}

interface AzureServiceNames {
  readonly origins: string;
  readonly credentials?: string;
  readonly methods?: string;
  readonly allowedHeaders?: string;
  readonly exposedHeaders?: string;
  readonly maxAge?: string;
}

const fhir: AzureServiceNames = {
  origins: 'origins',
  credentials: 'allowCredentials',
  methods: 'methods',
  allowedHeaders: 'headers',
  maxAge: 'maxAge',
};

const services: readonly AzureService[] = [
  {
    type: /^Microsoft\.SignalRService\/signalR$/i,
    title: 'Azure SignalR',
    path: ['properties', 'cors'],
    names: { origins: 'allowedOrigins' },
  },
  {
    type: /^Microsoft\.HealthcareApis\/(services|workspaces\/fhirservices|workspaces\/dicomservices)$/i,
    title: 'Azure Health Data Services',
    path: ['properties', 'corsConfiguration'],
    names: fhir,
  },
  {
    type: /^Microsoft\.Maps\/accounts$/i,
    title: 'Azure Maps',
    path: ['properties', 'cors', 'corsRules'],
    names: { origins: 'allowedOrigins' },
  },
  {
    type: /^Microsoft\.DocumentDB\/databaseAccounts$/i,
    title: 'Azure Cosmos DB',
    path: ['properties', 'cors'],
    names: {
      origins: 'allowedOrigins',
      methods: 'allowedMethods',
      allowedHeaders: 'allowedHeaders',
      exposedHeaders: 'exposedHeaders',
      maxAge: 'maxAgeInSeconds',
    },
    commas: true,
  },
];

/** What is sent for `*` beside credentials is not documented. */
function serviceOf({ title, names, commas }: AzureService, framework: string): CorsService {
  return {
    framework,
    title,
    origin: (text) => (text === '*' ? 'any' : text.includes('*') || /^\[.*\]$/.test(text) ? 'unknown' : 'exact'),
    open: 'unknown-with-credentials',
    credentials: names.credentials === undefined ? 'never' : 'setting',
    anyHeader: 'reflect',
    strictPreflight: false,
    preflightStatus: { allowed: null, refused: null },
    vary: 'unknown',
    defaults: { methods: 'unknown', headers: 'unknown' },
    ...(commas && { commas }),
  };
}

function policiesOf(map: TreeMap, template: ResourceTemplate, document: TreeDocument): Policy[] {
  const type = textOf(template.at(map, 'type')) ?? '';
  const service = services.find((one) => one.type.test(type));
  if (service === undefined) return [];
  const settings = template.at(map, ...service.path);
  const maps = settings?.kind === 'map' ? [template.settings(settings)] : mapsOf(settings);
  return maps.map((one) =>
    azureServicePolicy(service, one, document, { framework: 'azure-services', reference: template.reference }),
  );
}

/** The policy of one map of settings. */
export function azureServicePolicy(
  service: AzureService,
  map: TreeMap,
  document: TreeDocument,
  given: { readonly framework: string; readonly scope?: string; readonly reference?: ServicePolicyInput['reference'] },
): Policy {
  const { names, title } = service;
  const of = (name: string | undefined) => (name === undefined ? undefined : entryOf(map, name));
  return servicePolicy({
    service: serviceOf(service, given.framework),
    document,
    ...(given.reference && { reference: given.reference }),
    scope: given.scope ?? `all of ${title}`,
    keys: {
      map,
      originsKey: names.origins,
      origins: of(names.origins),
      credentials: of(names.credentials),
      methods: of(names.methods),
      allowedHeaders: of(names.allowedHeaders),
      exposedHeaders: of(names.exposedHeaders),
      maxAge: of(names.maxAge),
    },
  });
}
