/** Edits of nginx text: a map instead of what lets everybody in, lines added, repeated and taken away. */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { OriginEntry, PolicyEdits } from '../../../policy/policy.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { allBlocks } from './nginx-blocks.ts';
import type { EntryEditor } from '../../../models/servers/server-origin-entries.ts';
import type { HeaderLine } from './nginx-headers.ts';
import { effectiveLines, hasOwnAdds } from './nginx-headers.ts';
import { createMapEdits } from './nginx-map-edits.ts';
import type { Place } from './nginx-outcomes.ts';
import { indentationAt, lineEnd } from '../../../edits/program-edits.ts';

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
  const newline = lineEnd(text);
  const mapEdits = createMapEdits(document, root);
  const blockOf = new Map(allBlocks(root).flatMap((block) => block.items.map((item) => [item, block] as const)));
  const values = new Map<string, Place>();
  const keyOf = (range: SourceRange): string => `${range.path ?? ''} ${range.start}`;

  const removeStatement = (item: Item): Edit[] =>
    item.path === undefined ? [{ range: wholeLine(text, item.directive.range), newText: '' }] : [];
  const vary = (line: HeaderLine): Edit[] => {
    const usesMore =
      line.how === 'set' && !hasOwnAdds(line.block) && effectiveLines(line.block).some((other) => other.how === 'add');
    return [after(line.item, usesMore ? 'more_set_headers "Vary: Origin";' : 'add_header Vary Origin always;')];
  };
  /** Lines whose block sends no Vary yet, one a block. */
  const unvaried = (lines: readonly HeaderLine[]): HeaderLine[] =>
    lines.filter(
      (line, index) =>
        line.name === 'access-control-allow-origin' &&
        line.how !== 'clear' &&
        line.item.path === undefined &&
        !effectiveLines(line.block).some(
          (other) => other.name === 'vary' && /(^|[\s,])(origin|\*)([\s,]|$)/i.test(other.text),
        ) &&
        !lines.slice(0, index).some((earlier) => earlier.name === line.name && earlier.block === line.block),
    );
  const after = (item: Item, statement: string): Edit => {
    const { start, end } = item.directive.range;
    const rest = /^[ \t]*(#[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(end))?.[0];
    // Between other statements of one line it takes no line of its own.
    if (rest === undefined) return { range: { start: end, end }, newText: ` ${statement}` };
    const at = end + rest.trimEnd().length;
    return { range: { start: at, end: at }, newText: `${newline}${indentationAt(text, start)}${statement}` };
  };
  const listAt = (place: Place, origins: readonly string[], placeholder?: string): Edit[] => {
    if (place.item.path !== undefined) return [];
    const block = blockOf.get(place.item);
    const line =
      block &&
      effectiveLines(block).find((one) => one.item === place.item && one.name === 'access-control-allow-origin');
    const edits = mapEdits.choice(place, origins, placeholder);
    return edits.length === 0 ? [] : [...edits, ...(line ? unvaried([line]).flatMap(vary) : [])];
  };

  return {
    ofTest: (test) => mapEdits.ofTest(test),
    ofValue(place) {
      values.set(keyOf(place.range), place);
      return place.item.path === undefined ? mapEdits.ofValue(place) : undefined;
    },
    toList: (place, origins) => listAt(place, origins),
    rename: (line, name) => [{ range: line.nameRange, newText: name }],
    repeat(lines, before) {
      if (before.path !== undefined || lines.some((line) => line.item.path !== undefined)) return [];
      const { start } = before.directive.range;
      const statements = lines.map((line) => `${text.slice(line.item.directive.range.start, line.range.end)};`);
      const ownLine = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
      return [
        {
          range: { start, end: start },
          newText: statements
            .map((statement) => statement + (ownLine ? newline + indentationAt(text, start) : ' '))
            .join(''),
        },
      ];
    },
    addAlways: (lines) =>
      [...new Set(lines.map((line) => line.range.end))].map((end) => ({
        range: { start: end, end },
        newText: ' always',
      })),
    removeLine: (line) => removeStatement(line.item),
    ofPolicy(lines, origins) {
      const own = (name: string): HeaderLine[] =>
        lines.filter((line) => line.name === name && line.item.path === undefined && line.how !== 'clear');
      const credentials = own('access-control-allow-credentials');
      const setValue = (name: string, value: string): Edit[] =>
        own(name).map((line) => ({ range: line.contentRange, newText: value }));
      const setNames = (name: string, names: readonly string[]): Edit[] =>
        own(name).map((line) =>
          line.how === 'add'
            ? { range: line.valueRange, newText: `"${names.join(', ')}"` }
            : { range: line.contentRange, newText: names.join(', ') },
        );
      const open = origins.filter(
        (entry) =>
          entry.range.path === undefined && (entry.kind === 'any' || entry.kind === 'reflect' || isMatchAll(entry)),
      );
      return {
        ...(open.length > 0 && {
          allowOnly: (allowed: readonly string[], placeholder?: string) =>
            distinct(
              open.flatMap((entry) => {
                const place = values.get(keyOf(entry.range));
                if (place)
                  return [...listAt(place, allowed, placeholder), ...unvaried(usersOf(place, lines)).flatMap(vary)];
                return entry.edits?.replaceByOrigins?.(allowed, placeholder) ?? [];
              }),
            ),
        }),
        ...(credentials.length > 0 && {
          dropCredentials: () => credentials.flatMap((line) => removeStatement(line.item)),
          repairCredentials: () => credentials.map((line) => ({ range: line.contentRange, newText: 'true' })),
        }),
        addVaryOrigin: () => unvaried(lines).flatMap(vary),
        setMaxAge: (seconds) => setValue('access-control-max-age', String(seconds)),
        setMethods: (names) => setNames('access-control-allow-methods', names),
        setAllowedHeaders: (names) => setNames('access-control-allow-headers', names),
      };
    },
  };
}

/** The header lines that send a value which stands in a `map` or a `set`. */
function usersOf(place: Place, lines: readonly HeaderLine[]): HeaderLine[] {
  return ['add_header', 'more_set_headers'].includes(place.item.directive.name)
    ? []
    : lines.filter((line) => line.name === 'access-control-allow-origin');
}

/** The places of a map or a line can be several entries' places. */
function distinct(edits: readonly Edit[]): Edit[] {
  return edits.filter(
    (edit, index) =>
      edits.findIndex(
        (other) =>
          other.range.start === edit.range.start &&
          other.range.end === edit.range.end &&
          other.newText === edit.newText,
      ) === index,
  );
}

function isMatchAll(entry: OriginEntry): boolean {
  return (
    entry.kind === 'pattern' &&
    /^\^?\(?(https?\??|http\(s\)\?)?(:\\?\/\\?\/)?\(?(\.[*+]\??)?\)?\)?\$?$/.test(entry.text ?? 'x')
  );
}

/** The statement with its line where nothing else stands on it. */
function wholeLine(text: string, range: SourceRange): SourceRange {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const rest = /^[ \t]*(?:\r?\n)?/.exec(text.slice(range.end))![0];
  if (text.slice(start, range.start).trim() === '' && (rest.includes('\n') || range.end + rest.length === text.length))
    return { start, end: range.end + rest.length };
  const blank = /[ \t]*$/.exec(text.slice(0, range.start))![0];
  return { start: range.start - blank.length, end: range.end };
}
