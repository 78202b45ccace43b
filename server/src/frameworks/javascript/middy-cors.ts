/** `@middy/http-cors` for functions on AWS Lambda. */
import { encloses } from '../../syntax/range.ts';
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact, HeaderRule, Policy } from '../../policy/policy.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { always, optionsMethod } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import { originList } from '../../edits/program-edits.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import { argumentOf, argumentPlace } from '../../models/libraries/option-finders.ts';
import { programText } from '../../models/libraries/origin-entries.ts';
import type { Release } from '../../models/libraries/releases.ts';
import { byRelease, differing, isBefore } from '../../models/libraries/releases.ts';

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
  preflight: { when: optionsMethod, status: null },
};

/**
 * `origins`, a list with wildcards that stand for one label. A text is taken for a list of its letters, so that a `*` in it
 * is everybody.
 */
const manyOrigins = differing(oneOrigin, {
  options: { origin: ['origins'] },
  otherOptions: ['origin', ...oneOrigin.otherOptions.filter((name) => name !== 'origins')],
  origin: {
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
});

/** A list of one exact origin, by which only the answers to it vary. */
const onlyOrigin = differing(manyOrigins, { vary: { checked: 'allowed' } });

/** `getOrigin`, whose answer is the header. */
const decided = differing(oneOrigin, {
  options: { origin: ['getOrigin'] },
  otherOptions: ['origin', ...oneOrigin.otherOptions.filter((name) => name !== 'getOrigin')],
  origin: { callback: { roles: ['origin', 'other'], answers: 'return', as: 'header', refusal: 'nobody' } },
  vary: { checked: 'never' },
});

/** Version 5 starts with `*` and varies whatever else it sends. */
const startsOpen: Release = {
  before: '6.0.0',
  differs: { origin: { missing: 'any' }, vary: { any: false, sent: true, checked: 'allowed' } },
};
/** Before 7.6.7 a single origin was answered without `Vary`. */
const variesBySeveral: Release = { before: '7.6.7', differs: { vary: { checked: 'never' } } };
/** Before 5.4 a list knew no wildcards. */
const comparesLists: Release = {
  before: '5.4.0',
  differs: { origin: { starInText: undefined, starInList: 'compared', wildcard: undefined } },
};
/** Before 5.3 others than those in the list got its first member. */
const answersEverybody: Release = {
  before: '5.3.0',
  differs: { origin: { unlisted: 'first' }, vary: { checked: 'always' } },
};
const oneOriginAt = byRelease(oneOrigin, [startsOpen]);
const manyOriginsAt = byRelease(manyOrigins, [startsOpen, comparesLists, answersEverybody]);
const onlyOriginAt = byRelease(onlyOrigin, [variesBySeveral, startsOpen, comparesLists, answersEverybody]);
const decidedAt = byRelease(decided, [startsOpen, { before: '5.3.0', differs: { vary: { checked: 'always' } } }]);

export const framework = defineCorsLibrary({
  id: 'middy-cors',
  title: '@middy/http-cors',
  documentation: 'https://middy.js.org/docs/middlewares/http-cors',
  reads: '`httpCors(options)` of `@middy/http-cors`: `origin`, `origins`, `getOrigin`; by version',
  mentions: ['@middy/http-cors'],
  languages: ['javascript'],
  uses: [
    {
      packageName: '@middy/http-cors',
      options: functionOptions,
      table: tableFor,
      scope: 'every response of this function',
      refine: asAnswered,
    },
  ],
});

/** The three options that name origins, as they are written. */
interface WrittenOrigins {
  readonly options: Dict | undefined;
  readonly getOrigin: DictEntry | undefined;
  readonly origin: DictEntry | undefined;
  readonly origins: DictEntry | undefined;
  /** `origins` holds a list. */
  readonly members: (Value & { readonly kind: 'list' }) | undefined;
  /** `origins` counts: an empty list is as good as none. */
  readonly isMany: boolean;
}

function writtenOrigins({ call }: FoundOptions, context: ProgramContext): WrittenOrigins {
  const value = call && argumentPlace(call, 0, context).value;
  const options = value?.kind === 'dict' ? value : undefined;
  const origins = dictEntry(options, 'origins');
  const members = origins?.value.kind === 'list' ? origins.value : undefined;
  return {
    options,
    getOrigin: dictEntry(options, 'getOrigin'),
    origin: dictEntry(options, 'origin'),
    origins,
    members,
    isMany: origins !== undefined && !(members && members.items.length === 0 && !members.open),
  };
}

function functionOptions(program: Program, context: ProgramContext): Found {
  const { options } = argumentOf({ modules: ['@middy/http-cors'], names: ['default'] })(program, context);
  return {
    options: options.map((found) => {
      const version = context.version('@middy/http-cors');
      const written = asCompared(writtenOrigins(found, context), version);
      const facts = version !== undefined && isBefore(version, '3.0.0') ? [] : behindErrors(found, program);
      return { ...found, facts, ...(written.isMany && { place: withOrigin(found.place, written) }) };
    }),
  };
}

/**
 * `.use(httpErrorHandler()).use(httpCors())`: errors go through the middlewares from the last to the first, so that there is no response
 * yet when this one is asked. As observed of 5.5.1.
 */
function behindErrors({ call }: FoundOptions, program: Program): Fact[] {
  const use = call && useOf(call);
  if (use === undefined) return [];
  const app = handlerOf(use);
  const earlier = usesOf(program, { modules: ['@middy/http-error-handler'], names: ['default'] }).find((one) => {
    const own = one.call && one.call.range.end <= call!.range.start ? useOf(one.call) : undefined;
    return own !== undefined && (encloses(use.range, own.range) || (app !== undefined && handlerOf(own) === app));
  });
  if (earlier?.call === undefined) return [];
  return [
    {
      kind: 'lost-header',
      headers: ['Access-Control-Allow-Origin'],
      range: call!.range,
      from: earlier.call.range,
      why: 'errors',
      explanation:
        'Middlewares run the other way round for errors, and there is no response yet when this one is asked.',
      instead: 'Use it before the middleware that answers errors.',
    },
  ];
}

/** The name of the function that a middleware is added to in a statement of its own. */
function handlerOf({ callee }: Call): string | undefined {
  return callee.kind === 'member' && callee.object.kind === 'identifier' ? callee.object.name : undefined;
}

/** The `use` that the middleware is handed to, alone or in a list. */
function useOf({ parent }: Call): Call | undefined {
  const taker = parent?.kind === 'list' ? parent.parent : parent;
  return taker?.kind === 'call' && taker.callee.kind === 'member' && taker.callee.property === 'use'
    ? taker
    : undefined;
}

function tableFor(version: string | undefined, found: FoundOptions, { context }: UseContext): CorsLibrary {
  const { getOrigin, isMany, members } = writtenOrigins(found, context);
  if (getOrigin) return decidedAt(version);
  if (!isMany) return oneOriginAt(version);
  const isOnly = members?.items.length === 1 && !members.open && !hasStar(members.items[0]!);
  return isOnly ? onlyOriginAt(version) : manyOriginsAt(version);
}

/** Since version 7 a member is compared as browsers would send it: in lower case, without a slash or a path. */
function asCompared(written: WrittenOrigins, version: string | undefined): WrittenOrigins {
  const { members } = written;
  if (members === undefined || (version !== undefined && isBefore(version, '7.0.0'))) return written;
  const items = members.items.map((item) => (item.kind === 'text' ? { ...item, text: comparedText(item.text) } : item));
  return { ...written, members: { ...members, items } };
}

function comparedText(text: string): string {
  const [, scheme, host] = /^(https?:\/\/)(.+)$/.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return text;
  const anyLabel = '-_any_-';
  try {
    return scheme + new URL(`https://${host.replaceAll('*', anyLabel)}`).host.replaceAll(anyLabel, '*');
  } catch {
    return text;
  }
}

/** Since version 6 the single origin is one more member of the list. */
function withOrigin(place: OptionsPlace, { options, origin, origins, members }: WrittenOrigins): OptionsPlace {
  if (options === undefined || !members) return place;
  const isOneMore = origin?.value.kind === 'text' && origin.value.text !== '';
  const value = { ...members, items: isOneMore ? [...members.items, origin.value] : members.items };
  return {
    ...place,
    value: { ...options, entries: options.entries.map((entry) => (entry === origins ? { ...entry, value } : entry)) },
  };
}

function asAnswered(policy: Policy, found: FoundOptions, use: UseContext): Policy {
  const written = writtenOrigins(found, use.context);
  const single = written.isMany ? undefined : (written.getOrigin ?? written.origin);
  const { quote } = programText(use.program, use.context);
  return {
    ...policy,
    headers: [...policy.headers, ...varyHeaders(written, use.version)],
    edits: {
      ...policy.edits,
      allowOnly: (allowed, placeholder) =>
        // Several origins, and what a function decided, go into the option that takes a list.
        single && (single.key === 'getOrigin' || allowed.length > 1)
          ? [{ range: single.range, newText: `origins: ${originList(allowed, quote)}`, placeholder }]
          : (policy.edits.allowOnly?.(allowed, placeholder) ?? []),
    },
  };
}

function varyHeaders({ options, origins, members, isMany }: WrittenOrigins, version: string | undefined): HeaderRule[] {
  const headers: HeaderRule[] = [];
  const add = (operation: HeaderRule['operation'], text: string | undefined, { range }: DictEntry): void => {
    const value: HeaderRule['value'] = text === undefined ? { kind: 'unknown' } : { kind: 'text', text };
    headers.push({ name: 'vary', operation, value, when: always, range });
  };
  // Several letters are several members, of which one is "*".
  if (origins?.value.kind === 'text' && origins.value.text.length > 1) add('merge', 'Origin', origins);
  // Before 5.4 a "*" among others changes what the answers vary by, in a way that was not observed closely enough to say.
  const isElder = version !== undefined && isBefore(version, '5.4.0');
  if (isMany && isElder && origins && members?.items.some(hasStar)) add('merge', undefined, origins);
  const own = dictEntry(options, 'vary');
  if (own) add('set', own.value.kind === 'text' ? own.value.text : undefined, own);
  return headers;
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
