/**
 * CORS settings of services that are configured and not programmed: lists of origins, methods and headers in a map. What
 * each cloud service, server or framework makes of them is data of type `CorsService`; the keys differ in name only.
 */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import type { Pattern } from '../../policy/request-test.ts';

/** What a service makes of its settings. */
export interface CorsService {
  readonly framework: string;
  readonly title: string;
  /** What the service makes of one text of its list of origins. */
  readonly origin: (text: string) => OriginMeaning;
  /** What a deployment fills in, where a dollar sign by itself is the end of a pattern. */
  readonly placeholder?: RegExp;
  /** How the source of a pattern is written where one stands. */
  readonly writePattern?: (source: string) => string;
  /** How an origin is written in the list, where that is a list of patterns. */
  readonly writeOrigin?: (origin: string) => string;
  /** How several are written where the service takes one text, and no list. */
  readonly writeOrigins?: (origins: readonly string[]) => string;
  /** How an origin is written in the list of patterns that it has beside that of origins. */
  readonly writeOriginAsPattern?: (origin: string) => string;
  /** What it makes of one text of that list. */
  readonly pattern?: (text: string) => OriginMeaning;
  /**
   * What is sent where everybody is let in: `*`, the caller's origin, or `*` with nothing known about what credentials
   * make of it.
   */
  readonly open: 'literal' | 'reflect' | 'unknown-with-credentials';
  /** `named`: sent without a setting, to every origin that does not come in by `*`. */
  readonly credentials: 'setting' | 'named' | 'never';
  /** What counts without a setting; off without it. `named`: on for everybody who does not come in by `*`. */
  readonly credentialsDefault?: boolean | 'named';
  /** `*` among the allowed headers: sent as it stands, or answered by the headers that were asked for. */
  readonly anyHeader: 'literal' | 'reflect';
  /** The same for methods: sent as it stands without it. */
  readonly anyMethod?: 'reflect';
  /** A preflight for a method or header that is not listed gets no CORS headers at all. */
  readonly strictPreflight: boolean;
  readonly preflightStatus: { readonly allowed: number | null; readonly refused: number | null };
  /** With this status it answers every request of an origin that is not let in. */
  readonly refusedStatus?: number;
  /**
   * With which answers `Vary: Origin` is sent. `allowed`: those only that let somebody in; `requests`: not those to
   * preflights; `unless-refused`: those to requests without Origin too; `always`: also where nobody is let in.
   */
  readonly vary: 'always' | 'sent' | 'allowed' | 'requests' | 'unless-refused' | 'never' | 'unknown';
  /** Every OPTIONS request gets the headers of a preflight. */
  readonly everyOptions?: boolean;
  /** A `*` among these is a name as any other. */
  readonly literalStars?: { readonly methods?: boolean; readonly headers?: boolean };
  /** Methods are put into capitals before they count. */
  readonly capitals?: true;
  /** With this status it answers a request whose method is not listed, and without CORS headers. */
  readonly refusesMethods?: number;
  /** Of the listed methods that one is sent that was asked for. */
  readonly listedMethods?: 'as-asked' | undefined;
  /** Of the listed headers those are sent that were asked for. */
  readonly listedHeaders?: 'as-asked';
  /** Where a preflight asks for several headers, one that is listed is enough. */
  readonly oneListedHeader?: true;
  /** What counts without a key for methods and headers; `requested`: whatever is asked for; `unknown`: lists of its own. */
  readonly defaults?: {
    readonly methods?: readonly string[] | 'requested' | 'unknown';
    readonly headers?: readonly string[] | 'requested' | 'unknown';
    readonly maxAge?: string | undefined;
  };
  /** It answers preflights only; what stands behind it answers the requests themselves, with headers of its own. */
  readonly preflightsOnly?: boolean;
  /** Every value is a text, also `'false'`. */
  readonly textValues?: true;
  /** Any other word than `true` switches off. */
  readonly onlyTrue?: true;
  /** Whoever is not let in gets the same answer, with the first origin of the list in it. */
  readonly strangers?: 'first-origin';
  /** Methods that count beside those that are listed. */
  readonly furtherMethods?: readonly string[];
  /** Words that stand for several methods. */
  readonly methodWords?: Readonly<Record<string, readonly string[]>>;
  /** A text with commas holds several origins. */
  readonly commas?: boolean;
  /** Blanks separate where commas do, or in their place. */
  readonly blanks?: true | 'only';
}

/**
 * Everybody, the one origin that the text spells, several by a pattern, nobody, or what the text does not say;
 * `ignoreCase`: as the service compares it.
 */
export type OriginMeaning =
  'any' | 'exact' | 'nobody' | 'unknown' | Pattern | { readonly exactly: string; readonly ignoreCase: boolean };

/** Where the settings of one policy stand. */
export interface ServiceKeys {
  /** Undefined where one word switches everything on: `cors: true`. */
  readonly map: TreeMap | undefined;
  /** The key that switches the policy on, where the service lets everybody in without a key for origins. */
  readonly openWithout?: TreeEntry;
  readonly origins: TreeEntry | undefined;
  /** The key of patterns, where the service has one beside that of origins. */
  readonly patterns?: TreeEntry | undefined;
  /** The name to insert where there is no key for origins. */
  readonly originsKey: string;
  readonly credentials?: TreeEntry | undefined;
  /** The name to insert where credentials are on without a key. */
  readonly credentialsKey?: string;
  readonly methods: TreeEntry | undefined;
  readonly allowedHeaders: TreeEntry | undefined;
  readonly exposedHeaders: TreeEntry | undefined;
  readonly maxAge: TreeEntry | undefined;
}

/** A reference to a value that a deployment fills in, with what counts where it does not. */
export interface FilledIn {
  readonly name: string;
  /** The text that the reference falls back to. */
  readonly fallback: string;
  /** The same where it is written, as one text or as several. */
  readonly texts?: readonly TreeNode[];
}

/** One map of settings, and where it stands. */
export interface ServicePolicyInput {
  readonly service: CorsService;
  readonly document: TreeDocument;
  readonly keys: ServiceKeys;
  readonly scope: string;
  readonly purpose?: Policy['purpose'];
  readonly facts?: readonly Fact[];
  readonly refusesToStart?: string;
  /** With this status it then answers every request that has an Origin. */
  readonly failsWith?: number;
  /** For values that a deployment fills in. */
  readonly reference?: (node: TreeNode) => FilledIn | undefined;
}
