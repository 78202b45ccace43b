/** CORS of Azure Storage in resource templates: the rules of its blob, file, queue and table services. */
import type { TreeDocument, TreeMap, TreeNode } from '../syntax/tree.ts';
import { azureStorageRule } from './azure-storage-rules.ts';
import { defineFramework } from './framework.ts';
import { entriesOf, mapsOf, textOf, valueAt } from './tree-edits.ts';

export const framework = defineFramework({
  id: 'azure-storage',
  title: 'Azure Storage',
  documentation: 'https://learn.microsoft.com/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services',
  reads: '`corsRules` of `Microsoft.Storage/storageAccounts/blobServices` and its neighbours in resource templates',
  mentions: ['corsrules'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    return { policies: servicesIn(document).flatMap(({ map, name }) => mapsOf(valueAt(map, 'properties', 'cors', 'corsRules')).map((rule) => azureStorageRule(rule, document, names, 'azure-storage', name))), facts: [] };
  },
});

const names = { origins: 'allowedOrigins', methods: 'allowedMethods', allowedHeaders: 'allowedHeaders', exposedHeaders: 'exposedHeaders', maxAge: 'maxAgeInSeconds' };

/** Resources may be nested in the account, and in templates inside templates. */
function servicesIn({ root }: TreeDocument): { readonly map: TreeMap; readonly name: string }[] {
  const found: { readonly map: TreeMap; readonly name: string }[] = [];
  const visit = (node: TreeNode): void => {
    if (node.kind === 'list') for (const item of node.items) visit(item);
    if (node.kind !== 'map') return;
    const service = /^(?:Microsoft\.Storage\/storageAccounts\/)?(blob|file|queue|table)Services$/i.exec(textOf(valueAt(node, 'type')) ?? '')?.[1];
    if (service !== undefined) found.push({ map: node, name: `the ${service.toLowerCase()} service` });
    for (const { value } of entriesOf(node)) visit(value);
  };
  if (root) visit(root);
  return found;
}
