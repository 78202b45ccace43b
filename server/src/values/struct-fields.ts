/**
 * Fields of structs that are declared without a value: what the literals of the struct, and assignments and pointers to the field, put
 * there in the files of its package. Other packages may write to the fields that they see.
 */
import type { Assignment, Call, ClassExpression, Expression, Program } from '../syntax/programs/program.ts';
import { isEverybody, isOfSetter, unlessSet } from './fields.ts';
import type { Inner } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import { siblingsOf } from './modules.ts';
import { flagValue } from './option-defaults.ts';
import { isPointed } from './pointers.ts';
import type { At, Place, Session } from './session.ts';
import { sameNode } from './session.ts';

/** What is written to the field at one place; undefined for what cannot be read. */
interface Write {
  readonly value: Inner | undefined;
  /** Whoever makes the struct writes it, or it is what holds where nobody else writes. */
  readonly isBeginning: boolean;
}

/**
 * What a field of the struct holds: what its only writer puts there, or everybody where it begins with that and others may set it;
 * undefined where nothing says it.
 */
export function structField(
  of: ClassExpression,
  name: string,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const { pointers } = languageOf(place.program);
  if (pointers === undefined) return undefined;
  const files = [place.program, ...siblingsOf(place.program, session.host)];
  const writes = files.flatMap((program) => writesIn(program, of, name, session, place));
  const [only] = writes;
  if (writes.length === 1 && only!.value !== undefined && pointers.ownNames.test(name)) return only!.value;
  const [begun, ...others] = writes.filter(({ isBeginning }) => isBeginning);
  if (begun?.value === undefined || !isTelling(begun.value)) return undefined;
  // Of two constructors that do not agree nobody knows which one is called.
  if (others.some(({ value }) => value === undefined || !isSameStart(value, begun.value!))) return undefined;
  return unlessSet(begun.value, `${of.name ?? ''}.${name}`, { kind: 'unknown', ...here }, here);
}

/** What holds where nobody sets it is worth saying of everybody, and of switches. */
function isTelling(value: Inner): boolean {
  return value.kind === 'boolean' || isEverybody(value);
}

function isSameStart(left: Inner, right: Inner): boolean {
  return left.kind === 'boolean' && right.kind === 'boolean'
    ? left.value === right.value
    : isEverybody(left) && isEverybody(right);
}

function writesIn(program: Program, of: ClassExpression, name: string, session: Session, { calls }: Place): Write[] {
  const place: Place = { program, frames: [], calls: calls + 1 };
  return program.text.matchAll(new RegExp(`\\b${name}\\b`, 'g')).flatMap(({ index }): Write[] => {
    const after = program.text.slice(index + name.length, index + name.length + 1);
    return after === ':' ? literalAt(index, of, name, session, place) : memberAt(index, of, session, place);
  });
}

/** `&Config{Origin: "*"}`. */
function literalAt(index: number, of: ClassExpression, name: string, session: Session, place: Place): Write[] {
  let node: Expression | undefined = place.program.expressionAt(index);
  while (node && node.kind !== 'object') node = node.parent as Expression | undefined;
  const entry = node?.entries.find(({ keyRange }) => keyRange.start === index);
  if (node === undefined || entry?.key !== name) return [];
  if (node.type !== undefined && !isOfType(session.value(node.type, place), of)) return [];
  return [{ value: node.type && session.value(entry.value, place), isBeginning: true }];
}

function isOfType({ kind, expression }: Inner, of: ClassExpression): boolean {
  return kind === 'unknown' && expression?.kind === 'class' && isSameClass(expression, of);
}

function isSameClass(one: ClassExpression, other: ClassExpression): boolean {
  return one.name === other.name && sameNode(one, other);
}

/** `config.Origin = "*"`, `flag.StringVar(&config.Origin, "origin", "*", "who may read")`. */
function memberAt(index: number, of: ClassExpression, session: Session, place: Place): Write[] {
  const node = place.program.expressionAt(index);
  if (node?.kind !== 'member' || node.propertyRange.start !== index) return [];
  const { parent } = node;
  if (parent?.kind !== 'assignment' && parent?.kind !== 'call') return [];
  if (parent.kind === 'call' ? !isPointed(node, place.program) : !sameNode(parent.target, node)) return [];
  const owner = session.value(node.object, place);
  if ((owner.kind === 'instance' || owner.kind === 'dict') && owner.of && !isSameClass(owner.of, of)) return [];
  if (parent.kind === 'call') return [{ value: flagOf(parent, session, place), isBeginning: true }];
  const value = parent.operator === '=' ? session.value(parent.value, place) : undefined;
  return [{ value, isBeginning: !isOptional(parent, value, session, place) }];
}

function flagOf(call: Call, session: Session, place: Place): Inner | undefined {
  const flag = languageOf(place.program).pointers?.flagOf(call);
  return flag && flagValue(flag, { range: call.range, expression: call }, session, place);
}

/** An assignment that need not happen, and leaves what was there: under a condition, or in a method that sets what it is given. */
function isOptional(assignment: Assignment, value: Inner | undefined, session: Session, place: Place): boolean {
  if (value !== undefined && isEverybody(value)) return false;
  return (value !== undefined && isOfSetter(assignment, value)) || session.guard(assignment, place).kind !== 'always';
}
