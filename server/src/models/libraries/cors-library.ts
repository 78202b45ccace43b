/**
 * What a CORS library for programs makes of its options, as data. Libraries differ in names, defaults and in the meaning of
 * the same word (`true`, `['*']`, a missing variable); those differences are a table of type `CorsLibrary` in the library's
 * own file, and `read-library-options.ts` translates the table.
 *
 * To fill in a table for a new library: run it, ask it with and without `Origin`, by GET, by a preflight and by a plain
 * OPTIONS, and write down what came back. Every field has one question; where the answer is not known, `unknown` is silent.
 * What differs between releases goes into `byRelease` (`releases.ts`), how programs hand options over into
 * `defineCorsLibrary`.
 */
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import type { ParameterRole } from '../../values/evaluator.ts';
import type { Dict } from '../../values/value.ts';
import type { PreflightSemantics } from './preflight-semantics.ts';
import type { TimeUnit } from './time-unit.ts';

/** The table of one library, in one group of releases. */
export interface CorsLibrary {
  /** What the six settings are called. */
  readonly options: OptionNames;
  /** Further options that exist and are not looked at, so that they are no misspellings. */
  readonly otherOptions: readonly string[];
  /** Names that people write because other libraries use them, in lower case, with the name that they mean here. */
  readonly foreignNames: Readonly<Record<string, string>>;
  /** What each kind of value of the origin option amounts to. */
  readonly origin: OriginSemantics;
  /** When `Access-Control-Allow-Credentials: true` is sent. */
  readonly credentials: CredentialsSemantics;
  /**
   * What is sent where everybody is let in and credentials are on: `*` all the same, or the caller's own origin; `fails`: the program does
   * not start.
   */
  readonly anyWithCredentials: 'literal' | 'reflect' | 'fails';
  /** Everybody gets the own origin back, and never a `*`, also without credentials. */
  readonly reflectsAny?: boolean;
  readonly vary: VarySemantics;
  /**
   * Who gets the other headers where origins are checked. `everybody`: also those who are refused; `allowed`: who has an
   * Origin that passes; `accepted`: also a request without Origin where the check takes everybody; `unless-refused`: who
   * passes, and every request without Origin.
   */
  readonly othersFor: 'everybody' | 'allowed' | 'accepted' | 'unless-refused';
  /** Requests without Origin get nothing at all (`true`), only the headers that name no origin, or nothing but `Vary`. */
  readonly needsOrigin: boolean | 'for-origin' | 'but-vary';
  /** `Access-Control-Allow-Methods`. */
  readonly methods: MethodsSemantics;
  /** `Access-Control-Allow-Headers`. */
  readonly allowedHeaders: AllowedHeadersSemantics;
  /** `Access-Control-Expose-Headers`. */
  readonly exposedHeaders: ExposedHeadersSemantics;
  /** `Access-Control-Max-Age`. */
  readonly maxAge: MaxAgeSemantics;
  /** What the library does with OPTIONS. */
  readonly preflight: PreflightSemantics;
  /** A function in place of the options, which is asked for them at each request; as good as no options without this. */
  readonly delegate?: OptionsDelegate;
  /** Options that do not exist are refused, with these words; they are taken no notice of without this. */
  readonly refusesUnknown?: (name: string) => string;
  /** The option that lets pages call into a private network. */
  readonly privateNetwork?: string;
  /** The table where these options are written, for switches among them that change what the others mean. */
  readonly switched?: (options: Dict) => CorsLibrary;
  /** It lets them in without that option. */
  readonly privateNetworkByDefault?: boolean;
}

/** The first name of each is the one to write; the others count too. None: the library has no such option. */
export interface OptionNames {
  readonly origin: readonly string[];
  readonly credentials: readonly string[];
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAge: readonly string[];
}

/** What an origin option amounts to. */
export type OriginMeaning =
  /** Everybody. */
  | 'any'
  /** The caller's own origin, unchecked. */
  | 'reflect'
  /** The library does nothing. */
  | 'off'
  /** A check that nothing passes. */
  | 'nobody'
  /** The same, without `Vary`. */
  | 'closed'
  /** Its text is the header, for everybody. */
  | 'sent'
  /** Compared exactly, then reflected. */
  | 'compared'
  /** A regular expression, found anywhere in the origin. */
  | 'search'
  /** A list of texts and patterns. */
  | 'members'
  /** A list of which each member becomes a header line. */
  | 'lines'
  /** Every request is answered by an error, or the program does not start. */
  | 'fails'
  /** As if it were not written. */
  | 'default'
  | 'unknown';

