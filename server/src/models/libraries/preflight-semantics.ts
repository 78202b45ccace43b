/** What a library makes of a preflight: a part of its table (`cors-library.ts`). */
import type { RequestTest } from '../../policy/request-test.ts';

export interface PreflightSemantics {
  /** What the library takes for a preflight. */
  readonly when: RequestTest;
  /** With which status it answers one; null: something behind answers. */
  readonly status: number | null;
  /** Where the origin is refused; null: something behind answers. Undefined: the same. */
  readonly refused?: number | null;
  /**
   * What an OPTIONS request gets that is no preflight: the headers of any request, no more than `Vary`, an error with this status beside
   * the headers; `refused`: what a preflight gets that is refused.
   */
  readonly otherOptions?: 'nothing' | 'refused' | number;
  /** Answers without the other headers have no `Vary` either. */
  readonly variesWhereAnswered?: true;
  /** An option with a status of one's own. */
  readonly statusOption?: string;
  /** 0, null and the like for that option leave the status as it is. */
  readonly falsyStatusIsDefault?: boolean;
  /** An option that leaves the answer to what stands behind. */
  readonly continueOption?: string;
  /** An option that is on by default: where it is off, OPTIONS is a request like any other. */
  readonly switchOption?: string;
  /** An option that is on by default: where it is off, every OPTIONS is taken for a preflight. */
  readonly strictOption?: string;
  /** The lists are left away where a preflight asks for another method than those that are listed, or for none. */
  readonly listsForListed?: boolean;
  /** A preflight that asks for more than is listed gets none of the headers; these request headers may always be asked for. */
  readonly onlyListed?: {
    readonly methods: boolean;
    readonly headers: readonly string[];
    /** Where it asks for several headers, one that is listed is enough. */
    readonly oneHeader?: true;
    /** It is refused with the status that an origin gets that is not let in. */
    readonly refuses?: true;
    /** And these methods. */
    readonly simpleMethods?: readonly string[];
    /** Nor does any other request whose own method is not listed; `all`: an OPTIONS that is no preflight is one of them. */
    readonly otherRequests?: boolean | 'all';
  };
}
