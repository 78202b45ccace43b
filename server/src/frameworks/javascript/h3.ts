/** h3, and with it Nitro and Nuxt: `handleCors`, `appendCorsHeaders` and `appendCorsPreflightHeaders` in event handlers. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact, HeaderRule, Policy } from '../../policy/policy.ts';
import { never, not, optionsMethod, originPresent, preflightWithOrigin } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import { functionAround } from '../../values/session.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { byRelease, differing, isBefore } from '../../models/libraries/releases.ts';
import { callOf } from '../../models/libraries/imported-calls.ts';

const secondVersion = '2.0.0';

/** As observed of h3 2.0.8. */
const h3Cors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['preflight'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'any',
    true: 'nobody',
    false: 'any',
    nothing: 'any',
    pattern: 'nobody',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'search',
    callback: { roles: ['origin'], answers: 'return', as: 'truthy', refusal: 'nobody', promise: 'yes' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: {
    default: '*',
    separator: ',',
    everyResponse: false,
    starIsDefault: true,
    text: 'fails-but-star',
    nothingIsEmpty: true,
  },
  allowedHeaders: {
    default: 'requested',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: true,
    vary: true,
    starIsDefault: true,
    text: 'fails-but-star',
  },
  exposedHeaders: {
    default: '*',
    separator: ',',
    onPreflight: false,
    starIsDefault: true,
    text: 'fails-but-star',
    nothingIsEmpty: true,
  },
  maxAge: { default: undefined, zero: false },
  preflight: { when: preflightWithOrigin, status: 204 },
};

/** With credentials the `*` of methods becomes the method that is asked for, and that of exposed headers is left away. */
const withCredentials = differing(h3Cors, {
  methods: { default: 'requested' },
  exposedHeaders: { default: undefined },
});

/** By version, as observed of 2.0.8 and 1.15.11. */
const h3CorsAt = byRelease(h3Cors, [
  // No defaults were filled up but that of the origin.
  {
    before: secondVersion,
    differs: {
      options: { maxAge: [] },
      otherOptions: ['preflight', 'maxAge'],
      origin: { text: 'sent', true: 'fails', pattern: 'fails' },
      vary: { any: false, sent: true, checked: 'allowed' },
      methods: { default: undefined, starIsDefault: undefined, text: 'fails-but-star' },
      exposedHeaders: { default: undefined, onPreflight: true, starIsDefault: undefined, text: undefined },
    },
  },
]);

/** The table of version 1, which modules of Nuxt hand options of their own to. */
export const firstH3Cors = h3CorsAt('1.15.11');

export const framework = defineCorsLibrary({
  id: 'h3',
  title: 'h3 (Nitro, Nuxt)',
  documentation: 'https://h3.dev/utils/security',
  reads:
    '`handleCors(event, options)`, `appendCorsHeaders` and `appendCorsPreflightHeaders`, imported or not; by version',
  mentions: ['handlecors', 'appendcorsheaders'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'h3',
      version: versionOf,
      options: handlerOptions,
      table: tableFor,
      scope: 'where this handler runs',
      refine: asAnswered,
    },
  ],
});

function handlerOptions(program: Program, context: ProgramContext): Found {
  const calls = [...callsOf('handleCors', program), ...callsOf('appendCorsHeaders', program)];
  return {
    options: calls
      .map((call) => ({ call, place: argumentPlace(call, 1, context) }))
      .sort((a, b) => a.place.range.start - b.place.range.start),
  };
}

function tableFor(version: string | undefined, { call, place }: FoundOptions, { program }: UseContext): CorsLibrary {
  const named = isOn(dictEntry(place.value, 'credentials')?.value);
  const library = isFirst(version) || !named ? h3CorsAt(version) : withCredentials;
  if (!call?.callee.text.endsWith('appendCorsHeaders')) return library;
  const isAlone = callsOf('appendCorsPreflightHeaders', program).length === 0;
  return { ...library, preflight: isAlone ? withoutPreflight : { ...library.preflight, status: null } };
}

/** What a program takes for true, be it meant or not: the text `false` is one. */
function isOn(value: Value | undefined): boolean {
  if (value?.kind === 'boolean') return value.value;
  return value?.kind === 'text' ? value.text !== '' : value?.kind === 'number' && value.value !== 0;
}

