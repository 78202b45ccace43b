/** Headers of static sites on Render: each is an entry of its own, with the path that it is for. */
import type { TreeDocument, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { addPairOf, headersOfList, purposeOf, staticHeadersPolicy } from '../../models/static/static-headers.ts';
import { mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'render',
  title: 'Render',
  documentation: 'https://render.com/docs/blueprint-spec#headers',
  reads: '`services[].headers` of `render.yaml`',
  mentions: ['access-control-'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    return {
      policies: mapsOf(valueAt(document.root, 'services')).flatMap((site) => readSite(site, document)),
      facts: [],
    };
  },
});

/** The entries of one path are sent together; what those of a wider path add is not documented. */
function readSite(site: TreeMap, document: TreeDocument): Policy[] {
  const list = valueAt(site, 'headers');
  const entries = mapsOf(list);
  const paths = new Set(entries.map((entry) => textOf(valueAt(entry, 'path'))).filter((path) => path !== undefined));
  return [...paths].flatMap((path) => {
    const mine = entries.filter((entry) => textOf(valueAt(entry, 'path')) === path);
    const own = headersOfList(document, list, 'name', 'value').filter(({ value }) =>
      mine.some((entry) => entry === value.parent),
    );
    const add = (name: string, value: string) => addPairOf(document, list, { path, name, value });
    return (
      staticHeadersPolicy({
        framework: 'render',
        title: 'Render',
        document,
        own,
        applied: own,
        scope: path,
        purpose: purposeOf(path),
        add,
        preflightStatus: null,
      }) ?? []
    );
  });
}
