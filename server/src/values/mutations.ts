/** What is written to a list or a dictionary after it was made, seen from one use of its name. */
import type { Assignment, Binding, Call, Identifier, Index, Member } from '../syntax/programs/program.ts';
import type { SourceRange } from '../syntax/range.ts';
import { always } from '../policy/request-test.ts';
import type { Inner } from './inner-value.ts';
import { oneOf, toPublic } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import type { Objects } from './languages/value-language.ts';
import { runningFunction } from './loops.ts';
import { joinLists } from './operations/joining.ts';
import type { Place, Session } from './session.ts';
import { functionAround, rangeIn, sameNode } from './session.ts';
import type { Dict, List } from './value.ts';

/** Members that `push`, `add`, `append` bring in later leave a list open; entries that are assigned are those of the dictionary. */
export function withMutations(value: Inner, binding: Binding, use: Identifier, session: Session, place: Place): Inner {
  const { objects } = languageOf(place.program);
  if (objects.structAdditions && isMadeElsewhere(value))
    return writtenStruct(value, place.program.references(binding), use, session, place);
  if (value.kind !== 'segments' && value.kind !== 'list' && value.kind !== 'dict') return value;
  const references = place.program.references(binding);
  if (value.kind === 'segments')
    return references.some((reference) => takesOut(reference, objects))
      ? { kind: 'unknown', range: value.range }
      : value;
  // What is made empty is a dictionary where it is written to by keys: PHP has one kind of both.
  if (
    value.kind === 'list' &&
    value.items.length === 0 &&
    references.some((one) => isWrittenByKey(one, session, place))
  )
    return writtenDict({ ...value, kind: 'dict', entries: [] }, references, use, session, place);
  return value.kind === 'list'
    ? extendedList(value, references, objects, session, place)
    : writtenDict(value, references, use, session, place);
}

/** `cors.DefaultConfig()`, `cors.ConfigDefault`: a value of another package. */
function isMadeElsewhere({ kind, expression }: Inner): boolean {
  return (
    (kind === 'unknown' && expression?.kind === 'call') ||
    ((kind === 'unknown' || kind === 'path') && expression?.kind === 'member')
  );
}

/** The fields that are written to a struct of which nothing else is known; the value as it was where there are none. */
function writtenStruct(
  value: Inner,
  references: readonly Identifier[],
  use: Identifier,
  session: Session,
  place: Place,
): Inner {
  const isWritten = references.some((reference) => {
    const member = memberAt(reference);
    const around = member?.parent;
    if (member?.kind !== 'member') return false;
    return (
      (around?.kind === 'assignment' && sameNode(around.target, member)) || additionTo(reference, place) !== undefined
    );
  });
  const { range, expression } = value;
  return isWritten
    ? writtenDict({ kind: 'dict', entries: [], open: true, range, expression }, references, use, session, place)
    : value;
}

/** `config.AddAllowHeaders("X-Token")`. */
function additionTo(reference: Identifier, { program }: Place): (Call & { readonly callee: Member }) | undefined {
  const member = memberAt(reference);
  const call = member?.parent;
  const { structAdditions } = languageOf(program).objects;
  return member?.kind === 'member' &&
    call?.kind === 'call' &&
    sameNode(call.callee, member) &&
    structAdditions?.test(member.property) === true
    ? (call as Call & { readonly callee: Member })
    : undefined;
}

/** What such methods were given before the use, as a list under the name of the method. */
function withAddition(
  entries: Dict['entries'],
  call: Call & { readonly callee: Member },
  use: Identifier,
  session: Session,
  place: Place,
): Dict['entries'] {
  const isSame = sameNode(runningFunction(call, place), runningFunction(use, place));
  if (isSame && call.range.start >= use.range.start) return entries;
  const { property } = call.callee;
  const [range, keyRange] = [call.range, call.callee.propertyRange].map((one) => rangeIn(one, place, session)) as [
    SourceRange,
    SourceRange,
  ];
  const given = call.arguments.flatMap(({ value, spread }) => membersOf(session.value(value, place), spread));
  const before = entries.find(({ key }) => key === property);
  const earlier = before?.value.kind === 'list' ? before.value.items : [];
  const isSure = isSame && session.guard(call, place).kind === 'always' && given.every(({ kind }) => kind === 'text');
  const value = {
    kind: 'list',
    items: [...earlier, ...given.map(toPublic)],
    open: !isSure,
    type: 'list',
    range,
  } as const;
  return [...entries.filter((one) => one !== before), { key: property, keyRange, value, range }];
}

