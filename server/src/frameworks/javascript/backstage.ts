/** Backstage: `backend.cors` of `app-config.yaml`, whose origins are glob patterns in front of the package `cors`. */
import type { Pattern } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineFramework } from '../../models/framework.ts';
import { entryOf, insertKey, valueAt } from '../../edits/tree-edits.ts';
import { corsPackage } from './cors-package.ts';
import { treeLibraryPolicy } from './tree-library.ts';

/** As written in the source of @backstage/backend-defaults 0.19.0: who matches no pattern is passed on without any header. */
const backstageCors: CorsLibrary = {
  ...corsPackage,
  options: { ...corsPackage.options, allowedHeaders: ['allowedHeaders'] },
  foreignNames: {
    'access-control-allow-origin': 'origin',
    'access-control-allow-credentials': 'credentials',
    'access-control-allow-methods': 'methods',
    'access-control-allow-headers': 'allowedHeaders',
    'access-control-expose-headers': 'exposedHeaders',
    'access-control-max-age': 'maxAge',
  },
  origin: {
    ...corsPackage.origin,
    text: 'compared',
    star: 'compared',
    empty: 'any',
    true: 'fails',
    false: 'any',
    nothing: 'any',
    wildcard: globPattern,
    wildcardAlone: true,
    ignoresCase: true,
  },
  vary: { ...corsPackage.vary, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: true,
};

export const framework = defineFramework({
  id: 'backstage',
  title: 'Backstage',
  documentation: 'https://backstage.io/docs/conf/writing/',
  reads: '`backend.cors` of `app-config.yaml` and its siblings; origins are glob patterns',
  mentions: ['cors'],
  shape: 'tree',
  formats: ['yaml'],
  read(document, context) {
    if (!/(^|\/)app-config(\.[\w-]+)*\.ya?ml$/.test(document.path)) return { policies: [], facts: [] };
    const on = entryOf(valueAt(document.root, 'backend'), 'cors');
    if (on?.value.kind !== 'map') return { policies: [], facts: [] };
    const options = on.value;
    const site = {
      framework: 'backstage',
      packageName: 'Backstage',
      version: context.version('@backstage/backend-defaults', 'npm'),
      scope: 'every route of the backend',
    };
    const write = (entries: Readonly<Record<string, readonly string[]>>, placeholder?: string) =>
      insertKey(document, options, 'origin', [...(entries['origin'] ?? [])], placeholder);
    return { policies: [treeLibraryPolicy(backstageCors, { on, options, write }, site, document)], facts: [] };
  },
});

/** Stars and question marks of a glob, which stand for no slash; undefined for a text without them. */
function globPattern(text: string): Pattern | undefined {
  if (!/[*?]/.test(text)) return undefined;
  const source = text.replaceAll(/\*+|[\\^$.+?()[\]{}|/]/g, (sign) => {
    if (sign.startsWith('*')) return '[^/]*';
    return sign === '?' ? '[^/]' : `\\${sign}`;
  });
  return { source: `^${source}$`, flags: 'i', dialect: 'javascript', mode: 'search' };
}
