/** Patterns that leave a part of a name open right below a suffix under which anybody can have a name. */
import { publicSuffixOf } from '../policy/known-hosts.ts';
import { gap, literalTexts } from '../policy/named-hosts.ts';
import type { OriginSet } from '../policy/verdict.ts';

/** `witness` is absent where the service keeps such names for the owner of the rest. */
export interface OpenName {
  readonly suffix: string;
  readonly witness?: string;
}

const words = ['evil', 'e', '666', 'e666e', 'deadbeef'];

/** `https://app-*.vercel.app`: anybody can have `app-evil.vercel.app`. Undefined where no such label is open in part. */
export function openNameUnderSuffix(set: OriginSet): OpenName | undefined {
  for (const text of literalTexts(set.test)) {
    const labels = /^https?:\/\/([^/:]+)(?::.*)?$/.exec(text.toLowerCase())?.[1]?.split('.') ?? [];
    const open = labels.findLastIndex((label) => label.includes(gap));
    const label = labels[open];
    const suffix = open === -1 ? undefined : publicSuffixOf(labels.slice(open + 1).join('.'));
    if (suffix === undefined || label === undefined || label === gap) continue;
    if (isReserved(label, suffix)) return { suffix };
    const before = labels.slice(0, open).map((part) => part.replaceAll(gap, 'a'));
    const witness = words
      .map((word) => `https://${[...before, label.replaceAll(gap, word), suffix].join('.')}`)
      .find((origin) => set.has(origin) === true);
    if (witness !== undefined) return { suffix, witness };
  }
  return undefined;
}

/** Netlify gives `deploy-preview-1--site.netlify.app` to the owner of `site` alone. */
function isReserved(label: string, suffix: string): boolean {
  return suffix === 'netlify.app' && /--[a-z0-9-]+$/.test(label);
}
