/** CORS that a program gives to a bucket of Google Cloud Storage, Firebase's among them, through Google's libraries. */
import type { Expression, Program } from '../../../syntax/programs/program.ts';
import { defineFramework } from '../../../models/framework.ts';
import { entriesWithKey } from '../../../models/libraries/object-keys.ts';
import { programTree } from '../../../models/services/program-tree.ts';
import { readStorageEntry } from './google-cloud-storage.ts';
import type { StorageNames } from './google-cloud-storage.ts';
import { mapsOf } from '../../../edits/tree-edits.ts';

const id = 'google-storage-sdk';

export const framework = defineFramework({
  id,
  title: 'Google Cloud Storage libraries',
  documentation: 'https://cloud.google.com/storage/docs/using-cors',
  reads:
    '`setCorsConfiguration` and `setMetadata({ cors })` of `@google-cloud/storage`, `bucket.cors` in Python, `storage.CORS` in Go',
  mentions: ['@google-cloud/storage', 'firebase-admin', 'google.cloud', 'cloud.google.com/go/storage'],
  shape: 'program',
  languages: ['javascript', 'python', 'go'],
  read(program, context) {
    if (!program.imports.some(({ module }) => libraries.test(module))) return { policies: [], facts: [] };
    const isGo = program.imports.some(({ module }) => module === 'cloud.google.com/go/storage');
    const tree = programTree(program, () => undefined, isGo ? 'none' : 'own');
    return {
      policies: listsIn(program).flatMap((list) =>
        mapsOf(tree.node(context.evaluator.evaluate(list)))
          .filter(({ entries }) => entries.some(({ key }) => key === (isGo ? 'Origins' : 'origin')))
          .map((map) =>
            readStorageEntry(map, tree.document, isGo ? goNames : names, id, (node) => tree.reference(node)),
          ),
      ),
      facts: [],
    };
  },
});

const libraries =
  /^(@google-cloud\/storage|firebase-admin(\/storage)?|google\.cloud(\.storage)?|cloud\.google\.com\/go\/storage)$/;
const names: StorageNames = {
  origins: 'origin',
  methods: 'method',
  headers: 'responseHeader',
  maxAge: 'maxAgeSeconds',
};
const goNames: StorageNames = { origins: 'Origins', methods: 'Methods', headers: 'ResponseHeaders', maxAge: 'MaxAge' };

/** What is handed to `setCorsConfiguration`, stands under `cors`, or is assigned to it. */
function listsIn(program: Program): Expression[] {
  const keyed = entriesWithKey(program, 'cors|CORS').map(({ entry }) => entry.value);
  const others = [...program.text.matchAll(/\b(?:setCorsConfiguration|cors)\b/g)].flatMap(({ index, 0: word }) => {
    const found = program.expressionAt(index);
    const member = found?.kind === 'member' ? found : found?.parent;
    if (member?.kind !== 'member' || member.property !== word) return [];
    const { parent } = member;
    if (word === 'cors')
      return parent?.kind === 'assignment' && parent.target.range.end === member.range.end ? [parent.value] : [];
    const first = parent?.kind === 'call' ? parent.arguments[0] : undefined;
    return first && !first.spread ? [first.value] : [];
  });
  return [...keyed, ...others];
}
