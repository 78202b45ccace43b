/** Calls: of the workspace's own functions, of methods of known values, and of well-known library functions. */
import type { Call, Expression } from '../syntax/programs/program.ts';
import { always } from '../policy/request-test.ts';
import type { Choice, Inner, Path } from './inner-value.ts';
import { mapChoices, oneOf } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import type { Use } from './languages/value-language.ts';
import { givenTo } from './operations/functions.ts';
import { methodCall } from './methods.ts';
import { enter } from './frames.ts';
import { outcomesOf } from './outcomes.ts';
import { configuredValue } from './data-files.ts';
import { requiredValue } from './imports.ts';
import { declaredSetting, flagCalled, settingAsked, settingCalled } from './option-defaults.ts';
import { requestRead } from './request-inputs.ts';
import { memberOf } from './members.ts';
import type { At, Place, Session } from './session.ts';
import { at, deepestCall } from './session.ts';

export function evaluateCall(call: Call, session: Session, place: Place): Inner {
  const here = at(call, place, session);
  const { callee } = call;
  if (callee.kind === 'member')
    return (
      flagCalled(call, here, session, place) ?? memberCall(call, callee.object, callee.property, here, session, place)
    );
  const target = session.value(callee, place);
  if (target.kind === 'path') {
    const required =
      target.root === 'global' ? languageOf(place.program).modules.requiredBy?.(target.names, call) : undefined;
    if (required !== undefined) return requiredValue(required, here, session, place);
    return pathCall(call, target, here, session, place);
  }
  return mapChoices(target, (one) => applyTarget(one, call, here, session, place));
}

function memberCall(call: Call, object: Expression, name: string, here: At, session: Session, place: Place): Inner {
  return mapChoices(session.value(object, place), (one) => {
    const values = positional(call, session, place);
    if (one.kind === 'path') return methodOfPath(call, one, name, values, here, session, place);
    if (values === undefined) return { kind: 'unknown', ...here };
    const use: Use = { here, session, place, language: languageOf(place.program) };
    if (one.kind === 'function' && name === use.language.objects.boundBy && values.length <= 1) return one;
    const result = methodCall(one, name, values, use) ?? declaredSetting(one, name, values, here, session);
    if (result !== undefined) return result;
    // `const config = app.get(ConfigService)`: what it is cannot be seen, what it is called can.
    const asked = one.kind === 'unknown' ? settingAsked(object.text, name, values, here) : undefined;
    if (asked !== undefined) return asked;
    const member = memberOf(one, name, here, session, place);
    if (member.kind === 'function') return session.apply(member, values, here, place);
    // `origins.value()` is what `origins` holds.
    if (member === one && one.kind === 'environment' && values.length === 0) return { ...one, ...here };
    // Where methods read members, `uri.host` is a call.
    const isRead = values.length === 0 && use.language.request.accessor?.(name) === name;
    if (isRead) return member;
    const field =
      one.kind === 'instance' && values.length === 0 ? use.language.objects.fieldOfGetter?.(name) : undefined;
    return field === undefined ? { kind: 'unknown', ...here } : memberOf(one, field, here, session, place);
  });
}

/** A method of what is known by its name only. */
function methodOfPath(
  call: Call,
  owner: Path,
  name: string,
  values: readonly Inner[] | undefined,
  here: At,
  session: Session,
  place: Place,
): Inner {
  const read = values && requestRead(owner, name, values, here, languageOf(place.program));
  if (read !== undefined) return read;
  const configured = values && configuredBy(owner, name, values, here, session, place);
  if (configured !== undefined) return configured;
  const asked = values && settingAsked(owner.names.at(-1) ?? '', name, values, here);
  if (asked !== undefined) return asked;
  return (
    libraryCall({ ...owner, names: [...owner.names, name] }, call, here, session, place) ??
    ownMethod(call, here, session, place) ?? { kind: 'unknown', ...here }
  );
}

/** `config.get('cors.origin')` of node-config. */
function configuredBy(
  { root, names }: Path,
  method: string,
  [name, ...others]: readonly Inner[],
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const isConfig = root === 'global' && names.length === 1 && names[0] === 'config';
  if (!isConfig || method !== 'get' || name?.kind !== 'text' || others.length > 0) return undefined;
  return place.program.imports.some(({ module }) => module === 'config')
    ? configuredValue(name.text, here, session, place)
    : undefined;
}

/** `this.isAllowed(origin)`: a method of the class around. */
function ownMethod(call: Call, here: At, session: Session, place: Place): Inner | undefined {
  const target = session.value(call.callee, place);
  if (target.kind !== 'function') return undefined;
  const values = positional(call, session, place);
  return values && session.apply(target, values, here, place);
}

