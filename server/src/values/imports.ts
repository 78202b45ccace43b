/** What imports bring in, from files of the workspace and from packages. */
import type { Expression, Identifier, Import, Program } from '../syntax/programs/program.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { Inner } from './inner-value.ts';
import { toPublic } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import type { Exported } from './languages/value-language.ts';
import { jsonModule } from './data-files.ts';
import { memberOf } from './members.ts';

import { extendPath } from './request-inputs.ts';
import { resolveModule, siblingsOf } from './modules.ts';
import type { At, Place, Session } from './session.ts';
import { deepestCall, sameNode } from './session.ts';
import type { DictEntry } from './value.ts';

/** How many files an import may lead through. */
const deepestImport = 12;

/** What an import brings in; a name of somebody else's package where its file is not read. */
export function importedValue(imported: Import, here: At, session: Session, place: Place): Inner {
  const { modules } = languageOf(place.program);
  const data = jsonModule(imported.module, session, place);
  if (data !== undefined) return memberOfData(data, imported.imported, here, session, place);
  const nested = modules.submodule?.(imported);
  const submodule = nested === undefined ? [] : resolveModule(nested, place.program, session.host);
  if (submodule.length > 0) return exportOf(submodule, '*', here, session, place);
  const files = resolveModule(imported.module, place.program, session.host);
  if (files.length > 0) return exportOf(files, imported.imported, here, session, place);
  const isWhole = imported.imported === '*' || imported.imported === 'default';
  const owner = isWhole ? undefined : modules.classOf?.(imported.module);
  if (owner !== undefined)
    return extendPath(
      { kind: 'path', root: 'global', names: [owner], ...here },
      imported.imported,
      here,
      languageOf(place.program),
    );
  return globalPath(isWhole ? modules.packageName(imported.module) : imported.imported.split(/[./]/), here);
}

/** `import settings from './settings.json'`, and one key of it by its name. */
function memberOfData(data: Inner, name: string, here: At, session: Session, place: Place): Inner {
  return name === '*' || name === 'default' ? data : memberOf(data, name, here, session, place);
}

/** What a module exports under the name; `default` and `*` stand for all of it. A module may be several files. */
function exportOf(files: readonly Program[], name: string, here: At, session: Session, place: Place): Inner {
  const inside = (program: Program): Place => ({ program, frames: [], calls: place.calls + 1 });
  if (place.calls + 1 > deepestImport) return { kind: 'unknown', ...here };
  const whole = files.flatMap((file) => wholeExport(file) ?? []).at(0);
  if (name === 'default' || name === '*') {
    if (whole) return session.value(whole.value, inside(whole.file));
    const again = name === 'default' ? namedExport(files, name, here, session, place) : undefined;
    return again ?? allExports(files, here, session, inside);
  }
  const named = namedExport(files, name, here, session, place);
  if (named !== undefined) return named;
  if (whole === undefined) return { kind: 'unknown', range: here.range };
  const within = inside(whole.file);
  return memberOf(session.value(whole.value, within), name, here, session, within);
}

/** What stands in one of the files under the name, or is passed on by it. */
function namedExport(
  files: readonly Program[],
  name: string,
  here: At,
  session: Session,
  place: Place,
  seen = new Set<Program>(),
): Inner | undefined {
  for (const program of files) {
    if (seen.has(program)) continue;
    seen.add(program);
    const inside: Place = { program, frames: [], calls: place.calls + 1 };
    const direct = program.exports.get(name);
    if (direct !== undefined) return session.value(direct, inside);
    const elsewhere = exportedAgain(name, here, session, inside, seen);
    if (elsewhere !== undefined) return elsewhere;
    // Where packages are folders, what a file uses of others is its own affair.
    if (languageOf(program).modules.isOfPackage !== undefined) continue;
    const passedOn = fromEverything(name, here, session, inside, seen);
    if (passedOn !== undefined) return passedOn;
  }
  return undefined;
}

/** What stands in another file that this one passes on; under its own name before what comes with all of a module. */
function exportedAgain(name: string, here: At, session: Session, place: Place, seen: Set<Program>): Inner | undefined {
  const { passedOn } = place.program;
  const own = passedOn.find((one) => one.name === name);
  if (own !== undefined) {
    const files = place.calls > deepestImport ? [] : resolveModule(own.module, place.program, session.host);
    return files.length > 0 ? exportOf(files, own.imported, here, session, place) : undefined;
  }
  if (name === 'default' || place.calls > deepestImport) return undefined;
  for (const { module } of passedOn.filter((one) => one.name === undefined)) {
    const files = resolveModule(module, place.program, session.host);
    const value = namedExport(files, name, here, session, place, seen);
    if (value !== undefined) return value;
  }
  return undefined;
}

