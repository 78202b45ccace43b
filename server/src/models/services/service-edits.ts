/** Edits of a service's map of settings. */
import type { Edit } from '../../syntax/range.ts';
import { encloses } from '../../syntax/range.ts';
import type { OriginEntry, PolicyEdits } from '../../policy/policy.ts';
import { always } from '../../policy/request-test.ts';
import {
  insertKey,
  isString,
  removeEntry,
  replaceNumber,
  replaceOrigins,
  replaceValue,
} from '../../edits/tree-edits.ts';
import type { ServicePolicyInput } from './cors-service.ts';
import { separationOf } from './service-origins.ts';

/** The edits that the rules ask a policy for. */
export function serviceEdits(
  { document, keys, service }: ServicePolicyInput,
  entries: readonly OriginEntry[],
): PolicyEdits {
  const { credentials, maxAge } = keys;
  const openRanges = new Set(
    entries
      .filter(({ kind, accepts }) => kind === 'any' || kind === 'pattern' || kind === 'fallback' || accepts === always)
      .map(({ range }) => range.start),
  );
  // A literal origin is a pattern too.
  const opensByPattern =
    keys.patterns !== undefined &&
    !entries.some(
      ({ kind, range }) => kind === 'any' && keys.origins !== undefined && encloses(keys.origins.value.range, range),
    );
  const origins = opensByPattern ? keys.patterns : keys.origins;
  const noCredentials =
    service.credentialsDefault !== undefined && keys.credentialsKey !== undefined
      ? (): Edit[] =>
          credentials
            ? replaceValue(document, credentials.value, isString(credentials.value) ? 'false' : false)
            : keys.map
              ? insertKey(document, keys.map, keys.credentialsKey!, service.textValues ? 'false' : false)
              : []
      : credentials && (() => removeEntry(document, credentials));
  return {
    allowOnly: (allowed, placeholder) => {
      // An origin that the service would not let in even so.
      if (allowed.some((origin) => service.origin(origin) === 'unknown')) return [];
      const write = opensByPattern ? service.writeOriginAsPattern : service.writeOrigin;
      const texts = write ? allowed.map(write) : allowed;
      const written =
        service.writeOrigins?.(allowed) ?? (service.commas ? texts.join(separationOf(service).between) : texts);
      if (origins?.value.kind === 'list')
        return replaceOrigins(document, origins.value, (item) => openRanges.has(item.range.start), texts, placeholder);
      if (origins) return replaceValue(document, origins.value, written, placeholder);
      if (keys.map) return insertKey(document, keys.map, keys.originsKey, written, placeholder);
      return keys.openWithout
        ? replaceValue(document, keys.openWithout.value, { [keys.originsKey]: written }, placeholder)
        : [];
    },
    ...(noCredentials && service.credentials === 'setting' && { dropCredentials: noCredentials }),
    ...(maxAge && { setMaxAge: (seconds: number) => replaceNumber(document, maxAge.value, seconds) }),
  };
}
