/** Members of known values: dictionary entries, parts of a parsed URL, attributes of a settings class. */
import type { ClassExpression } from '../syntax/programs/program.ts';
import type { OriginPart } from '../policy/request-test.ts';
import { mapChoices, originSubject, toPublic } from './inner-value.ts';
import { fieldValue } from './fields.ts';
import type { Inner, Instance } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import { segmentAt } from './operations/segments.ts';
import { optionOf } from './option-defaults.ts';
import { partOfSetting } from './operations/environment-variables.ts';
import { extendPath } from './request-inputs.ts';
import { instanceOfType } from './instance-of-type.ts';
import type { At, Place, Session } from './session.ts';
import { deepestCall } from './session.ts';
import { structField } from './struct-fields.ts';

/** In lower case: `url.Host` of Go is `url.host` of JavaScript. */
const urlParts: Readonly<Record<string, OriginPart>> = {
  hostname: 'hostname',
  host: 'host',
  netloc: 'host',
  protocol: 'scheme',
  scheme: 'scheme',
  origin: 'origin',
  port: 'port',
};

/** `object.name`. */
export function memberOf(object: Inner, name: string, here: At, session: Session, place: Place): Inner {
  return mapChoices(object, (one) => memberOfOne(one, name, here, session, place));
}

/** What languages call the number of a text's letters and of a list's members. */
const isLength = (name: string): boolean => /^([Ll]ength|size|Count)$/.test(name);

function memberOfOne(object: Inner, name: string, here: At, session: Session, place: Place): Inner {
  const missing: Inner = { kind: 'nothing', ...here };
  const notKnown: Inner = { kind: 'unknown', ...here };
  const { objects } = languageOf(place.program);
  if (objects.wrappedIn?.has(name) && /^(environment|text|list|request|origin-piece)$/.test(object.kind)) return object;
  switch (object.kind) {
    case 'dict': {
      const entry = object.entries.find(({ key }) => key === name);
      return entry?.value ?? fieldOf(object, name, here, session, place) ?? (object.open ? notKnown : missing);
    }
    case 'path':
      return extendPath(object, name, here, languageOf(place.program));
    case 'environment': {
      const separator = languageOf(place.program).settingSeparator;
      return separator === undefined ? notKnown : partOfSetting(object, name, separator, here);
    }
    case 'text':
      return isLength(name) ? { kind: 'number', value: object.text.length, ...here } : notKnown;
    case 'list':
      if (isLength(name)) return object.open ? notKnown : { kind: 'number', value: object.items.length, ...here };
      return /^\d+$/.test(name) ? (object.items[Number(name)] ?? (object.open ? notKnown : missing)) : notKnown;
    case 'count':
      return isLength(name) ? object : notKnown;
    case 'segments':
      return /^\d+$/.test(name) ? segmentAt(object, Number(name), here) : notKnown;
    case 'origin-piece': {
      if (isLength(name) && object.part !== 'url') return { kind: 'length', of: object.part, minus: 0, ...here };
      const part = object.part === 'url' ? partNamed(name, objects.urlMembers) : undefined;
      return part === undefined ? notKnown : { kind: 'origin-piece', part, ignoreCase: object.ignoreCase, ...here };
    }
    case 'instance':
      return fieldOfInstance(object, name, here, session, place) ?? notKnown;
    case 'unknown':
      if (languageOf(place.program).request.requestMembers?.test(name))
        return { kind: 'path', root: 'global', names: [name], role: 'request', ...here };
      return object.expression?.kind === 'class'
        ? (classMember(object.expression, name, here, session, place) ?? notKnown)
        : (optionOf(object.expression, name, here, session) ?? notKnown);
    default:
      return originSubject(object) !== undefined && isLength(name)
        ? { kind: 'length', of: 'origin', minus: 0, ...here }
        : notKnown;
  }
}

/** `settings.cors.origins`: what the object was made with counts before what its class says. */
function fieldOfInstance(object: Instance, name: string, here: At, session: Session, place: Place): Inner | undefined {
  const value = givenByName(object, name, session, place) ?? fieldFromOutside(object, name, here, session, place);
  const { setting } = object;
  if (setting === undefined || value?.kind === 'function') return value;
  const { separator } = setting;
  const own =
    separator === undefined ? setting : { name: `${setting.name}${separator}${name.toUpperCase()}`, separator };
  return asSetting(value, own, here);
}

