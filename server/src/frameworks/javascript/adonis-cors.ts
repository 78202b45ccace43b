/** `@adonisjs/cors`: `config/cors`, whose defaults let everybody in with cookies. */
import { dictEntry } from '../../values/dict-entry.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import type { Program } from '../../syntax/programs/program.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';

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
  methods: { default: 'GET,HEAD,POST,PUT,DELETE', separator: ',', everyResponse: false, text: 'fails' },
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
    text: 'throws',
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

export const framework = defineCorsLibrary({
  id: 'adonis-cors',
  title: '@adonisjs/cors',
  documentation: 'https://docs.adonisjs.com/guides/security/cors',
  reads: '`defineConfig(options)` of `config/cors`, and the object that version 5 exports there; origin functions',
  mentions: ['@adonisjs/cors', '@ioc:adonis/core/cors'],
  languages: ['javascript'],
  uses: [{ packageName: '@adonisjs/cors', options: configuredOptions, table: adonisCors }],
});

const defineConfig = argumentOf({ modules: ['@adonisjs/cors'], names: ['defineConfig'] });

/** What `defineConfig` takes, or what version 5 exports; nothing of it counts where it is switched off. */
function configuredOptions(program: Program, context: ProgramContext): Found {
  const isFifth = program.text.has(/@ioc:Adonis\/Core\/Cors/);
  const { options } = isFifth ? exportedObject(program, context) : defineConfig(program, context);
  return { options: options.filter(({ place }) => !isSwitchedOff(place)) };
}

function exportedObject(program: Program, { evaluator }: ProgramContext): Found {
  const exported = program.exports.get('default');
  const value = exported && evaluator.evaluate(exported);
  return {
    options: value?.kind === 'dict' ? [{ place: { value, range: value.range, argumentsRange: value.range } }] : [],
  };
}

function isSwitchedOff({ value }: OptionsPlace): boolean {
  const enabled = dictEntry(value, 'enabled')?.value;
  return enabled?.kind === 'boolean' && !enabled.value;
}
