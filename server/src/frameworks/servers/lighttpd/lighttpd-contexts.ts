/** Header lists of lighttpd, global and of conditions: which of them is in force for which request. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, never, not, unknown } from '../../../policy/request-test.ts';
import { both, unlessLater } from '../../../models/servers/server-conditions.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { patternEdits } from '../../../models/servers/server-header-edits.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';

export interface HeaderPair {
  readonly directive: Directive;
  readonly key: ListKey;
  readonly name: Word;
  readonly value: Word;
  /** False where the value is put together from several, or stands in a variable. */
  readonly literal: boolean;
  /** What the variable holds that is the value. */
  readonly held?: string;
  /** The pair alone in its list. */
  readonly alone: boolean;
  /** With the comma that goes with it. */
  readonly removal: SourceRange;
}
export type ListKey = 'setenv.add-response-header' | 'setenv.set-response-header';
export const listKeys: readonly ListKey[] = ['setenv.add-response-header', 'setenv.set-response-header'];
export interface ListInForce {
  readonly when: RequestTest;
  readonly pairs: readonly HeaderPair[];
}
/** A list with `=` that takes the place of an outer one. */
export interface Replaced {
  readonly directive: Directive;
  readonly lost: readonly HeaderPair[];
  readonly kept: readonly HeaderPair[];
}
/** Where a request goes: the words of a condition on host or path, none for all others. */
export type Place = string | undefined;
export interface InForce {
  readonly lists: ReadonlyMap<ListKey, readonly ListInForce[]>;
  readonly replaced: readonly Replaced[];
}

type Lists = ReadonlyMap<ListKey, readonly HeaderPair[]>;

/** The conditions on host and path around a list of CORS headers. */
export function placesOf(directives: readonly Directive[]): Place[] {
  const found = new Set<Place>([undefined]);
  const walk = (list: readonly Directive[], outer: Place): void => {
    for (const directive of list) {
      const place = placeOf(directive) ?? outer;
      if (directive.block) walk(directive.block, place);
      else if (isList(directive) && directive.args.some(({ text }) => /^access-control-/i.test(text))) found.add(outer);
    }
  };
  walk(directives, undefined);
  return [...found];
}

export function inForce(directives: readonly Directive[], place: Place, edits: TestEdits): InForce {
  const lists = new Map<ListKey, ListInForce[]>(listKeys.map((key) => [key, []]));
  const replaced: Replaced[] = [];
  const variables = variablesOf(directives);
  const walk = (list: readonly Directive[], when: RequestTest, outer: Lists): void => {
    const own = new Map(outer);
    for (const directive of list) {
      const key = listKeys.find((one) => one === directive.name);
      if (!key || directive.block) continue;
      const pairs = pairsOf(directive, key, variables);
      const before = own.get(key) ?? [];
      // The first assignment of a condition begins with the outer list where it adds, and without it where it assigns.
      if (directive.args[0]?.text === '+=') own.set(key, [...before, ...pairs]);
      else {
        if (when.kind !== 'always' || directive.parent) replaced.push({ directive, lost: before, kept: pairs });
        own.set(key, pairs);
      }
    }
    for (const key of listKeys) {
      if (!list.some(({ name }) => name === key)) continue;
      lists.get(key)!.push({ when, pairs: own.get(key) ?? [] });
    }
    let rest: RequestTest = always;
    for (const directive of list) {
      if (!directive.block) continue;
      if (!directive.name.startsWith('else')) rest = always;
      const test = conditionTest(directive, place, edits);
      const here = both(when, rest, test);
      rest = both(rest, not(test));
      if (here.kind !== 'never') walk(directive.block, here, own);
    }
  };
  walk(directives, always, new Map());
  return { lists: new Map([...lists].map(([key, found]) => [key, unlessLater(found)])), replaced };
}

function isList({ name }: Directive): boolean {
  return (listKeys as readonly string[]).includes(name);
}

