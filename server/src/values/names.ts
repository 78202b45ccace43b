/** What names stand for: in this file, in the files that it imports, and while a function or loop is followed. */
import type {
  Assignment,
  Binding,
  Expression,
  FunctionExpression,
  Identifier,
  Import,
  Program,
} from '../syntax/programs/program.ts';
import { always, unknown } from '../policy/request-test.ts';
import { isNullish } from './origin-tests.ts';
import type { Choice, Inner } from './inner-value.ts';
import { oneOf, toPublic } from './inner-value.ts';
import { resolveModule, siblingsOf } from './modules.ts';
import type { Objects } from './languages/value-language.ts';
import { memberOf } from './members.ts';
import { languageOf } from './language-of.ts';
import { joinLists, plus } from './operations/joining.ts';
import { segmentAt } from './operations/segments.ts';
import { runningFunction } from './loops.ts';
import type { At, Place, Session } from './session.ts';
import { functionAround, sameNode } from './session.ts';

/** How many files an import may lead through. */
const deepestImport = 12;

/** What the name stands for where it is used. */
export function identifierValue(identifier: Identifier, here: At, session: Session, place: Place): Inner {
  const binding = place.program.resolve(identifier);
  if (binding === undefined)
    return packageValue(identifier, here, session, place) ?? globalPath([identifier.name], here);
  const value = bindingValue(binding, identifier, here, session, place);
  // What the client sent is read where it is used; everything else where its literal stands.
  return value.kind === 'request' || value.kind === 'origin-piece' ? { ...value, ...here } : value;
}

