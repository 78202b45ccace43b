/** What a text of nginx can be: its values by the conditions under which they hold, each with the word that gave it. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, some, unknown } from '../../../policy/request-test.ts';
import type { Item, Word } from './nginx-blocks.ts';
import { both } from '../../../models/servers/server-conditions.ts';
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

/** Beyond so many a text is unknown. */
export const mostOutcomes = 48;

export function unknownOutcome(place: Place, input?: string): Outcome {
  return { when: unknown(), value: { kind: 'unknown', ...(input !== undefined && { input }) }, place };
}

/** A text that is the same for every request. */
export function textOutcome(text: string, place: Place, when: RequestTest = always): Outcome {
  return { when, value: { kind: 'text', text }, place };
}

/** Outcomes of one value and place become one. */
export function merged(outcomes: Outcomes): Outcomes {
  const found = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    if (outcome.when.kind === 'never') continue;
    const key = JSON.stringify([outcome.value, outcome.place.range]);
    const same = found.get(key);
    if (same) same.push(outcome);
    else found.set(key, [outcome]);
  }
  // All at once: thousands, each with those before it, would be a condition as deep as there are of them.
  return [...found.values()].map((same) =>
    same.length === 1 ? same[0]! : { ...same.at(-1)!, when: some(same.map(({ when }) => when)) },
  );
}

/** Two values beside each other in one text. */
export function joined(left: Outcome, right: Outcome, place: Place): Outcome[] {
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
