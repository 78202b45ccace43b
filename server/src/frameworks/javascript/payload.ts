/** Payload CMS: `cors` of `buildConfig`, which is `*`, a list of origins, or an object of them. */
import { dictEntry } from '../../values/dict-entry.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';

/** As written in the source of payload 3.43.0, for a list: whoever is in it comes with cookies. */
const listedOrigins: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: [],
    methods: [],
    allowedHeaders: [],
    exposedHeaders: [],
    maxAge: [],
  },
  otherOptions: ['headers'],
  foreignNames: { origin: 'origins', allowedorigins: 'origins', allowedheaders: 'headers' },
  origin: {
    missing: 'closed',
    text: 'compared',
    star: 'any',
    empty: 'closed',
    true: 'closed',
    false: 'closed',
    nothing: 'closed',
    pattern: 'closed',
    list: 'members',
    emptyList: 'closed',
    starInList: 'compared',
    patternInList: 'nobody',
  },
  credentials: { default: true, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'PUT, PATCH, POST, GET, DELETE, OPTIONS', separator: ', ', everyResponse: true },
  allowedHeaders: {
    default: 'Origin, X-Requested-With, Content-Type, Accept, Authorization, Content-Encoding, x-apollo-tracing',
    separator: ', ',
    everyResponse: true,
    emptyIsDefault: true,
    vary: false,
    addition: 'headers',
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: undefined, zero: false },
  preflight: { when: optionsMethod, status: 200 },
};

/** Everybody comes without cookies. */
const everybody: CorsLibrary = { ...listedOrigins, credentials: { default: false, on: 'true' } };

export const framework = defineCorsLibrary({
  id: 'payload',
  title: 'Payload',
  documentation: 'https://payloadcms.com/docs/production/preventing-abuse#cross-origin-resource-sharing-cors',
  reads: '`cors` of `buildConfig(…)`: `*`, a list, or `{ origins, headers }`',
  // Not the package's name, which is a word that every other program uses.
  mentions: ['buildconfig'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'payload',
      options: configuredOptions,
      table: (_version, { place }) => (isStar(dictEntry(place.value, 'origins')?.value) ? everybody : listedOrigins),
      scope: 'the REST and GraphQL routes',
    },
  ],
});

const built = argumentOf({ modules: ['payload', 'payload/config'], names: ['buildConfig'] });

/** The entry `cors` of a configuration; a text or list stands for the origins alone. */
function configuredOptions(...[program, context]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  return {
    options: built(program, context).options.flatMap(({ call, place }): FoundOptions[] => {
      const cors = dictEntry(place.value, 'cors');
      if (cors === undefined) return [];
      const { value, range } = cors;
      if (!['dict', 'list', 'text', 'one-of', 'environment'].includes(value.kind)) return [];
      const options: Value =
        value.kind === 'dict'
          ? value
          : {
              kind: 'dict',
              open: false,
              range: value.range,
              entries: [{ key: 'origins', keyRange: cors.keyRange, range, value }],
            };
      return [{ call, place: { value: options, range, argumentsRange: value.range } }];
    }),
  };
}

/** Where a condition chooses between a list and `*`, everybody is what is to be told. */
function isStar(value: Value | undefined): boolean {
  if (value?.kind === 'one-of') return value.choices.some((choice) => isStar(choice.value));
  if (value?.kind === 'environment') return isStar(value.fallback);
  return value?.kind === 'text' && value.text === '*';
}