/** `Cors(origins=["https://app.example.com"])`. */
function givenByName({ expression }: Instance, name: string, session: Session, { calls }: Place): Inner | undefined {
  const given = expression?.kind === 'call' ? expression.arguments.find((one) => one.name === name) : undefined;
  return given && session.value(given.value, { program: session.homeOf(given.value), frames: [], calls: calls + 1 });
}

/** The value as what a setting of the environment is where nobody sets it. */
function asSetting(value: Inner | undefined, setting: NonNullable<Instance['setting']>, here: At): Inner {
  if (value?.kind === 'environment') return value;
  if (value?.kind === 'instance') return { ...value, setting };
  return {
    kind: 'environment',
    name: setting.name,
    ...(value && value.kind !== 'unknown' && { fallback: toPublic(value) }),
    range: value?.range ?? here.range,
    expression: here.expression,
  };
}

/** What an object's field begins with counts where its methods do not write another value to it. */
function fieldFromOutside(object: Instance, name: string, here: At, session: Session, place: Place): Inner | undefined {
  const { of } = object;
  const begun = memberOfInstance(of, object, name, here, session, place);
  const program = session.homeOf(of);
  if (begun === undefined || !languageOf(program).objects.selfNames.has('this')) return begun;
  const field = { text: `this.${name}`, range: of.range };
  return fieldValue(begun, of, field, here, session, { program, frames: [], calls: place.calls });
}

/** A member of a parsed URL, by the language's own names where it has some. */
function partNamed(name: string, own: Readonly<Record<string, OriginPart>> | undefined): OriginPart | undefined {
  const [names, key] = own ? [own, name] : [urlParts, name.toLowerCase()];
  return Object.hasOwn(names, key) ? names[key] : undefined;
}

/** A method of a value with fields, or a field that is not written. */
function fieldOf(
  object: Inner & { kind: 'dict' },
  name: string,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const member = object.of?.members.find((one) => one.name === name);
  if (object.of === undefined || member === undefined) return undefined;
  if (member.value !== undefined) return memberOfInstance(object.of, object, name, here, session, place);
  return object.open || member.type === undefined ? undefined : languageOf(place.program).zeroOf?.(member.type, here);
}

/** What an object has by its class; a method goes with the object. */
export function memberOfInstance(
  of: ClassExpression,
  object: Inner,
  name: string,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const value = classMember(of, name, here, session, place);
  return value?.kind === 'function' && languageOf(place.program).objects.passesSelf
    ? { ...value, self: object }
    : value;
}

/** What the class that it extends has under this name. */
function inherited(of: ClassExpression, name: string, here: At, session: Session, place: Place): Inner | undefined {
  if (of.superclass === undefined || place.calls >= deepestCall) return undefined;
  const inside: Place = { program: session.homeOf(of), frames: place.frames, calls: place.calls + 1 };
  const parent = session.value(of.superclass, inside).expression;
  return parent?.kind === 'class' && parent !== of ? classMember(parent, name, here, session, inside) : undefined;
}

/** A field without a value of its own: by what is written to it, else by its type where that is a class of the workspace. */
function declaredField(
  of: ClassExpression,
  { name, type }: ClassExpression['members'][number],
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const written = structField(of, name, here, session, place);
  if (written !== undefined || type === undefined) return written;
  return instanceOfType(type, here, session, place);
}

/**
 * A class attribute's value. In a class of settings it is the default of an environment variable of that name.
 */
export function classMember(
  of: ClassExpression,
  name: string,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const member = of.members.find((one) => one.name === name);
  if (member === undefined) return inherited(of, name, here, session, place);
  if (place.calls >= deepestCall) return { kind: 'unknown', ...here };
  const home = session.homeOf(of);
  const { objects } = languageOf(home);
  if (objects.isFilled?.(of) && member.value?.kind !== 'function') return { kind: 'unknown', ...here };
  const inside: Place = { program: home, frames: place.frames, calls: place.calls + 1 };
  const value = member.value && session.value(member.value, inside);
  if (value?.kind === 'function') {
    return objects.isComputed?.(value.function)
      ? session.apply(value, [{ kind: 'instance', of, ...here }], here, inside)
      : value;
  }
  if (!objects.readsEnvironment?.(of))
    return value ?? declaredField(of, member, here, session, inside) ?? { kind: 'unknown', ...here };
  const held = value ?? (member.type && instanceOfType(member.type, here, session, inside));
  const separator = objects.nestedBy?.(of);
  const prefix = objects.prefixedBy?.(of) ?? '';
  const setting = { name: (prefix + name).toUpperCase(), ...(separator !== undefined && { separator }) };
  return held?.kind === 'instance' && objects.readsEnvironment(held.of) ? held : asSetting(held, setting, here);
}
