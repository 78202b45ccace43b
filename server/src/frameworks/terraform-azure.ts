/** CORS settings of Azure's web and function apps and of its storage in Terraform and OpenTofu. */
import { siteCorsPolicy } from './azure-app-service.ts';
import { azureStorageRule } from './azure-storage-rules.ts';
import { defineFramework } from './framework.ts';
import { readTerraform } from './terraform-resources.ts';

const storageNames = { origins: 'allowed_origins', methods: 'allowed_methods', allowedHeaders: 'allowed_headers', exposedHeaders: 'exposed_headers', maxAge: 'max_age_in_seconds' };
const names = { origins: 'allowed_origins', credentials: 'support_credentials' };

export const framework = defineFramework({
  id: 'terraform-azure',
  title: 'Terraform (Azure)',
  documentation: 'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app',
  reads: '`*.tf`, `*.tofu`, `*.tf.json`: `site_config` of web apps, function apps and their slots, `cors_rule` of storage accounts',
  mentions: ['azurerm_'],
  shape: 'tree',
  formats: ['hcl', 'json'],
  read(document, context) {
    const terraform = readTerraform(document, context);
    const sites = terraform.resources.filter(({ type }) => /^azurerm_(linux_|windows_)?(web_app|function_app|app_service)(_slot)?$/.test(type));
    const storage = terraform.resources.filter(({ type }) => type === 'azurerm_storage_account').flatMap(({ name, body }) => ['blob', 'queue', 'share'].flatMap((service) => terraform.blocks(body, `${service}_properties`)
      .flatMap(({ map }) => terraform.blocks(map, 'cors_rule')).map(({ map }) => azureStorageRule(map, document, storageNames, 'terraform-azure', `${name}, its ${service} service`, terraform.reference))));
    return {
      policies: [...storage, ...sites.flatMap(({ name, body }) => terraform.blocks(body, 'site_config').flatMap(({ map }) => terraform.blocks(map, 'cors'))
        .map(({ map }) => siteCorsPolicy({ map, scope: name }, document, names, 'terraform-azure', terraform.reference)))],
      facts: [],
    };
  },
});
