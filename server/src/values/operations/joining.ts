/** Texts and lists put together: `a + b`, templates, `concat`, `join`. */
import { all, not } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { Arguments, GivenArgument, Operation } from '../languages/value-language.ts';
import { alternativesIn, mapChoices, oneOf, originSubject, toPublic } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import { longestList } from '../session.ts';
import type { At } from '../session.ts';
import type { DictEntry, List, Value } from '../value.ts';
import { lastOrLaterSegments } from './segments.ts';

/** Most texts that one of several parts makes: each line that adds one of two doubles them. */
const mostTexts = 64;
/** Most parts of a text that is not known as a whole. */
const mostParts = 1000;

/** What a truth value is as a part of a text: `true` and `false` where the language says nothing else. */
export type TruthText = (value: boolean) => string;

/** Joins texts; a part that is one of several makes one text for each. */
export function concatenate(parts: readonly Inner[], here: At, truthText: TruthText = String): Inner {
  const choiceIndex = parts.findIndex((part) => part.kind === 'one-of');
  const part = parts[choiceIndex];
  if (part?.kind === 'one-of' && parts.filter((other) => other.kind === 'one-of').length === 1) {
    if (alternativesIn(part) > mostTexts) return { kind: 'unknown', ...here };
    return mapChoices(part, (choice) =>
      concatenate(
        parts.map((other, index) => (index === choiceIndex ? choice : other)),
        here,
        truthText,
      ),
    );
  }
  const texts = parts.map((one) => textOf(one, truthText));
  if (texts.every((text) => text !== undefined)) return { kind: 'text', text: texts.join(''), ...here };
  if (parts.length === 1 && originSubject(parts[0]!) !== undefined) return parts[0]!;
  const origin = originFromPieces(parts, here);
  if (origin !== undefined) return origin;
  return parts.length > mostParts
    ? { kind: 'unknown', ...here }
    : { kind: 'concatenation', parts: parts.map(toPublic), ...here };
}

function textOf(part: Inner, truthText: TruthText): string | undefined {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'boolean') return truthText(part.value);
  return part.kind === 'number' ? String(part.value) : undefined;
}

/** `${url.protocol}//${url.host}` is the origin again. */
function originFromPieces(parts: readonly Inner[], here: At): Inner | undefined {
  const [scheme, slashes, host, ...rest] = parts;
  if (
    rest.length > 0 ||
    scheme?.kind !== 'origin-piece' ||
    scheme.part !== 'scheme' ||
    host?.kind !== 'origin-piece' ||
    host.part !== 'host'
  )
    return undefined;
  return slashes?.kind === 'text' && /^:?\/\/$/.test(slashes.text)
    ? { kind: 'origin-piece', part: 'origin', ignoreCase: false, ...here }
    : undefined;
}

/** `left + right` of texts or lists. */
export function plus(left: Inner, right: Inner, here: At, truthText?: TruthText): Inner {
  if (left.kind === 'list' || right.kind === 'list')
    return joinLists([left, right], here, left.kind === 'list' ? left.type : 'list');
  return concatenate([...partsOf(left), ...partsOf(right)], here, truthText);
}

function partsOf(value: Inner): readonly Inner[] {
  return value.kind === 'concatenation' ? value.parts : [value];
}

/** All members one after another; a member that is not a list leaves the result open. */
export function joinLists(lists: readonly Inner[], here: At, type: List['type'] = 'list'): Inner {
  const items = lists.flatMap(membersOf);
  const open = items.length > longestList || lists.some((one) => (one.kind === 'list' ? one.open : !isNone(one)));
  return { kind: 'list', items: items.slice(0, longestList), open, type, ...here };
}

/** Members that a spread or a concatenation brings in; those of each choice, under its condition, where it is one of several. */
export function membersOf(value: Inner): readonly Value[] {
  if (value.kind === 'list') return value.items;
  if (value.kind !== 'one-of') return [];
  const before: RequestTest[] = [];
  return value.choices.flatMap((choice) => {
    const when = all([...before.map(not), choice.when]);
    before.push(choice.when);
    const items = choice.value.kind === 'list' ? choice.value.items : [];
    return items.map((item) => toPublic(oneOf([{ when, value: item }], item.range, item.expression)));
  });
}

/** Whether there is nothing to bring in: nothing, or a condition that failed. */
export function isNone(value: Inner): boolean {
  return value.kind === 'nothing' || (value.kind === 'boolean' && !value.value);
}

/** A list with the one member. */
export function listOf(item: Inner, here: At): Inner {
  return { kind: 'list', items: [toPublic(item)], open: false, type: 'list', ...here };
}

