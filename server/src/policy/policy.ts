/**
 * The one model of a CORS policy. A framework's file translates its settings into this; rules, hover, `answer()` and
 * the command line read nothing else.
 *
 * What is sent is data: an ordered list of header rules, each with the condition under which it applies. `answer()`
 * interprets them for one request; the verdict partitions the space of origins with them.
 */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { OriginTest, Pattern, RequestTest } from './request-test.ts';

export interface Policy {
  /** Framework id: the file name in `frameworks/`. */
  readonly framework: string;
  /** For people: `cors 2.8.6`, `nginx`, `S3 CORS rule`. */
  readonly title: string;
  readonly version?: string;
  /** Where the policy is set; a finding that no narrower place explains stands here. */
  readonly range: SourceRange;
  /** What it covers, in words: `every route`, `location /api/`, `PUT /items`. */
  readonly scope: string;
  /** `development`: only used on the developer's machine. `static`: fonts, images and other public assets. */
  readonly purpose: 'application' | 'development' | 'static';
  readonly settings: Settings;
  /** In the order in which the server applies them. */
  readonly headers: readonly HeaderRule[];
  /** First match counts; 200 when none does. */
  readonly statuses: readonly StatusRule[];
  readonly facts: readonly Fact[];
  readonly edits: PolicyEdits;
  /** Set where it is one of the middlewares of an app: what runs before it has its say too. */
  readonly mounted?: Mounted;
  /** Set where it is a proxy's: who answers the requests. */
  readonly forwards?: Forwarding;
  /** What else takes part in its answers, in the order in which it runs; itself among them. Absent where it is alone. */
  readonly layers?: readonly Layer[];
  /** What goes out when the program behind a proxy has had its say too; the proxy's own rules without it. */
  readonly throughLayers?: Pick<Policy, 'headers' | 'statuses'>;
  /** Set when the framework refuses to start with these settings: its own words. */
  readonly refusesToStart?: string;
  /** The library says what `Vary` holds, and nothing in these settings changes it. */
  readonly fixedVary?: boolean;
  /** It has settings of another file, which tells what stands there. */
  readonly onlyHere?: true;
}

/** Where a middleware stands among those of its app. */
export interface Mounted {
  /**
   * On the app or router itself, which is known by where it is declared, then on what that router is mounted on. `path` is null where it
   * is no plain text, `/` without one.
   */
  readonly places: readonly { readonly app: number; readonly at: number; readonly path: string | null }[];
  /** `use`, `all`, `options`, or the method of a route. */
  readonly method: string;
  /** Under which condition it is mounted at all. */
  readonly when: RequestTest;
  /** What it answers by itself, so that nothing behind it runs. */
  readonly answers: readonly StatusRule[];
}

/** One of several that make an answer together. */
export interface Layer {
  readonly role: 'middleware' | 'proxy' | 'application';
  /** As of a policy. */
  readonly title: string;
  readonly scope: string;
  readonly range: SourceRange;
}

/** Where a proxy sends the requests that a policy is about. */
export interface Forwarding {
  /** The host as it is written: the name of a service. */
  readonly host: string;
  readonly range: SourceRange;
  /** The statement that adds a line to what comes from there, where no header rule says so. */
  readonly added?: SourceRange;
  /** Takes the CORS headers away that come from there. */
  readonly hide?: () => readonly Edit[];
}

/** A value as it was set, and whether somebody wrote it or the framework fills it in. */
export interface Setting<T> {
  readonly value: T;
  /** Range of the value; of the call or block when it is a default. */
  readonly range: SourceRange;
  /** Range of the option name or header name. */
  readonly keyRange?: SourceRange;
  readonly written: boolean;
}

export interface Settings {
  readonly origins: Setting<readonly OriginEntry[]>;
  /** `unknown`: decided at run time. */
  readonly credentials: Setting<boolean | 'unknown'>;
  /** Null when the framework reflects what was asked for. */
  readonly methods?: Setting<readonly NameEntry[] | null | 'unknown'>;
  readonly allowedHeaders?: Setting<readonly NameEntry[] | null | 'unknown'>;
  readonly exposedHeaders?: Setting<readonly NameEntry[] | 'unknown'>;
  /** As written, for example `600`, `'86400'`, `-1`, `abc`; seconds. */
  readonly maxAge?: Setting<string>;
  /** The text of `Access-Control-Allow-Credentials` where it is written by hand. */
  readonly credentialsText?: Setting<string>;
  readonly privateNetwork?: Setting<boolean>;
}

