/** What Elasticsearch and OpenSearch make of `http.cors`: one text, which is `*`, a list with commas, or a pattern between slashes. */
import type { TreeEntry } from '../../syntax/trees/tree.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { textOf } from '../../edits/tree-edits.ts';

/** `*` is sent as it stands, unless credentials are on: then the caller's own origin is. */
export function elasticsearchCors(origins: TreeEntry | undefined, credentials: TreeEntry | undefined): CorsService {
  const withCredentials =
    credentials?.value.kind === 'scalar' && String(credentials.value.value).trim().toLowerCase() === 'true';
  const isPattern = /^\/.*\/$/s.test(textOf(origins?.value)?.trim() ?? '');
  return {
    framework: 'elasticsearch',
    title: 'Elasticsearch',
    ...(isPattern && { writePattern: (source: string) => `/${source}/` }),
    writeOrigins: (list) => list.join(','),
    placeholder: /\$\{/,
    origin: (text) =>
      text === '*'
        ? 'any'
        : isPattern
          ? { source: text.slice(1, -1), flags: '', dialect: 'java', mode: 'full' }
          : 'exact',
    open: withCredentials ? 'reflect' : 'literal',
    credentials: 'setting',
    anyHeader: 'literal',
    strictPreflight: false,
    preflightStatus: { allowed: 200, refused: 403 },
    refusedStatus: 403,
    vary: 'unknown',
    defaults: { methods: 'unknown', headers: 'unknown' },
    commas: !isPattern,
  };
}
