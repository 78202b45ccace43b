/** Headers of Firebase Hosting: every block that fits is applied, later ones replace earlier ones. */
import type { TreeDocument, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { covers } from './source-patterns.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { addPair, headersOfList, purposeOf, staticHeadersPolicy } from '../../models/static/static-headers.ts';
import { mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'firebase',
  title: 'Firebase Hosting',
  documentation: 'https://firebase.google.com/docs/hosting/full-config#headers',
  reads: '`hosting.headers` of `firebase.json`, one site or several',
  mentions: ['access-'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const hosting = valueAt(document.root, 'hosting');
    const sites = hosting?.kind === 'list' ? mapsOf(hosting) : hosting?.kind === 'map' ? [hosting] : [];
    return { policies: sites.flatMap((site) => readSite(site, document)), facts: [] };
  },
});

interface Block {
  readonly pattern: string;
  readonly isPath: boolean;
  readonly headers: readonly StaticHeader[];
  readonly list: TreeNode;
}

function readSite(site: TreeMap, document: TreeDocument): Policy[] {
  const blocks = mapsOf(valueAt(site, 'headers')).flatMap((map) => readBlock(map, document));
  const name = textOf(valueAt(site, 'target')) ?? textOf(valueAt(site, 'site'));
  return blocks.flatMap((block) => {
    const applied = blocks.filter(
      (other) => other === block || (other.isPath && block.isPath && covers(other.pattern, block.pattern)),
    );
    const policy = staticHeadersPolicy({
      framework: 'firebase',
      title: 'Firebase Hosting',
      document,
      own: block.headers,
      applied: applied.flatMap(({ headers }) => headers),
      scope: name === undefined ? block.pattern : `${block.pattern} of ${name}`,
      purpose: purposeOf(block.pattern),
      // A file answers OPTIONS like any other request; what a rewrite leads to has an answer of its own.
      preflightStatus: valueAt(site, 'rewrites') === undefined ? 200 : null,
      add: (key, value) => addPair(document, block.list, key, value),
    });
    return policy ? [policy] : [];
  });
}

function readBlock(map: TreeMap, document: TreeDocument): Block[] {
  const glob = textOf(valueAt(map, 'source')) ?? textOf(valueAt(map, 'glob'));
  const pattern = glob ?? textOf(valueAt(map, 'regex'));
  const list = valueAt(map, 'headers');
  return pattern === undefined || list?.kind !== 'list'
    ? []
    : [{ pattern, isPath: glob !== undefined, headers: headersOfList(document, list), list }];
}