/** One method or header name of a list. */
export interface NameEntry {
  readonly text: string;
  readonly range: SourceRange;
  /** It is `*`, and the framework compares it as a name of its own. */ readonly literal?: boolean;
  readonly edits?: EntryEdits;
}

/** One way in: a list member, a pattern, a wildcard, a reflected header, a callback. */
export interface OriginEntry {
  readonly range: SourceRange;
  /**
   * `any`: every origin by this framework's meaning of the text (`*`, `true`, default).
   * `reflect`: the request's Origin, or `source`, is written back without a check.
   * `text`: a fixed origin (or what should be one). `pattern`: a regular expression or the framework's own wildcard syntax.
   * `predicate`: a check in code. `fallback`: open when an environment variable is missing.
   */
  readonly kind: 'any' | 'reflect' | 'text' | 'pattern' | 'predicate' | 'fallback' | 'unknown';
  /** As written, for `text` and `pattern`. */
  readonly text?: string;
  readonly pattern?: Pattern;
  /** The origins that this entry lets in. */
  readonly accepts: RequestTest;
  /** How this framework treats the text: compares it, sends it unseen, or reads wildcards in it. */
  readonly matching?: 'exact' | 'sent-as-is' | 'wildcard' | 'regex';
  /** For `reflect`: which request input, when it is not Origin: `Referer`, `Host`, `query origin`. */
  readonly source?: string;
  /** For `fallback`: the environment variable, and what it falls back to. */
  readonly variable?: string;
  /** For `fallback`: the variable is a parameter of a function, whose callers may leave it out. */
  readonly argument?: true;
  /** For `predicate`: the single tests inside it, for narrower ranges and fixes. */
  readonly tests?: readonly OriginTest[];
  /** True when the framework supplied this entry because nothing was written. */
  readonly byDefault?: boolean;
  /** Why a check at the start of the application stops for this text, in the framework's own words. */
  readonly stops?: string;
  /** How the text, which is an origin, would have to be written to let that origin in, where this release compares something else. */
  readonly writtenAs?: string;
  /** True when a function let these origins in by giving no answer for them. */
  readonly unanswered?: boolean;
  readonly edits?: EntryEdits;
}

/** Edits of one list member or value, in the source's own language and quotes. */
export interface EntryEdits {
  /** Replaces the text inside this entry. */
  readonly replaceText?: (text: string) => readonly Edit[];
  /** Replaces the source of a regular expression. */
  readonly replacePattern?: (source: string) => readonly Edit[];
  /** Removes the entry, with its comma. */
  readonly remove?: () => readonly Edit[];
  /** Replaces this entry by several exact origins. */
  readonly replaceByOrigins?: (origins: readonly string[], placeholder?: string) => readonly Edit[];
  /** Replaces one loose test by an exact comparison with these origins. */
  readonly replaceTest?: (test: OriginTest, origins: readonly string[], placeholder?: string) => readonly Edit[];
  /** Replaces the text that this test of a check compares with, where it is written out there. */
  readonly replaceTestText?: (test: OriginTest, text: string) => readonly Edit[];
  /** Replaces the source of the regular expression that this test of a check holds. */
  readonly replaceTestPattern?: (test: OriginTest, source: string) => readonly Edit[];
  /** Replaces this entry by a regular expression in the form that the framework reads. */
  readonly replaceByPattern?: (source: string) => readonly Edit[];
}

export type HeaderValue =
  | { readonly kind: 'text'; readonly text: string }
  /** The request's Origin, byte for byte. */
  | { readonly kind: 'request-origin' }
  /**
   * Another request header, for example `access-control-request-headers`. Absent header: header not sent. `only`: of the names in it those,
   * in lower case; where there is none of them, the header is not sent either.
   */
  | { readonly kind: 'request-header'; readonly name: string; readonly only?: readonly string[] }
  /** `upstream`: the server itself sends nothing here, and what stands behind it may. */
  | { readonly kind: 'unknown'; readonly from?: 'upstream' };