function wholeExport(file: Program): { readonly file: Program; readonly value: Expression } | undefined {
  for (const name of languageOf(file).modules.wholeExports) {
    const value = file.exports.get(name);
    if (value !== undefined) return { file, value };
  }
  return undefined;
}

/** A name that is exported again counts as its module has it; where that cannot be read, there may be any name. */
function allExports(
  files: readonly Program[],
  here: At,
  session: Session,
  inside: (file: Program) => Place,
  seen = new Set<Program>(),
): Inner & { kind: 'dict' } {
  const entries: DictEntry[] = [];
  let open = false;
  for (const file of files) {
    if (seen.has(file)) continue;
    seen.add(file);
    const add = (key: string, range: SourceRange, value: Inner): void => {
      entries.push({ key, keyRange: range, value: toPublic(value), range });
    };
    for (const [key, expression] of file.exports)
      add(key, { ...expression.range, path: file.path }, session.value(expression, inside(file)));
    for (const { name, module } of file.passedOn) {
      if (name !== undefined) {
        const value = exportedAgain(name, here, session, inside(file), new Set());
        if (value !== undefined) add(name, value.range, value);
        open ||= value === undefined;
        continue;
      }
      const others = resolveModule(module, file, session.host);
      const inner = allExports(others, here, session, (other) => ({ ...inside(file), program: other }), seen);
      entries.push(...inner.entries.filter(({ key }) => key !== 'default'));
      open ||= others.length === 0 || inner.open;
    }
  }
  return { kind: 'dict', entries, open, ...here };
}

/** A name of another file of the same package; undefined where there is none. */
export function packageValue({ name }: Identifier, here: At, session: Session, place: Place): Inner | undefined {
  const { modules, functionNamed } = languageOf(place.program);
  if (modules.isOfPackage === undefined || functionNamed(name) !== undefined) return undefined;
  const siblings = siblingsOf(place.program, session.host).filter((file) => file.exports.has(name));
  return siblings.length === 0 ? undefined : exportOf(siblings, name, here, session, place);
}

/** A name that the file has from a module of which it imports every name; the last such import counts. */
export function fromEverything(
  name: string,
  here: At,
  session: Session,
  place: Place,
  seen?: Set<Program>,
): Inner | undefined {
  if (place.calls > deepestImport || name.startsWith('_')) return undefined;
  for (const { module } of place.program.imports.filter(({ everything }) => everything).toReversed()) {
    const files = resolveModule(module, place.program, session.host);
    const value = namedExport(files, name, here, session, place, seen);
    if (value !== undefined && !isNothingKnown(value)) return value;
  }
  return undefined;
}

/** No value, and nothing that a value was read from. */
function isNothingKnown({ kind, expression }: Inner): boolean {
  return kind === 'unknown' && expression === undefined;
}

/** `require('./options')` used in place. */
export function requiredValue(module: string, here: At, session: Session, place: Place): Inner {
  const data = jsonModule(module, session, place);
  if (data !== undefined) return data;
  const files = resolveModule(module, place.program, session.host);
  if (files.length > 0) return exportOf(files, '*', here, session, place);
  return module.startsWith('.')
    ? { kind: 'unknown', ...here }
    : globalPath(languageOf(place.program).modules.packageName(module), here);
}

/** Module and export that a callee comes from. */
export function importedName(callee: Expression, session: Session, place: Place): Exported | undefined {
  switch (callee.kind) {
    case 'identifier':
      return importedByName(callee, session, place);
    case 'call': {
      const required = place.program.imports.find((one) => one.call !== undefined && sameNode(one.call, callee));
      return required && { module: required.module, imported: required.imported };
    }
    case 'member': {
      const owner = importedName(callee.object, session, place);
      if (owner?.imported === '*') return { module: owner.module, imported: callee.property };
      return owner && languageOf(place.program).modules.memberOfExport(owner, callee.property);
    }
    default:
      return undefined;
  }
}

/** By the import that binds the name, or through the constant that it is another name of. */
function importedByName(name: Identifier, session: Session, place: Place): Exported | undefined {
  const binding = place.program.resolve(name);
  if (binding?.import)
    return {
      module: binding.import.module,
      imported: binding.path.length > 0 ? String(binding.path.at(-1)) : binding.import.imported,
    };
  const isOtherName =
    binding !== undefined && binding.path.length === 0 && languageOf(place.program).isConstant(binding);
  return isOtherName && binding.value !== undefined && place.calls < deepestCall
    ? importedName(binding.value, session, { ...place, calls: place.calls + 1 })
    : undefined;
}

/** A chain of names that begins at nothing in this file. */
export function globalPath(names: readonly string[], here: At): Inner {
  return { kind: 'path', root: 'global', names, ...here };
}
