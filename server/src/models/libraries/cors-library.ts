/**
 * What a CORS library for programs makes of its options, as data. Libraries differ in names, defaults and in the meaning of
 * the same word (`true`, `['*']`, a missing variable); those differences are a table in the library's own file, and the
 * translation into a policy is here.
 */
import type { SourceRange } from '../../syntax/range.ts';
import type { Fact, HeaderRule, PolicyEdits, Settings, StatusRule } from '../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import { all, always, not, originPresent, some, unknown } from '../../policy/request-test.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import type { Evaluator, ParameterRole } from '../../values/evaluator.ts';
import type { ProgramText } from './origin-entries.ts';
import {
  asksForListed,
  defaultNames,
  exposedNames,
  headerNames,
  listHeader,
  readNames,
  unlessStar,
} from './library-names.ts';
import { optionEdits, optionFacts } from './library-options.ts';
import type { Grant } from './library-origins.ts';
import { readOrigin, unknownGrant } from './library-origins.ts';

/**
 * What an origin option amounts to. `any`: everybody. `reflect`: the caller's own origin, unchecked. `off`: the library does nothing.
 * `nobody`: a check that nothing passes. `closed`: the same, without `Vary`. `sent`: its text is the header, for everybody. `compared`: exactly, then reflected.
 * `search`: a regular expression, anywhere in the origin. `members`: a list of texts and patterns. `lines`: one header line a member.
 * `fails`: every request is answered by an error, or the program does not start. `default`: as if it were not written.
 */
export type OriginMeaning =
  | 'any'
  | 'reflect'
  | 'off'
  | 'nobody'
  | 'closed'
  | 'sent'
  | 'compared'
  | 'search'
  | 'members'
  | 'lines'
  | 'fails'
  | 'default'
  | 'unknown';

export interface OriginSemantics {
  readonly missing: 'any' | 'reflect' | 'off' | 'closed';
  readonly text: 'sent' | 'compared' | 'any' | 'nobody' | 'fails';
  /** A single text that is split into several origins at this. */
  readonly separator?: string;
  /** White space around the pieces counts for nothing. */
  readonly trims?: boolean;
  readonly star: 'any' | 'compared' | 'reflect';
  readonly empty: OriginMeaning;
  readonly true: OriginMeaning;
  readonly false: OriginMeaning;
  /** `undefined` and `null`: an environment variable that is not set. */
  readonly nothing: OriginMeaning;
  /** A number; as good as true or false without this. */
  readonly number?: OriginMeaning;
  /** `undefined` alone, where the library tells it from `null`. */
  readonly undefined?: OriginMeaning;
  readonly pattern: OriginMeaning;
  readonly list: 'members' | 'lines' | 'fails';
  readonly emptyList: OriginMeaning;
  /** `*` as a member of a list; `any-alone`: beside other members it fails. */
  readonly starInList: 'any' | 'any-alone' | 'compared';
  readonly patternInList: 'search' | 'nobody' | 'fails';
  /** Where the caller's origin is reflected, a request without one gets `*`. */
  readonly starWithoutOrigin?: boolean;
  /** The pattern that a member of a list is in this library's own wildcard syntax; undefined for one that is compared. */
  readonly wildcard?: (text: string) => Pattern | undefined;
  /** A single text, or a list, with a `*` anywhere in it is everybody. */
  readonly starInText?: 'any';
  /** A list with one member is that text, sent to everybody. */
  readonly singleInList?: 'sent';
  /** What others than those in a list get: the text `null`, which is the origin of every sandboxed frame, or the first of the list. */
  readonly unlisted?: 'null' | 'first';
  /** What happens for `fails`, in the library's own words. */
  readonly failure?: string;
  /** Which requests fail for `fails`, where the others are answered as ever. */
  readonly failing?: RequestTest;
  /** An origin that no check passes is answered by an error. */
  readonly unlistedFails?: boolean;
  readonly callback?: OriginCallback;
}

