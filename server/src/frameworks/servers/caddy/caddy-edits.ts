/** Edits of a Caddyfile: a named matcher, or a map where one cannot be declared, instead of what lets everybody in. */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { Directive, DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { HeaderField } from './caddy-fields.ts';
import { deeper, indentationAt } from '../../../edits/program-edits.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { linesAfter, linesBefore, removeLine } from '../../../models/servers/server-header-edits.ts';
import type { HeaderStatement, HeaderWriter } from '../../../models/servers/header-statements.ts';

export interface CaddyStatement extends HeaderStatement {
  readonly source: HeaderField;
  readonly inSnippet: boolean;
  readonly foreign: boolean;
}
export interface CaddyWriter extends HeaderWriter {
  /** Writes the words after the header's name as one. */
  quote(statement: CaddyStatement): Edit[];
}

/** What stands in an imported file is not edited. */
export function createWriter({ text }: DirectiveDocument, tests: TestEdits): CaddyWriter {
  const own = (statement: HeaderStatement): CaddyStatement => statement as CaddyStatement;
  return {
    ofTest: (test) => tests.of(test),
    word: (value) => (/^[^\s"`#{}]+$/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`),
    quote: (statement) => (statement.foreign ? [] : [{ range: statement.valueRange, newText: `"${statement.text}"` }]),
    remove: (statement) => (own(statement).foreign ? [] : removeLine(text, removedRange(own(statement)))),
    answerOf: (statement) => handleAround(own(statement).source.directive),
    vary: (statement) => (own(statement).foreign ? [] : varyAfter(own(statement), text)),
    allowlist(statement, origins, placeholder) {
      const written = own(statement);
      if (written.foreign) return [];
      return takesMatcher(written)
        ? byMatcher(written, origins, placeholder, text)
        : byMap(written, origins, placeholder, text);
    },
  };
}

/** Of several `handle` one answers, and each needs what its own answer sends. */
function handleAround({ parent }: Directive): Directive | undefined {
  return parent === undefined || parent.name === 'handle' || parent.name === 'handle_path'
    ? parent
    : handleAround(parent);
}

/** The directive where it writes nothing else, else the line of the field. */
function removedRange({ source, range }: CaddyStatement): SourceRange {
  const { directive, line } = source;
  const fields = directive.name === 'header' ? (directive.block ?? []).filter(({ name }) => name !== 'defer') : [];
  if (fields.length === 1) return directive.range;
  return directive === line
    ? { start: directive.nameRange.start, end: directive.args.at(-1)?.range.end ?? directive.nameRange.end }
    : range;
}

/** In the phase of the header itself, so that nothing that comes later takes it away. */
function varyAfter({ source, range }: CaddyStatement, text: string): Edit[] {
  if (source.phase === 'upstream') return linesAfter(text, range, ['header_down +Vary Origin']);
  const inner = step(text, source.directive.range.start);
  const lines =
    source.phase === 'deferred' ? ['header {', `${inner}+Vary Origin`, `${inner}defer`, '}'] : ['header +Vary Origin'];
  return linesAfter(text, source.directive.range, lines);
}

/** A `header` line of its own, with no matcher or one of a path, can take a named matcher. */
function takesMatcher({ source: { directive, line, matcher }, inSnippet }: CaddyStatement): boolean {
  return (
    directive === line &&
    directive.name === 'header' &&
    !inSnippet &&
    (!matcher || matcher.text === '*' || matcher.text.startsWith('/'))
  );
}

/** The header goes out to whom a named matcher lets through. */
function byMatcher(
  { source: { directive, matcher }, valueRange }: CaddyStatement,
  origins: readonly string[],
  placeholder: string | undefined,
  text: string,
): Edit[] {
  const name = freeName('@cors', text);
  const inner = step(text, directive.range.start);
  const path = matcher?.text.startsWith('/') ? [`path ${matcher.text}`] : [];
  const tests = [...path, ...origins.map((origin) => `header Origin ${origin}`)];
  const lines = tests.length === 1 ? [`${name} ${tests[0]}`] : [`${name} {`, ...tests.map((test) => inner + test), '}'];
  const at = matcher ? matcher.range : { start: directive.nameRange.end, end: directive.nameRange.end };
  return [
    ...linesBefore(text, directive.range, lines, placeholder),
    { range: at, newText: matcher ? name : ` ${name}` },
    { range: valueRange, newText: '{http.request.header.Origin}' },
  ];
}

/** The value comes from a map that knows the origins. */
function byMap(
  { source: { directive }, valueRange }: CaddyStatement,
  origins: readonly string[],
  placeholder: string | undefined,
  text: string,
): Edit[] {
  const name = freeName('cors_origin', text);
  const inner = step(text, directive.range.start);
  const rows = origins.map((origin) => `${inner}${origin} ${origin}`);
  const lines = [`map {http.request.header.Origin} {${name}} {`, ...rows, `${inner}default ""`, '}'];
  return [...linesBefore(text, directive.range, lines, placeholder), { range: valueRange, newText: `{${name}}` }];
}

function freeName(name: string, text: string): string {
  return text.includes(name) ? freeName(`${name}_2`, text) : name;
}

/** What one more level of indentation adds to that of the line. */
function step(text: string, at: number): string {
  const indentation = indentationAt(text, at);
  return deeper(text, indentation).slice(indentation.length);
}
