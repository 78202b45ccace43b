/** hapi: the `cors` option of a server's routes and of each route. */
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import { all, always, not, optionsMethod, preflightWithOrigin, some } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import type { Release } from '../../models/libraries/releases.ts';
import { readLibraryOptions } from '../../models/libraries/read-library-options.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { exportCalls, methodCalls } from '../../models/libraries/imported-calls.ts';
import { developmentReach } from '../../models/libraries/library-policy.ts';
import { programText } from '../../models/libraries/origin-entries.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of @hapi/hapi 21.4.10. */
const hapiCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: [],
    allowedHeaders: ['headers'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['additionalHeaders', 'additionalExposedHeaders', 'preflightStatusCode'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'compared',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'fails',
    undefined: 'any',
    list: 'members',
    emptyList: 'fails',
    starInList: 'any-alone',
    wildcard: wildcardOf,
    failure: 'the server does not start, because "origin" takes a list of origins, "*" alone in it, or "ignore".',
  },
  credentials: { default: false, on: 'true', readsTexts: true },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'always', notForOptions: true },
  othersFor: 'accepted',
  needsOrigin: false,
  methods: { default: 'requested', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: 'Accept,Authorization,Content-Type,If-None-Match',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    addition: 'additionalHeaders',
  },
  exposedHeaders: {
    default: 'WWW-Authenticate,Server-Authorization',
    separator: ',',
    onPreflight: true,
    addition: 'additionalExposedHeaders',
  },
  maxAge: { default: '86400', zero: true, undefinedIsDefault: true },
  preflight: {
    when: preflightWithOrigin,
    status: 200,
    statusOption: 'preflightStatusCode',
    otherOptions: 'nothing',
    onlyListed: { methods: false, headers: ['origin'] },
  },
  refusesUnknown: (name) => `"cors.${name}" is not allowed, and the server does not start`,
};

/** `origin: 'ignore'` sends a `*` to everybody, without a look at the request. */
export const hapiIgnoring: CorsLibrary = {
  ...hapiCors,
  reflectsAny: false,
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  origin: { ...hapiCors.origin, text: 'any' },
  preflight: { ...hapiCors.preflight, when: { kind: 'preflight' } },
};

const hapiModules = ['@hapi/hapi', 'hapi', '@hapi/glue', 'glue'];

/** An answer without a body got 204 from release 19 on; from 21 on that of preflights is an option of its own. */
const releases: readonly Release[] = [
  {
    before: '21.0.0',
    differs: {
      otherOptions: ['additionalHeaders', 'additionalExposedHeaders'],
      preflight: { status: 204, statusOption: undefined },
    },
  },
  { before: '19.0.0', differs: { preflight: { status: 200 } } },
];
const hapiCorsAt = byRelease(hapiCors, releases);
const hapiIgnoringAt = byRelease(hapiIgnoring, releases);

/** The table for the value of a `cors` option. */
export function hapiCorsFor(value: Value | undefined, version?: string): CorsLibrary {
  return (isIgnoring(value) ? hapiIgnoringAt : hapiCorsAt)(version);
}

function isIgnoring(value: Value | undefined): boolean {
  const origin = dictEntry(value, 'origin')?.value;
  return origin?.kind === 'text' && origin.text === 'ignore';
}

interface CorsPlace {
  readonly entry: DictEntry;
  readonly scope: string;
  readonly reach: RequestTest;
}

export const framework = defineFramework({
  id: 'hapi',
  title: 'hapi',
  documentation: 'https://hapi.dev/api/#-routeoptionscors',
  reads: '`routes.cors` of a server, `options.cors` and `config.cors` of routes, in plugins and lists of routes too',
  mentions: ['cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const places = placesOf(program, context);
    if (places.length === 0) return { policies: [], facts: [] };
    const version = context.version('@hapi/hapi') ?? context.version('hapi');
    const text = programText(program, context);
    const policies = places.map(({ entry, scope, reach }): Policy => {
      const library = hapiCorsFor(entry.value, version);
      const parts = readLibraryOptions(
        library,
        { value: entry.value, range: entry.range, argumentsRange: entry.value.range },
        context.evaluator,
        text,
        all([reach, developmentReach(entry, program, context)]),
      );
      const refusal =
        isIgnoring(entry.value) && parts.settings.credentials.value === true
          ? '"cors.credentials" must be false beside the origin "ignore".'
          : parts.refusesToStart;
      return {
        framework: 'hapi',
        title: version === undefined ? 'hapi' : `hapi ${version}`,
        ...(version !== undefined && { version }),
        range: entry.range,
        scope,
        purpose: 'application',
        ...parts,
        statuses: [...parts.statuses, { when: optionsMethod, status: null }],
        ...(refusal !== undefined && { refusesToStart: refusal }),
      };
    });
    return { policies, facts: [] };
  },
});

