/** CORS settings of Azure's web and function apps in Terraform and OpenTofu. */
import { siteCorsPolicy } from './azure-app-service.ts';
import { defineFramework } from './framework.ts';
import { readTerraform } from './terraform-resources.ts';

const names = { origins: 'allowed_origins', credentials: 'support_credentials' };

export const framework = defineFramework({
  id: 'terraform-azure',
  title: 'Terraform (Azure)',
  documentation: 'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app',
  reads: '`*.tf`, `*.tofu`, `*.tf.json`: `site_config` of web apps, function apps and their slots',
  mentions: ['azurerm_'],
  shape: 'tree',
  formats: ['hcl', 'json'],
  read(document, context) {
    const terraform = readTerraform(document, context);
    const sites = terraform.resources.filter(({ type }) => /^azurerm_(linux_|windows_)?(web_app|function_app|app_service)(_slot)?$/.test(type));
    return {
      policies: sites.flatMap(({ name, body }) => terraform.blocks(body, 'site_config').flatMap(({ map }) => terraform.blocks(map, 'cors'))
        .map(({ map }) => siteCorsPolicy({ map, scope: name }, document, names, 'terraform-azure', terraform.reference))),
      facts: [],
    };
  },
});
