/** Edits of nginx text: a map instead of what lets everybody in, lines added, repeated and taken away. */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { OriginEntry, PolicyEdits } from '../../../policy/policy.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { allBlocks } from './nginx-blocks.ts';
import { distinctEdits } from '../../../models/servers/server-header-edits.ts';
import type { EntryEditor } from '../../../models/servers/server-origin-entries.ts';
import { isMatchAll } from '../../../models/servers/server-origin-entries.ts';
import type { HeaderLine } from './nginx-headers.ts';
import { effectiveLines } from './nginx-headers.ts';
import { addAlways, removeStatement, repeatedBefore, varyEdits } from './nginx-line-edits.ts';
import { createMapEdits } from './nginx-map-edits.ts';
import type { Place } from './nginx-outcomes.ts';

export interface NginxEdits extends EntryEditor<Place> {
  ofPolicy(lines: readonly HeaderLine[], origins: readonly OriginEntry[]): PolicyEdits;
  /** Replaces a value by a choice from the list. */
  toList(place: Place, origins: readonly string[]): Edit[];
  rename(line: HeaderLine, name: string): Edit[];
  repeat(lines: readonly HeaderLine[], before: Item): Edit[];
  addAlways(lines: readonly HeaderLine[]): Edit[];
  removeLine(line: HeaderLine): Edit[];
}

/** Only text of the linted file is edited: what stands in an included one is fixed there. */
export function createEdits(document: DirectiveDocument, root: Block): NginxEdits {
  const { text } = document;
  const mapEdits = createMapEdits(document, root);
  const blockOf = new Map(allBlocks(root).flatMap((block) => block.items.map((item) => [item, block] as const)));
  /** The places that entries were made of, by where they stand. */
  const values = new Map<string, Place>();

  const toList: ListWriter = (place, origins, placeholder) => {
    if (place.item.path !== undefined) return [];
    const block = blockOf.get(place.item);
    const line =
      block &&
      effectiveLines(block).find((one) => one.item === place.item && one.name === 'access-control-allow-origin');
    const edits = mapEdits.choice(place, origins, placeholder);
    return edits.length === 0 ? [] : [...edits, ...(line ? varyEdits(text, [line]) : [])];
  };

  return {
    ofTest: (test) => mapEdits.ofTest(test),
    ofValue(place) {
      values.set(keyOf(place.range), place);
      return place.item.path === undefined ? mapEdits.ofValue(place) : undefined;
    },
    toList: (place, origins) => toList(place, origins),
    rename: (line, name) => [{ range: line.nameRange, newText: name }],
    repeat: (lines, before) => repeatedBefore(text, lines, before),
    addAlways,
    removeLine: (line) => removeStatement(text, line.item),
    ofPolicy: (lines, origins) => ({
      ...lineEdits(lines, text),
      ...closingEdits(origins, (entry, allowed, placeholder) => {
        const place = values.get(keyOf(entry.range));
        return place
          ? [...toList(place, allowed, placeholder), ...varyEdits(text, usersOf(place, lines))]
          : (entry.edits?.replaceByOrigins?.(allowed, placeholder) ?? []);
      }),
    }),
  };
}

/** Puts a choice from the list where a value stands, with the Vary that it needs. */
type ListWriter = (place: Place, origins: readonly string[], placeholder?: string) => Edit[];

/** Lets in nobody but a list, where some entry lets everybody in. */
function closingEdits(
  origins: readonly OriginEntry[],
  close: (entry: OriginEntry, allowed: readonly string[], placeholder?: string) => readonly Edit[],
): Pick<PolicyEdits, 'allowOnly'> {
  const open = origins.filter((entry) => entry.range.path === undefined && letsEverybodyIn(entry));
  if (open.length === 0) return {};
  return {
    allowOnly: (allowed, placeholder) => distinctEdits(open.flatMap((entry) => close(entry, allowed, placeholder))),
  };
}

/** Edits of the other header lines of a policy. */
function lineEdits(lines: readonly HeaderLine[], text: string): PolicyEdits {
  const own = (name: string): HeaderLine[] =>
    lines.filter((line) => line.name === name && line.item.path === undefined && line.how !== 'clear');
  const setNames = (name: string, names: readonly string[]): Edit[] =>
    own(name).map((line) =>
      line.how === 'add'
        ? { range: line.valueRange, newText: `"${names.join(', ')}"` }
        : { range: line.contentRange, newText: names.join(', ') },
    );
  const credentials = own('access-control-allow-credentials');
  return {
    ...(credentials.length > 0 && {
      dropCredentials: () => credentials.flatMap((line) => removeStatement(text, line.item)),
      repairCredentials: () => credentials.map((line) => ({ range: line.contentRange, newText: 'true' })),
    }),
    addVaryOrigin: () => varyEdits(text, lines),
    setMaxAge: (seconds) =>
      own('access-control-max-age').map((line) => ({ range: line.contentRange, newText: String(seconds) })),
    setMethods: (names) => setNames('access-control-allow-methods', names),
    setAllowedHeaders: (names) => setNames('access-control-allow-headers', names),
  };
}

function keyOf(range: SourceRange): string {
  return `${range.path ?? ''} ${range.start}`;
}

function letsEverybodyIn(entry: OriginEntry): boolean {
  return entry.kind === 'any' || entry.kind === 'reflect' || isMatchAll(entry);
}

/** The header lines that send a value which stands in a `map` or a `set`. */
function usersOf(place: Place, lines: readonly HeaderLine[]): HeaderLine[] {
  return ['add_header', 'more_set_headers'].includes(place.item.directive.name)
    ? []
    : lines.filter((line) => line.name === 'access-control-allow-origin');
}
