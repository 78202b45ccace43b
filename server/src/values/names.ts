/** What names stand for: in this file, in the files that it imports, and while a function or loop is followed. */
import type { Binding, FunctionExpression, Identifier, Import } from '../syntax/programs/program.ts';
import { assignedValue } from './assignments.ts';
import { withMutations } from './mutations.ts';
import { destructured } from './destructuring.ts';
import { givenOrigin } from './given-origins.ts';
import { fromEverything, globalPath, importedValue, packageValue } from './imports.ts';
import { givenSetting } from './given-settings.ts';
import type { Inner } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import { instanceOfType } from './instance-of-type.ts';
import { defaultOf } from './option-defaults.ts';
import { throughPointers } from './pointers.ts';
import type { At, Place, Session } from './session.ts';

/** What the name stands for where it is used. */
export function identifierValue(identifier: Identifier, here: At, session: Session, place: Place): Inner {
  const binding = place.program.resolve(identifier);
  if (binding === undefined)
    return (
      packageValue(identifier, here, session, place) ??
      fromEverything(identifier.name, here, session, place) ??
      globalPath([identifier.name], here)
    );
  const value = bindingValue(binding, identifier, here, session, place);
  // What the client sent is read where it is used; everything else where its literal stands.
  return value.kind === 'request' || value.kind === 'origin-piece' ? { ...value, ...here } : value;
}

function bindingValue(binding: Binding, use: Identifier, here: At, session: Session, place: Place): Inner {
  const item = itemOf(binding, place);
  if (item !== undefined) return destructured(item, binding, here, session, place);
  if (binding.import) {
    const own = binding.import.onDemand ? packageValue(use, here, session, place) : undefined;
    return own ?? importValue(binding.import, binding, here, session, place);
  }
  const known = binding.type && languageOf(place.program).ofType?.(binding.type, here);
  if (known !== undefined) return known;
  if (binding.parameterOf) return ofParameter(binding, binding.parameterOf, use, here, session, place);
  if (binding.kind === 'loop' || binding.kind === 'catch') return { kind: 'unknown', ...here };
  const typed = binding.value === undefined ? fieldOfType(binding, here, session, place) : undefined;
  if (typed !== undefined) return typed;
  const given = binding.value ? session.value(binding.value, place) : zeroValue(binding, here, place);
  // A method that is called by its bare name.
  const isCalled = given.kind === 'function' && languageOf(place.program).objects.isComputed?.(given.function) === true;
  const initial = isCalled ? session.apply(given, [], here, place) : given;
  const begun = throughPointers(destructured(initial, binding, here, session, place), binding, use, session, place);
  const declared = withMutations(begun, binding, use, session, place);
  return binding.assignments.length === 0
    ? declared
    : assignedValue({ declared, assignments: binding.assignments }, use, here, session, place);
}

/** A list that is handed over may be added to; what else is assigned to is not known any more. */
function ofParameter(
  binding: Binding,
  fn: FunctionExpression,
  use: Identifier,
  here: At,
  session: Session,
  place: Place,
): Inner {
  const given = parameterValue(binding, fn, here, session, place);
  const { assignments } = binding;
  if (given.kind !== 'list')
    return assignments.some(({ range }) => range.end <= use.range.start) ? { kind: 'unknown', ...here } : given;
  const declared = withMutations(given, binding, use, session, place);
  return assignments.length === 0 ? declared : assignedValue({ declared, assignments }, use, here, session, place);
}

function importValue(imported: Import, binding: Binding, here: At, session: Session, place: Place): Inner {
  const value = importedValue(imported, here, session, place);
  return binding.path.length > 0 && imported.imported !== binding.path[0]
    ? destructured(value, binding, here, session, place)
    : value;
}

/** A field that a constructor sets, where its type is a class of the workspace: `private final Options options;`. */
function fieldOfType({ type, assignments }: Binding, here: At, session: Session, place: Place): Inner | undefined {
  if (type === undefined || assignments.length === 0) return undefined;
  const atFirst = languageOf(place.program).zeroOf?.(type, here)?.kind ?? 'unknown';
  return atFirst === 'unknown' ? instanceOfType(type, here, session, place) : undefined;
}

/** What a name holds that nothing was written to yet. */
function zeroValue({ type, kind }: Binding, here: At, place: Place): Inner {
  // Half typed, or declared for what has its value elsewhere.
  if (kind === 'const') return { kind: 'unknown', ...here };
  return (type && languageOf(place.program).zeroOf?.(type, here)) ?? { kind: 'nothing', ...here };
}

function itemOf(binding: Binding, place: Place): Inner | undefined {
  const { start } = binding.nameRange;
  for (let index = place.frames.length - 1; index >= 0; index -= 1) {
    const frame = place.frames[index]!;
    if (
      frame.kind === 'item' &&
      frame.path === place.program.path &&
      frame.from <= start &&
      start < frame.to &&
      (frame.name === undefined || frame.name === binding.name)
    )
      return frame.value;
  }
  return undefined;
}

function parameterValue(binding: Binding, fn: FunctionExpression, here: At, session: Session, place: Place): Inner {
  const index = binding.parameterIndex ?? 0;
  for (let position = place.frames.length - 1; position >= 0; position -= 1) {
    const frame = place.frames[position]!;
    if (frame.kind !== 'arguments' || frame.path !== place.program.path || frame.start !== fn.range.start) continue;
    const given = frame.values[index] ?? { kind: 'nothing', ...here };
    return destructured(given, binding, here, session, place);
  }
  const role = languageOf(place.program).roleOf?.(binding);
  if (role === 'origin') return { kind: 'request', input: 'origin', ...here };
  const unbound: Inner = {
    kind: 'path',
    root: 'parameter',
    names: [binding.path.length > 0 ? '' : binding.name],
    ...(role && { role }),
    ...here,
  };
  const origin = binding.path.length > 0 ? undefined : givenOrigin(fn, index, here, session, place);
  const given = origin ?? givenSetting(binding, fn, here, session, place);
  if (given !== undefined) return given;
  return binding.path.length > 0
    ? destructured(unbound, binding, here, session, place)
    : ((binding.type && instanceOfType(binding.type, here, session, place)) ??
        defaultOf(binding, fn, here, session, place) ??
        unbound);
}
