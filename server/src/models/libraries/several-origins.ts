/** Members of a list that hold several origins, where a comma is missing or stands inside of the quotes. */
import type { Edit } from '../../syntax/range.ts';
import type { Fact } from '../../policy/policy.ts';
import { inspectOrigin } from '../../policy/serialised-origin.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { Text } from '../../values/value.ts';
import type { ProgramText } from './origin-entries.ts';

/** `["https://a.example.com,https://b.example.com"]`, or a comma missing between two literals: one text that no origin equals. */
export function severalOrigins(item: Text, text: ProgramText, comparedBy: string): Fact[] {
  const origins = inspectOrigin(item.text).parts ?? [];
  if (!origins.every((origin) => /^[a-z][a-z0-9+.-]*:\/\//i.test(origin)) || origins.length < 2) return [];
  const written = text.textOf(item.range)?.slice(item.range.start, item.range.end) ?? '';
  const quote = /^["']/.exec(written)?.[0];
  const gap = /^(["'])[^"'\\]*\1(?=\s+["'][^"'\\]*["']$)/.exec(written);
  const several = quote === undefined ? undefined : severalInPlace(item, origins, quote, text);
  const toList = (): Edit[] =>
    gap
      ? [
          {
            range: { ...item.range, start: item.range.start + gap[0].length, end: item.range.start + gap[0].length },
            newText: ',',
          },
        ]
      : [{ range: item.range, newText: several! }];
  const isOneLiteral = item.contentRange !== undefined && several !== undefined;
  return [
    {
      kind: 'multiple-origins',
      origins,
      range: item.range,
      comparedBy,
      ...((isOneLiteral || gap) && { toList }),
    },
  ];
}

/** The origins as members of the list that is there, or as a list of their own where the text stands alone and one may stand instead. */
function severalInPlace(
  { range }: Text,
  origins: readonly string[],
  quote: string,
  text: ProgramText,
): string | undefined {
  const source = text.textOf(range);
  const { holdsSeveral, listAlone } = text.literals;
  if (source === undefined || holdsSeveral?.(source, range) !== false)
    return origins.map((origin) => quoted(origin, quote)).join(', ');
  return listAlone?.(origins, source, range);
}
