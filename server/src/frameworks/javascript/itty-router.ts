/** `cors` of itty-router 5 and 6, which makes `preflight` and `corsify`. */
import { lt } from 'semver';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { all, not, originPresent, some } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentPlace, libraryPolicy } from '../../models/libraries/library-policy.ts';

/** As observed of itty-router 6.0.0, where `preflight` stands before the routes and `corsify` behind them. */
const ittyCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['allowMethods'],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'closed',
    true: 'reflect',
    false: 'closed',
    nothing: 'closed',
    undefined: 'any',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'nobody',
    callback: { roles: ['origin'], answers: 'return', as: 'header', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: '*', separator: ',', everyResponse: true },
  allowedHeaders: { default: undefined, separator: ',', everyResponse: true, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: false, everyResponse: true },
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: 204 },
};

/** As observed of 5.0.24, which lists methods and names, those to expose too, in preflights only, and mirrors the names that are asked for. */
const fifth: CorsLibrary = {
  ...ittyCors,
  methods: { ...ittyCors.methods, everyResponse: false },
  allowedHeaders: { ...ittyCors.allowedHeaders, default: 'requested', everyResponse: false },
  exposedHeaders: { ...ittyCors.exposedHeaders, onPreflight: 'only' },
  maxAge: { ...ittyCors.maxAge, everyResponse: false },
};

export const framework = defineFramework({
  id: 'itty-router',
  title: 'itty-router',
  documentation: 'https://itty.dev/itty-router/cors',
  reads: '`cors(options)` of `itty-router`, version 5 and later',
  mentions: ['itty-router'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const version = context.version('itty-router');
    const isFifth = version !== undefined && lt(version, '6.0.0-0');
    const policies = usesOf(program, { modules: ['itty-router', 'itty-router/cors'], names: ['cors'] }).flatMap(
      ({ call }): Policy[] => {
        if (!call) return [];
        const policy = libraryPolicy(
          isFifth ? fifth : ittyCors,
          argumentPlace(call, 0, context),
          { framework: 'itty-router', packageName: 'itty-router', version, scope: 'every route' },
          program,
          context,
        );
        return [{ ...policy, headers: [...policy.headers, ...doubled(policy, isFifth)] }];
      },
    );
    return { policies, facts: [] };
  },
});

/** An answer without an allowed origin is taken for one that `corsify` has not seen yet, so that a refused preflight gets its other headers twice. */
function doubled({ headers }: Policy, isFifth: boolean): HeaderRule[] {
  const allowed = headers.filter(({ name }) => name === 'access-control-allow-origin');
  const granted: RequestTest = some(
    allowed.map(({ value, when }) => (value.kind === 'request-origin' ? all([originPresent, when]) : when)),
  );
  const options: RequestTest = { kind: 'method', name: 'OPTIONS' };
  return headers.flatMap((rule): HeaderRule[] => {
    const { name, value } = rule;
    if (
      name === 'access-control-allow-origin' ||
      name === 'vary' ||
      (isFifth && name !== 'access-control-allow-credentials')
    )
      return [];
    return [
      {
        ...rule,
        value: value.kind === 'text' ? { kind: 'text', text: `${value.text}, ${value.text}` } : { kind: 'unknown' },
        when: all([options, rule.when, not(granted)]),
      },
    ];
  });
}
