/** Edits of what chooses an origin: `map` entries, `if` conditions, and the map that a fix writes. */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { Directive, DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { EntryEdits } from '../../../policy/policy.ts';
import type { OriginTest } from '../../../policy/request-test.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { allBlocks, fileRole } from './nginx-blocks.ts';
import { comparisonOf } from './nginx-if.ts';
import { keyPlace } from './nginx-map.ts';
import type { Place } from './nginx-outcomes.ts';
import { wholeGroupNames } from '../../../models/servers/server-captures.ts';
import { deeper, indentationAt, lineEnd } from '../../../edits/program-edits.ts';

export interface MapEdits {
  ofTest(test: OriginTest): EntryEdits | undefined;
  ofValue(place: Place): EntryEdits | undefined;
  /** Puts a choice from these origins where the value stands. */
  choice(place: Place, origins: readonly string[], placeholder?: string): Edit[];
}

export function createMapEdits(document: DirectiveDocument, root: Block): MapEdits {
  const { text, path } = document;
  const newline = lineEnd(text);
  const items = allBlocks(root)
    .flatMap((block) => block.items)
    .filter((item) => item.path === undefined);
  const maps = items.filter((item) => item.directive.name === 'map' && item.directive.block);
  const ifs = items.filter((item) => item.directive.name === 'if');

  const entryAt = (start: number): Item | undefined => {
    for (const map of maps) {
      const directive = map.directive.block!.find((entry) => entry.nameRange.start === start);
      if (directive) return { directive };
    }
    return undefined;
  };

  return {
    ofTest(test) {
      if (!test.range || test.range.path !== undefined) return undefined;
      const { start } = test.range;
      const entry = entryAt(start);
      if (entry) return keyEdits(entry, text, newline);
      const chosen = ifs.find((item) => comparisonOf(item)?.range.start === start);
      const comparison = chosen && comparisonOf(chosen);
      return (
        comparison && {
          replaceText: (value) => [{ range: comparison.contentRange, newText: value }],
          replacePattern: (source) => [
            {
              range: comparison.range,
              newText: word(unescapedSlashes(source), comparison.quote, comparison.operator.includes('~')),
            },
          ],
          replaceByOrigins(origins, placeholder) {
            const range = { start: comparison.operatorRange.start, end: comparison.range.end };
            const negated = comparison.operator.startsWith('!') ? '!' : '';
            const [only] = origins;
            const written = chosen?.directive.blockRange;
            const held = written ? withoutCaptures(text.slice(written.start, written.end), comparison.text) : undefined;
            const inBlock: Edit[] =
              written && held !== undefined && held !== text.slice(written.start, written.end)
                ? [{ range: written, newText: held }]
                : [];
            if (origins.length === 1) return [{ range, newText: `${negated}= "${only}"`, placeholder }, ...inBlock];
            return [{ range, newText: `${negated}~ "^(?:${origins.map(escaped).join('|')})$"` }, ...inBlock];
          },
        }
      );
    },
    ofValue(place) {
      const more = place.item.directive.name === 'more_set_headers';
      return { replaceText: (value) => [{ range: more ? place.range : place.word.contentRange, newText: value }] };
    },
    choice(place, origins, placeholder) {
      const { directive } = place.item;
      if (directive.parent?.name === 'map' && maps.some((map) => map.directive === directive.parent))
        return closeMap(directive, origins, placeholder, text, newline);
      const { edits, variable } = choiceVariable(place, origins, placeholder);
      return [...edits, { range: place.range, newText: variable }];
    },
  };

  /** A variable that holds the origin if it is one of these, and the edit that declares it. */
  function choiceVariable(
    place: Place,
    origins: readonly string[],
    placeholder: string | undefined,
  ): { edits: Edit[]; variable: string } {
    const existing = maps.find(
      ({ directive }) => directive.args[0]?.text === '$http_origin' && isAllowlist(directive, origins),
    );
    if (existing) return { edits: [], variable: existing.directive.args[1]!.text };
    const variable = freshName();
    const before = mapPlace();
    if (before === undefined) return { edits: [setInstead(place, variable, origins, placeholder)], variable };
    const { offset, indentation } = before;
    const inner = deeper(text, indentation);
    const lines = [
      `map $http_origin ${variable} {`,
      `${inner}default "";`,
      ...origins.map((origin) => `${inner}"${origin}" $http_origin;`),
      `${indentation}}`,
    ];
    return {
      edits: [
        {
          range: { start: offset, end: offset },
          newText: `${lines.join(newline)}${newline}${newline}${indentation}`,
          placeholder,
        },
      ],
      variable,
    };
  }

  function freshName(): string {
    for (let count = 1; ; count++) {
      const name = count === 1 ? '$cors_origin' : `$cors_origin_${count}`;
      if (!new RegExp(`\\${name}\\b`).test(text)) return name;
    }
  }

  /** `map` stands in http only: before the first server, or first in the block or file. */
  function mapPlace(): { offset: number; indentation: string } | undefined {
    const http = root.items.find((item) => item.directive.name === 'http' && item.block);
    const surrounding = http ? (http.directive.block ?? []) : document.directives;
    if (!http && fileRole(root) !== 'http' && !/(^|\/)conf\.d\//.test(path)) return undefined;
    const first = surrounding.find((directive) => directive.name === 'server') ?? surrounding[0];
    if (!first) return undefined;
    const offset = aboveComments(first.range.start);
    return { offset, indentation: indentationAt(text, first.range.start) };
  }

  /** Comments right above a block belong to it. */
  function aboveComments(offset: number): number {
    let start = offset;
    for (;;) {
      const lineStart = text.lastIndexOf('\n', start - 1) + 1;
      if (text.slice(lineStart, start).trim() !== '') return start;
      if (lineStart === 0) return start;
      const above = text.lastIndexOf('\n', lineStart - 2) + 1;
      const comment = document.comments.find(({ range }) => range.start >= above && range.start < lineStart);
      if (!comment || text.slice(above, comment.range.start).trim() !== '') return start;
      start = comment.range.start;
    }
  }

  /** In a snippet for a server or location there is no map: a `set` under an `if` does the same. */
  function setInstead(
    place: Place,
    variable: string,
    origins: readonly string[],
    placeholder: string | undefined,
  ): Edit {
    const { start } = firstStatement(place.item.directive, document.directives).range;
    const indentation = indentationAt(text, start);
    const inner = deeper(text, indentation);
    const test = origins.length === 1 ? `= "${origins[0]}"` : `~ "^(?:${origins.map(escaped).join('|')})$"`;
    const lines = [`set ${variable} "";`, `if ($http_origin ${test}) {`, `${inner}set ${variable} $http_origin;`, '}'];
    return {
      range: { start, end: start },
      newText:
        lines.map((line, index) => (index === 0 || line.startsWith(inner) ? line : indentation + line)).join(newline) +
        newline +
        indentation,
      ...(origins.length === 1 && { placeholder }),
    };
  }
}

/** Where the location, server or file that holds the directive begins to decide; no `if` stands inside an `if`. */
function firstStatement(directive: Directive, roots: readonly Directive[]): Directive {
  let outer = directive;
  while (outer.parent?.name === 'if') outer = outer.parent;
  const siblings = outer.parent?.block ?? roots;
  return siblings.find(({ name }) => ['if', 'set', 'add_header', 'more_set_headers'].includes(name)) ?? outer;
}

function isAllowlist(map: Directive, origins: readonly string[]): boolean {
  const entries = map.block!.filter((entry) => entry.args.length > 0);
  const listed = entries
    .filter((entry) => entry.name !== 'default' && entry.args[0]!.text === '$http_origin')
    .map((entry) => entry.name);
  const fallback = entries.find((entry) => entry.name === 'default');
  return (
    (fallback === undefined || fallback.args[0]!.text === '') &&
    listed.length === origins.length &&
    origins.every((origin) => listed.includes(origin))
  );
}

/** An open entry of a map: the default gives nothing any more, and the origins get lines of their own. */
function closeMap(
  entry: Directive,
  origins: readonly string[],
  placeholder: string | undefined,
  text: string,
  newline: string,
): Edit[] {
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

function keyEdits(entry: Item, text: string, newline: string): EntryEdits {
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
    replaceByOrigins: (origins, placeholder) => [
      {
        range: { start, end },
        newText: origins.map((origin) => `"${origin}" ${value};`).join(`${newline}${indentation}`),
        placeholder,
      },
    ],
  };
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

function escaped(origin: string): string {
  return origin.replaceAll(/[.[\]()*+?^$|{}\\]/g, '\\$&');
}