export interface HeaderRule {
  /** Lower case: `access-control-allow-origin`, `vary` … */
  readonly name: string;
  /**
   * `append` adds a field line; `merge` adds to the value after a comma; `set` replaces all; `remove` takes it away; `default` sets
   * only when absent.
   */
  readonly operation: 'set' | 'append' | 'merge' | 'default' | 'remove';
  readonly value: HeaderValue;
  readonly when: RequestTest;
  readonly range: SourceRange;
  /** `success`: only on 200, 201, 204, 206, 301–304, 307, 308 (nginx without `always`). `handled`: lost where the application throws. */
  readonly statuses?: 'success' | 'handled' | 'all';
}

export interface StatusRule {
  readonly when: RequestTest;
  /** null: the application decides. */ readonly status: number | null;
}

/** What a framework's reader noticed and no header shows. Rules turn facts into findings. */
export type Fact =
  | {
      readonly kind: 'unknown-option';
      readonly name: string;
      readonly suggestion?: string;
      readonly range: SourceRange;
      /** The default that stays in force lets everybody in. */ readonly opens: boolean;
      /** The server does not run with it: the framework's own words. */ readonly refusal?: string;
      /** The name is not ignored: these settings are rejected because of it. */ readonly rejected?: boolean;
      /** It is a setting, but of another place: that one, in words. */ readonly belongs?: string;
      /** Code of the application may read the name by itself. */ readonly unlessRead?: true;
      readonly rename?: () => readonly Edit[];
    }
  /** A value because of which the framework takes none of these settings; `explanation` is its own words or those of its documentation. */
  | {
      readonly kind: 'rejected-value';
      readonly what: 'origin' | 'method' | 'header-name';
      readonly text: string;
      readonly range: SourceRange;
      readonly explanation: string;
      /** What does not count: all settings without it, else the list, or nothing but the text. */ readonly only?:
        'list' | 'value';
      readonly remove?: () => readonly Edit[];
    }
  /** An origin function that is asynchronous, of which the library does not wait for the answer. */
  | { readonly kind: 'unawaited-origin'; readonly range: SourceRange }
  | {
      readonly kind: 'misspelt-header';
      readonly name: string;
      readonly suggestion: string;
      readonly range: SourceRange;
      /** What it is taken for, where it is not just a name that nobody knows. */ readonly why?: string;
      readonly rename?: () => readonly Edit[];
    }
  | {
      readonly kind: 'multiple-origins';
      readonly origins: readonly string[];
      readonly range: SourceRange;
      /** Set where the text is a member of a list: who compares it with the origin. Else it is sent as it stands. */
      readonly comparedBy?: string;
      readonly toList?: () => readonly Edit[];
    }
  | {
      readonly kind: 'duplicate-header';
      readonly header: string;
      readonly range: SourceRange;
      readonly other: SourceRange;
      readonly why: string;
      /** The server does not run with it: its own words. */ readonly refusal?: string;
      /** Takes away the line at `range`, or does what `fixTitle` says. */ readonly fix?: () => readonly Edit[];
      readonly fixTitle?: string;
    }
  | {
      readonly kind: 'lost-header';
      readonly headers: readonly string[];
      readonly range: SourceRange;
      readonly from?: SourceRange;
      /** `beside`: they stand beside the headers of a response, where nobody reads them. `sent`: the answer is on its way before. */
      readonly why: 'nested' | 'errors' | 'beside' | 'sent' | 'unset';
      /** Of `unset`, and of `errors` in a program: why the server does not send it, and what to do, in sentences. */
      readonly explanation?: string;
      readonly instead?: string;
      /** What adds a header there, for example `add_header`. */ readonly statement?: string;
      readonly repeat?: () => readonly Edit[];
      /** What the edit does, where it is not said by the reason. */ readonly repeatTitle?: string;
    }
  /** A value put together so that it is no page's origin, for example `$0$1`. */
  | {
      readonly kind: 'joined-origin';
      readonly text: string;
      readonly range: SourceRange;
      readonly why: string;
      readonly replacement: string;
      readonly replace: () => readonly Edit[];
    }
  | {
      readonly kind: 'unhandled-preflight';
      readonly range: SourceRange;
      readonly needs: string;
      readonly why: string;
      readonly related?: SourceRange;
      /** What stands there; that it runs first without it. */ readonly relatedMessage?: string;
      /** What to do, where it is not to answer OPTIONS at an earlier place. */ readonly instead?: string;
      readonly handle?: () => readonly Edit[];
    }
  | {
      readonly kind: 'middleware-order';
      readonly range: SourceRange;
      /** What answers without CORS headers. */ readonly earlier: SourceRange;
      readonly what: string;
      /** `first-runs-first` without it; `opened-before`: it lets everybody in, and this does not take that back.
       * `after-start`: the server takes requests already. `scope-of-its-own`: it covers the plugin around it, which has no route.
       * `decorated-before`: the view below is registered before this decorator has wrapped it. `listed-before`: that middleware is asked
       * before this one. `asked-before`: that middleware refuses requests before this one is asked. `covers-earlier`: it covers the routes
       * above it, and `earlier` is the first of those below. `refused-late`: the router stops the program where it has a route by then.
       */ readonly order?:
        | 'first-runs-first'
        | 'last-runs-first'
        | 'opened-before'
        | 'after-start'
        | 'scope-of-its-own'
        | 'decorated-before'
        | 'listed-before'
        | 'asked-before'
        | 'covers-earlier'
        | 'refused-late';
      readonly move?: () => readonly Edit[];
    }
  | {
      readonly kind: 'middleware-not-used';
      readonly range: SourceRange;
      /** What is missing, and what to do, where it is not just a call that makes a middleware. */
      readonly why?: string;
      readonly instead?: string;
    }
  | { readonly kind: 'middleware-not-called'; readonly range: SourceRange; readonly call?: () => readonly Edit[] }
  /** `*` beside credentials, where no document says which of two wrong answers goes out: `*` itself, or the caller's own origin. */
  | { readonly kind: 'open-with-credentials'; readonly range: SourceRange }
  | {
      readonly kind: 'no-origin-configured';
      readonly range: SourceRange;
      readonly set: readonly string[];
      /** What the framework's default is, in a sentence. */ readonly why?: string;
      /** Origins are set, but something else has to be beside them: `quarkus.http.cors.enabled is true`. */
      readonly switchedOff?: { readonly setting: string; readonly switchOn?: () => readonly Edit[] };
      readonly addOrigins?: (origins: readonly string[], placeholder?: string) => readonly Edit[];
    }
  | {
      readonly kind: 'response-header-in-request';
      /** One name, or several with commas. */ readonly header: string;
      readonly range: SourceRange;
      /** What puts it on a request, and what to do, where that is no page's own request. */ readonly why?: string;
      readonly instead?: string;
      /** The answer carries it too, so that nobody misses it. */ readonly answered?: boolean;
      readonly remove?: () => readonly Edit[];
    };

