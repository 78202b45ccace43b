/** What nginx variables hold: texts, the request's Origin, its method; by the conditions under which they hold it. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, originPresent, some, unknown } from '../../../policy/request-test.ts';
import type { Block, Item, Word } from './nginx-blocks.ts';
import { allBlocks } from './nginx-blocks.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import type { NginxMap } from './nginx-map.ts';
import { captured, wholeGroupNames } from '../../../models/servers/server-captures.ts';
import { mapOutcomes, readMaps } from './nginx-map.ts';
import type { OriginBetween, ServerValue } from '../../../models/servers/server-values.ts';
import { methods } from '../../../models/servers/server-values.ts';

/** The word that gave a value, in its directive. */
export interface Place {
  readonly item: Item;
  readonly word: Word;
  readonly range: SourceRange;
}
export interface Outcome {
  readonly when: RequestTest;
  readonly value: ServerValue;
  readonly place: Place;
}
export type Outcomes = readonly Outcome[];

/** Variables at one point of the rewrite phase. */
export interface Variables {
  readonly values: ReadonlyMap<string, Outcomes>;
  readonly maps: ReadonlyMap<string, NginxMap>;
  /** Names that some `set` of the file gives a value: empty before. */
  readonly declared: ReadonlySet<string>;
}

const mostOutcomes = 48;
const deepestVariable = 12;

export function initialVariables(
  root: Block,
  readMapInclude: (name: string) => readonly Item[] | undefined,
): Variables {
  const declared = allBlocks(root)
    .flatMap((block) => block.items)
    .filter((item) => item.directive.name === 'set')
    .map((item) => nameOf(item.directive.args[0]?.text ?? ''));
  return { values: new Map(), maps: readMaps(root, readMapInclude), declared: new Set(declared) };
}

/** `$name` or `${name}` without its signs. */
export function nameOf(word: string): string {
  return word
    .replace(/^\$\{?/, '')
    .replace(/\}$/, '')
    .toLowerCase();
}

