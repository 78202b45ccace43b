/** Who calls a function: in its own file, in the other files of its package, and in the files around it that import it. */
import type { Call, Expression, FunctionExpression, Identifier, Import, Program } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { some } from '../policy/request-test.ts';
import { nameOfFunction, usesOfFunction } from './function-uses.ts';
import { languageOf } from './language-of.ts';
import { folderOf, resolveModule, siblingsOf } from './modules.ts';
import type { EvaluatorHost, Place, Session } from './session.ts';
import { functionAround, sameNode } from './session.ts';

export interface CallSite {
  readonly call: Call;
  readonly place: Place;
}

/** Most files of one folder that are asked whether they call a function of their neighbour. */
const mostNeighbours = 12;
/** Most calls that are looked at; a function with more of them is anybody's. */
const mostSites = 8;
const ofTests = /(^|[._-])(test|tests|spec|mock|stories|d)\.\w+$|(^|\/)test_|_test\.\w+$/;

/** Each parameter of a function asks. */
const known = new WeakMap<Session, Map<string, readonly CallSite[] | undefined>>();

/** All calls that are found; undefined where the function is handed on as a value, so that anybody may call it. */
export function callsOf(fn: FunctionExpression, session: Session, place: Place): readonly CallSite[] | undefined {
  const found = known.get(session) ?? new Map<string, readonly CallSite[] | undefined>();
  known.set(session, found);
  const key = `${place.program.path} ${fn.range.start} ${place.calls}`;
  if (!found.has(key)) found.set(key, findCalls(fn, session, place));
  return found.get(key);
}

/** The condition under which somebody calls the function, as each caller's own checks say it; undefined where no caller is known. */
export function calledWhen(fn: FunctionExpression, session: Session, place: Place): RequestTest | undefined {
  const sites = callsOf(fn, session, place);
  if (sites === undefined || sites.length === 0) return undefined;
  return some(sites.map((site) => session.guard(site.call, site.place)));
}

function findCalls(fn: FunctionExpression, session: Session, place: Place): readonly CallSite[] | undefined {
  const { program } = place;
  const name = nameOfFunction(fn);
  if (name === undefined || languageOf(program).objects.selfNames.has(name)) return undefined;
  const own = callsAmong(
    usesOfFunction(fn, program).filter((use) => !isExport(use, program)),
    { ...place, frames: [], calls: place.calls + 1 },
  );
  if (own === undefined) return undefined;
  const sites = [...own];
  for (const other of [...siblingsOf(program, session.host), ...importersOf(fn, name, session.host, program)]) {
    const inside: Place = { program: other, frames: [], calls: place.calls + 1 };
    const found = callsAmong(usesElsewhere(name, fn, program, other, session.host), inside);
    if (found === undefined || sites.length + found.length > mostSites) return undefined;
    sites.push(...found);
  }
  return sites;
}

/** Undefined where one of the names is no callee. */
function callsAmong(uses: readonly Expression[], place: Place): readonly CallSite[] | undefined {
  const sites: CallSite[] = [];
  for (const use of uses) {
    const call = use.parent;
    if (call?.kind !== 'call' || !sameNode(call.callee, use)) return undefined;
    sites.push({ call, place });
  }
  return sites;
}

/** `module.exports = { setCors }`, `export default setCors`; what an exported function does is a use as any other. */
function isExport(use: Identifier, { exports }: Program): boolean {
  const around = functionAround(use)?.range.start ?? -1;
  const { start, end } = use.range;
  return [...exports.values()].some(({ range }) => range.start <= start && end <= range.end && around < range.start);
}

/** Programs beside the file, and in the folder around it, that speak of the function and of its module. */
function importersOf(fn: FunctionExpression, name: string, host: EvaluatorHost, from: Program): readonly Program[] {
  if (languageOf(from).modules.isOfPackage !== undefined || !isExported(fn, from)) return [];
  const ending = from.path.slice(from.path.lastIndexOf('.') + 1).replace(/^[cm]?([jt]s)x?$/, '$1');
  const isSameKind = ending === 'js' || ending === 'ts' ? /\.[cm]?[jt]sx?$/ : new RegExp(`\\.${ending}$`);
  const folder = folderOf(from.path);
  return [folder, folderOf(folder)].flatMap((one) =>
    (host.listFolder?.(one) ?? [])
      .filter((file) => isSameKind.test(file) && !ofTests.test(file))
      .slice(0, mostNeighbours)
      .map((file) => (one === '' ? file : `${one}/${file}`))
      .filter((path) => path !== from.path && speaksOf(host.text?.(path), name, from.path))
      .flatMap((path) => host.program(path) ?? []),
  );
}

function isExported(fn: FunctionExpression, { exports }: Program): boolean {
  return [...exports.values()].some(
    (one) =>
      sameNode(one, fn) || (one.range.start <= fn.range.start && fn.range.end <= one.range.end) || one.text === fn.name,
  );
}

/** The whole module may have another name where it is imported. */
function speaksOf(text: string | undefined, name: string, path: string): boolean {
  return text !== undefined && (text.includes(name) || text.includes(stemOf(path)));
}

/** `cors` of `lib/cors.ts`, `lib` of `lib/index.ts`. */
function stemOf(path: string): string {
  const parts = path.replace(/\.\w+$/, '').split('/');
  return (/^(index|__init__)$/.test(parts.at(-1)!) ? parts.at(-2) : parts.at(-1)) ?? '';
}

/** Every use of the function in another file: of its name in the same package, else of what an import gives. */
function usesElsewhere(
  name: string,
  fn: FunctionExpression,
  home: Program,
  other: Program,
  host: EvaluatorHost,
): readonly Expression[] {
  if (languageOf(home).modules.isOfPackage !== undefined)
    return other.identifiers(name).filter((use) => other.resolve(use) === undefined);
  return other.imports
    .filter((one) => leadsTo(one, home, other, host))
    .flatMap((one) => usesOfImport(one, name, fn, home, other));
}

function leadsTo({ module, typeOnly }: Import, home: Program, other: Program, host: EvaluatorHost): boolean {
  const last = module
    .replace(/(\/index)?\.[cm]?[jt]sx?$|\/index$/, '')
    .split(/[/.]/)
    .at(-1);
  if (typeOnly || (last !== stemOf(home.path) && last !== '')) return false;
  return resolveModule(module, other, host).some(({ path }) => path === home.path);
}

function usesOfImport(
  { imported, binding, call }: Import,
  name: string,
  fn: FunctionExpression,
  home: Program,
  other: Program,
): readonly Expression[] {
  const references: readonly Expression[] = binding ? other.references(binding) : call ? [call] : [];
  if (imported === name) return references;
  const whole = languageOf(home).modules.wholeExports.some((one) => sameNode(home.exports.get(one), fn));
  if (imported !== 'default' && imported !== '*') return [];
  if (whole) return references;
  return references.flatMap(({ parent }) => (parent?.kind === 'member' && parent.property === name ? [parent] : []));
}