export interface OriginCallback {
  readonly roles: readonly ParameterRole[];
  /** `callback(error, answer)`, or the returned value; `either` where the library takes both. */
  readonly answers: 'callback' | 'return' | 'either';
  /** What the answer is: an origin option again, the header's own text, that text even where it says no (`false`, `null`), or yes and no. */
  readonly as: 'option' | 'header' | 'literal' | 'truthy' | 'exactly-true';
  /**
   * What the library does where the callback says no: nothing at all, the answers of a check that failed, no more than `Vary`,
   * so that a preflight is left to what comes behind, no `Vary` but all other headers, or an error for this request;
   * `option`: a no is taken for an origin option like any other answer.
   */
  readonly refusal: 'off' | 'nobody' | 'passes' | 'closed' | 'fails' | 'option';
  /** What a function amounts to that comes to its end, or returns `undefined`; a refusal without this. */
  readonly undefined?: OriginMeaning;
  /** What a promise counts as where the library does not wait for it. */
  readonly promise?: 'yes' | 'no' | 'fails';
}

export interface OptionNames {
  readonly origin: readonly string[];
  readonly credentials: readonly string[];
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAge: readonly string[];
}

export interface CorsLibrary {
  /** The first name of each is the one to write; the others count too. */
  readonly options: OptionNames;
  readonly otherOptions: readonly string[];
  /** Names that people write because other libraries use them, in lower case. */
  readonly foreignNames: Readonly<Record<string, string>>;
  readonly origin: OriginSemantics;
  readonly credentials: {
    readonly default: boolean;
    /** Which values switch it on. */ readonly on: 'true' | 'truthy';
    /** `undefined` and `null` are as good as none. */ readonly nothingIsDefault?: boolean;
  };
  /** What is sent where everybody is let in and credentials are on. */
  readonly anyWithCredentials: 'literal' | 'reflect';
  /** Everybody gets the own origin back, and never a `*`. */
  readonly reflectsAny?: boolean;
  /** Whether `Vary: Origin` is sent with `*`, with a fixed text, and with a check; `accepted`: also without an Origin where the check takes everybody. */
  readonly vary: {
    readonly any: boolean;
    readonly sent: boolean;
    readonly checked: 'always' | 'allowed' | 'accepted' | 'never';
    /** Left away in answers to OPTIONS. */ readonly notForOptions?: boolean;
  };
  /** Who gets the other headers where origins are checked; `accepted`: also without an Origin where the check takes everybody, `unless-refused`: also without an Origin. */
  readonly othersFor: 'everybody' | 'allowed' | 'accepted' | 'unless-refused';
  /** Requests without Origin get nothing at all, or only the headers that name no origin. */
  readonly needsOrigin: boolean | 'for-origin';
  /** `requested`: what was asked for; `unknown`: what only the request decides; undefined: not sent. The separator `lines`: a field line each. */
  readonly methods: {
    readonly default: string | 'requested' | undefined;
    readonly separator: string;
    /** `but-options`: except for OPTIONS that asks for no method. */ readonly everyResponse: boolean | 'but-options';
    readonly upperCase?: boolean;
    /** `*` as the option is as good as none. */ readonly starIsDefault?: boolean;
  };
  readonly allowedHeaders: {
    readonly default: string | 'requested' | undefined;
    readonly separator: string;
    readonly everyResponse: boolean;
    /** An empty list is as good as none. */ readonly emptyIsDefault: boolean;
    /** Adds `Vary: Access-Control-Request-Headers` where they are mirrored. */ readonly vary: boolean;
    /** An option whose names are added to the list. */ readonly addition?: string;
    readonly starIsDefault?: boolean;
    readonly lowerCase?: boolean;
    /** `true` as the option is as good as none, and `false` an empty list. */ readonly switches?: boolean;
  };
  readonly exposedHeaders: {
    readonly default: string | undefined;
    readonly separator: string;
    readonly onPreflight: boolean | 'only';
    readonly addition?: string;
    readonly starIsDefault?: boolean;
    readonly lowerCase?: boolean;
    /** Names that every page may read anyway: a list of nothing else is not sent. */ readonly needless?: readonly string[];
  };
  readonly maxAge: { readonly default: string | undefined; readonly zero: boolean; readonly everyResponse?: boolean };
  readonly preflight: {
    /** What the library takes for a preflight. */
    readonly when: RequestTest;
    readonly status: number | null;
    /** Where the origin is refused; null: something behind answers. Undefined: the same. */
    readonly refused?: number | null;
    /** What an OPTIONS request gets that is no preflight: the headers of any request, no more than `Vary`, or an error with this status. */
    readonly otherOptions?: 'nothing' | number;
    readonly statusOption?: string;
    /** 0, null and the like for that option leave the status as it is. */
    readonly falsyStatusIsDefault?: boolean;
    readonly continueOption?: string;
    /** A preflight that asks for more than is listed gets none of the headers; these request headers may always be asked for. */
    readonly onlyListed?: { readonly methods: boolean; readonly headers: readonly string[] };
  };
  /** Options that do not exist are refused, with these words. */
  readonly refusesUnknown?: (name: string) => string;
}