/** `text.concat(…)`, `list.concat(…)`. */
export const concat: Operation = (receiver, values, { here }) => {
  if (receiver.kind === 'text') return values.length === 0 ? undefined : concatenate([receiver, ...values], here);
  if (receiver.kind === 'environment') return receiver.split ? joinLists([receiver, ...values], here) : undefined;
  if (receiver.kind !== 'list') return undefined;
  const mayBeList = new Set<Inner['kind']>(['list', 'unknown', 'path', 'one-of', 'environment']);
  return joinLists(
    [receiver, ...values.map((value) => (mayBeList.has(value.kind) ? value : listOf(value, here)))],
    here,
  );
};

/** `set.union(…)`. */
export const union: Operation = (receiver, values, { here }) =>
  receiver.kind === 'list' ? joinLists([receiver, ...values], here, 'set') : undefined;

/** `list.flat()`. */
export const flat: Operation = (receiver, _values, { here }) =>
  receiver.kind === 'list'
    ? joinLists(
        receiver.items.map((item): Inner => (item.kind === 'list' ? item : listOf(item, here))),
        here,
      )
    : undefined;

/** `list.join(separator)`; `otherwise` stands between the members where no separator is given. */
export function join(otherwise: string): Operation {
  return (receiver, [first], { here }) => {
    if (receiver.kind === 'list') return joinTexts(receiver, first?.kind === 'text' ? first.text : otherwise, here);
    return receiver.kind === 'segments' && first?.kind === 'text' && first.text === receiver.separator
      ? lastOrLaterSegments(receiver, here)
      : undefined;
  };
}

/** `separator.join(list)`. */
export const joinMembers: Operation = (receiver, [first], use) =>
  receiver.kind === 'text' && first ? join('')(first, [receiver], use) : undefined;

function joinTexts(list: Inner & { kind: 'list' }, separator: string, here: At): Inner {
  if (list.open) return { kind: 'unknown', ...here };
  const parts: Inner[] = [];
  list.items.forEach((item, index) => {
    if (index > 0 && separator !== '') parts.push({ kind: 'text', text: separator, range: here.range });
    parts.push(item);
  });
  return parts.length === 0 ? { kind: 'text', text: '', ...here } : concatenate(parts, here);
}

/** A dictionary of entries as they were added one after the other: a later one of the same key goes to the end. */
export class GrowingDict {
  private readonly entries = new Map<string, DictEntry>();
  open = false;

  add(entry: DictEntry): void {
    this.entries.delete(entry.key);
    this.entries.set(entry.key, entry);
  }

  /** Adds what another dictionary holds; what is not known leaves this one open. */
  spread(value: Inner): void {
    if (value.kind === 'dict') {
      for (const entry of value.entries) this.add(entry);
      this.open ||= value.open;
    } else if (value.kind !== 'nothing') this.open = true;
  }

  get size(): number {
    return this.entries.size;
  }

  value(here: At): Inner {
    return { kind: 'dict', entries: [...this.entries.values()], open: this.open, ...here };
  }
}

/** `Object.assign(a, b)`. */
export function mergedDicts({ all }: Arguments, here: At): Inner {
  const merged = new GrowingDict();
  for (const argument of all) {
    if (argument.spread) merged.open = true;
    else merged.spread(argument.value());
  }
  return merged.value(here);
}

/** `[key, value]` pairs as a dictionary, or a dictionary as it is. */
export function dictOfPairs(pairs: Inner | undefined, here: At): Inner {
  if (pairs === undefined) return { kind: 'dict', entries: [], open: false, ...here };
  if (pairs.kind === 'dict') return pairs;
  if (pairs.kind !== 'list') return { kind: 'unknown', ...here };
  const made = new GrowingDict();
  made.open = pairs.open;
  for (const pair of pairs.items) {
    const [key, value] = pair.kind === 'list' ? pair.items : [];
    if (key?.kind === 'text' && value !== undefined)
      made.add({ key: key.text, keyRange: key.contentRange ?? key.range, value, range: pair.range });
    else made.open = true;
  }
  return made.value(here);
}

/** `dict(pairs, name=value, **more)`. */
export function dictOfArguments({ all, at }: Arguments, here: At): Inner {
  const base = dictOfPairs(all.some(isPositional) ? at(0) : undefined, here);
  if (base.kind !== 'dict') return base;
  const entries = new Map(base.entries.map((entry) => [entry.key, entry]));
  let { open } = base;
  for (const argument of all) {
    const value = argument.value();
    if (argument.spread) {
      if (value.kind === 'dict') for (const entry of value.entries) entries.set(entry.key, entry);
      open ||= value.kind !== 'dict' || value.open;
    } else if (argument.name !== undefined)
      entries.set(argument.name, {
        key: argument.name,
        keyRange: argument.nameRange ?? argument.range,
        value: toPublic(value),
        range: argument.range,
      });
  }
  return { kind: 'dict', entries: [...entries.values()], open, ...here };
}

function isPositional({ name, spread }: GivenArgument): boolean {
  return name === undefined && !spread;
}