/** `parts.pop()`: afterwards the list is another one. */
function takesOut(reference: Identifier, { adds, takesOut: takes }: Objects): boolean {
  const member = memberAt(reference);
  return member?.kind === 'member' && (adds.has(member.property) || takes.has(member.property));
}

function memberAt(reference: Identifier): Member | Index | undefined {
  const member = reference.parent;
  return (member?.kind === 'member' || member?.kind === 'index') && sameNode(member.object, reference)
    ? member
    : undefined;
}

/** `list.push(x)`. */
function addingCall(reference: Identifier, { adds }: Objects): (Call & { readonly callee: Member }) | undefined {
  const member = memberAt(reference);
  const call = member?.parent;
  return member?.kind === 'member' &&
    call?.kind === 'call' &&
    sameNode(call.callee, member) &&
    adds.has(member.property)
    ? (call as Call & { readonly callee: Member })
    : undefined;
}

/** What a call adds to the list: `list.push(x)`, `array_push($list, $x)`. */
interface Addition {
  readonly call: Call;
  readonly given: Call['arguments'];
  /** Each member of what is given is one more. */
  readonly each: boolean;
}

function additionBy(reference: Identifier, objects: Objects): Addition | undefined {
  const call = addingCall(reference, objects);
  if (call) return { call, given: call.arguments, each: objects.addsEach.has(call.callee.property) };
  const { parent } = reference;
  if (parent?.kind !== 'call' || !objects.addingFunctions?.test(parent.callee.text)) return undefined;
  const [list, ...given] = parent.arguments;
  return list && sameNode(list.value, reference) ? { call: parent, given, each: false } : undefined;
}

function extendedList(
  value: List,
  references: readonly Identifier[],
  objects: Objects,
  session: Session,
  place: Place,
): Inner {
  const calls = references.flatMap((reference) => additionBy(reference, objects) ?? []);
  if (calls.length === 0) return value;
  const added = calls.flatMap(({ call, given, each }) => {
    // `if (debug) origins.push('http://localhost:3000')`.
    const when = session.guard(call, place);
    if (when.kind === 'never') return [];
    return given
      .flatMap((argument) => membersOf(session.value(argument.value, place), argument.spread || each))
      .map((one) => oneOf([{ when, value: one }], one.range, one.expression));
  });
  const here = { range: value.range, expression: value.expression };
  const more: Inner = { kind: 'list', items: added.map(toPublic), open: true, type: value.type, ...here };
  return joinLists([value, more], here, value.type);
}

function membersOf(given: Inner, each: boolean): readonly Inner[] {
  if (given.kind === 'list' && each) return given.items;
  return given.kind === 'unknown' || given.kind === 'path' ? [] : [given];
}

function isWrittenByKey(reference: Identifier, session: Session, place: Place): boolean {
  const member = memberAt(reference);
  const assignment = member?.parent;
  return (
    member?.kind === 'index' &&
    assignment?.kind === 'assignment' &&
    sameNode(assignment.target, member) &&
    session.value(member.index, place).kind === 'text'
  );
}

function writtenDict(
  value: Dict,
  references: readonly Identifier[],
  use: Identifier,
  session: Session,
  place: Place,
): Inner {
  const { objects } = languageOf(place.program);
  let { entries, open } = value;
  for (const reference of references) {
    open ||= addingCall(reference, objects) !== undefined;
    const merged = mergedInto(reference, objects, use, session, place);
    if (merged !== undefined) {
      entries = [...entries.filter(({ key }) => !merged.entries.some((one) => one.key === key)), ...merged.entries];
      open ||= merged.open;
    }
    const addition = additionTo(reference, place);
    if (addition !== undefined) {
      entries = withAddition(entries, addition, use, session, place);
      continue;
    }
    const member = memberAt(reference);
    const extended = member && extendedEntry(member, entries, objects, session, place);
    if (extended !== undefined) {
      entries = entries.map((one) => (one.key === extended.key ? extended : one));
      continue;
    }
    const assignment = member?.parent;
    if (member === undefined || assignment?.kind !== 'assignment' || !sameNode(assignment.target, member)) continue;
    const written = keyOf(member, session, place);
    if (written === undefined) {
      open = true;
      continue;
    }
    const before = entries.find(({ key }) => key === written.key);
    const one = assigned(assignment, before?.value, use, session, place);
    if (one === undefined) continue;
    entries = [
      ...entries.filter(({ key }) => key !== written.key),
      { ...written, value: toPublic(one), range: rangeIn(assignment.range, place, session) },
    ];
  }
  return entries === value.entries && open === value.open ? value : { ...value, entries, open };
}

