/** Blocks of Terraform for those services of Azure that answer browsers themselves. */
import type { TreeDocument } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { azureServicePolicy } from '../azure/azure-services.ts';
import type { AzureService } from '../azure/azure-services.ts';
import type { Terraform, TerraformResource } from '../../../models/services/terraform-resources.ts';

const lists = {
  origins: 'allowed_origins',
  methods: 'allowed_methods',
  allowedHeaders: 'allowed_headers',
  exposedHeaders: 'exposed_headers',
};

const services: readonly AzureService[] = [
  {
    type: /^azurerm_signalr_service$/,
    title: 'Azure SignalR',
    path: ['cors'],
    names: { origins: 'allowed_origins' },
  },
  { type: /^azurerm_maps_account$/, title: 'Azure Maps', path: ['cors'], names: { origins: 'allowed_origins' } },
  {
    type: /^azurerm_healthcare_(fhir|dicom)_service$/,
    title: 'Azure Health Data Services',
    path: ['cors'],
    names: { ...lists, credentials: 'credentials_allowed', maxAge: 'max_age_in_seconds' },
  },
  {
    type: /^azurerm_healthcare_service$/,
    title: 'Azure API for FHIR',
    path: ['cors_configuration'],
    names: { ...lists, credentials: 'allow_credentials', maxAge: 'max_age_in_seconds' },
  },
  {
    type: /^azurerm_spring_cloud_gateway$/,
    title: 'the gateway of Azure Spring Apps',
    path: ['cors'],
    names: { ...lists, credentials: 'credentials_allowed', maxAge: 'max_age_seconds' },
  },
  {
    type: /^azurerm_cosmosdb_account$/,
    title: 'Azure Cosmos DB',
    path: ['cors_rule'],
    names: { ...lists, maxAge: 'max_age_in_seconds' },
  },
];

export function azureServicePolicies(
  { type, name, body }: TerraformResource,
  terraform: Terraform,
  document: TreeDocument,
): Policy[] {
  const service = services.find((one) => one.type.test(type));
  if (service === undefined) return [];
  return terraform.blocks(body, service.path[0]!).map(({ map }) =>
    azureServicePolicy(service, map, document, {
      framework: 'terraform-azure',
      scope: name,
      reference: terraform.reference,
    }),
  );
}
