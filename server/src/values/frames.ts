/** What the parameters of a function stand for while it is followed. */
import type { FunctionExpression } from '../syntax/programs/program.ts';
import type { ParameterRole } from './evaluator.ts';
import type { Inner } from './inner-value.ts';
import type { Frame, Place, Session } from './session.ts';
import { rangeIn } from './session.ts';

/** Binds the parameters to what a framework passes; the object that a method was taken from stands before them. */
export function roleFrame(
  fn: FunctionExpression,
  roles: readonly ParameterRole[],
  self: Inner | undefined,
  place: Place,
  session: Session,
): Frame {
  const parameters = self === undefined ? fn.parameters : fn.parameters.slice(1);
  const values = roles.map((role, index): Inner => {
    const range = rangeIn(parameters[index]?.range ?? fn.range, place, session);
    if (role === 'origin') return { kind: 'request', input: 'origin', range };
    if (role === 'origin-url') return { kind: 'origin-piece', part: 'url', ignoreCase: false, range };
    if (role === 'list') return { kind: 'list', type: 'list', items: [], open: true, range };
    if (role === 'empty') return { kind: 'text', text: '', range };
    return { kind: 'path', root: 'parameter', names: [parameters[index]?.name ?? role], role, range };
  });
  const all = self === undefined ? values : [self, ...values];
  return { kind: 'arguments', path: place.program.path, start: fn.range.start, values: all };
}

/** The place inside the function with its parameters bound. */
export function enter(
  fn: FunctionExpression,
  values: readonly (Inner | undefined)[],
  session: Session,
  place: Place,
): Place {
  const program = session.homeOf(fn);
  // Inside, the callback has the name of the parameter that it is handed over as.
  const named = values.map((value, index): Inner | undefined =>
    value?.kind === 'path' && value.role === 'callback' && value.names.length === 1
      ? { ...value, names: [fn.parameters[index]?.name ?? value.names[0]!] }
      : value,
  );
  const frame: Frame = { kind: 'arguments', path: program.path, start: fn.range.start, values: named };
  return { program, frames: [...place.frames, frame], calls: place.calls + 1 };
}