function conditionWords({ name, nameRange, args }: Directive): Word[] {
  return name === 'else'
    ? args.filter(({ text, quote }) => quote !== '' || text !== 'if')
    : [{ text: name, range: nameRange, contentRange: nameRange, quote: '' }, ...args];
}

function placeOf(directive: Directive): Place {
  const [subject, operator, value] = directive.block ? conditionWords(directive) : [];
  return subject && /^\$(HTTP\["(url|host)"\]|SERVER\["socket"\])$/.test(subject.text)
    ? `${subject.text} ${operator?.text ?? ''} "${value?.text ?? ''}"`
    : undefined;
}

function conditionTest(directive: Directive, place: Place, edits: TestEdits): RequestTest {
  const [subject, operator, value] = conditionWords(directive);
  if (!subject) return always;
  const own = placeOf(directive);
  if (own !== undefined) return own === place || (place !== undefined && contains(directive, place)) ? always : never;
  if (!operator || !value || value.quote === '') return unknown();
  const input: ServerValue = /^\$(REQUEST_HEADER\["origin"\]|HTTP\["origin"\])$/i.test(subject.text)
    ? { kind: 'origin' }
    : /^\$HTTP\["request-?method"\]$/i.test(subject.text)
      ? { kind: 'method' }
      : { kind: 'unknown' };
  const at = { range: value.range, textRange: value.contentRange };
  const negated = operator.text.startsWith('!');
  let test: RequestTest;
  if (operator.text.endsWith('~')) {
    edits.set(value.range, { replacePattern: patternEdits(value.contentRange).replacePattern! });
    test = matchesPattern(input, value.text, false, at);
  } else if (operator.text === '=^' || operator.text === '=$') {
    test =
      input.kind === 'origin'
        ? {
            kind: 'origin',
            part: 'origin',
            operator: operator.text === '=^' ? 'starts-with' : 'ends-with',
            text: value.text,
            ignoreCase: false,
            range: at.range,
            textRange: at.textRange,
          }
        : unknown();
  } else {
    edits.set(value.range, { replaceText: (text) => [{ range: value.contentRange, newText: text }] });
    test = equalsText(input, value.text, false, at);
  }
  return negated ? not(test) : test;
}

/** A condition on another place stands inside. */
function contains({ block }: Directive, place: string): boolean {
  return (block ?? []).some((inner) => placeOf(inner) === place || contains(inner, place));
}

/** `var.origin = "https://…"`, outside of conditions: what is put together is left out. */
function variablesOf(directives: readonly Directive[]): Map<string, string> {
  return new Map(
    directives
      .filter(
        ({ name, args }) =>
          name.startsWith('var.') && args.length === 2 && args[0]!.text === '=' && args[1]!.quote !== '',
      )
      .map(({ name, args }) => [name, args[1]!.text]),
  );
}

/** `"name" => "value"` between brackets. */
function pairsOf(directive: Directive, key: ListKey, variables: ReadonlyMap<string, string>): HeaderPair[] {
  const { args } = directive;
  const arrows = args.flatMap(({ text, quote }, index) => (text === '=>' && quote === '' ? [index] : []));
  return arrows.flatMap((at): HeaderPair[] => {
    const [name, value, next] = [args[at - 1], args[at + 1], args[at + 2]];
    const held = value && variables.get(value.text);
    if (!name || !value || (value.quote === '' && held === undefined)) return [];
    const before = args[at - 2];
    const comma = next?.text === ',' && next.quote === '' ? args[at + 3] : undefined;
    const removal =
      comma && comma.text !== ')'
        ? { start: name.range.start, end: comma.range.start }
        : before?.text === ','
          ? { start: before.range.start, end: value.range.end }
          : { start: name.range.start, end: next?.text === ',' ? next.range.end : value.range.end };
    return [
      {
        directive,
        key,
        name,
        value,
        literal: value.quote !== '' && next?.text !== '+',
        ...(value.quote === '' && next?.text !== '+' && { held }),
        alone: arrows.length === 1,
        removal,
      },
    ];
  });
}
