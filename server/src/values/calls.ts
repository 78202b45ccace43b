/** Calls: of the workspace's own functions, of methods of known values, and of well-known library functions. */
import type { Call, Expression, FunctionExpression } from '../syntax/programs/program.ts';
import { always } from '../policy/request-test.ts';
import type { Choice, Inner, Path } from './inner-value.ts';
import { mapChoices, oneOf } from './inner-value.ts';
import { listCallback } from './list-methods.ts';
import { libraryCall } from './library-calls.ts';
import { methodCall } from './methods.ts';
import { outcomesOf } from './outcomes.ts';
import { requiredValue } from './names.ts';
import { requestRead } from './request-inputs.ts';
import { memberOf } from './members.ts';
import type { At, Frame, Place, Session } from './session.ts';
import { at, deepestCall } from './session.ts';

export function evaluateCall(call: Call, session: Session, place: Place): Inner {
  const here = at(call, place, session);
  const { callee } = call;
  if (callee.kind === 'member') return memberCall(call, callee.object, callee.property, here, session, place);
  const target = session.value(callee, place);
  if (target.kind === 'path') {
    if (target.root === 'global' && target.names.join('.') === 'require')
      return requiredModule(call, here, session, place);
    return pathCall(call, target, here, session, place);
  }
  return mapChoices(target, (one) => applyTarget(one, call, here, session, place));
}

function memberCall(call: Call, object: Expression, name: string, here: At, session: Session, place: Place): Inner {
  const owner = session.value(object, place);
  if (owner.kind === 'path') {
    const values = positional(call, session, place);
    const read = values && requestRead(owner, name, values, here.range, call);
    if (read !== undefined) return read;
    return (
      libraryCall([...owner.names, name].join('.'), owner.root, call, here, session, place) ??
      ownMethod(call, here, session, place) ?? { kind: 'unknown', ...here }
    );
  }
  return mapChoices(owner, (one) => {
    const values = positional(call, session, place);
    if (values === undefined) return { kind: 'unknown', ...here };
    const result =
      listCallback(one, name, values, here, session, place) ??
      methodCall(one, name, values, here, place.program.language);
    if (result !== undefined) return result;
    const member = memberOf(one, name, here, session, place);
    return member.kind === 'function'
      ? session.apply(member, one.kind === 'instance' ? [one, ...values] : values, here, place)
      : { kind: 'unknown', ...here };
  });
}

/** `this.isAllowed(origin)`: a method of the class around. */
function ownMethod(call: Call, here: At, session: Session, place: Place): Inner | undefined {
  const target = session.value(call.callee, place);
  if (target.kind !== 'function') return undefined;
  const values = positional(call, session, place);
  const self = place.program.language === 'python' ? [{ kind: 'unknown', ...here } as Inner] : [];
  return values && session.apply(target, [...self, ...values], here, place);
}

function applyTarget(target: Inner, call: Call, here: At, session: Session, place: Place): Inner {
  if (target.kind === 'unknown' && target.expression?.kind === 'class')
    return { kind: 'instance', of: target.expression, ...here };
  if (target.kind !== 'function') return { kind: 'unknown', ...here };
  const values = argumentsFor(call, target.function, session, place);
  return values === undefined ? { kind: 'unknown', ...here } : session.apply(target, values, here, place);
}

function pathCall(call: Call, target: Path, here: At, session: Session, place: Place): Inner {
  if (target.names.length === 1 || target.root === 'global') {
    const values = positional(call, session, place);
    const read =
      values && target.names.length === 1
        ? requestRead(undefined, target.names[0]!, values, here.range, call)
        : undefined;
    if (read !== undefined) return read;
  }
  return libraryCall(target.names.join('.'), target.root, call, here, session, place) ?? { kind: 'unknown', ...here };
}

function requiredModule(call: Call, here: At, session: Session, place: Place): Inner {
  const name = call.arguments[0]?.value;
  return name?.kind === 'string' ? requiredValue(name.value, here, session, place) : { kind: 'unknown', ...here };
}

/** Values of the arguments by position; undefined when a spread hides how many there are. */
export function positional(call: Call, session: Session, place: Place): Inner[] | undefined {
  const values: Inner[] = [];
  for (const argument of call.arguments) {
    const value = session.value(argument.value, place);
    if (argument.name !== undefined && argument.spread) return undefined;
    if (!argument.spread) values.push(value);
    else if (value.kind === 'list' && !value.open) values.push(...value.items);
    else return undefined;
  }
  return values;
}

function argumentsFor(call: Call, fn: FunctionExpression, session: Session, place: Place): Inner[] | undefined {
  if (call.arguments.some((argument) => argument.spread)) return positional(call, session, place);
  const values: Inner[] = [];
  for (const argument of call.arguments) {
    const index =
      argument.name === undefined ? values.length : fn.parameters.findIndex(({ name }) => name === argument.name);
    if (index >= 0) values[index] = session.value(argument.value, place);
  }
  return values;
}

/** The value that a call of one of the workspace's functions returns, by following its body. */
export function applyFunction(
  callee: Inner,
  values: readonly (Inner | undefined)[],
  here: At,
  session: Session,
  place: Place,
): Inner {
  if (callee.kind === 'one-of') return mapChoices(callee, (one) => applyFunction(one, values, here, session, place));
  if (callee.kind !== 'function' || place.calls >= deepestCall) return { kind: 'unknown', ...here };
  const fn = callee.function;
  const inside = enter(fn, values, session, place);
  const { body } = fn;
  if (body === undefined || fn.parameters.some((parameter) => parameter.rest)) return { kind: 'unknown', ...here };
  if (body.kind !== 'block') return session.value(body, inside);
  const outcomes = outcomesOf(fn, session, inside, true);
  if (outcomes.some((outcome) => outcome.kind === 'throw' && outcome.when.kind === 'always'))
    return { kind: 'unknown', ...here };
  const choices: Choice[] = outcomes.map(({ kind, when, values: returned }) => ({
    when,
    value: kind === 'return' ? (returned[0] ?? { kind: 'nothing', ...here }) : { kind: 'nothing', ...here },
  }));
  if (choices.length === 1 && choices[0]!.when.kind === 'unknown')
    choices.push({ when: always, value: { kind: 'unknown', ...here } });
  return choices.length === 0
    ? { kind: 'nothing', ...here }
    : oneOf(
        [
          ...choices,
          {
            when: always,
            value: choices.some(({ when }) => when.kind === 'unknown')
              ? { kind: 'unknown', ...here }
              : falseLike(choices, here),
          },
        ],
        here.range,
        here.expression,
      );
}

/** The returns of a function that is followed to its end cover every case; what is left over is the last one. */
function falseLike(choices: readonly Choice[], here: At): Inner {
  return choices.every(({ value }) => value.kind === 'boolean' || value.kind === 'predicate')
    ? { kind: 'boolean', value: false, ...here }
    : { kind: 'nothing', ...here };
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
