/** fruitcake/php-cors, which Laravel and Lumen answer with, and asm89/stack-cors, which it came from. */
import type { Program } from '../../syntax/programs/program.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { Found, FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { exportCalls } from '../../models/libraries/imported-calls.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { arrayForm } from '../../models/libraries/options-form.ts';
import { isBefore } from '../../models/libraries/releases.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** A text that is asked as `preg_match` does; what has no delimiters matches nothing. */
function delimited(text: string): Pattern {
  const [, delimiter, source, flags] = /^([^\s\w\\])([^]*)\1([imsxuSUDXJ]*)$/.exec(text.trim()) ?? [];
  const bracketed = /^[({[<]([^]*)[)}\]>]([imsxuSUDXJ]*)$/.exec(text.trim());
  const [pattern, letters] = delimiter !== undefined ? [source!, flags!] : [bracketed?.[1], bracketed?.[2] ?? ''];
  return {
    source: pattern ?? '(?!)',
    flags: letters.replaceAll(/[SUDXJu]/g, ''),
    dialect: 'pcre',
    mode: 'search',
  };
}

/** As `CorsService` of 1.0 to 1.4 says, by the names of Laravel's configuration. See https://github.com/fruitcake/php-cors */
const phpCors: CorsLibrary = {
  options: {
    origin: ['allowed_origins', 'allowedOrigins'],
    credentials: ['supports_credentials', 'supportsCredentials'],
    methods: ['allowed_methods', 'allowedMethods'],
    allowedHeaders: ['allowed_headers', 'allowedHeaders'],
    exposedHeaders: ['exposed_headers', 'exposedHeaders'],
    maxAge: ['max_age', 'maxAge'],
  },
  otherOptions: ['paths', 'hosts', 'allowed_origins_patterns', 'allowedOriginsPatterns'],
  foreignNames: {},
  origin: {
    missing: 'nobody',
    text: 'fails',
    star: 'compared',
    empty: 'fails',
    ...otherKinds('fails', 'nobody'),
    nothing: 'default',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    singleInList: 'sent',
    wildcard: (text) => (text.includes('*') ? wildcardPattern(text) : undefined),
    patterns: {
      option: 'allowed_origins_patterns',
      means: { wildcard: delimited, wildcardIsPattern: true },
    },
    failure: 'the origins have to be an array: every request is answered by an error',
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'always' },
  othersFor: 'accepted',
  needsOrigin: false,
  methods: { default: 'requested', separator: ', ', everyResponse: false, upperCase: true, starIsDefault: true },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: true,
    lowerCase: true,
    starIsAny: true,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: '0', zero: true },
  preflight: { when: { kind: 'preflight' }, status: 204 },
};

/** Where patterns, or texts with stars, stand beside it, a single origin is compared like several. */
function comparing(library: CorsLibrary, options: Value | undefined): CorsLibrary {
  const { singleInList: _, ...origin } = library.origin;
  const patterns = ['allowed_origins_patterns', 'allowedOriginsPatterns'].map(
    (name) => dictEntry(options, name)?.value,
  );
  const origins = ['allowed_origins', 'allowedOrigins'].map((name) => dictEntry(options, name)?.value);
  const hasPatterns = patterns.some(
    (value) => value !== undefined && !(value.kind === 'list' && value.items.length === 0),
  );
  const hasStars = origins.some(
    (value) => value?.kind === 'list' && value.items.some((item) => item.kind === 'text' && item.text.includes('*')),
  );
  const { patterns: option, ...others } = hasPatterns || hasStars ? origin : library.origin;
  return { ...library, origin: hasPatterns && option ? { ...others, patterns: option } : others };
}

/** Laravel 11 and later put their own `config/cors.php` under that of the application. */
const openByDefault: CorsLibrary = { ...phpCors, origin: { ...phpCors.origin, missing: 'any' } };

/** The array that `config/cors.php` gives. */
function configuration(program: Program, { evaluator }: ProgramContext): Found {
  if (!/(^|\/)config\/(\w+\/)?cors\.php$/.test(program.path)) return { options: [] };
  const given = program.exports.get('return');
  const value = given && evaluator.evaluate(given);
  if (value?.kind !== 'dict' || isForNoPath(dictEntry(value, 'paths')?.value)) return { options: [] };
  const place = { value, range: value.range, argumentsRange: value.range, form: arrayForm };
  return { options: [{ place, scope: scopeOf(value) }] };
}

/** Nothing, or no path at all, switches CORS off. */
function isForNoPath(paths: Value | undefined): boolean {
  return paths?.kind === 'nothing' || (paths?.kind === 'list' && paths.items.length === 0 && !paths.open);
}

function scopeOf(value: Value): string {
  const paths = dictEntry(value, 'paths')?.value;
  const texts = paths?.kind === 'list' ? paths.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) : [];
  return texts.length === 0 ? 'the paths that it names' : texts.map((path) => `/${path.replace(/^\//, '')}`).join(', ');
}

/** `new CorsService([…])`, and the second argument of the middleware that stack-cors had. */
const service: OptionsFinder = (program, context) => {
  const made = (module: string, name: string, index: number): FoundOptions[] =>
    exportCalls(program, [module], [name]).map((call) => ({
      call,
      place: { ...argumentPlace(call, index, context), form: arrayForm },
    }));
  return {
    options: [
      ...made('Fruitcake\\Cors\\CorsService', 'CorsService', 0),
      ...made('Asm89\\Stack\\CorsService', 'CorsService', 0),
      ...made('Asm89\\Stack\\Cors', 'Cors', 1),
    ],
  };
};

/** By the names that a program gives to the service itself. */
const camelCased: CorsLibrary = {
  ...phpCors,
  options: Object.fromEntries(
    Object.entries(phpCors.options).map(([name, names]) => [name, [...names].reverse()]),
  ) as unknown as CorsLibrary['options'],
  origin: { ...phpCors.origin, patterns: { ...phpCors.origin.patterns!, option: 'allowedOriginsPatterns' } },
};

export const framework = defineCorsLibrary({
  id: 'php-cors',
  title: 'Laravel, fruitcake/php-cors',
  documentation: 'https://laravel.com/docs/routing#cors',
  reads: '`config/cors.php` of Laravel and Lumen, `new CorsService([…])` of fruitcake/php-cors and asm89/stack-cors',
  mentions: ['allowed_origins', 'allowedorigins'],
  languages: ['php'],
  uses: [
    {
      packageName: 'laravel/framework',
      title: 'Laravel',
      options: configuration,
      table: (version, { place }) =>
        comparing(version !== undefined && isBefore(version, '11.0.0') ? phpCors : openByDefault, place.value),
    },
    {
      packageName: 'fruitcake/php-cors',
      title: 'fruitcake/php-cors',
      options: service,
      table: (_version, { place }) => comparing(camelCased, place.value),
    },
  ],
});
