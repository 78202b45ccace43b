/** What the placeholders of a Caddyfile hold: the Origin, what a pattern caught of it, what a `map` makes of it. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, not, some } from '../../../policy/request-test.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import { captured, wholeGroup } from '../../../models/servers/server-captures.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import { caddyPatterns } from './caddy-patterns.ts';
import type { SentValue, ServerValue } from '../../../models/servers/server-values.ts';

export interface CaddyMap {
  readonly name: string;
  readonly rows: readonly { readonly input: Word | undefined; readonly output: Word }[];
  readonly source: ServerValue;
}
export interface CaddyOutcome {
  readonly when: RequestTest;
  readonly value: SentValue;
  /** Where the value stands, when that is not in the header's own word. */ readonly range?: SourceRange;
}

const placeholder = /^\{([^{}]+)\}$/;

/** `map source destination… { input output… }`, one for each destination. */
export function readMap(directive: Directive, args: readonly Word[]): CaddyMap[] {
  const [source, ...destinations] = args;
  if (!source) return [];
  return destinations.map((destination, column) => ({
    name: destination.text,
    source: placeholderValue(source.text),
    rows: (directive.block ?? []).flatMap((row) => {
      const output = row.args[column];
      const input: Word = { text: row.name, range: row.nameRange, contentRange: row.nameRange, quote: '' };
      return output ? [{ input: row.name === 'default' ? undefined : input, output }] : [];
    }),
  }));
}

/** Later outcomes replace earlier ones where both apply. */
export function valuesOf(
  word: Word,
  maps: ReadonlyMap<string, CaddyMap>,
  patterns: ReadonlyMap<string, string>,
  when: RequestTest,
): CaddyOutcome[] {
  const map = maps.get(word.text);
  if (map) return mapOutcomes(map);
  const capture = /^\{(?:re|http\.regexp)\.(?:(.+)\.)?(\d)\}$/.exec(word.text);
  if (capture) {
    const [, name, group] = capture;
    const source = name === undefined ? [...patterns.values()].at(-1) : patterns.get(name);
    if (source === undefined || (group !== '0' && !(group === '1' && wholeGroup(source))))
      return [{ when: always, value: { kind: 'unknown' } }];
    return overridden(captured({ source, flags: '', dialect: 'go', mode: 'search' }, always)).map((outcome) => ({
      ...outcome,
      when: both(when, outcome.when),
    }));
  }
  if (!word.text.includes('{')) return [{ when: always, value: { kind: 'text', text: word.text } }];
  const value = placeholderValue(word.text);
  return [{ when: always, value: value.kind === 'method' ? { kind: 'unknown' } : value }];
}

function overridden(outcomes: readonly { when: RequestTest; value: ServerValue }[]): CaddyOutcome[] {
  return outcomes.map(({ when, value }, index) => ({
    value: value as SentValue,
    when: both(when, not(some(outcomes.slice(index + 1).map((later) => later.when)))),
  }));
}

function placeholderValue(text: string): ServerValue {
  const name = placeholder.exec(text)?.[1];
  const header = name === undefined ? undefined : /^(?:http\.request\.)?header\.(.+)$/i.exec(name)?.[1]?.toLowerCase();
  if (header === 'origin') return { kind: 'origin' };
  if (header !== undefined) return { kind: 'header', name: header };
  if (name === 'method' || name === 'http.request.method') return { kind: 'method' };
  if (name === 'host' || name === 'hostport' || name === 'http.request.host') return { kind: 'unknown', input: 'host' };
  return { kind: 'unknown' };
}

/** A short name is written out, and then sent as it stands. */
function inFull(output: string): string {
  return output.replaceAll(/\{header\.([\w-]+)\}/g, '{http.request.header.$1}');
}

/** The first row that fits; placeholders in an output are not filled in. */
function mapOutcomes({ rows, source }: CaddyMap): CaddyOutcome[] {
  const outcomes: CaddyOutcome[] = [];
  let rest: RequestTest = always;
  for (const { input, output } of rows.filter((row) => row.input)) {
    const place = { range: input!.range, textRange: input!.contentRange };
    const isPattern = input!.text.startsWith('~');
    const test = isPattern
      ? matchesPattern(
          source,
          input!.text.slice(1),
          false,
          { range: place.range, textRange: { start: place.textRange.start + 1, end: place.textRange.end } },
          caddyPatterns.dialect,
        )
      : equalsText(source, input!.text, false, place);
    const when = both(rest, test);
    const group = /^\$\{?(\d)\}?$/.exec(output.text)?.[1];
    if (
      isPattern &&
      source.kind === 'origin' &&
      (group === '0' || (group === '1' && wholeGroup(input!.text.slice(1))))
    ) {
      outcomes.push(
        ...overridden(captured({ source: input!.text.slice(1), flags: '', dialect: 'go', mode: 'search' }, when)),
      );
    } else if (isPattern && /\$\{?\w/.test(output.text)) outcomes.push({ when, value: { kind: 'unknown' } });
    else
      outcomes.push({
        when,
        value:
          output.text === input!.text && source.kind === 'origin'
            ? { kind: 'origin' }
            : { kind: 'text', text: inFull(output.text) },
        range: output.range,
      });
    rest = both(rest, not(test));
  }
  const fallback = rows.find((row) => !row.input)?.output;
  outcomes.push({
    when: rest,
    value: { kind: 'text', text: inFull(fallback?.text ?? '') },
    ...(fallback && { range: fallback.range }),
  });
  return outcomes.filter(({ when }) => when.kind !== 'never');
}
