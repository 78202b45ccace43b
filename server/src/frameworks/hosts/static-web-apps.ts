/** Headers of Azure Static Web Apps: the first route that fits adds its own to the global ones, and wins over them. */
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type { Edit } from '../../syntax/range.ts';
import type { Fact } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { headersOfMap, purposeOf, staticHeadersPolicy } from '../../models/static/static-headers.ts';
import { isCorsHeader } from '../../models/servers/server-headers.ts';
import { entriesOf, entryOf, insertKey, mapsOf, textOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'static-web-apps',
  title: 'Azure Static Web Apps',
  documentation: 'https://learn.microsoft.com/azure/static-web-apps/configuration',
  reads: '`globalHeaders` and `routes[].headers` of `staticwebapp.config.json`',
  mentions: ['access-'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const { root } = document;
    if (root?.kind !== 'map' || !isConfiguration(document)) return { policies: [], facts: [] };
    const everywhere = valueAt(root, 'globalHeaders');
    const blocks = [
      ...(everywhere?.kind === 'map'
        ? [
            {
              map: everywhere as TreeNode,
              scope: 'every response',
              purpose: 'application' as const,
              global: headersOfMap(document, undefined),
            },
          ]
        : []),
      ...mapsOf(valueAt(root, 'routes')).flatMap((route) => {
        const map = valueAt(route, 'headers');
        const scope = textOf(valueAt(route, 'route'));
        return map?.kind === 'map' && scope !== undefined
          ? [{ map: map as TreeNode, scope, purpose: purposeOf(scope), global: headersOfMap(document, everywhere) }]
          : [];
      }),
    ];
    const policies = blocks.flatMap(({ map, scope, purpose, global }) => {
      const own = headersOfMap(document, map);
      const add = (name: string, value: string): Edit[] =>
        map.kind === 'map' ? insertKey(document, map, name, value) : [];
      const policy = staticHeadersPolicy({
        framework: 'static-web-apps',
        title: 'Azure Static Web Apps',
        document,
        own,
        applied: [...global, ...own],
        scope,
        purpose,
        add,
        preflightStatus: null,
      });
      return policy ? [policy] : [];
    });
    return { policies, facts: olderName(document) };
  },
});

/** `defaultHeaders` is the name in the older `routes.json`. */
function olderName(document: TreeDocument): Fact[] {
  const { root, path } = document;
  const older = entryOf(root, 'defaultHeaders') ?? entryOf(root, 'headers');
  if (root?.kind !== 'map' || older === undefined || path.endsWith('routes.json')) return [];
  if (entryOf(root, 'globalHeaders') || !entriesOf(older.value).some(({ key }) => isCorsHeader(key.toLowerCase())))
    return [];
  return unknownKeys(document, { ...root, entries: [older] }, [], {
    defaultheaders: 'globalHeaders',
    headers: 'globalHeaders',
  });
}

/** By name, or by a key that no other tool has. */
function isConfiguration({ root, path }: TreeDocument): boolean {
  if (/(^|\/)(staticwebapp\.config|routes)\.json$/.test(path)) return true;
  return (
    entryOf(root, 'globalHeaders') !== undefined ||
    (entryOf(root, 'navigationFallback') !== undefined && entryOf(root, 'routes') !== undefined)
  );
}
