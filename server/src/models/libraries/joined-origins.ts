/** Origins that are put together so that no page has them, whatever is filled in: `${site}/` ends with a slash. */
import type { Edit } from '../../syntax/range.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Dict, Value } from '../../values/value.ts';
import type { LibraryContext } from './library-context.ts';

type Joined = Value & { readonly kind: 'concatenation' };

/** One fact for each text of the option, or member of its list, that is compared with the origin or sent as it is. */
export function joinedOrigins({ library, text }: LibraryContext, options: Dict | undefined): Fact[] {
  const { origin } = library;
  const isExact = origin.text === 'compared' || origin.text === 'sent';
  const written = isExact && options?.entries.find(({ key }) => library.options.origin.includes(key))?.value;
  if (!written) return [];
  const members = written.kind === 'list' ? (origin.list === 'members' ? written.items : []) : [written];
  return members.filter(endsWithSlash).map((value): Fact => {
    const { range } = value;
    const source = text.textOf(range)?.slice(range.start, range.end) ?? '';
    // The last piece goes as a whole where it is nothing but the slash.
    const slash = /\s*\+\s*(['"`])\/\1$|\/(?=[`'"]?$)/.exec(source);
    const without = slash ? source.slice(0, slash.index) + source.slice(slash.index + slash[0].length) : source;
    return {
      kind: 'joined-origin',
      text: withoutQuotes(source),
      range,
      why: 'It ends with a slash, which no origin does',
      replacement: withoutQuotes(without),
      replace: (): Edit[] => (slash ? [{ range, newText: without }] : []),
    };
  });
}

/** What stands in one literal, or the expression as it is. */
function withoutQuotes(source: string): string {
  return /^(['"`])[^'"`]*\1$/.test(source) ? source.slice(1, -1) : source;
}

/** Some text with a slash behind it: a scheme alone is none. */
function endsWithSlash(value: Value): value is Joined {
  if (value.kind !== 'concatenation' || value.parts.length < 2) return false;
  const last = value.parts.at(-1)!;
  return last.kind === 'text' && /(^|[^/:])\/$/.test(last.text);
}
