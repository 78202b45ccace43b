/** CORS settings of Azure's web, function and container apps and of its storage in Terraform and OpenTofu. */
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import type { PlaceTable } from '../../../models/services/locked-out.ts';
import { misplacedIn } from '../../../models/services/locked-out.ts';
import { onRequestBelow } from '../../../models/services/request-headers.ts';
import { siteCors, siteCorsPolicy, siteNames as siteBodyNames } from '../azure/azure-app-service.ts';
import {
  containerNames as containerBodyNames,
  containerPolicies,
  containerPolicy,
} from '../azure/azure-container-apps.ts';
import { misplacedSettings } from '../azure/azure-places.ts';
import { azureStorageRule } from '../azure/azure-storage-rules.ts';
import { storageNames as storageBodyNames, storageRules } from '../azure/azure-storage.ts';
import { azureServicePolicies } from './azure-services.ts';
import { defineFramework } from '../../../models/framework.ts';
import type { ResourceTemplate } from '../azure/resource-templates.ts';
import { mapsBelow, templateOver } from '../azure/resource-templates.ts';
import { readTerraform } from '../../../models/services/terraform-resources.ts';
import type { Terraform, TerraformResource } from '../../../models/services/terraform-resources.ts';
import { entryOf, textOf } from '../../../edits/tree-edits.ts';

const storageNames = {
  origins: 'allowed_origins',
  methods: 'allowed_methods',
  allowedHeaders: 'allowed_headers',
  exposedHeaders: 'exposed_headers',
  maxAge: 'max_age_in_seconds',
};
const siteNames = { origins: 'allowed_origins', credentials: 'support_credentials' };

const containerNames = {
  origins: 'allowed_origins',
  credentials: 'allow_credentials_enabled',
  methods: 'allowed_methods',
  allowedHeaders: 'allowed_headers',
  exposedHeaders: 'exposed_headers',
  maxAge: 'max_age_in_seconds',
};
const id = 'terraform-azure';
const siteTypes = /^azurerm_(linux_|windows_)?(web_app|function_app|app_service)(_slot)?$/;
const furtherSites = new Set(['azurerm_logic_app_standard', 'azurerm_function_app_flex_consumption']);

export const framework = defineFramework({
  id,
  title: 'Terraform (Azure)',
  documentation: 'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app',
  reads:
    '`*.tf`, `*.tofu`, `*.tf.json`: `site_config` of web apps, function apps and their slots, `cors_rule` of storage ' +
    'accounts, `cors` of container apps, the same in the body of an `azapi_resource`, and SignalR, FHIR, Maps and Cosmos DB',
  mentions: ['azurerm_', 'azapi_'],
  shape: 'tree',
  formats: ['hcl', 'json'],
  read(document, context) {
    const terraform = readTerraform(document, context);
    return {
      policies: terraform.resources.flatMap((resource) => policiesOf(resource, terraform, document)),
      facts: terraform.resources.flatMap((resource) => [
        ...misplacedBy(resource, terraform),
        ...requestHeadersIn(resource),
      ]),
    };
  },
});

/** Blocks that the provider refuses where they stand. */
const places: PlaceTable = [
  [siteTypes, /^cors$/, 'site_config'],
  [/^azurerm_(logic_app_standard|function_app_flex_consumption)$/, /^cors$/, 'site_config'],
  [/^azurerm_container_app$/, /^cors(_policy)?$/, 'ingress, as cors'],
  [
    /^azurerm_storage_account$/,
    /^cors(_rule)?$/,
    'blob_properties, queue_properties or share_properties, as cors_rule',
  ],
];

function misplacedBy({ type, body }: TerraformResource, terraform: Terraform): Fact[] {
  const template = isBody(type) ? bodyTemplate(body, terraform) : undefined;
  return template ? misplacedSettings(template) : misplacedIn(places, type, body.entries, true);
}

/** Rules of Front Door, of the older CDN and of Application Gateway that change the request. */
function requestHeadersIn({ type, body }: TerraformResource): Fact[] {
  if (!/^azurerm_(cdn_|frontdoor|application_gateway)/.test(type)) return [];
  return [
    ...onRequestBelow(body, 'request_header_action', 'header_name', { instead: 'response_header_action' }),
    ...onRequestBelow(body, 'modify_request_header_action', 'name', { instead: 'modify_response_header_action' }),
    ...onRequestBelow(body, 'request_header_configuration', 'header_name', {
      instead: 'response_header_configuration',
    }),
    // Of the classic Front Door's rules engine.
    ...onRequestBelow(body, 'request_header', 'header_name', { instead: 'response_header' }),
  ];
}

function policiesOf({ type, name, body }: TerraformResource, terraform: Terraform, document: TreeDocument): Policy[] {
  const { reference } = terraform;
  const inside = (outer: string, inner: string): TreeMap[] =>
    terraform
      .blocks(body, outer)
      .flatMap(({ map }) => terraform.blocks(map, inner))
      .map(({ map }) => map);
  if (siteTypes.test(type) || furtherSites.has(type))
    return inside('site_config', 'cors').map((map) =>
      siteCorsPolicy({ map, scope: name }, document, siteNames, id, reference),
    );
  if (type === 'azurerm_storage_account')
    return ['blob', 'queue', 'share'].flatMap((service) =>
      inside(`${service}_properties`, 'cors_rule').map((map) =>
        azureStorageRule(map, document, storageNames, id, `${name}, its ${service} service`, reference),
      ),
    );
  if (type === 'azurerm_container_app')
    return inside('ingress', 'cors').map((map) => containerPolicy(map, document, containerNames, id, name, reference));
  const template = isBody(type) ? bodyTemplate(body, terraform) : undefined;
  if (template) return bodyPolicies(template, reference, document);
  return azureServicePolicies({ type, name, body }, terraform, document);
}

function isBody(type: string): boolean {
  return /^azapi_(update_)?resource$/.test(type);
}

/** The body of a request is a resource as templates have it; its type stands beside it, with a version. */
function bodyTemplate(map: TreeMap, terraform: Terraform): ResourceTemplate | undefined {
  const [type, name] = [entryOf(map, 'type'), entryOf(map, 'name')];
  const kind = /^([^@]*)@/.exec(textOf(type?.value) ?? '')?.[1];
  if (type === undefined || kind === undefined) return undefined;
  const bodies = terraform.blocks(map, 'body').map((block) => block.map);
  const resources = bodies.map((body): TreeMap => ({
    ...body,
    entries: [
      { ...type, value: { ...type.value, kind: 'scalar', value: kind, contentRange: type.value.range } },
      ...(name ? [name] : []),
      ...body.entries,
    ],
  }));
  return templateOver(
    [...resources, ...bodies.flatMap((body) => mapsBelow(body).slice(1))],
    terraform.resolve,
    terraform.reference,
  );
}

function bodyPolicies(template: ResourceTemplate, reference: Terraform['reference'], document: TreeDocument): Policy[] {
  return [
    ...siteCors(template).map((found) => siteCorsPolicy(found, document, siteBodyNames, id, reference)),
    ...storageRules(template).map(({ map: rule, scope }) =>
      azureStorageRule(rule, document, storageBodyNames, id, scope, reference),
    ),
    ...containerPolicies(template).map((found) =>
      containerPolicy(found, document, containerBodyNames, id, 'the app', reference),
    ),
  ];
}
