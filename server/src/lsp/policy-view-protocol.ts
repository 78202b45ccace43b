/**
 * What the view of policies asks the server, beyond `protocol.ts`. All texts are plain: whoever shows them marks nothing up.
 * This file imports nothing, so that the client and the view's page may import it.
 */

/** Client → server: the policies of a document as data. Null when the document is not open. */
export const policyViewMethod = 'corsLint/policyView';
export interface PolicyViewParams {
  readonly uri: string;
}
export interface PolicyViewResult {
  readonly version: number;
  readonly policies: readonly ViewedPolicy[];
  /** Why there is none, in plain words. */
  readonly nothing?: string;
}

export interface ViewedPolicy {
  readonly title: string;
  readonly scope: string;
  /** From 0. */
  readonly line: number;
  /** Where that line is, if not in the document that was asked for: another cell of the same notebook. */
  readonly uri?: string;
  /** The words of the line above it. */
  readonly summary: string;
  readonly methods: readonly string[];
  readonly origins: readonly ViewedOrigin[];
  /** Origins for which there is no room. */
  readonly left: number;
  readonly settings: readonly ViewedSetting[];
  readonly layers: readonly ViewedLayer[];
}
export type ViewedOutcome = 'yes' | 'no' | 'sometimes' | 'unknown';
export interface ViewedCell {
  readonly outcome: ViewedOutcome;
  readonly why?: string;
}
export interface ViewedOrigin {
  readonly origin: string;
  readonly kind: 'named' | 'matching' | 'stranger' | 'sandboxed' | 'other';
  readonly read: ViewedCell;
  readonly readWithCookies: ViewedCell;
  /** One for each of the policy's methods. */
  readonly preflights: readonly (ViewedCell & { readonly withCookies: ViewedOutcome })[];
}
export interface ViewedSetting {
  readonly name: string;
  readonly value: string;
  readonly byDefault: boolean;
}
/** In the order in which they run. */
export interface ViewedLayer {
  readonly role: 'middleware' | 'proxy' | 'application';
  readonly title: string;
  readonly scope: string;
  readonly uri: string;
  /** From 0; absent where the file cannot be read. */
  readonly line?: number;
}

/** Client → server: one request, tried. Null when the document has changed or was closed since. */
export const tryOriginMethod = 'corsLint/tryOrigin';
export interface TryOriginParams {
  readonly uri: string;
  readonly version: number;
  /** Place in `policies`. */
  readonly policy: number;
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
  readonly cookies: boolean;
}
export interface TryOriginResult {
  /** Why no page can send this, in plain words; then there is nothing else. */
  readonly mistake?: string;
  /** Null where the text does not decide it. */
  readonly readable?: boolean | null;
  readonly explanation?: string;
  readonly step?: string;
  /** An address of the Fetch standard. */
  readonly specification?: string;
  readonly exchanges?: readonly ViewedExchange[];
}
export interface ViewedExchange {
  readonly method: string;
  readonly status: number | null;
  readonly headers: readonly (readonly [name: string, value: string | null])[];
  /** The request as a command line. */
  readonly curl: string;
}