/** How a finding is closed in this source's own form. A member is absent where no exact edit exists. */
export interface PolicyEdits {
  /** Replaces whatever lets everybody in by this list, in the form that this framework wants, `Vary` included where it needs one. */
  readonly allowOnly?: (origins: readonly string[], placeholder?: string) => readonly Edit[];
  /** Where the framework takes no origin of this form: writes what was meant, or these origins, in the form that it takes. */
  readonly repairOrigin?: (origins: readonly string[], placeholder?: string) => readonly Edit[];
  /** Switches CORS off altogether, where it is a developer's convenience. */
  readonly switchOff?: () => readonly Edit[];
  readonly dropCredentials?: () => readonly Edit[];
  /** Writes the one valid value, `true`. */
  readonly repairCredentials?: () => readonly Edit[];
  readonly addVaryOrigin?: () => readonly Edit[];
  readonly setMaxAge?: (seconds: number) => readonly Edit[];
  readonly failClosed?: () => readonly Edit[];
  readonly setMethods?: (names: readonly string[]) => readonly Edit[];
  readonly setAllowedHeaders?: (names: readonly string[]) => readonly Edit[];
}

/** Everything that a framework's reader found in one file. */
export interface Reading {
  /** What is read stands in quotes of another language: no edit is sure to keep them. */
  readonly readOnly?: true;
  readonly policies: readonly Policy[];
  /** Facts that belong to no policy, for example a response header on a client's request. */
  readonly facts: readonly Fact[];
}