export interface LibraryPolicy {
  readonly settings: Settings;
  readonly headers: readonly HeaderRule[];
  readonly statuses: readonly StatusRule[];
  readonly facts: readonly Fact[];
  readonly edits: PolicyEdits;
  readonly refusesToStart?: string;
  readonly fixedVary?: boolean;
}

/** Where the options stand: the value, the call for defaults, and where an argument would be written when there is none. */
export interface OptionsPlace {
  readonly value: Value | undefined;
  readonly range: SourceRange;
  readonly argumentsRange: SourceRange;
  /** Where the options follow another argument, the end of that one. */
  readonly insertAt?: number;
}

export type OutcomesOf = Pick<Evaluator, 'outcomes'>;

/** What the parts of the translation share. */
export interface LibraryContext {
  readonly library: CorsLibrary;
  readonly place: OptionsPlace;
  /** Only functions need it. */
  readonly evaluator: OutcomesOf;
  readonly text: ProgramText;
  readonly credentials: boolean | 'unknown';
}

const optionsMethod: RequestTest = { kind: 'method', name: 'OPTIONS' };

/** Translates the options of one call; `reach` is the condition under which these options apply at all. */
export function readLibraryOptions(
  library: CorsLibrary,
  place: OptionsPlace,
  evaluator: OutcomesOf,
  text: ProgramText,
  reach: RequestTest = always,
): LibraryPolicy {
  const { value } = place;
  if (value?.kind !== 'one-of') return readOneOptions(library, place, evaluator, text, reach);
  const before: RequestTest[] = [];
  return eitherOf(
    value.choices.map((choice) => {
      const here = all([reach, ...before.map(not), choice.when]);
      before.push(choice.when);
      return readOneOptions(
        library,
        {
          ...place,
          value: choice.value,
          range: choice.value.range.path === undefined ? choice.value.range : place.range,
        },
        evaluator,
        text,
        here,
      );
    }),
  );
}

/** Options that each apply under a condition of their own, as one policy; there is at least one. */
export function eitherOf(parts: readonly LibraryPolicy[]): LibraryPolicy {
  const first = parts[0]!;
  const { origins } = first.settings;
  const fails = parts.every(({ refusesToStart }) => refusesToStart !== undefined) ? first.refusesToStart : undefined;
  return {
    settings: {
      ...first.settings,
      origins: { ...origins, value: parts.flatMap((part) => part.settings.origins.value) },
      credentials:
        parts.find((part) => part.settings.credentials.value === true)?.settings.credentials ??
        first.settings.credentials,
    },
    headers: parts.flatMap((part) => part.headers),
    statuses: parts.flatMap((part) => part.statuses),
    facts: parts.flatMap((part) => part.facts),
    edits: parts.length === 1 ? first.edits : {},
    ...(fails !== undefined && { refusesToStart: fails }),
  };
}

