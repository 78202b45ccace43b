/** esbuild's development server: `cors` of `serve`, which up to 0.24 let every website read what it builds. */
import { dictEntry } from '../../values/dict-entry.ts';
import type { Pattern } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { methodCalls } from '../../models/libraries/imported-calls.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { byRelease, isBefore } from '../../models/libraries/releases.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of esbuild 0.28.2: nothing but the one header is ever sent. */
const esbuildCors: CorsLibrary = {
  options: { origin: ['origin'], credentials: [], methods: [], allowedHeaders: [], exposedHeaders: [], maxAge: [] },
  otherOptions: [],
  foreignNames: { origins: 'origin' },
  origin: {
    missing: 'closed',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    ...otherKinds('fails', 'fails'),
    nothing: 'unknown',
    undefined: 'closed',
    list: 'members',
    emptyList: 'closed',
    starInList: 'any',
    wildcard: oneStar,
    wildcardAlone: true,
    failure: 'the server does not start, because this value is no text',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: undefined, separator: ',', everyResponse: false },
  allowedHeaders: { default: undefined, separator: ',', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: false },
  preflight: { when: { kind: 'preflight' }, status: null },
};

const withoutOption = '0.25.0';
const esbuildCorsAt = byRelease(esbuildCors, [
  // There was no option: everybody got `*`.
  { before: withoutOption, differs: { origin: { missing: 'any' }, needsOrigin: false, othersFor: 'everybody' } },
]);

export const framework = defineCorsLibrary({
  id: 'esbuild',
  title: 'esbuild',
  documentation: 'https://esbuild.github.io/api/#serve-cors',
  reads: '`cors` of `serve(…)`, and every `serve` before 0.25',
  mentions: ['esbuild'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'esbuild',
      options: servedOptions,
      table: esbuildCorsAt,
      scope: 'the development server',
      // There is nothing to write where there is no option.
      refine: (policy, _found, { version }) => ({
        ...policy,
        purpose: 'development',
        fixedVary: true,
        ...(isElder(version) && { edits: {} }),
      }),
    },
  ],
});

function isElder(version: string | undefined): boolean {
  return version !== undefined && isBefore(version, withoutOption);
}

function servedOptions(...[program, context]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  if (!program.imports.some(({ module }) => module === 'esbuild')) return { options: [] };
  const elder = isElder(context.version('esbuild'));
  return {
    options: methodCalls(program, 'serve').flatMap((call): FoundOptions[] => {
      const place = argumentPlace(call, 0, context);
      if (elder) return [{ call, place: { ...place, value: undefined } }];
      const cors = dictEntry(place.value, 'cors');
      return cors?.value.kind === 'dict'
        ? [{ call, place: { value: cors.value, range: cors.range, argumentsRange: cors.value.range } }]
        : [];
    }),
  };
}

/** One star stands for any text. */
function oneStar(text: string): Pattern | undefined {
  return /^[^*]+\*[^*]*$|^\*[^*]+$/.test(text) ? wildcardPattern(text) : undefined;
}