/** `Object.assign(options, more)` before the use; what is not known of `more` leaves the dictionary open. */
function mergedInto(
  reference: Identifier,
  { mergesInto }: Objects,
  use: Identifier,
  session: Session,
  place: Place,
): Pick<Dict, 'entries' | 'open'> | undefined {
  const call = reference.parent;
  if (call?.kind !== 'call' || !mergesInto?.test(call.callee.text)) return undefined;
  const [into, ...others] = call.arguments;
  if (
    into === undefined ||
    !sameNode(into.value, reference) ||
    (call.range.start <= use.range.start && use.range.start < call.range.end)
  )
    return undefined;
  const isSame = sameNode(runningFunction(call, place), runningFunction(use, place));
  if (isSame && call.range.end > use.range.start) return undefined;
  const isSure = session.guard(call, place).kind === 'always' && (isSame || functionAround(call) === undefined);
  const values = others.map((one) => (one.spread ? undefined : session.value(one.value, place)));
  const dicts = values.flatMap((one) => (one?.kind === 'dict' ? [one] : []));
  const open =
    !isSure || values.some((one) => one?.kind !== 'dict' && one?.kind !== 'nothing') || dicts.some((one) => one.open);
  return { entries: isSure ? dicts.flatMap((one) => one.entries) : [], open };
}

/** `options.origin.push(asked)`: the entry holds more than was written. */
function extendedEntry(
  member: Member | Index,
  entries: Dict['entries'],
  objects: Objects,
  session: Session,
  place: Place,
): Dict['entries'][number] | undefined {
  const call = member.parent?.parent;
  const adds = member.parent;
  if (adds?.kind !== 'member' || !sameNode(adds.object, member) || !objects.adds.has(adds.property)) return undefined;
  if (call?.kind !== 'call' || !sameNode(call.callee, adds)) return undefined;
  const written = keyOf(member, session, place);
  const entry = entries.find(({ key }) => key === written?.key);
  if (entry?.value.kind !== 'list') return undefined;
  const each = objects.addsEach.has(adds.property);
  const when = session.guard(call, place);
  const added = call.arguments
    .flatMap((one) => membersOf(session.value(one.value, place), one.spread || each))
    .map((one) => oneOf([{ when, value: one }], one.range, one.expression));
  return { ...entry, value: { ...entry.value, items: [...entry.value.items, ...added.map(toPublic)], open: true } };
}

function keyOf(
  member: Member | Index,
  session: Session,
  place: Place,
): { readonly key: string; readonly keyRange: SourceRange } | undefined {
  if (member.kind === 'member')
    return { key: member.property, keyRange: rangeIn(member.propertyRange, place, session) };
  const key = session.value(member.index, place);
  return key.kind === 'text' ? { key: key.text, keyRange: rangeIn(member.index.range, place, session) } : undefined;
}

/** What the entry holds at the use; undefined where nothing has been written yet. */
function assigned(
  assignment: Assignment,
  before: Inner | undefined,
  use: Identifier,
  session: Session,
  place: Place,
): Inner | undefined {
  const isSameFunction = sameNode(runningFunction(assignment, place), runningFunction(use, place));
  const { range, operator, value } = assignment;
  const notKnown: Inner = { kind: 'unknown', range };
  const isTopLevel = functionAround(assignment) === undefined;
  if (operator !== '=' || (!isTopLevel && !isSameFunction)) return notKnown;
  if (isSameFunction && !isTopLevel && range.end > use.range.start) return undefined;
  const when = session.guard(assignment, place);
  if (when.kind === 'always') return session.value(value, place);
  const otherwise: Inner = before ?? { kind: 'nothing', range };
  return oneOf(
    [
      { when, value: session.value(value, place) },
      { when: always, value: otherwise },
    ],
    range,
  );
}
