/**
 * Medusa: the texts `storeCors`, `adminCors` and `authCors` of `medusa-config`. Each is split at its commas, and what stands
 * between slashes is a regular expression; the package `cors` gets the list, always with credentials.
 */
import { dictEntry } from '../../values/dict-entry.ts';
import type { Pattern } from '../../policy/request-test.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { FoundOptions, OptionsFinder, UseContext } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { programText } from '../../models/libraries/origin-entries.ts';
import { corsPackage } from './cors-package.ts';
import { entriesWithKey } from '../../models/libraries/object-keys.ts';

/** As written in the source of @medusajs/framework 2.8.4; version 1 did the same. */
const medusaCors: CorsLibrary = {
  ...corsPackage,
  options: { origin: ['origin'], credentials: [], methods: [], allowedHeaders: [], exposedHeaders: [], maxAge: [] },
  otherOptions: [],
  origin: {
    missing: 'closed',
    text: 'compared',
    separator: ',',
    patternOf: delimitedPattern,
    star: 'compared',
    empty: 'nobody',
    true: 'fails',
    false: 'nobody',
    // The defaults of a store on one's own machine.
    nothing: 'closed',
    pattern: 'fails',
    list: 'fails',
    emptyList: 'fails',
    starInList: 'compared',
    patternInList: 'fails',
    failure: 'the application does not start, because this value is no text',
  },
  credentials: { default: true, on: 'true' },
};

/** The settings of both versions, and the routes for which they are. */
const settings: Readonly<Record<string, string>> = {
  storeCors: '/store',
  adminCors: '/admin',
  authCors: '/auth',
  store_cors: '/store',
  admin_cors: '/admin',
  auth_cors: '/auth',
};

export const framework = defineCorsLibrary({
  id: 'medusa',
  title: 'Medusa',
  documentation: 'https://docs.medusajs.com/learn/configurations/medusa-config#httpstorecors',
  reads:
    '`storeCors`, `adminCors` and `authCors` of `medusa-config.*`, and `store_cors`, `admin_cors` of version 1: ' +
    'texts of origins and of patterns between slashes',
  mentions: ['storecors', 'admincors', 'authcors', 'store_cors', 'admin_cors', 'auth_cors'],
  languages: ['javascript'],
  uses: [
    {
      packageName: '@medusajs/framework',
      title: 'Medusa',
      options: configuredOrigins,
      table: medusaCors,
      refine: asText,
    },
  ],
});

/** Each setting is the origin option of a middleware of its own. */
function configuredOrigins(...[program, { evaluator }]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  if (!/(^|\/)medusa-config\.[cm]?[jt]s$/.test(program.path)) return { options: [] };
  return {
    options: Object.entries(settings).flatMap(([name, scope]) =>
      entriesWithKey(program, name).map(({ entry: { keyRange, range, value } }): FoundOptions => {
        const entry = { key: 'origin', keyRange, range, value: evaluator.evaluate(value) };
        const options: Value = { kind: 'dict', open: false, range, entries: [entry] };
        return { place: { value: options, range, argumentsRange: value.range }, scope };
      }),
    ),
  };
}

/** There is one text to edit, and no object of options. */
function asText(policy: Policy, { place }: FoundOptions, { program, context }: UseContext): Policy {
  const value = dictEntry(place.value, 'origin')?.value;
  const { literals, quote } = programText(program, context);
  if (value?.kind !== 'text' || value.contentRange === undefined) return { ...policy, edits: {} };
  return {
    ...policy,
    edits: {
      allowOnly: (origins, placeholder) => [
        { range: value.range, newText: literals.text(origins.join(','), quote), placeholder },
      ],
    },
  };
}

/** What stands between two slashes, or two of some other signs, with flags behind, where that is a regular expression. */
function delimitedPattern(piece: string): Pattern | undefined {
  const [, , source, flags] = /^([/~@;%#'])(.*?)\1([gimsuy]*)$/.exec(piece) ?? [];
  if (source === undefined || flags === undefined) return undefined;
  try {
    new RegExp(source, flags);
  } catch {
    return undefined;
  }
  return { source, flags, dialect: 'javascript', mode: 'search' };
}
