/** CORS of Azure Storage in resource templates and Bicep: the rules of its blob, file, queue and table services. */
import type { TreeMap } from '../../../syntax/trees/tree.ts';
import { azureStorageRule } from './azure-storage-rules.ts';
import { defineFramework } from '../../../models/framework.ts';
import { readTemplate } from './resource-templates.ts';
import type { ResourceTemplate } from './resource-templates.ts';
import { mapsOf, textOf, valueAt } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'azure-storage',
  title: 'Azure Storage',
  documentation:
    'https://learn.microsoft.com/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services',
  reads:
    '`corsRules` of `Microsoft.Storage/storageAccounts/blobServices` and its neighbours in resource templates and Bicep',
  mentions: ['corsrules'],
  shape: 'tree',
  formats: ['json', 'bicep'],
  read(document) {
    const template = readTemplate(document);
    return {
      policies: storageRules(template).map(({ map, scope }) =>
        azureStorageRule(map, document, storageNames, 'azure-storage', scope, template.reference),
      ),
      facts: [],
    };
  },
});

export const storageNames = {
  origins: 'allowedOrigins',
  methods: 'allowedMethods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposedHeaders',
  maxAge: 'maxAgeInSeconds',
};

/**
 * Services as resources, which may be nested in the account and in templates inside templates, and as parameters of
 * Azure's own modules.
 */
export function storageRules(template: ResourceTemplate): { readonly map: TreeMap; readonly scope: string }[] {
  return template.maps.flatMap((map) => {
    const service = /^(?:Microsoft\.Storage\/storageAccounts\/)?(blob|file|queue|table)Services$/i.exec(
      textOf(valueAt(map, 'type')) ?? '',
    )?.[1];
    const rules = service === undefined ? [] : [{ service, list: template.at(map, 'properties', 'cors', 'corsRules') }];
    const parameters = valueAt(map, 'module')
      ? ['blob', 'file', 'queue', 'table'].map((of) => ({
          service: of,
          list: template.at(map, 'params', `${of}Services`, 'corsRules'),
        }))
      : [];
    return [...rules, ...parameters].flatMap(({ service: of, list }) =>
      mapsOf(list).map((rule) => ({ map: template.settings(rule), scope: `the ${of.toLowerCase()} service` })),
    );
  });
}
