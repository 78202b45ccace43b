/** `map` as it is written, and its keys as tests of the value that it looks at, in nginx's own order of precedence. */
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, never } from '../../../policy/request-test.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { allBlocks, rangeIn } from './nginx-blocks.ts';
import type { TextPlace } from '../../../models/servers/server-tests.ts';
import { equalsText, matchesHostname, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';

export interface NginxMap {
  readonly item: Item;
  readonly source: string;
  readonly entries: readonly Item[];
  readonly hostnames: boolean;
  /** An include in it could not be read. */
  readonly partial: boolean;
}

/** Maps of the file by the name of their variable. */
export function readMaps(
  root: Block,
  readInclude: (name: string) => readonly Item[] | undefined,
): Map<string, NginxMap> {
  const maps = new Map<string, NginxMap>();
  for (const item of allBlocks(root).flatMap((block) => block.items)) {
    const { name, args, block } = item.directive;
    if (name !== 'map' || args.length < 2 || !block) continue;
    let partial = !item.directive.complete;
    const entries = block.flatMap((directive): readonly Item[] => {
      const entry: Item = {
        directive,
        ...(item.path !== undefined && { path: item.path, includedBy: item.includedBy }),
      };
      if (directive.name !== 'include') return [entry];
      const included = readInclude(directive.args[0]?.text ?? '');
      if (!included) partial = true;
      return included ?? [];
    });
    maps.set(args[1]!.text.replace(/^\$/, '').toLowerCase(), {
      item,
      source: args[0]!.text,
      partial,
      entries: entries.filter(({ directive }) => directive.args.length > 0),
      hostnames: entries.some(({ directive }) => directive.name === 'hostnames' && directive.args.length === 0),
    });
  }
  return maps;
}

/** Where a key stands; for a regular expression the source after `~` or `~*`. */
export function keyPlace(entry: Item): TextPlace & { readonly sign: '' | '~' | '~*'; readonly text: string } {
  const { name, nameRange } = entry.directive;
  const sign = name.startsWith('~*') ? '~*' : name.startsWith('~') ? '~' : '';
  const range = rangeIn(entry, nameRange);
  const quoted = nameRange.end - nameRange.start > name.length + 1 ? 1 : 0;
  const escaped = sign === '' && name.startsWith('\\') ? 1 : 0;
  return {
    range,
    textRange: { ...range, start: range.start + quoted + sign.length + escaped, end: range.end - quoted },
    sign,
    text: name.slice(sign.length + escaped),
  };
}

/** The keys in the order in which nginx tries them, without the default, and when the value is each. */
export function orderedTests(
  map: NginxMap,
  value: ServerValue,
): { readonly entry: Item; readonly test: RequestTest }[] {
  return map.entries
    .filter(({ directive }) => directive.name !== 'default')
    .map((entry) => ({ entry, ...testOf(entry, value, map.hostnames) }))
    .sort((a, b) => a.rank - b.rank || (a.rank === 1 ? b.length - a.length : 0));
}

/** Exact keys come first, then wildcards of `hostnames`, then regular expressions in their order. */
function testOf(
  entry: Item,
  value: ServerValue,
  hostnames: boolean,
): { rank: number; length: number; test: RequestTest } {
  const place = keyPlace(entry);
  const length = place.text.length;
  if (place.sign !== '')
    return { rank: 3, length, test: matchesPattern(value, place.text, place.sign === '~*', place) };
  if (hostnames && /^(\*?\.)|\.\*$/.test(place.text))
    return { rank: place.text.endsWith('.*') ? 2 : 1, length, test: matchesHostname(value, place.text, place) };
  // Keys are compared without their case; a pattern of a regular expression that never matches is no test.
  return {
    rank: 0,
    length,
    test:
      place.text === '' && value.kind === 'text'
        ? value.text === ''
          ? always
          : never
        : equalsText(value, place.text, true, place),
  };
}
