/** LoopBack 3: the package `cors` among the phases of `middleware.json`. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { corsPackage } from './cors-package.ts';
import { defineFramework } from '../../models/framework.ts';
import { entriesOf, entryOf, insertKey, mapsOf, replaceValue, textOf, textNodesOf } from '../../edits/tree-edits.ts';
import { treeLibraryPolicy } from './tree-library.ts';

export const framework = defineFramework({
  id: 'loopback-middleware',
  title: 'LoopBack 3',
  documentation: 'https://loopback.io/doc/en/lb3/Defining-middleware.html',
  reads:
    '`cors` of `server/middleware.json`, with `params`, `paths` and `enabled`; options as those of the package `cors`',
  mentions: ['loopback#'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const phases = entriesOf(document.root).flatMap(({ value }) => (value.kind === 'map' ? [value] : []));
    return {
      policies: phases.flatMap((phase) =>
        phase.entries
          .filter(({ key }) => /^(\.\/node_modules\/)?cors$/.test(key))
          .flatMap((entry) => readMiddleware(entry, document)),
      ),
      facts: [],
    };
  },
});

/** One set of settings, or a list of them, each for paths of its own. */
function readMiddleware(on: TreeEntry, document: TreeDocument): Policy[] {
  return (on.value.kind === 'map' ? [on.value] : mapsOf(on.value)).flatMap((settings) =>
    readSettings(on, settings, document),
  );
}

function readSettings(on: TreeEntry, settings: TreeMap, document: TreeDocument): Policy[] {
  const enabled = entryOf(settings, 'enabled')?.value;
  if (enabled?.kind === 'scalar' && enabled.value === false) return [];
  const params = entryOf(settings, 'params');
  const given = params?.value.kind === 'list' ? params.value.items[0] : params?.value;
  const options = given?.kind === 'map' ? given : undefined;
  const paths = entryOf(settings, 'paths')?.value;
  const texts =
    paths?.kind === 'list'
      ? textNodesOf(paths).map(({ value }) => value)
      : [textOf(paths) ?? ''].filter((text) => text !== '');
  const site = {
    framework: 'loopback-middleware',
    packageName: 'cors',
    version: undefined,
    scope: texts.length > 0 ? texts.join(', ') : 'every route',
  };
  return [
    treeLibraryPolicy(
      corsPackage,
      {
        on,
        options,
        write: (entries, placeholder) =>
          params
            ? replaceValue(document, params.value, entries, placeholder)
            : insertKey(document, settings, 'params', entries, placeholder),
      },
      site,
      document,
    ),
  ];
}
