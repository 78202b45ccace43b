/**
 * The CORS middleware of http4s: the builder `CORS.policy`, and `CORSConfig`, which stood in its place before.
 *
 * Read from its source, and run: https://http4s.org/v0.23/docs/cors.html
 */
import { coerce, lt } from 'semver';
import type { Argument, Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { chainForm } from '../../models/libraries/options-form.ts';
import { differing } from '../../models/libraries/releases.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { javaLiterals } from '../../edits/java-literals.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import { importsFrom, memberOf, secondsOf, stepsFrom, usesOfName } from './scala-names.ts';
import type { Step } from './scala-names.ts';
import { callOf } from '../../models/libraries/imported-calls.ts';

/** As `CORS.policy` of 0.23.34 answers. */
const policy: CorsLibrary = {
  options: {
    origin: ['allowOrigin'],
    credentials: ['allowCredentials'],
    methods: ['allowMethods'],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['static'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    true: 'any',
    false: 'nobody',
    nothing: 'unknown',
    pattern: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'nobody',
    callback: { roles: ['origin'], answers: 'return', as: 'truthy', refusal: 'nobody', varies: true },
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'always' },
  othersFor: 'allowed',
  needsOrigin: 'but-vary',
  methods: { default: 'GET, HEAD, PUT, PATCH, POST, DELETE', separator: ', ', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ', ', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 200,
    onlyListed: { methods: true, headers: [] },
  },
};

/** `withAllowHeadersStatic` lists without a look at what is asked for, and `*` stands for everything. */
const anyHeaders = { preflight: { onlyListed: undefined } } as const;

/** As `CORSConfig` answers since 0.21.27, 0.22.3 and 0.23.2: credentials are not for everybody. */
const config: CorsLibrary = {
  ...policy,
  options: {
    origin: ['allowedOrigins'],
    credentials: ['allowCredentials'],
    methods: ['allowedMethods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['anyOrigin', 'anyMethod'],
  origin: { ...policy.origin, missing: 'nobody', openedBy: { option: 'anyOrigin' } },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'allowed' },
  needsOrigin: true,
  methods: { default: 'requested', separator: ', ', everyResponse: true },
  allowedHeaders: {
    // Releases differ in these.
    default: 'unknown',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
  },
  exposedHeaders: { default: '*', separator: ', ', onPreflight: false },
  maxAge: { default: '86400', zero: true, everyResponse: true },
  preflight: { when: { kind: 'preflight' }, status: 200, refused: 403 },
};

const ofParts = { origin: { callback: { ...policy.origin.callback!, roles: ['origin-url'] } } } as const;

const packageName = 'org.http4s:http4s-server';
const packages = /^org\.http4s\.(server\.)?(_|\*|middleware)/;

export const framework = defineCorsLibrary({
  id: 'http4s-cors',
  title: 'http4s CORS',
  documentation: 'https://http4s.org/v0.23/docs/cors.html',
  reads:
    '`CORS.policy` with `withAllowOriginAll`, `withAllowOriginHost` and the others, and `CORSConfig` of older releases',
  mentions: ['http4s'],
  languages: ['scala'],
  uses: [
    {
      packageName,
      title: 'http4s CORS',
      options: builtPolicies,
      table: (_version, { place: { value } }) => {
        const table = isAnyHeaders(value) ? differing(policy, anyHeaders) : policy;
        return asksParts(value) ? differing(table, ofParts) : table;
      },
      refine: (made) => withoutEdits(unlessSwitchedOff(made)),
    },
    {
      packageName,
      title: 'http4s CORSConfig',
      options: configured,
      table: config,
      refine: (made, _found, use) => withoutEdits(forEverybody(made, use)),
    },
  ],
});

/** Steps of the builder: the option, and what it is set to where that is said by the name. */
const steps: Readonly<Record<string, readonly [option: string, constant?: string | boolean]>> = {
  withAllowOriginAll: ['allowOrigin', true],
  withAllowOriginHeader: ['allowOrigin'],
  withAllowOriginHost: ['allowOrigin'],
  withAllowOriginHostCi: ['allowOrigin'],
  withAllowCredentials: ['allowCredentials'],
  withExposeHeadersAll: ['exposeHeaders', '*'],
  withExposeHeadersIn: ['exposeHeaders'],
  withAllowMethodsAll: ['allowMethods', '*'],
  withAllowMethodsIn: ['allowMethods'],
  withAllowHeadersAll: ['allowHeaders', '*'],
  withAllowHeadersIn: ['allowHeaders'],
  withAllowHeadersStatic: ['allowHeaders'],
  withMaxAge: ['maxAge'],
};
/** Those that take back what a step before has set. */
const resets: Readonly<Record<string, string>> = {
  withExposeHeadersNone: 'exposeHeaders',
  withAllowHeadersReflect: 'allowHeaders',
  withMaxAgeDefault: 'maxAge',
};

function builtPolicies(program: Program, context: ProgramContext): Found {
  if (!importsFrom(program, packages)) return { options: [] };
  const starts = usesOfName(program, 'CORS').flatMap((name) => memberOf(name, 'policy') ?? []);
  return {
    options: starts.map((start): FoundOptions => {
      const taken = stepsFrom(start);
      const value = optionsOf(start, taken, context);
      const last = taken.at(-1)?.call ?? callOf(start);
      const { range } = start;
      return {
        ...(last && { call: last }),
        place: {
          value,
          range,
          argumentsRange: { start: range.end, end: range.end },
          form: chainForm(javaLiterals('arguments')),
        },
        scope: 'the routes that it is applied to',
      };
    }),
  };
}

/** What the steps set; a later one stands in place of an earlier one. */
function optionsOf(start: Expression, taken: readonly Step[], context: ProgramContext): Dict {
  const entries = new Map<string, DictEntry>();
  for (const { name, nameRange, call } of taken) {
    if (Object.hasOwn(resets, name)) entries.delete(resets[name]!);
    const [option, constant] = (Object.hasOwn(steps, name) ? steps[name] : undefined) ?? [];
    if (option === undefined) continue;
    const range = { ...nameRange, end: Math.max(nameRange.end, call.range.end) };
    const value = constant === undefined ? valueOf(option, call.arguments[0], context) : said(constant, nameRange);
    if (value) entries.set(option, { key: option, keyRange: nameRange, range, value });
    if (name === 'withAllowHeadersStatic')
      entries.set('static', { key: 'static', keyRange: nameRange, range, value: said(true, nameRange) });
  }
  const end = Math.max(start.range.end, ...taken.map(({ call }) => call.range.end));
  return { kind: 'dict', entries: [...entries.values()], open: false, range: { ...start.range, end } };
}

function said(value: string | boolean, range: DictEntry['range']): Value {
  return typeof value === 'string' ? { kind: 'text', text: value, range } : { kind: 'boolean', value, range };
}

function valueOf(option: string, given: Argument | undefined, { evaluator }: ProgramContext): Value | undefined {
  if (given === undefined) return undefined;
  if (option === 'maxAge') return secondsOf(given.value, evaluator);
  const { value } = given;
  // `Set(…).contains` asks the set.
  const asked = value.kind === 'member' && value.property === 'contains' ? value.object : value;
  return evaluator.evaluate(asked);
}

/** `withAllowOriginHost(origin => origin.host.value == …)` is handed the parts of an origin. */
function asksParts(options: Value | undefined): boolean {
  const written = dictEntry(options, 'allowOrigin')?.value.expression;
  return written?.kind === 'function' && /\.(host|scheme|port|value)\b/.test(written.text);
}

function isAnyHeaders(options: Value | undefined): boolean {
  const value = dictEntry(options, 'allowHeaders')?.value;
  return (
    dictEntry(options, 'static') !== undefined || value === undefined || (value.kind === 'text' && value.text === '*')
  );
}

/** Everybody together with credentials: http4s warns in its log, and sends no CORS headers at all. */
function unlessSwitchedOff(made: Policy): Policy {
  const { origins, credentials } = made.settings;
  const isOpen = origins.value.some(({ kind, accepts }) => kind === 'any' && accepts.kind === 'always');
  if (!isOpen || credentials.value !== true) return made;
  return {
    ...made,
    headers: [],
    facts: [
      ...made.facts,
      {
        kind: 'no-origin-configured',
        range: credentials.keyRange ?? credentials.range,
        set: [],
        why: 'With credentials for every origin http4s sends no CORS headers at all.',
      },
    ],
  };
}

/** `CORS(routes)`, `CORS(routes, config)`, `CORS.httpRoutes(routes)` of releases that have no builder, or keep both. */
function configured(program: Program, context: ProgramContext): Found {
  if (!importsFrom(program, packages)) return { options: [] };
  const calls = usesOfName(program, 'CORS').flatMap((name) => {
    const direct =
      callOf(name) ??
      ['httpRoutes', 'httpApp', 'apply']
        .flatMap((member) => memberOf(name, member) ?? [])
        .flatMap((member) => callOf(member) ?? [])[0];
    return direct ?? [];
  });
  return { options: calls.map((call) => configOf(call, context)) };
}

function configOf(call: Call, { evaluator }: ProgramContext): FoundOptions {
  const given = call.arguments[1]?.value;
  const defaults: DictEntry[] = [
    ['anyOrigin', true],
    ['allowCredentials', true],
  ].map(([key, value]) => ({
    key: key as string,
    keyRange: call.callee.range,
    range: call.callee.range,
    value: said(value as boolean, call.callee.range),
  }));
  const written = given && evaluator.evaluate(given).expression;
  const value: Value =
    given === undefined
      ? { kind: 'dict', entries: defaults, open: false, range: call.range }
      : (configIn(written?.kind === 'call' ? written : given, defaults, evaluator) ?? {
          kind: 'unknown',
          range: given.range,
        });
  return {
    call,
    place: {
      value,
      range: call.range,
      argumentsRange: call.argumentsRange,
      form: chainForm(javaLiterals('arguments')),
    },
    scope: 'the routes that it is applied to',
  };
}

/** `CORSConfig(anyOrigin = true, …)`, and `CORSConfig.default` with steps or `copy(…)` behind it. */
function configIn(
  written: Expression,
  defaults: readonly DictEntry[],
  evaluator: ProgramContext['evaluator'],
): Dict | undefined {
  if (written.kind === 'identifier') return undefined;
  const entries = new Map<string, DictEntry>();
  let current: Expression = written;
  const links: { readonly name: string; readonly call: Call }[] = [];
  while (current.kind === 'call' || current.kind === 'member') {
    if (current.kind === 'member') current = current.object;
    else {
      links.unshift({ name: current.callee.kind === 'member' ? current.callee.property : 'CORSConfig', call: current });
      current = current.callee;
    }
  }
  if (current.kind !== 'identifier' || current.name !== 'CORSConfig') return undefined;
  for (const entry of defaults) entries.set(entry.key, entry);
  if (links[0]?.name === 'CORSConfig') entries.clear();
  for (const { name, call } of links)
    for (const argument of call.arguments) {
      const step = /^with([A-Z])(\w*)$/.exec(name);
      const key = argument.name ?? (step ? step[1]!.toLowerCase() + step[2]! : undefined);
      if (key === undefined) return undefined;
      const value = key === 'maxAge' ? secondsOf(argument.value, evaluator) : evaluator.evaluate(argument.value);
      entries.set(key, { key, keyRange: argument.nameRange ?? call.callee.range, range: argument.range, value });
    }
  return { kind: 'dict', entries: [...entries.values()], open: false, range: written.range };
}

/** Older releases send credentials to everybody, who is answered with the own origin. */
function keepsCredentials(version: string | undefined): boolean {
  const found = coerce(version);
  if (!found) return false;
  const fixed = found.minor === 23 ? '0.23.2' : found.minor === 22 ? '0.22.3' : '0.21.27';
  return lt(found, fixed);
}

function forEverybody(made: Policy, { version }: UseContext): Policy {
  const isOpen = made.settings.origins.value.some(({ kind }) => kind === 'any' || kind === 'reflect');
  if (!isOpen || keepsCredentials(version)) return made;
  return {
    ...made,
    settings: { ...made.settings, credentials: { ...made.settings.credentials, value: false } },
    headers: made.headers.filter(({ name }) => name !== 'access-control-allow-credentials'),
  };
}
