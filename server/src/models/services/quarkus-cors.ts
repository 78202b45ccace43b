/** What Quarkus makes of its CORS settings, in properties and in variables. https://quarkus.io/guides/security-cors */
import type { TreeEntry } from '../../syntax/trees/tree.ts';
import type { CorsService, OriginMeaning } from './cors-service.ts';
import { isString } from '../../edits/tree-edits.ts';

const service: Omit<CorsService, 'origin'> = {
  framework: 'quarkus-properties',
  title: 'Quarkus',
  placeholder: /\$\{/,
  open: 'reflect',
  credentials: 'setting',
  credentialsDefault: 'named',
  anyHeader: 'reflect',
  anyMethod: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: 200, refused: 403 },
  refusedStatus: 403,
  vary: 'unknown',
  defaults: { methods: 'requested', headers: 'requested' },
  commas: true,
};

/** A text is split at its commas, and loses one backslash of each on the way; members of a YAML list keep theirs. */
export function quarkusCors(origins: TreeEntry | undefined): CorsService {
  const isText = origins !== undefined && isString(origins.value);
  const alone = !isText
    ? origins?.value.kind === 'list' && origins.value.items.length === 1
    : !(origins.value as { value: string }).value.includes(',');
  return {
    ...service,
    ...(!isText && { writePattern: (source: string) => `/${source}/` }),
    origin: (text) => originMeaning(isText ? text.replaceAll(/\\(.)/g, '$1') : text, alone),
  };
}

function originMeaning(text: string, alone: boolean): OriginMeaning {
  if (alone && (text === '*' || text === '/.*/')) return 'any';
  const pattern = /^\/(.*)\/$/.exec(text)?.[1];
  if (pattern !== undefined) return { source: pattern, flags: '', dialect: 'java', mode: 'full' };
  // One half of a pattern that holds a comma.
  return text.startsWith('/') || (text.endsWith('/') && text.includes('\\')) ? 'unknown' : 'exact';
}