function readOneOptions(
  library: CorsLibrary,
  place: OptionsPlace,
  evaluator: OutcomesOf,
  text: ProgramText,
  reach: RequestTest,
): LibraryPolicy {
  const options = place.value?.kind === 'dict' ? place.value : undefined;
  // Anything else than an object changes none of the defaults; what cannot be read may be anything.
  const opaque = place.value?.kind === 'unknown' || place.value?.kind === 'environment' || options?.open === true;
  const entry = (names: readonly string[]): DictEntry | undefined =>
    options?.entries.find(({ key }) => names.includes(key));
  const originEntry = entry(library.options.origin);
  const credentialsEntry = entry(library.options.credentials);
  const credentials = credentialsEntry
    ? switchedOn(credentialsEntry.value, library)
    : opaque
      ? 'unknown'
      : library.credentials.default;
  const context: LibraryContext = { library, place, evaluator, text, credentials };
  const grant =
    originEntry === undefined && opaque ? unknownGrant(place.range) : readOrigin(originEntry?.value, context);

  const { preflight } = library;
  const heard = library.needsOrigin === true ? all([reach, originPresent]) : reach;
  const otherOptions = all([optionsMethod, not(preflight.when)]);
  const methods = unlessStar(
    readNames(entry(library.options.methods), text, library.methods.upperCase),
    library.methods,
  );
  const allowedHeaders = headerNames(library, entry, text);
  const listed = preflight.onlyListed
    ? asksForListed(
        preflight.onlyListed,
        methods ?? defaultNames(library.methods.default, place.range),
        allowedHeaders ?? defaultNames(library.allowedHeaders.default, place.range),
      )
    : always;
  const called = all([
    preflight.otherOptions === 'nothing' ? all([heard, not(otherOptions)]) : heard,
    not(all([preflight.when, not(listed)])),
  ]);
  const applies = all([
    called,
    grant.reach,
    library.othersFor === 'everybody'
      ? always
      : library.othersFor === 'unless-refused'
        ? some([grant.allowed, not(originPresent)])
        : grant[library.othersFor],
  ]);
  const asked = all([applies, preflight.when]);
  const varies = library.vary.notForOptions ? all([heard, not(optionsMethod)]) : heard;
  const named = library.needsOrigin === 'for-origin' ? all([called, originPresent]) : called;
  const headers: HeaderRule[] = grant.headers.map((rule) => ({
    ...rule,
    when: all([rule.name === 'vary' && library.needsOrigin !== 'for-origin' ? varies : named, rule.when]),
  }));
  const set = (name: string, value: string | undefined, when: RequestTest, range: SourceRange): void => {
    headers.push({
      name,
      operation: 'set',
      value: value === undefined ? { kind: 'unknown' } : { kind: 'text', text: value },
      when,
      range,
    });
  };

  if (credentials !== false)
    set(
      'access-control-allow-credentials',
      'true',
      credentials === 'unknown' ? all([applies, unknown()]) : applies,
      credentialsEntry?.value.range ?? place.range,
    );

  // An OPTIONS request that asks for no method gets none.
  const methodsWhen =
    library.methods.everyResponse === 'but-options'
      ? all([applies, not(all([optionsMethod, not({ kind: 'preflight' })]))])
      : library.methods.everyResponse
        ? applies
        : asked;
  if (methods === undefined && opaque) set('access-control-allow-methods', undefined, methodsWhen, place.range);
  else
    listHeader(
      'access-control-allow-methods',
      methods,
      library.methods,
      'access-control-request-method',
      methodsWhen,
      place.range,
      headers,
    );

  const allowedWhen = library.allowedHeaders.everyResponse ? applies : asked;
  const mirrors = allowedHeaders === undefined && library.allowedHeaders.default === 'requested';
  listHeader(
    'access-control-allow-headers',
    allowedHeaders,
    library.allowedHeaders,
    'access-control-request-headers',
    mirrors && opaque ? all([allowedWhen, unknown()]) : allowedWhen,
    place.range,
    headers,
  );
  if (mirrors && library.allowedHeaders.vary) {
    headers.push({
      name: 'vary',
      operation: 'merge',
      value: { kind: 'text', text: 'Access-Control-Request-Headers' },
      when: opaque ? all([asked, unknown()]) : asked,
      range: place.range,
    });
  }

  const maxAge = entry(library.options.maxAge);
  const maxAgeWhen = library.maxAge.everyResponse ? applies : asked;
  const seconds =
    maxAge &&
    (maxAge.value.kind === 'number'
      ? String(maxAge.value.value)
      : maxAge.value.kind === 'text'
        ? maxAge.value.text
        : undefined);
  if (maxAge && isUndecided(maxAge.value)) set('access-control-max-age', undefined, maxAgeWhen, maxAge.value.range);
  else if (seconds ? library.maxAge.zero || seconds !== '0' : false)
    set('access-control-max-age', seconds, maxAgeWhen, maxAge!.value.range);
  else if (maxAge === undefined && library.maxAge.default !== undefined)
    set('access-control-max-age', opaque ? undefined : library.maxAge.default, maxAgeWhen, place.range);

  const exposedHeaders = exposedNames(library, entry, text);
  const exposedWhen =
    library.exposedHeaders.onPreflight === 'only'
      ? asked
      : library.exposedHeaders.onPreflight
        ? applies
        : all([applies, not(preflight.when)]);
  if (exposedHeaders !== undefined || library.exposedHeaders.default !== undefined)
    listHeader(
      'access-control-expose-headers',
      exposedHeaders,
      library.exposedHeaders,
      '',
      exposedWhen,
      place.range,
      headers,
    );

  const given = (name: string | undefined): Value | undefined =>
    name === undefined ? undefined : entry([name])?.value;
  const facts = [...optionFacts(context, options), ...grant.facts];
  // A program that does not start sends nothing; one that fails for some requests answers the others.
  const refusal =
    grant.fails ??
    facts.flatMap((fact) => (fact.kind === 'unknown-option' && fact.refusal !== undefined ? [fact.refusal] : [])).at(0);
  return {
    settings: {
      origins: {
        value: grant.entries.map((one) => ({ ...one, accepts: all([reach, one.accepts]) })),
        range: originEntry?.value.range ?? place.range,
        keyRange: originEntry?.keyRange,
        written: originEntry !== undefined,
      },
      credentials: {
        value: credentials,
        range: credentialsEntry?.value.range ?? place.range,
        keyRange: credentialsEntry?.keyRange,
        written: credentialsEntry !== undefined,
      },
      methods: methods ?? defaultNames(library.methods.default, place.range),
      allowedHeaders: allowedHeaders ?? defaultNames(library.allowedHeaders.default, place.range),
      ...(exposedHeaders && { exposedHeaders }),
      ...(maxAge &&
        seconds && { maxAge: { value: seconds, range: maxAge.value.range, keyRange: maxAge.keyRange, written: true } }),
    },
    headers: refusal === undefined || library.origin.failing !== undefined ? headers : [],
    statuses: preflightStatuses(library, heard, grant, given(preflight.statusOption), given(preflight.continueOption)),
    facts,
    edits: optionEdits(
      context,
      options,
      { origin: originEntry, credentials: credentialsEntry, maxAge },
      grant.fails !== undefined,
    ),
    ...(refusal !== undefined && { refusesToStart: refusal }),
    ...(library.vary.checked === 'never' && { fixedVary: true }),
  };
}

