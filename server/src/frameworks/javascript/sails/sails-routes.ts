/** Routes of Sails with `cors` of their own. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { Policy } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { all, always, not, optionsMethod, some } from '../../../policy/request-test.ts';
import { isTrue } from '../../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../../values/value.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { libraryPolicy } from '../../../models/libraries/library-policy.ts';
import { differing } from '../../../models/libraries/releases.ts';
import type { KeyedEntry } from '../../../models/libraries/object-keys.ts';
import { entriesWithKey, keyOf } from '../../../models/libraries/object-keys.ts';
import { sailsCors, sailsPolicy, securityOf } from './sails-settings.ts';

const address = /^\s*(?:(all|get|post|put|delete|trace|options|connect|patch|head)\s+)?(\/\S*)\s*$/i;

/** `cors: 'https://…'` is one origin, compared as it is written: nothing is split, and `*` is no wildcard. */
const singleOrigin = differing(sailsCors, {
  origin: { separator: undefined, star: 'compared', empty: 'nobody', list: 'fails' },
});

interface Route {
  readonly entry: KeyedEntry['entry'];
  readonly value: Value;
  readonly scope: string;
  readonly methods: RequestTest;
  readonly preflights: RequestTest;
}

export function readRoutes(program: Program, context: ProgramContext): Policy[] {
  const routes = entriesWithKey(program, 'cors').flatMap((keyed) => routeOf(keyed, context));
  if (routes.length === 0 || !isSails(program, context)) return [];
  const security = securityOf(program, context);
  return routes.flatMap((route) => readRoute(route, security, program, context));
}

function isSails(program: Program, context: ProgramContext): boolean {
  return (
    program.exports.has('routes') ||
    /(^|\/)config\/routes\.[cm]?[jt]s$/.test(program.path) ||
    context.version('sails') !== undefined
  );
}

function routeOf({ object, entry }: KeyedEntry, { evaluator }: ProgramContext): Route[] {
  const matched = address.exec(keyOf(object)?.entry.key ?? '');
  if (matched === null) return [];
  const [, verb, path] = matched;
  const method = verb?.toUpperCase();
  return [
    {
      entry,
      value: evaluator.evaluate(entry.value),
      scope: method === undefined ? path! : `${method} ${path!}`,
      methods:
        method === undefined
          ? not(optionsMethod)
          : method === 'ALL'
            ? always
            : method === 'GET'
              ? some([
                  { kind: 'method', name: 'GET' },
                  { kind: 'method', name: 'HEAD' },
                ])
              : { kind: 'method', name: method },
      preflights:
        method === undefined || method === 'ALL' ? optionsMethod : { kind: 'requested-method', names: [method] },
    },
  ];
}

type Security = ReturnType<typeof securityOf>;

/** Settings for the whole application answer all OPTIONS requests themselves, and stay where the route's own do not apply. */
function readRoute(route: Route, security: Security, program: Program, context: ProgramContext): Policy[] {
  const { entry, value, scope } = route;
  const everywhere = security !== undefined && isTrue(security.value, 'allRoutes');
  const defaults = (security?.value.entries ?? []).map((one) => (security!.elsewhere ? moved(one, value) : one));
  const own = ownPolicy(route, defaults, everywhere, program, context);
  if (own === undefined) return [];
  const plain = value.kind === 'boolean' ? { ...own, facts: [], edits: {} } : own;
  const isForeign = security?.elsewhere === true && defaults.length > 0;
  const policy = isForeign ? withoutForeignEdits(plain, value) : plain;
  if (!everywhere) return [policy];
  const global = sailsPolicy(
    {
      value: { ...security.value, entries: defaults },
      entry: { range: entry.range, valueRange: entry.value.range },
      scope,
    },
    program,
    context,
  );
  return [{ ...policy, headers: [...global.headers, ...plain.headers], statuses: global.statuses }];
}

/** What the route itself makes of its `cors`: settings, one origin, or `true` for those of the application. */
function ownPolicy(
  { entry, value, scope, methods, preflights }: Route,
  defaults: readonly DictEntry[],
  everywhere: boolean,
  program: Program,
  context: ProgramContext,
): Policy | undefined {
  const reach = everywhere ? all([methods, not(optionsMethod)]) : some([methods, preflights]);
  const { range } = entry;
  const settings = (entries: readonly DictEntry[]): Dict => ({
    kind: 'dict',
    range: value.range,
    open: false,
    entries,
  });
  const read = (options: Dict): Policy =>
    sailsPolicy({ value: options, entry: { range, valueRange: entry.value.range }, scope, reach }, program, context);
  if (value.kind === 'dict') return read(withDefaults(value, defaults));
  if (value.kind === 'boolean') return value.value && !everywhere ? read(settings(defaults)) : undefined;
  if (value.kind !== 'text') return undefined;
  const origin: DictEntry = { key: 'allowOrigins', keyRange: entry.keyRange, value, range };
  return singlePolicy(
    libraryPolicy(
      singleOrigin,
      { value: withDefaults(settings([origin]), defaults), range, argumentsRange: entry.value.range },
      { framework: 'sails', packageName: 'Sails', version: context.version('sails'), scope },
      program,
      context,
      reach,
    ),
  );
}

/** What a route does not say is as in the settings of the application. */
function withDefaults(own: Dict, defaults: readonly DictEntry[]): Dict {
  const names = Object.values(sailsCors.options);
  const said = new Set(own.entries.flatMap(({ key }) => names.find((same) => same.includes(key)) ?? [key]));
  return { ...own, entries: [...own.entries, ...defaults.filter(({ key }) => !said.has(key) && key !== 'allRoutes')] };
}

/** An entry of another file, seen from the place in this one that takes it over. */
function moved(entry: DictEntry, { range }: Value): DictEntry {
  const value =
    entry.value.kind === 'list'
      ? { ...entry.value, items: entry.value.items.map((item) => ({ ...item, range })) }
      : entry.value;
  return { ...entry, keyRange: range, range, value: { ...value, range } };
}

/** Nothing is changed where settings of another file are meant. */
function withoutForeignEdits(policy: Policy, { range }: Value): Policy {
  const { origins } = policy.settings;
  const value = origins.value.map((entry) =>
    entry.range.start === range.start && entry.range.end === range.end ? { ...entry, edits: undefined } : entry,
  );
  return { ...policy, settings: { ...policy.settings, origins: { ...origins, value } } };
}

/** The text stands where a whole set of settings could: what is written there has to be one origin. */
function singlePolicy(policy: Policy): Policy {
  const { allowOnly } = policy.edits;
  return {
    ...policy,
    facts: policy.facts.filter(({ kind }) => kind === 'multiple-origins'),
    edits: { ...(allowOnly && { allowOnly }) },
  };
}