/** What each kind of value of the origin option amounts to. A language that lacks a kind of value (`undefined`) leaves it out. */
export interface OriginSemantics {
  /** The option is not written. */
  readonly missing: 'any' | 'reflect' | 'off' | 'closed' | 'nobody' | 'fails';
  /** Why options without it let nobody in, where there is no other place for it: said as a mistake. */
  readonly forgotten?: string;
  /** One text that is neither empty nor `*`. */
  readonly text: 'sent' | 'compared' | 'any' | 'nobody' | 'fails';
  /** A single text is split into several origins at this. */
  readonly separator?: string;
  /** The regular expression that a piece of such a text is; undefined for one that is compared. */
  readonly patternOf?: (piece: string) => Pattern | undefined;
  /** White space around the pieces counts for nothing. */
  readonly trims?: boolean;
  /** The text `*`. */
  readonly star: 'any' | 'compared' | 'reflect';
  /** Another text that means the same as `*` does. */
  readonly starToo?: string;
  /** A text that is no regular expression, though it is taken for one: it fails. */
  readonly refusedText?: (text: string) => boolean;
  /** The empty text. */
  readonly empty: OriginMeaning;
  readonly true: OriginMeaning;
  readonly false: OriginMeaning;
  /** `undefined` and `null`, `None`, `nil`: an environment variable that is not set. */
  readonly nothing: OriginMeaning;
  /** `undefined` alone, where the library tells it from `null`. */
  readonly undefined?: OriginMeaning;
  /** A number; as good as true or false without this. */
  readonly number?: OriginMeaning;
  /** A regular expression as the option itself. */
  readonly pattern: OriginMeaning;
  /** Whether a list may stand there at all. */
  readonly list: 'members' | 'lines' | 'fails';
  readonly emptyList: OriginMeaning;
  /**
   * `*` as a member of a list; `any-alone`: beside other members it fails, `any-single`: beside others it is compared, `reflect`:
   * everybody gets the own origin back, `others`: whoever fits an earlier member does, and all others get the star.
   */
  readonly starInList: 'any' | 'any-alone' | 'any-single' | 'others' | 'reflect' | 'compared';
  /** A regular expression as a member of a list. */
  readonly patternInList: 'search' | 'nobody' | 'fails';
  /** A list with one member is that text, sent to everybody. */
  readonly singleInList?: 'sent';
  /** The pattern that a member of a list is in this library's own wildcard syntax; undefined for one that is compared. */
  readonly wildcard?: (text: string) => Pattern | undefined;
  /** The same for a single text. */
  readonly wildcardAlone?: true;
  /** How a member has to be written for this origin to get in; as the origin itself without it. */
  readonly writtenAs?: (origin: string) => string;
  /** That pattern is the text itself, which the library takes for a regular expression. */
  readonly wildcardIsPattern?: true;
  /** How patterns of the program are applied; as they are without this. */
  readonly patternMode?: Pattern['mode'];
  /** A single text, or a list, with a `*` anywhere in it is everybody. */
  readonly starInText?: 'any';
  /** Where the caller's origin is reflected, a request without one gets `*`; or only where no credentials are on. */
  readonly starWithoutOrigin?: boolean | 'unless-credentials';
  /** A request without Origin gets the first, in the order of the alphabet, of the texts that are compared. */
  readonly firstWithoutOrigin?: boolean;
  /**
   * What others than those in a list get: the text `null`, which is the origin of every sandboxed frame, the first of
   * the list, or, whatever the check is, an empty text; nothing without this.
   */
  readonly unlisted?: 'null' | 'first' | 'empty';
  /** An origin that no check passes is answered by an error: by this status, or 500. */
  readonly unlistedFails?: true | number;
  /** What happens for `fails`, in the library's own words. */
  readonly failure?: string;
  /** The same where there is no origin at all; as for any other value without this. */
  readonly noneFails?: string;
  /** Which requests fail for `fails`, where the others are answered as ever. */
  readonly failing?: RequestTest;
  /** A function as the option; not known without this. */
  readonly callback?: OriginCallback;
  /** The text that a member of a list is compared as. */
  readonly comparedAs?: (text: string) => string;
  /** Why a check at the start of the application stops for a member of a list; undefined where it does not. */
  readonly stopsFor?: (text: string) => string | undefined;
  /** It is the application itself that stops, and not a check that is run before. */
  readonly stopsApplication?: true;
  /** Members of a list are compared ignoring case. */
  readonly ignoresCase?: boolean;
  /**
   * An option beside that of origins, whose members are let in too: `allowedOriginPatterns`, `allowed_origins_patterns`. `means`: what
   * its values are, where that differs. Where it alone is written, nobody gets in by default.
   */
  readonly patterns?: { readonly option: string; readonly means: Partial<OriginSemantics> };
  /**
   * Options of their own that take a function, the one that counts before the others first. Where one is written, the list of origins
   * counts for nothing; `callback` says what becomes of its answer.
   */
  readonly checks?: readonly OriginCheck[];
  /** The list counts beside them: whom it does not let in is asked of each function. `missing-too`: as does what a missing list means. */
  readonly checksBesideList?: true | 'missing-too';
  /** A switch of its own that lets everybody in. */
  readonly openedBy?: OpeningSwitch;
}

