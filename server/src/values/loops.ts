/** Loops over known members, and calls that run a function once for each: the places that their bodies are seen from. */
import type { Call, FunctionExpression, Loop, Node } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, some, unknown } from '../policy/request-test.ts';
import { enter } from './frames.ts';
import type { Inner } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import type { Frame, Place, Session } from './session.ts';
import { functionAround, sameNode } from './session.ts';

/** Most rounds of a counting loop that are followed one by one. */
const mostRounds = 200;

/** Where a loop's body is seen from, for each known member; `open` when there may be more, or nothing is known of them. */
export interface Rounds {
  readonly places: readonly Place[];
  readonly open: boolean;
  readonly otherwise: Place;
}

export function overItems(rounds: Rounds, ask: (place: Place) => RequestTest): RequestTest {
  const tests = rounds.places.map(ask);
  if (rounds.open) tests.push(all([unknown(), ask(rounds.otherwise)]));
  return some(tests);
}

export function loopPlaces(loop: Loop, session: Session, place: Place): Rounds {
  const within = (...bound: readonly Bound[]): Place => withBound(loop, bound, place);
  const opaque = within({ value: { kind: 'unknown', range: loop.range } });
  if (loop.over !== undefined) {
    const over = session.value(loop.over, place);
    const rounds = roundsOver(loop, over);
    return rounds === undefined
      ? { places: [], open: true, otherwise: opaque }
      : { places: rounds.map((bound) => within(...bound)), open: 'open' in over && over.open, otherwise: opaque };
  }
  const counted = countedLoop(loop, session, place);
  if (counted === undefined) return { places: [], open: true, otherwise: place };
  const { name, rounds } = counted;
  return {
    places: Array.from({ length: rounds }, (_, value) => within({ value: numberOf(value, loop), name })),
    open: false,
    otherwise: opaque,
  };
}

/** What a name of a loop stands for in one round; any of its names where none is given. */
interface Bound {
  readonly value: Inner;
  readonly name?: string;
}

function withBound(loop: Loop, bound: readonly Bound[], place: Place): Place {
  const base = { kind: 'item', path: place.program.path, from: loop.range.start, to: loop.body.range.start } as const;
  const frames = bound.map(({ value, name }): Frame => ({ ...base, value, ...(name !== undefined && { name }) }));
  return { ...place, frames: [...place.frames, ...frames] };
}

/** The members of a list, or of a dictionary where the language runs through its keys and values; undefined for anything else. */
function roundsOver({ key, item, range }: Loop, over: Inner): (readonly Bound[])[] | undefined {
  const pairs: (readonly [Inner, Inner])[] | undefined =
    over.kind === 'list'
      ? over.items.map((member, index) => [{ kind: 'number', value: index, range }, member])
      : over.kind === 'dict' && key !== undefined
        ? over.entries.map((entry) => [{ kind: 'text', text: entry.key, range: entry.keyRange }, entry.value])
        : undefined;
  return pairs?.map(([position, member]) =>
    key === undefined
      ? [{ value: member }]
      : [{ value: position, name: key }, ...(item === undefined ? [] : [{ value: member, name: item }])],
  );
}

function numberOf(value: number, { range }: Loop): Inner {
  return { kind: 'number', value, range };
}

/** A loop that counts to the length of a list that is known. */
function countedLoop(
  { counter }: Loop,
  session: Session,
  place: Place,
): { readonly name: string; readonly rounds: number } | undefined {
  const rounds = counter && session.value(counter.below, place);
  return counter && rounds?.kind === 'number' && rounds.value <= mostRounds
    ? { name: counter.name, rounds: rounds.value }
    : undefined;
}

/** The function whose run the node belongs to: a callback that runs at once for each member is part of the function around it. */
export function runningFunction(node: Node, place: Place): FunctionExpression | undefined {
  let fn = functionAround(node);
  while (fn !== undefined && loopAround(fn, place) !== undefined) fn = functionAround(fn);
  return fn;
}

/** The call that runs an inline callback once for each member of a list, or at once. */
export function loopAround(fn: FunctionExpression, place: Place): Call | undefined {
  const call = fn.parent;
  if (call?.kind !== 'call') return undefined;
  if (sameNode(call.callee, fn)) return call;
  return call.callee.kind === 'member' &&
    languageOf(place.program).flow.looping.has(call.callee.property) &&
    call.arguments[0] !== undefined &&
    sameNode(call.arguments[0].value, fn)
    ? call
    : undefined;
}

export function callbackPlaces(fn: FunctionExpression, call: Call, session: Session, place: Place): Rounds {
  if (call.callee.kind !== 'member')
    return {
      places: [
        enter(
          fn,
          call.arguments.map((argument) => session.value(argument.value, place)),
          session,
          place,
        ),
      ],
      open: false,
      otherwise: place,
    };
  const list = session.value(call.callee.object, place);
  if (list.kind !== 'list') return { places: [], open: true, otherwise: place };
  return { places: list.items.map((item) => enter(fn, [item], session, place)), open: list.open, otherwise: place };
}
