/** Edits of what chooses an origin: `map` entries, `if` conditions, and the map that a fix writes. */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { Directive, DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { EntryEdits } from '../../../policy/policy.ts';
import type { OriginTest } from '../../../policy/request-test.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { allBlocks } from './nginx-blocks.ts';
import { declareChoice, isAllowlist } from './nginx-choice.ts';
import type { Comparison } from './nginx-if.ts';
import { comparisonOf } from './nginx-if.ts';
import { exactPattern } from '../../../models/servers/server-header-edits.ts';
import { keyPlace } from './nginx-map.ts';
import type { Place } from './nginx-outcomes.ts';
import { capturedPart, wholeGroupNames } from '../../../models/servers/server-captures.ts';
import { indentationAt, lineEnd } from '../../../edits/program-edits.ts';

export interface MapEdits {
  ofTest(test: OriginTest): EntryEdits | undefined;
  ofValue(place: Place): EntryEdits | undefined;
  /** Puts a choice from these origins where the value stands. */
  choice(place: Place, origins: readonly string[], placeholder?: string): Edit[];
}

export function createMapEdits(document: DirectiveDocument, root: Block): MapEdits {
  const { text } = document;
  const own = allBlocks(root)
    .flatMap((block) => block.items)
    .filter((item) => item.path === undefined);
  const maps = own.filter((item) => item.directive.name === 'map' && item.directive.block);
  const ifs = own.filter((item) => item.directive.name === 'if');
  const entryAt = entriesByPlace(maps);
  return {
    ofTest(test) {
      if (!test.range || test.range.path !== undefined) return undefined;
      const { start } = test.range;
      const entry = entryAt(start);
      if (entry) return keyEdits(entry, text);
      const chosen = ifs.find((item) => comparisonOf(item)?.range.start === start);
      const comparison = chosen && comparisonOf(chosen);
      return comparison && comparisonEdits(comparison, chosen.directive.blockRange, text);
    },
    ofValue(place) {
      const more = place.item.directive.name === 'more_set_headers';
      return { replaceText: (value) => [{ range: more ? place.range : place.word.contentRange, newText: value }] };
    },
    choice(place, origins, placeholder) {
      const { directive } = place.item;
      if (directive.parent?.name === 'map' && maps.some((map) => map.directive === directive.parent))
        return closeMap(directive, origins, placeholder, text);
      const existing = maps.find((map) => isAllowlist(map.directive, origins));
      if (existing) return [{ range: place.range, newText: existing.directive.args[1]!.text }];
      const { variable, edit } = declareChoice(place, origins, placeholder, document, root);
      return [edit, { range: place.range, newText: variable }];
    },
  };
}

/** Finds the entry of a map whose key stands at an offset; the entries are gone through once, when somebody asks. */
function entriesByPlace(maps: readonly Item[]): (start: number) => Item | undefined {
  let byStart: ReadonlyMap<number, Directive> | undefined;
  return (start) => {
    byStart ??= new Map(maps.flatMap((map) => map.directive.block!).map((entry) => [entry.nameRange.start, entry]));
    const directive = byStart.get(start);
    return directive && { directive };
  };
}

/** What an `if` compares the origin with; what its pattern caught is the origin itself where a list stands instead. */
function comparisonEdits(comparison: Comparison, block: SourceRange | undefined, text: string): EntryEdits {
  return {
    replaceText: (value) => [{ range: comparison.contentRange, newText: value }],
    replacePattern: (source) => [
      {
        range: comparison.range,
        newText: word(unescapedSlashes(source), comparison.quote, comparison.operator.includes('~')),
      },
    ],
    ...(!(block && holdsPart(text.slice(block.start, block.end), comparison.text)) && {
      replaceByOrigins: (origins: readonly string[], placeholder?: string): Edit[] => {
        const range = { start: comparison.operatorRange.start, end: comparison.range.end };
        const negated = comparison.operator.startsWith('!') ? '!' : '';
        const written = block && text.slice(block.start, block.end);
        const held = written === undefined ? undefined : withoutCaptures(written, comparison.text);
        const inBlock: Edit[] =
          block && held !== undefined && held !== written ? [{ range: block, newText: held }] : [];
        const [only, ...more] = origins;
        return more.length === 0 && only !== undefined
          ? [{ range, newText: `${negated}= "${only}"`, placeholder }, ...inBlock]
          : [{ range, newText: `${negated}~ "${exactPattern(origins)}"` }, ...inBlock];
      },
    }),
  };
}

/** An open entry of a map: the default gives nothing any more, and the origins get lines of their own. */
function closeMap(entry: Directive, origins: readonly string[], placeholder: string | undefined, text: string): Edit[] {
  const newline = lineEnd(text);
  const indentation = indentationAt(text, entry.range.start);
  const present = new Set(
    entry
      .parent!.block!.filter((other) => other.args[0]?.text === '$http_origin' || other.args[0]?.text === other.name)
      .map((other) => other.name),
  );
  const lines = origins.filter((origin) => !present.has(origin)).map((origin) => `"${origin}" $http_origin;`);
  if (entry.name === 'default') {
    const { end } = entry.range;
    return [
      { range: entry.args[0]!.range, newText: '""' },
      ...(lines.length > 0
        ? [
            {
              range: { start: end, end },
              newText: lines.map((line) => `${newline}${indentation}${line}`).join(''),
              placeholder,
            },
          ]
        : []),
    ];
  }
  return lines.length > 0 ? [{ range: entry.range, newText: lines.join(`${newline}${indentation}`), placeholder }] : [];
}

function keyEdits(entry: Item, text: string): EntryEdits {
  const { directive } = entry;
  const key = keyPlace(entry);
  const written = text[directive.nameRange.start];
  const quote = written === '"' || written === "'" ? written : '';
  const { start, end } = directive.range;
  const indentation = indentationAt(text, start);
  const value = withoutCaptures(
    text.slice(directive.args[0]!.range.start, directive.args[0]!.range.end),
    key.sign === '' ? '' : key.text,
  );
  return {
    replaceText: (replacement) => [{ range: key.textRange, newText: replacement }],
    ...(key.sign !== '' && {
      replacePattern: (source: string) => [
        { range: directive.nameRange, newText: word(key.sign + unescapedSlashes(source), quote, true) },
      ],
    }),
    remove: () => [{ range: removal(text, directive.range), newText: '' }],
    ...(!holdsPart(value, key.text) && {
      replaceByOrigins: (origins: readonly string[], placeholder?: string) => [
        {
          range: { start, end },
          newText: origins.map((origin) => `"${origin}" ${value};`).join(`${lineEnd(text)}${indentation}`),
          placeholder,
        },
      ],
    }),
  };
}

/** It stands for a part of the origin, which nothing holds where there is no pattern any more. */
function holdsPart(written: string, source: string): boolean {
  const names = capturedPart(source, false)?.names ?? [];
  return names.some((name) => new RegExp(`\\$\\{?${name}\\b`, 'i').test(written));
}

/** What a pattern has caught is the origin itself where there is no pattern any more. */
function withoutCaptures(written: string, source: string): string {
  const names = wholeGroupNames(source);
  return written.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) =>
    names.includes((braced ?? plain)!.toLowerCase()) ? '$http_origin' : whole,
  );
}

function removal(text: string, range: SourceRange): SourceRange {
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  const rest = /^[ \t]*(?:\r?\n)?/.exec(text.slice(range.end))![0];
  return text.slice(lineStart, range.start).trim() === '' && rest.includes('\n')
    ? { start: lineStart, end: range.end + rest.length }
    : { start: range.start, end: range.end + rest.replace(/\r?\n$/, '').length };
}

/** A word of nginx; quoted where it has to be. */
function word(text: string, quote: string, isPattern: boolean): string {
  const sign = quote || (/[\s;{}()]/.test(text) && isPattern ? '"' : '');
  return sign + (sign === '' ? text : text.replaceAll(sign, `\\${sign}`)) + sign;
}

function unescapedSlashes(source: string): string {
  return source.replaceAll('\\/', '/');
}
