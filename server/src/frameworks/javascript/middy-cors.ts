/** `@middy/http-cors` for functions on AWS Lambda. */
import { lt } from 'semver';
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { always } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { libraryPolicy } from '../../models/libraries/library-policy.ts';
import { programText } from '../../models/libraries/origin-entries.ts';
import { originList } from '../../edits/program-edits.ts';

/** `origin`, which is one text for everybody, as observed of 6.4.5. */
const oneOrigin: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['headers'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [
    'origins',
    'getOrigin',
    'vary',
    'cacheControl',
    'disableBeforePreflightResponse',
    'requestHeaders',
    'requestMethods',
  ],
  foreignNames: { allowedorigins: 'origins', alloworigins: 'origins', whitelist: 'origins', allowlist: 'origins' },
  origin: {
    missing: 'closed',
    text: 'sent',
    star: 'any',
    empty: 'closed',
    true: 'fails',
    false: 'closed',
    nothing: 'closed',
    pattern: 'fails',
    list: 'lines',
    emptyList: 'closed',
    starInList: 'compared',
    patternInList: 'nobody',
    starWithoutOrigin: true,
    failure: 'the function does not start, because this value is no origin',
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: undefined, separator: ',', everyResponse: true },
  allowedHeaders: { default: undefined, separator: ',', everyResponse: true, emptyIsDefault: true, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: false, everyResponse: true },
  // The function itself answers OPTIONS unless it is told otherwise, with the same headers.
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: null },
};

/** `origins`, a list with wildcards that stand for one label. A text is taken for a list of its letters, so that a `*` in it is everybody. */
const manyOrigins: CorsLibrary = {
  ...oneOrigin,
  options: { ...oneOrigin.options, origin: ['origins'] },
  otherOptions: ['origin', ...oneOrigin.otherOptions.filter((name) => name !== 'origins')],
  origin: {
    ...oneOrigin.origin,
    text: 'nobody',
    starInText: 'any',
    false: 'fails',
    nothing: 'fails',
    empty: 'closed',
    list: 'members',
    starInList: 'any',
    patternInList: 'fails',
    wildcard: wildcardOf,
    starWithoutOrigin: false,
  },
};

/** `getOrigin`, whose answer is the header. */
const decided: CorsLibrary = {
  ...oneOrigin,
  options: { ...oneOrigin.options, origin: ['getOrigin'] },
  otherOptions: ['origin', ...oneOrigin.otherOptions.filter((name) => name !== 'getOrigin')],
  origin: {
    ...oneOrigin.origin,
    callback: { roles: ['origin', 'other'], answers: 'return', as: 'header', refusal: 'nobody' },
  },
};

/** A list of one exact origin is answered without `Vary`. */
function withoutVary(library: CorsLibrary): CorsLibrary {
  return { ...library, vary: { ...library.vary, checked: 'never' } };
}

/** Version 5 starts with `*` and varies whatever else it sends; until version 4 a list knew no wildcards, and others got its first member. */
function atVersion(library: CorsLibrary, version: string | undefined): CorsLibrary {
  if (version === undefined || !lt(version, '6.0.0-0')) return library;
  const fifth: CorsLibrary = {
    ...library,
    origin: { ...library.origin, missing: 'any' },
    vary: { any: false, sent: true, checked: 'allowed' },
  };
  if (!lt(version, '5.0.0-0') || library.options.origin[0] === 'origin') return fifth;
  if (library.options.origin[0] === 'getOrigin') return { ...fifth, vary: { ...fifth.vary, checked: 'always' } };
  return {
    ...fifth,
    origin: { ...fifth.origin, starInText: undefined, starInList: 'compared', wildcard: undefined, unlisted: 'first' },
    vary: { any: false, sent: true, checked: 'always' },
  };
}