/** Nobody answers a preflight: it is for the handler to do so. */
const withoutPreflight: CorsLibrary['preflight'] = { when: never, status: null };

/** Since the first beta of version 2. */
function handsBack(version: string | undefined): boolean {
  return version === undefined || !isBefore(version, `${secondVersion}-0`);
}

function isFirst(version: string | undefined): boolean {
  return version !== undefined && isBefore(version, secondVersion);
}

function asAnswered(policy: Policy, { call }: FoundOptions, { version, program }: UseContext): Policy {
  if (call !== undefined && handsBack(version) && isDropped(call, program)) return withoutAnswer(policy, call, program);
  return isFirst(version) && policy.refusesToStart === undefined
    ? { ...policy, headers: [...policy.headers, ...starWithoutOrigin(policy)] }
    : policy;
}

/** `app.use((event) => { handleCors(event, options); })`: what version 2 hands back for a preflight is thrown away. */
function isDropped({ callee, parent }: Call, program: Program): boolean {
  if (!callee.text.endsWith('handleCors') || parent?.kind !== 'expression-statement') return false;
  const taker = functionAround(parent)?.parent;
  return taker?.kind === 'call' && taker.callee.kind === 'member' && taker.callee.property === 'use'
    ? !program.text.has(/\.(options|all)\s*\(\s*['"`]|['"`]OPTIONS['"`]/)
    : false;
}

/** The next handler answers the preflight, and where a route has no OPTIONS that is 404. */
function withoutAnswer(policy: Policy, { range, text }: Call, program: Program): Policy {
  const routed = program.text.match(/\.(put|patch|delete)\s*\(\s*['"`]/);
  const fact: Fact = {
    kind: 'unhandled-preflight',
    range: { start: range.start, end: range.start + text.indexOf('(') },
    needs: routed ? `a ${routed[1]!.toUpperCase()} route` : 'every route with the methods or headers that it allows',
    why: 'what handleCors answers to a preflight is handed back since h3 2, and nobody returns it here',
    instead: 'Return what it gives where that is not false.',
  };
  return {
    ...policy,
    statuses: [{ when: optionsMethod, status: null }, ...policy.statuses],
    facts: [...policy.facts, ...(routed || policy.settings.methods?.written ? [fact] : [])],
  };
}

/** Version 1 answers a request without Origin with `*`, whatever the option says. */
export function starWithoutOrigin({ range }: Policy): HeaderRule[] {
  return [
    {
      name: 'access-control-allow-origin',
      operation: 'set',
      value: { kind: 'text', text: '*' },
      when: not(originPresent),
      range,
    },
    { name: 'vary', operation: 'remove', value: { kind: 'text', text: '' }, when: not(originPresent), range },
  ];
}

/** The installed version; where it is not known, version 1 stands behind Nuxt and Nitro 2, which import these functions by themselves. */
function versionOf(program: Program, { version }: ProgramContext): string | undefined {
  const installed = version('h3');
  if (installed !== undefined) return installed;
  const imports = program.imports.map(({ module }) => module);
  if (imports.some((module) => module === 'nitro/h3' || module === 'nitro')) return undefined;
  return version('nuxt') !== undefined || version('nitropack') !== undefined || !imports.includes('h3')
    ? '1.15.0'
    : undefined;
}

/** Calls of the function by its own name or the one that it was imported under; not of a function that the file itself declares. */
function callsOf(name: string, program: Program): Call[] {
  const locals = new Set([
    name,
    ...program.imports.flatMap(({ imported, local }) => (imported === name && local !== undefined ? [local] : [])),
  ]);
  const own = [...locals]
    .flatMap((local) => program.identifiers(local))
    .filter((identifier) => {
      const binding = program.resolve(identifier);
      return binding === undefined || binding.import !== undefined;
    });
  const members = program.imports
    .flatMap(({ imported, binding }) => (imported === '*' && binding ? program.references(binding) : []))
    .flatMap(({ parent }) => (parent?.kind === 'member' && parent.property === name ? [parent] : []));
  return [...own, ...members].flatMap((callee) => callOf(callee) ?? []);
}
