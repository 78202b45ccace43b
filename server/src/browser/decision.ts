/** What the browser makes of an answer: the Fetch standard's CORS check, CORS-preflight fetch, and the fetch around them. */
import type { CorsRequest } from '../policy/request.ts';

/** Why a response is kept from the page. Each reason is one step of the Fetch standard, named in `steps.ts`. */
export type BlockedReason =
  | 'no-allow-origin'
  | 'multiple-allow-origin'
  | 'origin-mismatch'
  | 'wildcard-with-credentials'
  | 'credentials-not-true'
  | 'preflight-status'
  | 'preflight-method'
  | 'preflight-header'
  | 'preflight-headers-invalid'
  | 'preflight-redirect'
  | 'forbidden-method'
  | 'same-origin-mode'
  | 'no-cors-method'
  | 'no-cors-redirect-mode'
  | 'redirect-refused'
  | 'redirect-location'
  | 'redirect-userinfo'
  | 'too-many-redirects';

export interface Blocked {
  readonly reason: BlockedReason;
  /** One plain sentence. */
  readonly explanation: string;
  /** Section of the Fetch standard. */
  readonly specification: string;
}

export type Decision =
  | { readonly readable: true; readonly needsPreflight: boolean }
  | ({ readonly readable: false; readonly needsPreflight: boolean } & Blocked)
  /** A header that decides is not known. */
  | { readonly readable: null; readonly needsPreflight: boolean };

/** A page's call of `fetch(url, { method, headers, credentials })` from an origin. */
export interface PageRequest {
  readonly origin: string;
  readonly method: string;
  /** Names and values of the headers that the page sets itself; the value decides whether `Content-Type` is safelisted. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly credentials: 'include' | 'omit' | 'same-origin';
}

/** The same call with all that decides it: where it goes, in which mode, and what becomes of redirects. */
export interface PageFetch extends PageRequest {
  /** Absolute. */
  readonly url: string;
  /** `cors` without it. */
  readonly mode?: 'cors' | 'no-cors' | 'same-origin';
  /** `follow` without it. */
  readonly redirect?: 'follow' | 'error' | 'manual';
}

/** One request on the network: a preflight or the request itself, once for each redirect. */
export interface FetchRequest extends CorsRequest {
  readonly url: string;
  /** The page's headers that are still on it: names in lower case, sorted. */
  readonly headers: readonly string[];
}

/**
 * What the page gets: `Response.type` of the standard with the headers that the page may read, or `error`, for which `fetch` rejects.
 * `unknown`: a header or status that decides is not known.
 */
export type FetchOutcome =
  | {
      readonly type: 'basic' | 'cors';
      readonly url: string;
      readonly status: number | null;
      readonly redirected: boolean;
      /** Lower case, sorted; null where not known. */ readonly headers: readonly string[] | null;
    }
  | { readonly type: 'opaque' | 'opaqueredirect' }
  | ({ readonly type: 'error' } & Blocked)
  | { readonly type: 'unknown' };