function applyTarget(target: Inner, call: Call, here: At, session: Session, place: Place): Inner {
  if (target.kind === 'unknown' && target.expression?.kind === 'class')
    return { kind: 'instance', of: target.expression, ...here };
  if (target.kind !== 'function') return calledValue(target, call, here, session, place);
  const values = argumentsFor(call, target, session, place);
  return values === undefined ? { kind: 'unknown', ...here } : session.apply(target, values, here, place);
}

/** `allowed(origin)`, where a language calls a method of a value that stands before brackets. */
function calledValue(target: Inner, call: Call, here: At, session: Session, place: Place): Inner {
  const language = languageOf(place.program);
  const { calledAs } = language;
  const values = calledAs === undefined ? undefined : positional(call, session, place);
  const result = values && methodCall(target, calledAs!, values, { here, session, place, language });
  return result ?? { kind: 'unknown', ...here };
}

function pathCall(call: Call, target: Path, here: At, session: Session, place: Place): Inner {
  if (target.names.length === 1 || target.root === 'global') {
    const values = positional(call, session, place);
    const read =
      values && target.names.length === 1
        ? requestRead(undefined, target.names[0]!, values, here, languageOf(place.program))
        : undefined;
    if (read !== undefined) return read;
  }
  const asked = settingCalled(target.names, () => positional(call, session, place), here);
  if (asked !== undefined) return asked;
  return libraryCall(target, call, here, session, place) ?? { kind: 'unknown', ...here };
}

/** What a library's function gives; undefined for one that is not known. */
function libraryCall(target: Path, call: Call, here: At, session: Session, place: Place): Inner | undefined {
  if (target.root === 'parameter') return undefined;
  const language = languageOf(place.program);
  const known = language.functionNamed(target.names.join('.'));
  return known?.(givenTo(call, session, place), { here, session, place, language });
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

function argumentsFor(
  call: Call,
  { function: fn, self }: Inner & { kind: 'function' },
  session: Session,
  place: Place,
): Inner[] | undefined {
  if (call.arguments.some((argument) => argument.spread)) return positional(call, session, place);
  const parameters = fn.parameters.slice(self === undefined ? 0 : 1);
  const values: Inner[] = [];
  for (const argument of call.arguments) {
    const index =
      argument.name === undefined ? values.length : parameters.findIndex(({ name }) => name === argument.name);
    if (index >= 0) values[index] = session.value(argument.value, place);
  }
  return values;
}

/** `origin::startsWith`, `origin.StartsWith`: a method that is handed over together with what it is called on. */
function boundMethod(
  { kind, range, expression }: Inner,
  values: readonly (Inner | undefined)[],
  here: At,
  session: Session,
  place: Place,
): Inner {
  const language = languageOf(place.program);
  const given = values.flatMap((value) => value ?? []);
  const receiver =
    language.objects.bindsMethods === true &&
    kind === 'unknown' &&
    expression?.kind === 'member' &&
    (range.path ?? session.root.path) === place.program.path
      ? session.value(expression.object, place)
      : undefined;
  const method = expression?.kind === 'member' ? expression.property : '';
  // The test stands where the method is named: what it is handed to is no text that an edit may compare.
  const at: At = { range, ...(expression && { expression }) };
  const result = receiver && methodCall(receiver, method, given.slice(0, 1), { here: at, session, place, language });
  return result ?? { kind: 'unknown', ...here };
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
  if (place.calls >= deepestCall) return { kind: 'unknown', ...here };
  if (callee.kind !== 'function') return boundMethod(callee, values, here, session, place);
  const fn = callee.function;
  const inside = enter(fn, withSelf(callee, values), session, place);
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
  const last = body.statements.at(-1);
  // What ends with a `return` gives that where it gave nothing before.
  if (last?.kind === 'return' && outcomes.at(-1)?.node === last.value && last.value !== undefined)
    choices.splice(-1, 1, { when: always, value: choices.at(-1)!.value });
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

/** A method is handed the object that it was taken from. */
function withSelf(
  { self }: Inner & { kind: 'function' },
  values: readonly (Inner | undefined)[],
): readonly (Inner | undefined)[] {
  return self === undefined ? values : [self as Inner, ...values];
}

/** The returns of a function that is followed to its end cover every case; what is left over is the last one. */
function falseLike(choices: readonly Choice[], here: At): Inner {
  return choices.every(({ value }) => value.kind === 'boolean' || value.kind === 'predicate')
    ? { kind: 'boolean', value: false, ...here }
    : { kind: 'nothing', ...here };
}