/** An option that takes a function and decides alone. */
export interface OriginCheck {
  readonly option: string;
  /** What the function is handed. */
  readonly roles: readonly ParameterRole[];
}

/** An option that is on or off, and lets everybody in where it is on. */
export interface OpeningSwitch {
  readonly option: string;
  /** What happens where it is on and origins are listed beside it, in the library's own words; it alone counts without them. */
  readonly conflict?: string;
}

/** A function that is asked for each request. */
export interface OriginCallback {
  /** What its parameters are, in order. */
  readonly roles: readonly ParameterRole[];
  /** `callback(error, answer)`, or the returned value; `either` where the library takes both. */
  readonly answers: 'callback' | 'return' | 'either';
  /**
   * What the answer is: an origin option again, the header's own text, that text even where it says no (`false`, `null`),
   * yes and no by truth, or yes for `true` alone.
   */
  readonly as: 'option' | 'header' | 'literal' | 'truthy' | 'exactly-true';
  /**
   * What the library does where the function says no: nothing at all, the answers of a check that failed, no more than
   * `Vary`, so that a preflight is left to what comes behind, no `Vary` but all other headers, or an error for this request;
   * `option`: a no is taken for an origin option like any other answer.
   */
  readonly refusal: 'off' | 'nobody' | 'passes' | 'closed' | 'fails' | 'option';
  /** What a function amounts to that comes to its end, or returns `undefined`; a refusal without this. */
  readonly undefined?: OriginMeaning;
  /** Of several results the first is the answer; `if-second`: where the second is true. */
  readonly first?: boolean | 'if-second';
  /** The answers vary by the origin, whatever the function says. */
  readonly varies?: true;
  /** A `*` that it gives is sent as such, beside credentials too. */
  readonly starIsSent?: true;
  /** What a promise counts as where the library does not wait for it; `text`: it is written into the header, `[object Promise]`. */
  readonly promise?: 'yes' | 'no' | 'text' | 'fails';
}

/** A function `(request, callback)` that hands over the options of one request. */
export interface OptionsDelegate {
  /** `callback(error, options)`; `either`: it returns them, or a promise of them, where it takes one parameter only. */
  readonly answers: 'callback' | 'either';
  /** What differs for an origin option that is handed over in this way. */
  readonly origin?: Partial<OriginSemantics>;
}

export interface CredentialsSemantics {
  /** On without the option. */
  readonly default: boolean;
  /** Which values switch it on. */
  readonly on: 'true' | 'truthy';
  /** `undefined` is as good as none, or `null` too. */
  readonly nothingIsDefault?: 'undefined' | true;
  /** The texts `true` and `false` are as good as the values. */
  readonly readsTexts?: true;
  /** Where they are off, the header says so: `false`, which browsers take for none. */
  readonly saysOff?: true;
  /** They are allowed to those who are refused, too, or but for OPTIONS; `false`: not, whatever else these get. */
  readonly forEverybody?: boolean | 'but-options';
}

/** Whether `Vary: Origin` is sent. */
export interface VarySemantics {
  /** With `*`; `options`: in answers to OPTIONS with an Origin alone. */
  readonly any: boolean | 'options';
  /** With a fixed text. */
  readonly sent: boolean;
  /**
   * With a check; `allowed`: where it passed, `accepted`: also without an Origin where the check takes everybody, `unless-refused`: also
   * without an Origin, whatever the check takes.
   */
  readonly checked: 'always' | 'allowed' | 'accepted' | 'unless-refused' | 'never';
  /** Left away in answers to OPTIONS, or to those alone that are preflights with an origin. */
  readonly notForOptions?: boolean | 'preflights';
  /** Left away where one text is all that is compared. */
  readonly notForOne?: boolean;
}

