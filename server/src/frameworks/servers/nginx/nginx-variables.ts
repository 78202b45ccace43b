/** What nginx variables hold: texts, the request's Origin, its method; by the conditions under which they hold it. */
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { allBlocks, rangeIn } from './nginx-blocks.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import type { NginxMap } from './nginx-map.ts';
import { captured, capturedPart, wholeGroupNames } from '../../../models/servers/server-captures.ts';
import { keyPlace, orderedTests, readMaps } from './nginx-map.ts';
import type { Outcome, Outcomes, Place } from './nginx-outcomes.ts';
import { joined, merged, mostOutcomes, textOutcome, unknownOutcome } from './nginx-outcomes.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';

/** Variables at one point of the rewrite phase. */
export interface Variables {
  readonly values: ReadonlyMap<string, Outcomes>;
  readonly maps: ReadonlyMap<string, NginxMap>;
  /** Names that some `set` of the file gives a value: empty before. */
  readonly declared: ReadonlySet<string>;
}

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
  if (parts.length === 0) return [textOutcome('', place)];
  const [first] = parts;
  if (parts.length === 1) return evaluatePart(first!, place, variables, depth);
  let results: Outcomes = [textOutcome('', place)];
  for (const part of parts) {
    const next = evaluatePart(part, place, variables, depth);
    results = results.flatMap((left) => next.flatMap((right) => joined(left, right, place)));
    if (results.length > mostOutcomes) return [unknownOutcome(place)];
  }
  return merged(results);
}

function evaluatePart(part: string, place: Place, variables: Variables, depth: number): Outcomes {
  if (part.startsWith('{{')) return [unknownOutcome(place)];
  if (!/^\$[\w{]/.test(part)) return [textOutcome(part, place)];
  return valueOf(nameOf(part), place, variables, depth);
}

/** A variable by its name without the dollar sign. */
export function valueOf(name: string, place: Place, variables: Variables, depth = 0): Outcomes {
  if (name === 'http_origin') return [{ when: always, value: { kind: 'origin' }, place }];
  if (name === 'request_method') return [{ when: always, value: { kind: 'method' }, place }];
  const held = variables.values.get(name);
  if (held) return held;
  const map = variables.maps.get(name);
  if (map && depth < deepestVariable) return rememberedOutcomes(map, place, variables, depth + 1);
  if (variables.declared.has(name) && !map) return [textOutcome('', place)];
  if (name.startsWith('http_'))
    return [{ when: always, value: { kind: 'header', name: name.slice(5).replaceAll('_', '-') }, place }];
  return [unknownOutcome(place, ['host', 'server_name', 'arg_origin'].includes(name) ? `$${name}` : undefined)];
}

const deepestVariable = 12;
const outcomesOfMaps = new WeakMap<Variables, Map<string, Outcomes>>();

/** A map that is used twice in a text of a map that is used twice would be asked more and more often. */
function rememberedOutcomes(map: NginxMap, place: Place, variables: Variables, depth: number): Outcomes {
  const known = outcomesOfMaps.get(variables) ?? new Map<string, Outcomes>();
  outcomesOfMaps.set(variables, known);
  const key = JSON.stringify([map.item.directive.args[1]!.text, place.range]);
  const before = known.get(key);
  if (before !== undefined) return before;
  // Where the map comes to itself, nginx gives up: "cycle while evaluating variable".
  known.set(key, [unknownOutcome(place)]);
  const outcomes = mapOutcomes(map, place, variables, depth);
  known.set(key, outcomes);
  return outcomes;
}

/** The values that the map gives, for a place that uses its variable. */
function mapOutcomes(map: NginxMap, place: Place, variables: Variables, depth: number): Outcomes {
  const word = map.item.directive.args[0]!;
  const sources = evaluate(
    map.source,
    { item: map.item, word, range: rangeIn(map.item, word.range) },
    variables,
    depth,
  );
  return merged(
    sources.flatMap((source) =>
      outcomesFor(map, source.value, place, variables, depth).map((outcome) => ({
        ...outcome,
        when: both(source.when, outcome.when),
      })),
    ),
  );
}

function outcomesFor(map: NginxMap, value: ServerValue, place: Place, variables: Variables, depth: number): Outcomes {
  const ordered = orderedTests(map, value);
  const tests = ordered.map(({ test }) => test);
  const texts = ordered.map(({ entry }) => textOf(entry));
  const textsBefore = new Set<string>();
  const results = ordered.flatMap(({ entry, test }, index) => {
    // What comes earlier and gives the same value needs no exception.
    const isFirstText = textsBefore.size === 0 || (textsBefore.size === 1 && textsBefore.has(texts[index]!));
    textsBefore.add(texts[index]!);
    const earlier = isFirstText ? [] : tests.slice(0, index).filter((_, at) => texts[at] !== texts[index]);
    return valueOutcomes(entry, both(test, not(some(earlier))), capturing(entry, value, place, variables), depth);
  });
  const rest = both(not(some(tests)), map.partial ? unknown() : always);
  const fallback = map.entries.find(({ directive }) => directive.name === 'default');
  if (fallback) return [...results, ...valueOutcomes(fallback, rest, variables, depth)];
  return [...results, map.partial ? { ...unknownOutcome(place), when: rest } : textOutcome('', place, rest)];
}

/** A pattern's groups are variables for the value beside it. */
function capturing(entry: Item, value: ServerValue, place: Place, variables: Variables): Variables {
  const { sign, text } = keyPlace(entry);
  return sign === '' || !entry.directive.args[0]!.text.includes('$')
    ? variables
    : withCaptures([{ when: always, value, place }], text, sign === '~*', always, variables, place);
}

function textOf(entry: Item): string {
  return entry.directive.args[0]!.text;
}

function valueOutcomes(entry: Item, when: RequestTest, variables: Variables, depth: number): Outcome[] {
  if (when.kind === 'never') return [];
  const word = entry.directive.args[0]!;
  return evaluate(word.text, { item: entry, word, range: rangeIn(entry, word.range) }, variables, depth).map(
    (outcome) => ({ ...outcome, when: both(when, outcome.when) }),
  );
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

/** The variables after the origin has matched a pattern. Where one group is the whole of it, `$1` or a name is the origin; else a part. */
export function withCaptures(
  subjects: Outcomes,
  source: string,
  ignoreCase: boolean,
  matched: RequestTest,
  variables: Variables,
  place: Place,
): Variables {
  if (!subjects.some(({ value }) => value.kind === 'origin')) return variables;
  const names = wholeGroupNames(source);
  if (names.length === 0) {
    const caught = capturedPart(source, ignoreCase);
    const held: Outcome = { when: always, value: { kind: 'unknown', part: caught?.part }, place };
    return (caught?.names ?? []).reduce((before, name) => assign(name, [held], matched, before, place), variables);
  }
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