function bindingValue(binding: Binding, use: Identifier, here: At, session: Session, place: Place): Inner {
  const item = itemOf(binding, place);
  if (item !== undefined) return destructured(item, binding, here, session, place);
  if (binding.import) return importValue(binding.import, binding, here, session, place);
  if (binding.parameterOf) return parameterValue(binding, binding.parameterOf, use, here, session, place);
  if (binding.kind === 'loop' || binding.kind === 'catch') return { kind: 'unknown', ...here };
  const initial: Inner = binding.value ? session.value(binding.value, place) : { kind: 'nothing', ...here };
  const declared = withMutations(destructured(initial, binding, here, session, place), binding, session, place);
  return binding.assignments.length === 0
    ? declared
    : assignedValue(declared, binding.assignments, use, here, session, place);
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

function destructured(value: Inner, binding: Binding, here: At, session: Session, place: Place): Inner {
  let current = value;
  for (const step of binding.path) {
    current =
      typeof step === 'number' && current.kind === 'segments'
        ? segmentAt(current, step, here)
        : typeof step === 'number' && current.kind === 'list'
          ? (current.items[step] ?? { kind: 'unknown', ...here })
          : memberOf(current, String(step), here, session, place);
  }
  return binding.path.length > 0 || value.kind === 'nothing'
    ? orFallback(current, binding.fallback, here, session, place)
    : current;
}

function orFallback(value: Inner, fallback: Expression | undefined, here: At, session: Session, place: Place): Inner {
  if (fallback === undefined) return value;
  const missing = isNullish(value);
  if (missing.kind === 'never') return value;
  const otherwise = session.value(fallback, place);
  if (value.kind === 'environment') return { ...value, fallback: toPublic(otherwise) };
  return oneOf(
    [
      { when: missing, value: otherwise },
      { when: always, value },
    ],
    here.range,
    here.expression,
  );
}

function parameterValue(
  binding: Binding,
  fn: FunctionExpression,
  use: Identifier,
  here: At,
  session: Session,
  place: Place,
): Inner {
  const index = binding.parameterIndex ?? 0;
  if (binding.assignments.some((assignment) => assignment.range.end <= use.range.start))
    return { kind: 'unknown', ...here };
  for (let position = place.frames.length - 1; position >= 0; position -= 1) {
    const frame = place.frames[position]!;
    if (frame.kind !== 'arguments' || frame.path !== place.program.path || frame.start !== fn.range.start) continue;
    const given = frame.values[index] ?? { kind: 'nothing', ...here };
    return destructured(given, binding, here, session, place);
  }
  const role = languageOf(place.program).roleOf?.(binding);
  const unbound: Inner = {
    kind: 'path',
    root: 'parameter',
    names: [binding.path.length > 0 ? '' : binding.name],
    ...(role && { role }),
    ...here,
  };
  return binding.path.length > 0
    ? destructured(unbound, binding, here, session, place)
    : (argumentOfCallers(fn, index, session, place) ?? unbound);
}

/** The Origin header when that is what every caller of a named function in this file passes. */
function argumentOfCallers(fn: FunctionExpression, index: number, session: Session, place: Place): Inner | undefined {
  if (place.calls > 2 || !/^\w*origin\w*$/i.test(fn.parameters[index]?.name ?? '')) return undefined;
  const declaration = fn.parent;
  const name =
    fn.name ??
    (declaration?.kind === 'declaration' ? declaration.bindings.find((one) => one.path.length === 0)?.name : undefined);
  if (name === undefined) return undefined;
  const uses = place.program.identifiers(name).filter((use) => sameNode(place.program.resolve(use)?.value, fn));
  if (uses.length === 0 || uses.length > 5) return undefined;
  let found: Inner | undefined;
  for (const reference of uses) {
    const call = reference.parent;
    const argument = call?.kind === 'call' && sameNode(call.callee, reference) ? call.arguments[index] : undefined;
    if (argument === undefined || argument.spread) return undefined;
    found = session.value(argument.value, { ...place, frames: [], calls: place.calls + 1 });
    if (found.kind !== 'request' || found.input !== 'origin') return undefined;
  }
  return found;
}

/** `let x = a; if (test) x = b`: the last assignment that was reached before the use. */
function assignedValue(
  declared: Inner,
  assignments: readonly Assignment[],
  use: Identifier,
  here: At,
  session: Session,
  place: Place,
): Inner {
  const user = runningFunction(use, place);
  const choices: Choice[] = [];
  for (let index = assignments.length - 1; index >= 0; index -= 1) {
    const assignment = assignments[index]!;
    const writer = runningFunction(assignment, place);
    const sameFunction = sameNode(writer, user);
    if (sameFunction && assignment.range.end > use.range.start) continue;
    if (
      assignment.target.kind === 'identifier' &&
      assignment.operator === '+=' &&
      (sameFunction || writer === undefined)
    ) {
      const before = assignedValue(declared, assignments.slice(0, index), use, here, session, place);
      choices.push(
        { when: session.guard(assignment, place), value: plus(before, session.value(assignment.value, place), here) },
        { when: always, value: before },
      );
      break;
    }
    if (assignment.target.kind !== 'identifier' || (assignment.operator !== '=' && assignment.operator !== ':=')) {
      choices.push({ when: unknown(), value: { kind: 'unknown', ...here } });
      continue;
    }
    const when = sameFunction || writer === undefined ? session.guard(assignment, place) : unknown();
    choices.push({ when, value: session.value(assignment.value, place) });
    if (when.kind === 'always') break;
  }
  return oneOf([...choices, { when: always, value: declared }], here.range, here.expression);
}

/** Members that `push`, `add`, `append` bring in later; from then on the list is open. */
function withMutations(value: Inner, binding: Binding, session: Session, place: Place): Inner {
  const { objects } = languageOf(place.program);
  if (value.kind === 'segments')
    return place.program.references(binding).some((reference) => takesOut(reference, objects))
      ? { kind: 'unknown', range: value.range }
      : value;
  if (value.kind !== 'list' && value.kind !== 'dict') return value;
  const added: Inner[] = [];
  let entries = value.kind === 'dict' ? [...value.entries] : [];
  let changed = false;
  let isOpen = value.open;
  for (const reference of place.program.references(binding)) {
    const member = reference.parent;
    if ((member?.kind !== 'member' && member?.kind !== 'index') || !sameNode(member.object, reference)) continue;
    const outer = member.parent;
    const written =
      member.kind === 'member'
        ? { key: member.property, keyRange: member.propertyRange }
        : member.index.kind === 'string'
          ? { key: member.index.value, keyRange: member.index.range }
          : undefined;
    if (
      outer?.kind === 'assignment' &&
      sameNode(outer.target, member) &&
      value.kind === 'dict' &&
      written !== undefined
    ) {
      const reached =
        functionAround(outer) === undefined && session.guard(outer, place).kind === 'always' && outer.operator === '=';
      const one: Inner = reached ? session.value(outer.value, place) : { kind: 'unknown', range: outer.range };
      entries = [
        ...entries.filter(({ key }) => key !== written.key),
        { ...written, value: toPublic(one), range: outer.range },
      ];
      changed = true;
    }
    if (
      outer?.kind !== 'call' ||
      member.kind !== 'member' ||
      !sameNode(outer.callee, member) ||
      !objects.adds.has(member.property)
    )
      continue;
    changed = true;
    isOpen ||= value.kind === 'dict';
    if (value.kind === 'dict') continue;
    for (const argument of outer.arguments) {
      const given = session.value(argument.value, place);
      const members =
        given.kind === 'list' && (argument.spread || objects.addsEach.has(member.property))
          ? given.items
          : given.kind !== 'unknown' && given.kind !== 'path'
            ? [given]
            : [];
      // `if (debug) origins.push('http://localhost:3000')`.
      const when = session.guard(outer, place);
      if (when.kind !== 'never')
        added.push(...members.map((one) => oneOf([{ when, value: one }], one.range, one.expression)));
    }
  }
  if (!changed) return value;
  if (value.kind === 'dict') return { ...value, entries, open: isOpen };
  const here = { range: value.range, expression: value.expression };
  return {
    ...joinLists(
      [value, { kind: 'list', items: added.map(toPublic), open: true, type: value.type, ...here }],
      here,
      value.type,
    ),
  };
}

/** `parts.pop()`: afterwards the list is another one. */
function takesOut(reference: Identifier, { adds, takesOut: takes }: Objects): boolean {
  const member = reference.parent;
  return (
    member?.kind === 'member' &&
    sameNode(member.object, reference) &&
    (adds.has(member.property) || takes.has(member.property))
  );
}

function importValue(imported: Import, binding: Binding, here: At, session: Session, place: Place): Inner {
  const { modules } = languageOf(place.program);
  const nested = modules.submodule?.(imported);
  const submodule = nested === undefined ? [] : resolveModule(nested, place.program, session.host);
  if (submodule.length > 0) return exportOf(submodule, '*', here, session, place);
  const files = resolveModule(imported.module, place.program, session.host);
  if (files.length === 0) {
    const names =
      imported.imported === '*' || imported.imported === 'default'
        ? modules.packageName(imported.module)
        : imported.imported.split(/[./]/);
    const path = globalPath(names, here);
    return binding.path.length > 0 && imported.imported !== binding.path[0]
      ? destructured(path, binding, here, session, place)
      : path;
  }
  const value = exportOf(files, imported.imported, here, session, place);
  return binding.path.length > 0 && imported.imported !== binding.path[0]
    ? destructured(value, binding, here, session, place)
    : value;
}

/** What a module exports under the name; `default` and `*` stand for all of it. A module may be several files. */
function exportOf(files: readonly Program[], name: string, here: At, session: Session, place: Place): Inner {
  const inside = (program: Program): Place => ({ program, frames: [], calls: place.calls + 1 });
  if (place.calls + 1 > deepestImport) return { kind: 'unknown', ...here };
  const whole = files.flatMap((file) => wholeExport(file) ?? []).at(0);
  if (name === 'default' || name === '*')
    return whole ? session.value(whole.value, inside(whole.file)) : allExports(files, here, session, inside);
  for (const file of files) {
    const direct = file.exports.get(name);
    if (direct !== undefined) return session.value(direct, inside(file));
  }
  if (whole === undefined) return { kind: 'unknown', ...here };
  const within = inside(whole.file);
  return memberOf(session.value(whole.value, within), name, here, session, within);
}

function wholeExport(file: Program): { readonly file: Program; readonly value: Expression } | undefined {
  for (const name of languageOf(file).modules.wholeExports) {
    const value = file.exports.get(name);
    if (value !== undefined) return { file, value };
  }
  return undefined;
}

function allExports(files: readonly Program[], here: At, session: Session, inside: (file: Program) => Place): Inner {
  const entries = files.flatMap((file) =>
    [...file.exports].map(([key, expression]) => {
      const range = { ...expression.range, path: file.path };
      return { key, keyRange: range, value: toPublic(session.value(expression, inside(file))), range };
    }),
  );
  return { kind: 'dict', entries, open: false, ...here };
}

/** A name of another file of the same package; undefined where there is none. */
function packageValue({ name }: Identifier, here: At, session: Session, place: Place): Inner | undefined {
  const { modules, functionNamed } = languageOf(place.program);
  if (modules.isOfPackage === undefined || functionNamed(name) !== undefined) return undefined;
  const siblings = siblingsOf(place.program, session.host).filter((file) => file.exports.has(name));
  return siblings.length === 0 ? undefined : exportOf(siblings, name, here, session, place);
}

function globalPath(names: readonly string[], here: At): Inner {
  return { kind: 'path', root: 'global', names, ...here };
}

/** `require('./options')` used in place. */
export function requiredValue(module: string, here: At, session: Session, place: Place): Inner {
  const files = resolveModule(module, place.program, session.host);
  if (files.length > 0) return exportOf(files, '*', here, session, place);
  return module.startsWith('.')
    ? { kind: 'unknown', ...here }
    : globalPath(languageOf(place.program).modules.packageName(module), here);
}

/** Module and export that a callee comes from. */
export function importedName(
  callee: Expression,
  session: Session,
  place: Place,
): { readonly module: string; readonly imported: string } | undefined {
  if (callee.kind === 'identifier') {
    const binding = place.program.resolve(callee);
    if (binding?.import)
      return {
        module: binding.import.module,
        imported: binding.path.length > 0 ? String(binding.path.at(-1)) : binding.import.imported,
      };
    const isConstant = binding !== undefined && languageOf(place.program).isConstant(binding);
    if (isConstant && binding.value !== undefined && binding.path.length === 0 && place.calls < 8)
      return importedName(binding.value, session, { ...place, calls: place.calls + 1 });
    return undefined;
  }
  if (callee.kind === 'call') {
    const required = place.program.imports.find((one) => one.call !== undefined && sameNode(one.call, callee));
    return required && { module: required.module, imported: required.imported };
  }
  if (callee.kind !== 'member') return undefined;
  const owner = importedName(callee.object, session, place);
  if (owner === undefined) return undefined;
  if (owner.imported === '*') return { module: owner.module, imported: callee.property };
  return languageOf(place.program).modules.memberOfExport(owner, callee.property);
}
