/** Edits of a Caddyfile: a named matcher, or a map where one cannot be declared, instead of what lets everybody in. */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { HeaderField } from './caddy-flow.ts';
import { deeper, indentationAt, lineEnd } from '../../../edits/program-edits.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { linesBefore, removeLine } from '../../../models/servers/server-header-edits.ts';
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

export function createWriter({ text }: DirectiveDocument, tests: TestEdits): CaddyWriter {
  const newline = lineEnd(text);
  const free = (name: string): string => (text.includes(name) ? free(`${name}_2`) : name);
  const word = (value: string): string => (/^[^\s"`#{}]+$/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`);
  const own = (statement: HeaderStatement): CaddyStatement => statement as CaddyStatement;
  return {
    ofTest: (test) => tests.of(test),
    word,
    quote: (statement) => (statement.foreign ? [] : [{ range: statement.valueRange, newText: `"${statement.text}"` }]),
    remove(statement) {
      const { source, foreign } = own(statement);
      if (foreign) return [];
      const fields =
        source.directive.name === 'header' ? (source.directive.block ?? []).filter(({ name }) => name !== 'defer') : [];
      return removeLine(
        text,
        fields.length === 1
          ? source.directive.range
          : source.directive === source.line
            ? statementRange(source)
            : statement.range,
      );
    },
    vary(statement) {
      const { source, foreign } = own(statement);
      if (foreign) return [];
      if (source.phase === 'upstream') return after(statement.range, ['header_down +Vary Origin']);
      return after(source.directive.range, [
        source.phase === 'deferred'
          ? `header {${newline}${indentationAt(text, source.directive.range.start)}${step(source.directive.range.start)}+Vary Origin${newline}${indentationAt(text, source.directive.range.start)}${step(source.directive.range.start)}defer${newline}${indentationAt(text, source.directive.range.start)}}`
          : 'header +Vary Origin',
      ]);
    },
    allowlist(statement, origins, placeholder) {
      const { source, foreign, inSnippet } = own(statement);
      if (foreign) return [];
      const { directive, matcher } = source;
      const inner = step(directive.range.start);
      const path = matcher?.text.startsWith('/') ? [`path ${matcher.text}`] : [];
      if (
        directive === source.line &&
        directive.name === 'header' &&
        !inSnippet &&
        (!matcher || matcher.text === '*' || path.length > 0)
      ) {
        const name = free('@cors');
        const tests = [...path, ...origins.map((origin) => `header Origin ${origin}`)];
        const lines =
          tests.length === 1 ? [`${name} ${tests[0]}`] : [`${name} {`, ...tests.map((test) => inner + test), '}'];
        const at = matcher ? matcher.range : { start: directive.nameRange.end, end: directive.nameRange.end };
        return [
          ...linesBefore(text, directive.range, lines, placeholder),
          { range: at, newText: matcher ? name : ` ${name}` },
          { range: statement.valueRange, newText: '{http.request.header.Origin}' },
        ];
      }
      const name = free('cors_origin');
      const rows = origins.map((origin) => `${inner}${origin} ${origin}`);
      return [
        ...linesBefore(
          text,
          directive.range,
          [`map {http.request.header.Origin} {${name}} {`, ...rows, `${inner}default ""`, '}'],
          placeholder,
        ),
        { range: statement.valueRange, newText: `{${name}}` },
      ];
    },
  };

  function step(at: number): string {
    const indentation = indentationAt(text, at);
    return deeper(text, indentation).slice(indentation.length);
  }
  function after(range: SourceRange, lines: readonly string[]): Edit[] {
    const rest = /^[^\r\n]*/.exec(text.slice(range.end))![0];
    const at = range.end + rest.trimEnd().length;
    return [
      {
        range: { start: at, end: at },
        newText: lines.map((line) => `${newline}${indentationAt(text, range.start)}${line}`).join(''),
      },
    ];
  }
  function statementRange({ directive }: HeaderField): SourceRange {
    return { start: directive.nameRange.start, end: directive.args.at(-1)?.range.end ?? directive.nameRange.end };
  }
}