export const framework = defineFramework({
  id: 'middy-cors',
  title: '@middy/http-cors',
  documentation: 'https://middy.js.org/docs/middlewares/http-cors',
  reads: '`httpCors(options)` of `@middy/http-cors`: `origin`, `origins`, `getOrigin`; by version',
  mentions: ['@middy/http-cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const policies = usesOf(program, { modules: ['@middy/http-cors'], names: ['default'] }).flatMap(({ call }) =>
      call ? [read(call, program, context)] : [],
    );
    return { policies, facts: [] };
  },
});

function read(call: Call, program: Program, context: ProgramContext): Policy {
  const version = context.version('@middy/http-cors');
  const place = argumentPlace(call, 0, context);
  const options = place.value?.kind === 'dict' ? place.value : undefined;
  const origins = dictEntry(options, 'origins');
  const list = origins?.value.kind === 'list' ? origins.value : undefined;
  const isMany = origins !== undefined && !(list && list.items.length === 0 && !list.open);
  const library = atVersion(
    dictEntry(options, 'getOrigin')
      ? withoutVary(decided)
      : !isMany
        ? oneOrigin
        : list?.items.length === 1 && !list.open && !hasStar(list.items[0]!)
          ? withoutVary(manyOrigins)
          : manyOrigins,
    version,
  );
  const policy = libraryPolicy(
    library,
    isMany && options ? withOrigin(place, options, origins) : place,
    { framework: 'middy-cors', packageName: '@middy/http-cors', version, scope: 'every response of this function' },
    program,
    context,
  );
  const vary = dictEntry(options, 'vary');
  const own: HeaderRule[] = vary
    ? [
        {
          name: 'vary',
          operation: 'set',
          value: vary.value.kind === 'text' ? { kind: 'text', text: vary.value.text } : { kind: 'unknown' },
          when: always,
          range: vary.range,
        },
      ]
    : [];
  // Several letters are several members, of which one is "*".
  const letters: HeaderRule[] =
    origins?.value.kind === 'text' && origins.value.text.length > 1
      ? [
          {
            name: 'vary',
            operation: 'merge',
            value: { kind: 'text', text: 'Origin' },
            when: always,
            range: origins.range,
          },
        ]
      : [];
  // Until version 4 a "*" among others changes what the answers vary by, in a way that was not observed closely enough to say.
  const unsure: HeaderRule[] =
    isMany && list?.items.some(hasStar) && version !== undefined && lt(version, '5.0.0-0')
      ? [{ name: 'vary', operation: 'merge', value: { kind: 'unknown' }, when: always, range: origins.range }]
      : [];
  const single = isMany ? undefined : (dictEntry(options, 'getOrigin') ?? dictEntry(options, 'origin'));
  const quote = programText(program, context).quote;
  const allowOnly: Policy['edits']['allowOnly'] = (allowed, placeholder) =>
    // Several origins, and what a function decided, go into the option that takes a list.
    single && (single.key === 'getOrigin' || allowed.length > 1)
      ? [{ range: single.range, newText: `origins: ${originList(allowed, quote)}`, placeholder }]
      : (policy.edits.allowOnly?.(allowed, placeholder) ?? []);
  return {
    ...policy,
    headers: [...policy.headers, ...letters, ...unsure, ...own],
    edits: { ...policy.edits, allowOnly },
  };
}

/** Since version 6 the single origin is one more member of the list. */
function withOrigin(place: OptionsPlace, options: Dict, origins: DictEntry): OptionsPlace {
  const origin = dictEntry(options, 'origin')?.value;
  if (origins.value.kind !== 'list' || origin?.kind !== 'text' || origin.text === '') return place;
  const value = { ...origins.value, items: [...origins.value.items, origin] };
  return {
    ...place,
    value: { ...options, entries: options.entries.map((entry) => (entry === origins ? { ...entry, value } : entry)) },
  };
}

function hasStar(value: Value): boolean {
  return value.kind === 'text' && value.text.includes('*');
}

/** `*` stands for any text without a dot. */
function wildcardOf(text: string): Pattern | undefined {
  return text.includes('*')
    ? {
        source: `^${text.replaceAll('.', '\\.').replaceAll('*', '[^.]*')}$`,
        flags: '',
        dialect: 'javascript',
        mode: 'search',
      }
    : undefined;
}
