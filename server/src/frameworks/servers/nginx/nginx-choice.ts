/** The choice that a fix declares: a variable that holds the origin if it is on a list, by a `map` where one may stand. */
import type { Edit } from '../../../syntax/range.ts';
import type { Directive, DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { Block } from './nginx-blocks.ts';
import { fileRole } from './nginx-blocks.ts';
import type { Place } from './nginx-outcomes.ts';
import { deeper, indentationAt, lineEnd } from '../../../edits/program-edits.ts';
import { exactPattern } from '../../../models/servers/server-header-edits.ts';

export interface DeclaredChoice {
  readonly variable: string;
  readonly edit: Edit;
}

/** A new variable for what stands at the place. */
export function declareChoice(
  place: Place,
  origins: readonly string[],
  placeholder: string | undefined,
  document: DirectiveDocument,
  root: Block,
): DeclaredChoice {
  const { text } = document;
  const variable = freshName(text);
  const before = firstOfHttp(document, root);
  const edit = before
    ? declaredMap(variable, origins, placeholder, before, document)
    : setInstead(variable, origins, placeholder, firstStatement(place.item.directive, document.directives), text);
  return { variable, edit };
}

/** Whether the map gives back these origins, and nothing for all others. */
export function isAllowlist(map: Directive, origins: readonly string[]): boolean {
  if (map.args[0]?.text !== '$http_origin') return false;
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

function freshName(text: string): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? '$cors_origin' : `$cors_origin_${count}`;
    if (!new RegExp(`\\${name}\\b`).test(text)) return name;
  }
}

/** `map` stands in http only: before the first server, or first in the block or file. Undefined where the file is no http. */
function firstOfHttp(document: DirectiveDocument, root: Block): Directive | undefined {
  const http = root.items.find((item) => item.directive.name === 'http' && item.block);
  const surrounding = http ? (http.directive.block ?? []) : document.directives;
  if (!http && fileRole(root) !== 'http' && !/(^|\/)conf\.d\//.test(document.path)) return undefined;
  return surrounding.find((directive) => directive.name === 'server') ?? surrounding[0];
}

function declaredMap(
  variable: string,
  origins: readonly string[],
  placeholder: string | undefined,
  before: Directive,
  document: DirectiveDocument,
): Edit {
  const { text } = document;
  const newline = lineEnd(text);
  const offset = aboveComments(before.range.start, document);
  const indentation = indentationAt(text, before.range.start);
  const inner = deeper(text, indentation);
  const lines = [
    `map $http_origin ${variable} {`,
    `${inner}default "";`,
    ...origins.map((origin) => `${inner}"${origin}" $http_origin;`),
    `${indentation}}`,
  ];
  return {
    range: { start: offset, end: offset },
    newText: `${lines.join(newline)}${newline}${newline}${indentation}`,
    placeholder,
  };
}

/** Comments right above a block belong to it. */
function aboveComments(offset: number, { text, comments }: DirectiveDocument): number {
  let start = offset;
  for (;;) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    if (text.slice(lineStart, start).trim() !== '') return start;
    if (lineStart === 0) return start;
    const above = text.lastIndexOf('\n', lineStart - 2) + 1;
    const comment = comments.find(({ range }) => range.start >= above && range.start < lineStart);
    if (!comment || text.slice(above, comment.range.start).trim() !== '') return start;
    start = comment.range.start;
  }
}

/** In a snippet for a server or location there is no map: a `set` under an `if` does the same. */
function setInstead(
  variable: string,
  origins: readonly string[],
  placeholder: string | undefined,
  before: Directive,
  text: string,
): Edit {
  const { start } = before.range;
  const indentation = indentationAt(text, start);
  const single = origins.length === 1;
  const test = single ? `= "${origins[0]}"` : `~ "${exactPattern(origins)}"`;
  const lines = [
    `set ${variable} "";`,
    `if ($http_origin ${test}) {`,
    `${deeper(text, indentation).slice(indentation.length)}set ${variable} $http_origin;`,
    '}',
  ];
  return {
    range: { start, end: start },
    newText: lines.map((line) => line + lineEnd(text) + indentation).join(''),
    // In a pattern the origin does not stand as it is.
    ...(single && { placeholder }),
  };
}

/** Where the location, server or file that holds the directive begins to decide; no `if` stands inside an `if`. */
function firstStatement(directive: Directive, roots: readonly Directive[]): Directive {
  let outer = directive;
  while (outer.parent?.name === 'if') outer = outer.parent;
  const siblings = outer.parent?.block ?? roots;
  return siblings.find(({ name }) => ['if', 'set', 'add_header', 'more_set_headers'].includes(name)) ?? outer;
}
