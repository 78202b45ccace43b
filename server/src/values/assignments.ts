/** What a name holds after later assignments, and after calls that change the list or dictionary that it holds. */
import type { Assignment, Binding, Call, Expression, Identifier, Index, Member } from '../syntax/programs/program.ts';
import { always, unknown } from '../policy/request-test.ts';
import type { Choice, Inner } from './inner-value.ts';
import { oneOf, toPublic } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import type { Objects } from './languages/value-language.ts';
import { runningFunction } from './loops.ts';
import { joinLists, plus } from './operations/joining.ts';
import type { At, Place, Session } from './session.ts';
import { functionAround, sameNode } from './session.ts';
import type { Dict, DictEntry, List } from './value.ts';

/** What a name was declared with, and what was assigned to it later, in source order. */
interface History {
  readonly declared: Inner;
  readonly assignments: readonly Assignment[];
}

/** `let x = a; if (test) x = b`: the last assignment that was reached before the use. */
export function assignedValue(history: History, use: Identifier, here: At, session: Session, place: Place): Inner {
  const { declared, assignments } = history;
  const user = runningFunction(use, place);
  const choices: Choice[] = [];
  for (let index = assignments.length - 1; index >= 0; index -= 1) {
    const assignment = assignments[index]!;
    const { target, operator } = assignment;
    const writer = runningFunction(assignment, place);
    const isOrdered = sameNode(writer, user);
    if (isOrdered && assignment.range.end > use.range.start) continue;
    const isKnown = isOrdered || writer === undefined;
    if (target.kind === 'identifier' && operator === '+=' && isKnown) {
      const earlier: History = { declared, assignments: assignments.slice(0, index) };
      const before = assignedValue(earlier, use, here, session, place);
      choices.push(
        { when: session.guard(assignment, place), value: plus(before, session.value(assignment.value, place), here) },
        { when: always, value: before },
      );
      break;
    }
    if (target.kind !== 'identifier' || (operator !== '=' && operator !== ':=')) {
      choices.push({ when: unknown(), value: { kind: 'unknown', ...here } });
      continue;
    }
    const when = isKnown ? session.guard(assignment, place) : unknown();
    choices.push({ when, value: session.value(assignment.value, place) });
    if (when.kind === 'always') break;
  }
  return oneOf([...choices, { when: always, value: declared }], here.range, here.expression);
}

/** What the value is with what is written to its members and what `push`, `add`, `append` bring in later. */
export function withMutations(value: Inner, binding: Binding, session: Session, place: Place): Inner {
  const { objects } = languageOf(place.program);
  switch (value.kind) {
    case 'segments':
      return place.program.references(binding).some((reference) => takesOut(reference, objects))
        ? { kind: 'unknown', range: value.range }
        : value;
    case 'list':
      return listWithAdded(value, usesOf(binding, place), session, place);
    case 'dict':
      return dictWithWritten(value, usesOf(binding, place), session, place);
    default:
      return value;
  }
}

/** A member of what the name holds, in every place where one is named. */
function usesOf(binding: Binding, { program }: Place): readonly (Member | Index)[] {
  return program.references(binding).flatMap((reference) => {
    const { parent } = reference;
    const isPart = (parent?.kind === 'member' || parent?.kind === 'index') && sameNode(parent.object, reference);
    return isPart ? [parent] : [];
  });
}

/** `list.push(…)`: the call, where the member is a method that adds something. */
function addingCall(member: Member | Index, { adds }: Objects): Call | undefined {
  const call = member.parent;
  return call?.kind === 'call' && member.kind === 'member' && sameNode(call.callee, member) && adds.has(member.property)
    ? call
    : undefined;
}

/** From the first addition on, the list is open. */
function listWithAdded(list: List, uses: readonly (Member | Index)[], session: Session, place: Place): Inner {
  const { objects } = languageOf(place.program);
  const calls = uses.flatMap((member) => addingCall(member, objects) ?? []);
  if (calls.length === 0) return list;
  const items = calls.flatMap((call) => addedBy(call, objects, session, place).map(toPublic));
  const here = { range: list.range, expression: list.expression };
  return joinLists([list, { kind: 'list', items, open: true, type: list.type, ...here }], here, list.type);
}

/** `if (debug) origins.push('http://localhost:3000')`: members that are there under the call's condition. */
function addedBy(call: Call, { addsEach }: Objects, session: Session, place: Place): readonly Inner[] {
  const method = call.callee.kind === 'member' ? call.callee.property : '';
  const given = call.arguments.map(({ value, spread }) => {
    const one = session.value(value, place);
    if (one.kind === 'list' && (spread || addsEach.has(method))) return one.items;
    return one.kind !== 'unknown' && one.kind !== 'path' ? [one] : [];
  });
  const when = session.guard(call, place);
  return when.kind === 'never'
    ? []
    : given.flat().map((one) => oneOf([{ when, value: one }], one.range, one.expression));
}

/** `options.origin = …`, `options['origin'] = …`; `update(…)` leaves it open. */
function dictWithWritten(dict: Dict, uses: readonly (Member | Index)[], session: Session, place: Place): Inner {
  const { objects } = languageOf(place.program);
  let { entries, open } = dict;
  let isChanged = false;
  for (const member of uses) {
    const written = writtenEntry(member, session, place);
    if (written) entries = [...entries.filter(({ key }) => key !== written.key), written];
    const isAdded = addingCall(member, objects) !== undefined;
    open ||= isAdded;
    isChanged ||= isAdded || written !== undefined;
  }
  return isChanged ? { ...dict, entries, open } : dict;
}

function writtenEntry(member: Member | Index, session: Session, place: Place): DictEntry | undefined {
  const assignment = member.parent;
  const named = keyOf(member);
  if (assignment?.kind !== 'assignment' || !sameNode(assignment.target, member) || named === undefined)
    return undefined;
  const isSure =
    assignment.operator === '=' &&
    functionAround(assignment) === undefined &&
    session.guard(assignment, place).kind === 'always';
  const value: Inner = isSure ? session.value(assignment.value, place) : { kind: 'unknown', range: assignment.range };
  return { ...named, value: toPublic(value), range: assignment.range };
}

function keyOf(member: Member | Index): Pick<DictEntry, 'key' | 'keyRange'> | undefined {
  if (member.kind === 'member') return { key: member.property, keyRange: member.propertyRange };
  const index: Expression = member.index;
  return index.kind === 'string' ? { key: index.value, keyRange: index.range } : undefined;
}

/** `parts.pop()`: afterwards the list is another one. */
function takesOut(reference: Identifier, { adds, takesOut: takes }: Objects): boolean {
  const member = reference.parent;
  return (
    member?.kind === 'member' &&
    sameNode(member.object, reference) &&
    (adds.has(member.property) || takes.has(member.property))
  );
}
