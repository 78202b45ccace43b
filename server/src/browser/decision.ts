/** What the browser makes of an answer: the Fetch standard's CORS check and CORS-preflight fetch. */

/** Why a response is kept from the page. Each reason is one step of the Fetch standard. */
export type BlockedReason =
  | 'no-allow-origin' | 'multiple-allow-origin' | 'origin-mismatch' | 'wildcard-with-credentials'
  | 'credentials-not-true' | 'preflight-status' | 'preflight-method' | 'preflight-header' | 'preflight-headers-invalid' | 'preflight-redirect';

export type Decision =
  | { readonly readable: true; readonly needsPreflight: boolean }
  | { readonly readable: false; readonly needsPreflight: boolean; readonly reason: BlockedReason; /** One plain sentence. */ readonly explanation: string; /** Section of the Fetch standard. */ readonly specification: string }
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