function preflightStatuses(
  { preflight, origin }: CorsLibrary,
  heard: RequestTest,
  grant: Grant,
  success: Value | undefined,
  continues: Value | undefined,
): StatusRule[] {
  const { reach, allowed } = grant;
  const errors = origin.unlistedFails ? all([originPresent, not(allowed)]) : grant.errors;
  const failed: StatusRule[] = errors ? [{ when: all([heard, errors]), status: 500 }] : [];
  const asked = all([heard, reach, preflight.when]);
  // What the library passes on is answered by the application.
  const passedOn: StatusRule = { when: all([heard, optionsMethod]), status: null };
  if (continues?.kind === 'boolean' && continues.value) return [...failed, passedOn];
  const status =
    success === undefined || (preflight.falsyStatusIsDefault === true && isFalsy(success))
      ? preflight.status
      : success.kind === 'number'
        ? success.value
        : null;
  const answered: StatusRule[] =
    preflight.refused === undefined
      ? [{ when: asked, status }]
      : [
          { when: all([asked, allowed]), status },
          { when: asked, status: preflight.refused },
        ];
  const others: StatusRule[] =
    typeof preflight.otherOptions === 'number'
      ? [{ when: all([heard, reach, optionsMethod]), status: preflight.otherOptions }]
      : [];
  return [...failed, ...answered, ...others, passedOn];
}

function isFalsy(value: Value): boolean {
  return (
    value.kind === 'nothing' ||
    (value.kind === 'number' && value.value === 0) ||
    (value.kind === 'boolean' && !value.value) ||
    (value.kind === 'text' && value.text === '')
  );
}

function switchedOn(value: Value, { credentials }: CorsLibrary): boolean | 'unknown' {
  if (isUndecided(value)) return 'unknown';
  if (credentials.nothingIsDefault && value.kind === 'nothing') return credentials.default;
  if (value.kind === 'boolean') return value.value;
  if (credentials.on === 'true' || value.kind === 'nothing') return false;
  return value.kind === 'number' ? value.value !== 0 : value.kind === 'text' ? value.text !== '' : true;
}

export function isUndecided(value: Value): boolean {
  return (
    value.kind === 'unknown' ||
    value.kind === 'environment' ||
    value.kind === 'one-of' ||
    value.kind === 'concatenation' ||
    value.kind === 'predicate' ||
    value.kind === 'function'
  );
}