/** What a text with variables can be. */
export function evaluate(text: string, place: Place, variables: Variables, depth = 0): Outcomes {
  const parts = text.match(/\$\{\w+\}|\$\w+|\{\{.*?\}\}|[^${]+|[${]/g) ?? [];
  if (parts.length === 0) return [{ when: always, value: { kind: 'text', text: '' }, place }];
  const [first] = parts;
  if (parts.length === 1) return evaluatePart(first!, place, variables, depth);
  let results: Outcomes = [{ when: always, value: { kind: 'text', text: '' }, place }];
  for (const part of parts) {
    const next = evaluatePart(part, place, variables, depth);
    results = results.flatMap((left) => next.flatMap((right) => joined(left, right, place)));
    if (results.length > mostOutcomes) return [unknownOutcome(place)];
  }
  return merged(results);
}

function evaluatePart(part: string, place: Place, variables: Variables, depth: number): Outcomes {
  if (part.startsWith('{{')) return [unknownOutcome(place)];
  if (!/^\$[\w{]/.test(part)) return [{ when: always, value: { kind: 'text', text: part }, place }];
  return valueOf(nameOf(part), place, variables, depth);
}

/** A variable by its name without the dollar sign. */
export function valueOf(name: string, place: Place, variables: Variables, depth = 0): Outcomes {
  if (name === 'http_origin') return [{ when: always, value: { kind: 'origin' }, place }];
  if (name === 'request_method') return [{ when: always, value: { kind: 'method' }, place }];
  const held = variables.values.get(name);
  if (held) return held;
  const map = variables.maps.get(name);
  if (map && depth < deepestVariable) return mapOutcomes(map, place, variables, depth + 1);
  if (variables.declared.has(name) && !map) return [{ when: always, value: { kind: 'text', text: '' }, place }];
  if (name.startsWith('http_'))
    return [{ when: always, value: { kind: 'header', name: name.slice(5).replaceAll('_', '-') }, place }];
  return [unknownOutcome(place, ['host', 'server_name', 'arg_origin'].includes(name) ? `$${name}` : undefined)];
}

export function unknownOutcome(place: Place, input?: string): Outcome {
  return { when: unknown(), value: { kind: 'unknown', ...(input !== undefined && { input }) }, place };
}

function joined(left: Outcome, right: Outcome, place: Place): Outcome[] {
  const when = both(left.when, right.when);
  if (when.kind === 'never') return [];
  if (isEmpty(left.value)) return [{ ...right, when }];
  if (isEmpty(right.value)) return [{ ...left, when }];
  const [one, other] = [left.value, right.value];
  if (one.kind === 'text' && other.kind === 'text')
    return [{ when, value: { kind: 'text', text: one.text + other.text }, place }];
  if ((one.kind === 'method' || one.kind === 'text') && (other.kind === 'method' || other.kind === 'text')) {
    return methods.map((method): Outcome => ({
      when: both(when, { kind: 'method', name: method }),
      place,
      value: {
        kind: 'text',
        text: (one.kind === 'text' ? one.text : method) + (other.kind === 'text' ? other.text : method),
      },
    }));
  }
  const around = between(one, other);
  if (around) return [{ when, value: { kind: 'unknown', around }, place }];
  if (one.kind === 'method' || other.kind === 'method') {
    const inPlaceOf = (value: ServerValue, text: string): Outcome => ({
      when: always,
      value: value.kind === 'method' ? { kind: 'text', text } : value,
      place,
    });
    return methods.flatMap((name) =>
      joined({ ...inPlaceOf(one, name), when: both(when, { kind: 'method', name }) }, inPlaceOf(other, name), place),
    );
  }
  const input = inputOf(one) ?? inputOf(other);
  return [{ when, value: { kind: 'unknown', ...(input !== undefined && { input }) }, place }];
}

/** The origin with a text before or after it. */
function between(one: ServerValue, other: ServerValue): OriginBetween | undefined {
  const origin = (value: ServerValue): OriginBetween | undefined =>
    value.kind === 'origin' ? { before: '', after: '' } : value.kind === 'unknown' ? value.around : undefined;
  const [left, right] = [origin(one), origin(other)];
  if (left && other.kind === 'text') return { ...left, after: left.after + other.text };
  if (right && one.kind === 'text') return { ...right, before: one.text + right.before };
  return undefined;
}

function inputOf(value: ServerValue): string | undefined {
  if (value.kind === 'header') return `the ${value.name} header`;
  return value.kind === 'unknown' ? value.input : undefined;
}

function isEmpty(value: ServerValue): boolean {
  return value.kind === 'text' && value.text === '';
}

/** Outcomes of one value and place become one. */
export function merged(outcomes: Outcomes): Outcomes {
  const found = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    if (outcome.when.kind === 'never') continue;
    const key = JSON.stringify([outcome.value, outcome.place.range]);
    const before = found.get(key);
    found.set(key, before ? { ...outcome, when: some([before.when, outcome.when]) } : outcome);
  }
  return [...found.values()];
}

/** The variables after `set $name value` under a condition. */
export function assign(
  name: string,
  outcomes: Outcomes,
  when: RequestTest,
  variables: Variables,
  place: Place,
): Variables {
  const before = when.kind === 'always' ? [] : valueOf(name, place, variables);
  const after = merged([
    ...outcomes.map((outcome) => ({ ...outcome, when: both(when, outcome.when) })),
    ...before.map((outcome) => ({ ...outcome, when: except(outcome.when, when) })),
  ]);
  const values = new Map(variables.values);
  values.set(name, after.length > mostOutcomes ? [unknownOutcome(place)] : after);
  return { ...variables, values };
}

/** The variables after `$http_origin` has matched a pattern that is one group as a whole: `$1`, or a name, is then the origin. */
export function withCaptures(
  subjects: Outcomes,
  source: string,
  ignoreCase: boolean,
  matched: RequestTest,
  variables: Variables,
  place: Place,
): Variables {
  const names = wholeGroupNames(source);
  if (names.length === 0 || !subjects.some(({ value }) => value.kind === 'origin')) return variables;
  const held = captured({ source, flags: ignoreCase ? 'i' : '', dialect: 'pcre', mode: 'search' }, always);
  // A later member stands for part of what an earlier one does.
  const outcomes = held.map(({ when, value }, index): Outcome => ({
    when: held.slice(index + 1).reduce((left, later) => except(left, later.when), when),
    value,
    place,
  }));
  return names.reduce((before, name) => assign(name, outcomes, matched, before, place), variables);
}

/** The value is neither empty nor "0". */
export function isTrue(value: ServerValue): RequestTest {
  switch (value.kind) {
    case 'text':
      return value.text !== '' && value.text !== '0' ? always : { kind: 'never' };
    case 'origin':
      return originPresent;
    case 'method':
      return always;
    default:
      return unknown();
  }
}