/** hapi's wildcards: `*` is any text, and beside one a `?` is one letter. */
function wildcardOf(text: string): Pattern | undefined {
  if (!text.includes('*')) return undefined;
  const source = text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, (sign) =>
    sign === '*' ? '.*' : sign === '?' ? '.' : sign === '-' || sign === '/' ? sign : `\\${sign}`,
  );
  return { source: `^${source}$`, flags: '', dialect: 'javascript', mode: 'search' };
}

function placesOf(program: Program, context: ProgramContext): CorsPlace[] {
  const found = new Map<string, CorsPlace>();
  const add = (place: CorsPlace): void => {
    const { range, value } = place.entry;
    if (value.kind === 'nothing' || (value.kind === 'boolean' && !value.value)) return;
    // Settings that several routes share are one policy.
    const key = keyOf(range);
    const known = found.get(key);
    found.set(key, known ? { ...known, scope: 'several routes', reach: some([known.reach, place.reach]) } : place);
  };
  const seen = new Set<string>();
  const addRoute = (route: Dict): void => {
    if (seen.has(keyOf(route.range))) return;
    seen.add(keyOf(route.range));
    const place = routePlace(route, context);
    if (place) add(place);
  };
  const server = program.imports.some(({ module }) => hapiModules.includes(module));
  for (const call of methodCalls(program, 'route')) dictsOf(call.arguments[0]?.value, context).forEach(addRoute);
  for (const call of [
    ...exportCalls(program, hapiModules, ['server', 'Server']),
    ...(server ? methodCalls(program, 'connection') : []),
  ]) {
    for (const dict of dictsOf(call.arguments[0]?.value, context)) {
      const cors = dictEntry(dictEntry(dict, 'routes')?.value, 'cors');
      if (cors) add({ entry: cors, scope: 'every route of the server', reach: always });
    }
  }
  for (const object of objectsWithCors(program)) {
    const value = context.evaluator.evaluate(object);
    if (value.kind !== 'dict') continue;
    const keys = value.entries.map(({ key }) => key);
    if (keys.includes('method') && keys.includes('path')) addRoute(value);
    else if (
      server &&
      object.parent?.kind === 'object' &&
      object.parent.entries.some((entry) => entry.key === 'server' && entry.value === object)
    ) {
      const cors = dictEntry(dictEntry(value, 'routes')?.value, 'cors');
      if (cors) add({ entry: cors, scope: 'every route of the server', reach: always });
    }
  }
  return [...found.values()].sort((a, b) => a.entry.range.start - b.entry.range.start);
}

const keyOf = ({ path, start }: SourceRange): string => `${path ?? ''} ${start}`;

/** The objects around each `cors` key, from the inside out. */
function objectsWithCors(program: Program): Expression[] {
  const objects: Expression[] = [];
  for (const match of program.text.matchAll(/\bcors\b\s*['"]?\s*[:,}]/g)) {
    for (
      let node = program.expressionAt(match.index) as Expression | undefined, depth = 0;
      node !== undefined && depth < 6;
      node = node.parent as Expression | undefined, depth += 1
    ) {
      if (node.kind === 'object' && !objects.includes(node)) objects.push(node);
    }
  }
  return objects;
}

/** The objects that an argument is: one, or the members of a list. */
function dictsOf(argument: Expression | undefined, { evaluator }: ProgramContext): Dict[] {
  const value = argument && evaluator.evaluate(argument);
  const members = value?.kind === 'list' ? value.items : value ? [value] : [];
  return members.filter((member): member is Dict => member.kind === 'dict');
}

function routePlace(route: Dict, { evaluator }: ProgramContext): CorsPlace | undefined {
  const options = (dictEntry(route, 'options') ?? dictEntry(route, 'config'))?.value;
  // Options may be a function of the server that returns them.
  const returned =
    options?.kind === 'function'
      ? evaluator.outcomes(options.function, ['other']).map(({ values }) => values[0])
      : [options];
  const entry = returned.map((one) => dictEntry(one, 'cors')).find((one) => one !== undefined);
  if (entry === undefined) return undefined;
  const path = dictEntry(route, 'path')?.value;
  const methods = namesOf(dictEntry(route, 'method')?.value);
  const scope = [methods?.join(', ') ?? 'every method', path?.kind === 'text' ? path.text : 'of a route'].join(' ');
  if (methods === undefined) return { entry, scope, reach: always };
  // GET answers HEAD too, and a preflight finds the route by the method that it asks for.
  const names = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  return { entry, scope, reach: some([not({ kind: 'preflight' }), { kind: 'requested-method', names }]) };
}

/** Methods in upper case; undefined for `*` and what cannot be read. */
function namesOf(value: Value | undefined): string[] | undefined {
  const values = value?.kind === 'list' ? value.items : value ? [value] : [];
  const names = values.flatMap((item) => (item.kind === 'text' ? [item.text.toUpperCase()] : []));
  return names.length === 0 || names.length !== values.length || names.includes('*') ? undefined : names;
}