/** A list of names that becomes one header. */
interface NameList {
  /** Between the names in the header; `lines`: a field line each. */
  readonly separator: string;
  /** Of a list, a preflight is answered with what it asks for. */
  readonly answersAsked?: boolean;
  /** `*` as the option is as good as none. */
  readonly starIsDefault?: boolean;
  /**
   * A text in place of a list: the header is not sent, the answers that would carry it are errors (but for a `*`), or the program does
   * not start; the same as a list without this.
   */
  readonly text?: 'none' | 'fails' | 'fails-but-star' | 'throws';
  /** An `undefined` that is written is an empty list, or a `null` too; as good as none without this. */
  readonly nothingIsEmpty?: 'undefined' | true;
  /** The names of a list are put into the order of the alphabet. */
  readonly sorted?: boolean;
  /** A name that stands there again, in whatever case, is sent once. */
  readonly once?: true;
}

export interface MethodsSemantics extends NameList {
  /** Without the option. `requested`: what was asked for; `unknown`: what only the request decides; undefined: not sent. */
  readonly default: string | 'requested' | undefined;
  /** Not only with preflights. `but-options`: except for OPTIONS that asks for no method. */
  readonly everyResponse: boolean | 'but-options';
  /** The names of a list are put into capitals. */
  readonly upperCase?: boolean;
  /** An option whose names are added to the list. */
  readonly addition?: string;
  /** Preflights that ask for one of these get no list. */
  readonly needless?: readonly string[];
  /** An empty list is as good as none. */
  readonly emptyIsDefault?: boolean;
}

export interface AllowedHeadersSemantics extends NameList {
  /** Without the option. `requested`: what was asked for; `unknown`: what only the request decides; undefined: not sent. */
  readonly default: string | 'requested' | undefined;
  /** Not only with preflights. */
  readonly everyResponse: boolean;
  /** An empty list is as good as none, or nothing but an empty text is. */
  readonly emptyIsDefault: boolean | 'text';
  /** Where what is asked for is mirrored, a preflight gets this that asks for none. */
  readonly unasked?: string;
  /** Adds `Vary: Access-Control-Request-Headers` where they are mirrored. */
  readonly vary: boolean;
  /** An option whose names are added to the list. */
  readonly addition?: string;
  /** The names are put into lower case. */
  readonly lowerCase?: boolean;
  /** `x-total-count` is sent as `X-Total-Count`. */
  readonly capitalised?: boolean;
  /** `true` as the option is as good as none, and `false` an empty list. */
  readonly switches?: boolean;
  /** A `*` in the list allows whatever is asked for. */
  readonly starIsAny?: boolean;
  /** Of what a preflight asks for, it is answered with the names that are listed; other answers, where they have any, hold all of them. */
  readonly answersListed?: boolean;
}

export interface ExposedHeadersSemantics extends NameList {
  /** Without the option; `unknown`: what only the request decides; undefined: not sent. */
  readonly default: string | undefined;
  /** With preflights too, or with nothing else. */
  readonly onPreflight: boolean | 'only';
  /** An option whose names are added to the list. */
  readonly addition?: string;
  /** The names are put into lower case. */
  readonly lowerCase?: boolean;
  /** `x-total-count` is sent as `X-Total-Count`. */
  readonly capitalised?: boolean;
  /** Names that every page may read anyway: a list of nothing else is not sent. */
  readonly needless?: readonly string[];
}

export interface MaxAgeSemantics {
  /** Without the option, in seconds; undefined: not sent. */
  readonly default: string | undefined;
  /** An `undefined` is as good as none. */
  readonly undefinedIsDefault?: true;
  /** A 0 is sent, and not left away. */
  readonly zero: boolean;
  /** What a number below zero is sent as; not at all where this is empty. */
  readonly negative?: string;
  /** Not only with preflights. */
  readonly everyResponse?: boolean;
  /** How many of the option's units are a second, and how seconds are written in it. */
  readonly unit?: TimeUnit;
  /** More than this is sent as this, in seconds. */
  readonly most?: number;
}
