/**
 * What a CORS library for programs makes of its options, as data. Libraries differ in names, defaults and in the meaning of
 * the same word (`true`, `['*']`, a missing variable); those differences are a table in the library's own file, and
 * `read-library-options.ts` translates the table.
 */
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import type { ParameterRole } from '../../values/evaluator.ts';

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
