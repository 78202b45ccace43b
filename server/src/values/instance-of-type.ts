/** Objects that are known by the type which is written for them. */
import type { Expression } from '../syntax/programs/program.ts';
import type { Inner } from './inner-value.ts';
import type { At, Place, Session } from './session.ts';

/** What a declared type says of a value: an object of a class of the workspace, whose methods and fields are known. */
export function instanceOfType(type: Expression, here: At, session: Session, place: Place): Inner | undefined {
  const declared = session.value(type, place);
  return declared.kind === 'unknown' && declared.expression?.kind === 'class'
    ? { kind: 'instance', of: declared.expression, ...here }
    : undefined;
}
