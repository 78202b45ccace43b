/** Texts of settings that hold several origins, where one is compared: `["https://a.example.com,https://b.example.com"]`. */
import type { Fact, OriginEntry } from '../policy/policy.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';

/** One fact for each text that is compared as a whole, and so lets nobody in; `title` is who compares it. */
export function originsInOneText(entries: readonly OriginEntry[], title: string): Fact[] {
  return entries.flatMap(({ kind, text, range, matching, edits }): Fact[] => {
    const origins = kind === 'text' && matching === 'exact' ? (inspectOrigin(text ?? '').parts ?? []) : [];
    if (origins.length < 2 || !origins.every((origin) => /^[a-z][a-z0-9+.-]*:\/\//i.test(origin))) return [];
    const toList = edits?.replaceByOrigins;
    return [
      {
        kind: 'multiple-origins',
        origins,
        range,
        comparedBy: title.charAt(0).toUpperCase() + title.slice(1),
        ...(toList && { toList: () => toList(origins) }),
      },
    ];
  });
}
