/** The CORS middleware of ASP.NET Core as a table, by its version and by the steps that are taken. */
import type { Pattern } from '../../../policy/request-test.ts';
import type { CorsLibrary, OptionNames } from '../../../models/libraries/cors-library.ts';
import { byRelease, differing } from '../../../models/libraries/releases.ts';
import { dictEntry } from '../../../values/dict-entry.ts';
import type { Value } from '../../../values/value.ts';
import { otherKinds } from '../../../models/libraries/other-kinds.ts';

/** What the steps of a `CorsPolicyBuilder` set, by the option of the table. */
const stepNames: OptionNames = {
  origin: ['WithOrigins'],
  credentials: ['AllowCredentials'],
  methods: ['WithMethods'],
  allowedHeaders: ['WithHeaders'],
  exposedHeaders: ['WithExposedHeaders'],
  maxAge: ['SetPreflightMaxAge'],
};
/** The same as members of a `CorsPolicy`. */
const memberNames: OptionNames = {
  origin: ['Origins'],
  credentials: ['SupportsCredentials'],
  methods: ['Methods'],
  allowedHeaders: ['Headers'],
  exposedHeaders: ['ExposedHeaders'],
  maxAge: ['PreflightMaxAge'],
};

/** The step that reads `*.` in origins as any subdomain. */
export const wildcardStep = 'SetIsOriginAllowedToAllowWildcardSubdomains';

/** As `src/Middleware/CORS` of dotnet/aspnetcore says. See https://learn.microsoft.com/aspnet/core/security/cors */
const aspNetCors: CorsLibrary = {
  options: stepNames,
  otherOptions: [wildcardStep],
  foreignNames: {},
  origin: {
    missing: 'nobody',
    forgotten: 'ASP.NET Core lets nobody in without WithOrigins or SetIsOriginAllowed.',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    ...otherKinds('fails', 'fails'),
    // The program does not start, so that nobody gets in.
    nothing: 'nobody',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any-single',
    comparedAs: (text) => text.toLowerCase(),
    checks: [
      { option: 'SetIsOriginAllowed', roles: ['origin'] },
      { option: 'IsOriginAllowed', roles: ['origin'] },
    ],
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'true' },
  // From 2.2 on the program does not start (`aspnet-cors.ts`).
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'allowed', notForOne: true },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: undefined, separator: ',', everyResponse: false, starIsDefault: true },
  allowedHeaders: {
    default: undefined,
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    starIsDefault: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: { when: { kind: 'preflight' }, status: 204, refused: 204 },
};

const released = byRelease(aspNetCors, [
  // Beside credentials everybody got the own origin back in place of the star.
  { before: '2.2.0', differs: { anyWithCredentials: 'reflect' } },
]);

/** `https://*.example.com`: any number of labels, the same scheme and port. */
function anySubdomain(text: string): Pattern | undefined {
  const [, scheme, host, port] = /^(https?):\/\/\*\.([^/:*]+)(?::(\d+))?$/i.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  const usual = scheme.toLowerCase() === 'https' ? '443' : '80';
  const name = host.toLowerCase().replaceAll(/[^\w-]/g, (sign) => `\\${sign}`);
  const source = `${scheme.toLowerCase()}:\\/\\/[\\w.-]*[\\w-]\\.${name}${port && port !== usual ? `:${port}` : ''}`;
  return { source, flags: '', dialect: 'javascript', mode: 'full' };
}

/** What the middleware makes of these steps; `isObject`: of the members of a `CorsPolicy`. */
export function aspNetCorsAt(version: string | undefined, value: Value | undefined, isObject: boolean): CorsLibrary {
  const library = released(version);
  const options = isObject ? memberNames : stepNames;
  const writes = (names: readonly string[]): boolean => dictEntry(value, names[0]!) !== undefined;
  const isStar = isOnlyStar(dictEntry(value, options.origin[0]!)?.value);
  const readsWildcards = isLast(value, wildcardStep, 'SetIsOriginAllowed');
  return differing(library, {
    options,
    origin: {
      // With a star alone nobody is asked, and of two checks the last one that is set counts.
      ...((isStar || readsWildcards) && { checks: [] }),
      ...(readsWildcards && { wildcard: anySubdomain, wildcardAlone: true }),
    },
    // Who has a check is told apart from others, also where it is for one origin.
    ...(readsWildcards && { vary: { ...library.vary, notForOne: false } }),
    methods: { ...library.methods, default: writes(options.methods) ? 'requested' : undefined },
    allowedHeaders: { ...library.allowedHeaders, default: writes(options.allowedHeaders) ? 'requested' : undefined },
  });
}

function isOnlyStar(value: Value | undefined): boolean {
  const only = value?.kind === 'list' && value.items.length === 1 && !value.open ? value.items[0] : value;
  return only?.kind === 'text' && only.text === '*';
}

/** Whether the step is taken, and the other one is not taken after it. */
function isLast(value: Value | undefined, step: string, other: string): boolean {
  const [own, later] = [dictEntry(value, step), dictEntry(value, other)];
  return own !== undefined && (later === undefined || later.keyRange.start < own.keyRange.start);
}
