/** Fields of an object as its own methods see them: what they begin with, and what the class writes to them later. */
import type { Assignment, ClassExpression, FunctionExpression, Member } from '../syntax/programs/program.ts';
import { circumstance } from './circumstances.ts';
import type { Inner } from './inner-value.ts';
import { oneOf } from './inner-value.ts';
import { functionAround } from './session.ts';
import type { At, Place, Session } from './session.ts';

/**
 * The value of `this.name` where `begun` stands at its declaration; undefined where neither that nor a constructor says it. A field that
 * the constructor sets is what it sets; one that another method may set is not known, unless it begins with everybody.
 */
export function fieldValue(
  begun: Inner | undefined,
  own: ClassExpression,
  field: Pick<Member, 'text' | 'range'>,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  if (begun?.kind === 'function') return begun;
  const writes = writesOf(own, field, place);
  if (writes.length === 0) return begun;
  const [only] = writes;
  const isSet = writes.length === 1 && only?.kind === 'assignment' && isInConstructor(only);
  if (isSet && only.operator === '=' && only.target.text === field.text)
    return session.value(only.value, { ...place, frames: [] });
  if (begun === undefined) return undefined;
  const later: Inner = { kind: 'unknown', ...here };
  if (!isEverybody(begun) || writes.some((write) => write === undefined || isInConstructor(write))) return later;
  return unlessSet(begun, field.text, later, here);
}

/** What something begins with, where somebody may set it to what is not known. */
export function unlessSet(begun: Inner, name: string, later: Inner, here: At): Inner {
  return oneOf(
    [
      { when: circumstance(`${name} is set`), value: later },
      { when: { kind: 'always' }, value: begun },
    ],
    begun.range,
    here.expression,
  );
}

/** The assignments to the field or to entries of it, in all methods of the class; undefined for one that cannot be read. */
function writesOf(
  own: ClassExpression,
  { text, range }: Pick<Member, 'text' | 'range'>,
  { program }: Place,
): (Assignment | undefined)[] {
  const name = text.replaceAll(/[$.]/g, '\\$&');
  const written = program.text.slice(own.range.start, own.range.end);
  const pattern = new RegExp(`(?<![\\w$])${name}\\s*(?:\\[[^\\]\\n]*\\]\\s*)*(?:[-+.|&?]{1,2})?=(?![=>])`, 'g');
  return [...written.matchAll(pattern)].flatMap(({ index }) => {
    const start = own.range.start + index;
    if (start === range.start) return [];
    const target = program.expressionAt(start + text.length - 1);
    let node = target?.parent;
    while (node?.kind === 'member' || node?.kind === 'index') node = node.parent;
    return [node?.kind === 'assignment' ? node : undefined];
  });
}

const constructors = /^(constructor|__init__|__construct)$/;

/** Of objects that live longer than a request, what is written here is the same for all of them. */
export function isInConstructor(assignment: Assignment): boolean {
  const around = functionAround(assignment);
  return around !== undefined && isConstructor(around);
}

/** By the language's own name for it, or by that of the class. */
function isConstructor({ name, parent }: FunctionExpression): boolean {
  return constructors.test(name ?? '') || (name !== undefined && parent?.kind === 'class' && parent.name === name);
}

/** `setOrigin(origin) { this.origin = origin; }`: who does not call it leaves what was there. */
export function isOfSetter(assignment: Assignment, value: Inner): boolean {
  const around = functionAround(assignment);
  return value.kind === 'path' && value.root === 'parameter' && around !== undefined && !isConstructor(around);
}

/** Lets everybody in, whatever reads it: a star, alone or in a list, or a pattern that everything matches. */
export function isEverybody(value: Inner): boolean {
  switch (value.kind) {
    case 'list':
      return value.items.some(isEverybody);
    case 'text':
      return value.text === '*';
    case 'pattern':
      return /^\^?(\.\*|\(\?:\.\*\))\$?$/.test(value.pattern.source);
    case 'environment':
      return value.fallback !== undefined && isEverybody(value.fallback as Inner);
    default:
      return false;
  }
}
