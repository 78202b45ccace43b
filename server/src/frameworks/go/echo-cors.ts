/** The middleware for CORS of Echo 4 and 5. */
import type { Program } from '../../syntax/programs/program.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { structForm } from '../../models/libraries/options-form.ts';
import { byRelease, differing } from '../../models/libraries/releases.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { Dict, Value } from '../../values/value.ts';
import { goCorsPackage } from './go-cors-package.ts';
import { inOrder } from './late-middlewares.ts';
import { mayBeTrue } from '../../values/dict-entry.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';
import { placed } from './placed-middlewares.ts';

/** As `middleware/cors.go` of 4.16.4 says. See https://echo.labstack.com/docs/middleware/cors */
const echoCors: CorsLibrary = {
  options: {
    origin: ['AllowOrigins'],
    credentials: ['AllowCredentials'],
    methods: ['AllowMethods'],
    allowedHeaders: ['AllowHeaders'],
    exposedHeaders: ['ExposeHeaders'],
    maxAge: ['MaxAge'],
  },
  otherOptions: ['Skipper', 'UnsafeWildcardOriginWithAllowCredentials'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'any',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'any',
    undefined: 'nobody',
    list: 'members',
    emptyList: 'any',
    starInList: 'others',
    wildcard: wildcardOf,
    checks: [{ option: 'AllowOriginFunc', roles: ['origin'] }],
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody', first: true },
    failure: 'this value is no list of origins, and the program is not compiled',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'allowed',
  needsOrigin: 'but-vary',
  // Without a list the router names the methods that the path has.
  methods: { default: 'unknown', separator: ',', everyResponse: false, emptyIsDefault: true },
  allowedHeaders: { default: 'requested', separator: ',', everyResponse: false, emptyIsDefault: true, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: false, negative: '0' },
  preflight: { when: optionsMethod, status: 204 },
  refusesUnknown: (name) => `middleware.CORSConfig has no field ${name}, and the program is not compiled.`,
};

const echoCorsByRelease = byRelease(echoCors, [
  { before: '4.11.2', differs: { maxAge: { negative: '' } } },
  // Beside credentials everybody got the own origin back in place of the star.
  { before: '4.10.2', differs: { anyWithCredentials: 'reflect', otherOptions: ['Skipper'] } },
  { before: '4.7.0', differs: { methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE' } } },
]);

/** The table by release, and by the switch that brings the star beside credentials back. */
function echoCorsAt(version: string | undefined): CorsLibrary {
  const table = echoCorsByRelease(version);
  const isUnsafe = (options: Dict): boolean => mayBeTrue(options, 'UnsafeWildcardOriginWithAllowCredentials');
  return { ...table, switched: (options) => (isUnsafe(options) ? { ...table, anyWithCredentials: 'reflect' } : table) };
}

/** As `middleware/cors.go` of 5.4.5 says. */
const echo5Cors: CorsLibrary = {
  ...differing(echoCors, {
    origin: {
      missing: 'fails',
      emptyList: 'fails',
      nothing: 'fails',
      undefined: 'nobody',
      starInList: 'any',
      wildcard: undefined,
      ignoresCase: true,
      stopsApplication: true,
      stopsFor: (text) =>
        /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+$/i.test(text) ? undefined : 'the program panics when it starts',
      noneFails: 'no origin is allowed and no function decides, and the program panics when it starts',
      checks: [{ option: 'UnsafeAllowOriginFunc', roles: ['context', 'origin'] }],
      callback: {
        roles: ['context', 'origin'],
        answers: 'return',
        as: 'header',
        refusal: 'nobody',
        first: 'if-second',
        starIsSent: true,
      },
    },
    anyWithCredentials: 'fails',
    preflight: { when: { kind: 'preflight' } },
  }),
  otherOptions: ['Skipper'],
};

/**
 * A star or a question mark inside: the whole text as a pattern, and the names of the host one by one from the last, of which a star ends
 * the comparison.
 */
function wildcardOf(text: string): Pattern | undefined {
  if (!/[*?]/.test(text)) return undefined;
  const escaped = (part: string): string => part.replaceAll(/[\\^$.+()[\]{}|/]/g, '\\$&');
  const whole = escaped(text).replaceAll('*', '.*').replaceAll('?', '.');
  const [, scheme, host] = /^([^:]*):\/\/(.*)$/.exec(text) ?? [];
  const names = host?.split('.') ?? [];
  const star = names.lastIndexOf('*');
  const behind = names.slice(star + 1);
  const byNames =
    star < 0 ? [] : [`${escaped(scheme!)}:\\/\\/.*${behind.map((name) => `\\.${escaped(name)}`).join('')}`];
  return { source: [whole, ...byNames].join('|'), flags: '', dialect: 'javascript', mode: 'full' };
}

const echo4 = 'github.com/labstack/echo/v4';
const echo5 = 'github.com/labstack/echo/v5';
const names = { type: 'CORSConfig', maker: 'CORSWithConfig', defaults: 'DefaultCORSConfig' };
// Before Go had modules the package had no release in its name.
const four = goCorsPackage([`${echo4}/middleware`, 'github.com/labstack/echo/middleware'], names);
const modules5 = [`${echo5}/middleware`];
const five = goCorsPackage(modules5, names);

/** `middleware.CORS("https://a.example", "https://b.example")`. */
function listedOrigins(program: Program, { evaluator }: ProgramContext): { readonly options: readonly FoundOptions[] } {
  const form = structForm('middleware.CORSConfig');
  const literals = {
    ...form.literals,
    list: (values: readonly string[], quote: string) => values.map((value) => quoted(value, quote)).join(', '),
  };
  return {
    options: usesOf(program, { modules: modules5, names: ['CORS'] }).flatMap(({ call }): FoundOptions[] => {
      const [first, last] = [call?.arguments[0], call?.arguments.at(-1)];
      if (call === undefined) return [];
      const range = first && last ? { ...first.range, end: last.range.end } : call.range;
      const members = call.arguments.map(({ value, spread }): readonly Value[] | undefined => {
        const one = evaluator.evaluate(value);
        return spread ? (one.kind === 'list' && !one.open ? one.items : undefined) : [one];
      });
      const origins: Value = members.includes(undefined)
        ? { kind: 'unknown', range }
        : { kind: 'list', items: members.flatMap((one) => one ?? []), open: false, type: 'list', range };
      const entry = { key: 'AllowOrigins', keyRange: call.callee.range, value: origins, range };
      const value: Dict = { kind: 'dict', entries: [entry], open: false, range };
      return [
        { call, place: { value, range: call.range, argumentsRange: call.argumentsRange, form: { ...form, literals } } },
      ];
    }),
  };
}

export const framework = defineCorsLibrary({
  id: 'echo-cors',
  title: 'Echo (Go)',
  documentation: 'https://echo.labstack.com/docs/middleware/cors',
  reads:
    '`middleware.CORS()`, `middleware.CORSWithConfig(…)`, `middleware.DefaultCORSConfig` and the fields written to it; ' +
    'wildcards, origin functions; releases 4 and 5',
  mentions: ['labstack/echo'],
  languages: ['go'],
  uses: [
    {
      packageName: echo4,
      title: 'Echo',
      options: placed(four.optionsOf('CORSWithConfig'), inOrder()),
      table: echoCorsAt,
    },
    { packageName: echo4, title: 'Echo', options: placed(four.made('CORS'), inOrder()), table: echoCorsAt },
    {
      packageName: echo5,
      title: 'Echo',
      options: placed(five.optionsOf('CORSWithConfig'), inOrder()),
      table: echo5Cors,
    },
    { packageName: echo5, title: 'Echo', options: placed(listedOrigins, inOrder()), table: echo5Cors },
  ],
});
