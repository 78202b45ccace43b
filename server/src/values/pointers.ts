/**
 * What names hold that were handed over by a pointer: `flag.StringVar(&origin, "origin", "*", "who may read")` gives an option of the
 * command line, `json.Unmarshal(data, &config)` what nobody knows.
 */
import type { Binding, Call, Expression, Identifier, Node, Program } from '../syntax/programs/program.ts';
import { isEverybody, unlessSet } from './fields.ts';
import type { Inner } from './inner-value.ts';
import { toPublic } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import type { Pointers } from './languages/value-language.ts';
import { runningFunction } from './loops.ts';
import { instanceOfType } from './instance-of-type.ts';
import { flagValue } from './option-defaults.ts';
import type { At, Place, Session } from './session.ts';
import { rangeIn, sameNode } from './session.ts';
import { taggedFields } from './tagged-fields.ts';
import type { Dict } from './value.ts';
import { lastName } from '../syntax/programs/last-name.ts';

/** A call that may write to what it is handed. */
interface Handing {
  readonly call: Call;
  /** The name itself, or the field of it that is handed over. */
  readonly handed: Expression;
  /** The field; undefined where it is the whole. */
  readonly field?: string;
}

/** The value of the name at its use, after the calls before it that got a pointer to it. */
export function throughPointers(
  value: Inner,
  binding: Binding,
  use: Identifier,
  session: Session,
  place: Place,
): Inner {
  const { pointers } = languageOf(place.program);
  if (pointers === undefined) return value;
  const isPointer = isPointed(binding.value, place.program);
  if (!isPointer && !place.program.text.has(new RegExp(`&${use.name}(?![\\w(])|\\b${use.name}\\.\\w+\\(`)))
    return value;
  return place.program.references(binding).reduce((before, reference) => {
    if (isCalledOn(reference) && before.kind === 'dict' && isEarlier(reference, use, place))
      return { ...before, open: true };
    const handing = handingOf(reference, isPointer && before.kind === 'dict', place.program);
    return handing !== undefined && isEarlier(handing.call, use, place)
      ? (filledByTags(before, handing, binding, session, place) ?? afterCall(before, handing, pointers, session, place))
      : before;
  }, value);
}

/** `&x`; the sign is no part of the lowered expression. */
export function isPointed(expression: Expression | undefined, { text }: Program): boolean {
  return expression !== undefined && text.slice(expression.range.start - 1, expression.range.start) === '&';
}

/** `config.Load()`: a method may write to the fields that nobody else wrote. */
function isCalledOn(reference: Identifier): boolean {
  const member = reference.parent;
  const call = member?.kind === 'member' && sameNode(member.object, reference) ? member.parent : undefined;
  return call?.kind === 'call' && sameNode(call.callee, member);
}

function handingOf(reference: Identifier, isPointer: boolean, program: Program): Handing | undefined {
  const handed = fieldOf(reference) ?? reference;
  const call = handed.parent;
  if (call?.kind !== 'call' || !call.arguments.some(({ value }) => sameNode(value, handed))) return undefined;
  const field = handed.kind === 'member' ? handed.property : undefined;
  const isHanded = isPointed(reference, program) || (isPointer && field === undefined);
  return isHanded ? { call, handed, ...(field !== undefined && { field }) } : undefined;
}

function fieldOf(reference: Identifier): Expression | undefined {
  const { parent } = reference;
  return parent?.kind === 'member' && sameNode(parent.object, reference) ? parent : undefined;
}

/** Before the use, or elsewhere; what is handed over together with the use is no news to it. */
function isEarlier(node: Call | Identifier, use: Identifier, place: Place): boolean {
  if (node.range.start <= use.range.start && use.range.start < node.range.end) return false;
  if (isReturnedWith(node, use)) return true;
  return !sameNode(runningFunction(node, place), runningFunction(use, place)) || node.range.end <= use.range.start;
}

/** `return cfg, env.Parse(cfg)`: who gets the first has it when the second has written to it. */
function isReturnedWith({ range }: Call | Identifier, use: Identifier): boolean {
  let around: Node | undefined = use.parent;
  while (around !== undefined && around.kind !== 'return' && around.kind !== 'function') around = around.parent;
  return around?.kind === 'return' && around.range.start <= range.start && range.end <= around.range.end;
}

/** A struct whose fields name variables of the environment, of which nothing was filled before. */
function filledByTags(
  before: Inner,
  { call, field }: Handing,
  { type }: Binding,
  session: Session,
  place: Place,
): Inner | undefined {
  const { pointers } = languageOf(place.program);
  if (field !== undefined || pointers?.readsTags?.test(lastName(call.callee)) !== true) return undefined;
  const here: At = { range: rangeIn(call.range, place, session), expression: call };
  const own = before.kind === 'dict' ? before : undefined;
  if (own?.open !== false) return undefined;
  const declared = type && instanceOfType(type, here, session, place);
  const of = own.of ?? (declared?.kind === 'instance' ? declared.of : undefined);
  const tagged = of === undefined ? [] : taggedFields(of, session, place);
  if (of === undefined || tagged.length === 0) return undefined;
  const others = own.entries.filter(({ key }) => !tagged.some((one) => one.key === key));
  return { kind: 'dict', entries: [...others, ...tagged], open: true, of, ...here };
}

function afterCall(before: Inner, { call, field }: Handing, pointers: Pointers, session: Session, place: Place): Inner {
  const here: At = { range: rangeIn(call.range, place, session), expression: call };
  const flag = pointers.flagOf(call);
  const given = flag && flagValue(flag, here, session, place);
  if (field !== undefined) return withField(before, field, given, here);
  if (given !== undefined) return given;
  if (before.kind !== 'dict') return written(before, here);
  const entries = pointers.fills.test(lastName(call.callee))
    ? before.entries.map((entry) => ({ ...entry, value: toPublic(written(entry.value as Inner, here)) }))
    : before.entries;
  return { ...before, entries, open: true };
}

/** Everybody gets in unless somebody else is written; of anything else nobody knows what becomes of it. */
function written(before: Inner, here: At): Inner {
  const later: Inner = { kind: 'unknown', ...here };
  return isEverybody(before) ? unlessSet(before, 'it', later, here) : later;
}

function withField(before: Inner, field: string, given: Inner | undefined, here: At): Inner {
  if (before.kind !== 'dict' && before.kind !== 'nothing') return before;
  const entries: Dict['entries'] = before.kind === 'dict' ? before.entries : [];
  const old = entries.find(({ key }) => key === field);
  const value = given ?? written((old?.value as Inner | undefined) ?? { kind: 'nothing', ...here }, here);
  const entry = { key: field, keyRange: here.range, value: toPublic(value), range: here.range };
  const rest = entries.filter((one) => one !== old);
  return before.kind === 'dict'
    ? { ...before, entries: [...rest, entry] }
    : { kind: 'dict', entries: [entry], open: true, ...here };
}
