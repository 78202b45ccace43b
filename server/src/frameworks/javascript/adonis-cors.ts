/** `@adonisjs/cors`: `config/cors`, whose defaults let everybody in with cookies. */
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentPlace, libraryPolicy } from '../../models/libraries/library-policy.ts';

/** As observed of @adonisjs/cors 3.0.0 and 2.2.1, which answer alike. */
const adonisCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['headers'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['enabled'],
  foreignNames: {},
  origin: {
    missing: 'reflect',
    text: 'compared',
    separator: ',',
    star: 'any',
    empty: 'nobody',
    true: 'reflect',
    false: 'nobody',
    nothing: 'fails',
    pattern: 'fails',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'nobody',
    callback: { roles: ['origin', 'context'], answers: 'return', as: 'option', refusal: 'nobody', promise: 'fails' },
  },
  credentials: { default: true, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: 'GET,HEAD,POST,PUT,DELETE', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: 'requested',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    lowerCase: true,
    switches: true,
  },
  exposedHeaders: {
    default: undefined,
    separator: ',',
    onPreflight: true,
    lowerCase: true,
    needless: ['cache-control', 'content-language', 'content-type', 'expires', 'last-modified', 'pragma'],
  },
  maxAge: { default: '90', zero: false },
  preflight: {
    when: { kind: 'preflight' },
    status: 204,
    otherOptions: 'nothing',
    onlyListed: { methods: true, headers: ['origin'] },
  },
};

export const framework = defineFramework({
  id: 'adonis-cors',
  title: '@adonisjs/cors',
  documentation: 'https://docs.adonisjs.com/guides/security/cors',
  reads: '`defineConfig(options)` of `config/cors`, and the object that version 5 exports there; origin functions',
  mentions: ['@adonisjs/cors', '@ioc:adonis/core/cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const version = context.version('@adonisjs/cors');
    const calls = usesOf(program, { modules: ['@adonisjs/cors'], names: ['defineConfig'] }).flatMap(({ call }) =>
      call ? [argumentPlace(call, 0, context)] : [],
    );
    const places = program.text.includes('@ioc:Adonis/Core/Cors') ? exportedObject(program, context) : calls;
    const policies = places
      .filter((place) => !isSwitchedOff(place))
      .map((place): Policy =>
        libraryPolicy(
          adonisCors,
          place,
          { framework: 'adonis-cors', packageName: '@adonisjs/cors', version, scope: 'every route' },
          program,
          context,
        ),
      );
    return { policies, facts: [] };
  },
});

function exportedObject(program: Program, { evaluator }: ProgramContext): OptionsPlace[] {
  const exported: Expression | undefined = program.exports.get('default');
  const value = exported && evaluator.evaluate(exported);
  return value?.kind === 'dict' ? [{ value, range: value.range, argumentsRange: value.range }] : [];
}

function isSwitchedOff({ value }: OptionsPlace): boolean {
  const enabled = dictEntry(value, 'enabled')?.value;
  return enabled?.kind === 'boolean' && !enabled.value;
}
