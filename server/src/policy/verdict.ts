/** Who can read, as sets of origins: what rules, hover and the `policy` command ask. */
import type { RequestTest } from './request-test.ts';

/** Three-valued: the text may not decide it. */
export type Ternary = boolean | 'unknown';

/** A set of origins; formulas over origin tests only. */
export interface OriginSet {
  readonly test: RequestTest;
  /** Circumstances decide as well: an origin is in the set where there are some under which it meets the condition. */
  readonly depends: boolean;
  /** Whether the origin is in the set. */
  has(origin: string): Ternary;
  /** Every origin that a browser can send is in it (certainly). */
  readonly isEverything: boolean;
  /** No origin is in it (certainly). */
  readonly isEmpty: boolean;
  /** A readable member outside the given registrable domains and exact origins; undefined when none is certain. */
  witness(outside: { readonly domains: readonly string[]; readonly origins: readonly string[] }): string | undefined;
  /** Registrable domains (and hosts such as `localhost`) that its own texts name. */
  readonly namedDomains: readonly string[];
}

export interface Verdict {
  /** Origins whose pages can read the answer to a simple GET without credentials. */
  readonly readers: OriginSet;
  /** Origins whose pages can read it with the user's cookies. */
  readonly credentialedReaders: OriginSet;
  /** Everybody can read without, and with cookies. `isEverything` leaves `null` out; see `readers.has('null')`. */
  readonly anyone: Ternary;
  readonly anyoneWithCredentials: Ternary;
  /** `Access-Control-Allow-Credentials: true` is sent to some origin. */
  readonly credentials: Ternary;
  /** The answer depends on Origin and some answer lacks `Vary: Origin`. */
  readonly varyMissing: Ternary;
  /** The answer depends on Origin and some answer that lets nobody in lacks `Vary: Origin`. */
  readonly varyMissingFromRefusals: Ternary;
  /** A literal `*` is sent together with credentials. */
  readonly wildcardWithCredentials: Ternary;
  /** The same in the answer to a preflight. Where something behind the server answers the request itself, that is all there is to know. */
  readonly wildcardWithCredentialsInPreflight: Ternary;
  /** Origins whose preflights for requests with cookies are answered with yes; who reads the response is another question. */
  readonly credentialedSenders: OriginSet;
  readonly anyoneSendsWithCredentials: Ternary;
}
