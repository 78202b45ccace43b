/** How programming languages write what grows: lists, chains, branches, cases, blocks inside blocks, and handlers. */

/** How a language writes what grows. */
export interface Forms {
  readonly language: string;
  readonly file: string;
  /** A handler that knows the request's origin as `o`; `beside` are declarations outside of it. */
  readonly handler: (body: string, beside?: string) => string;
  /** Writes this expression, or the origin, into the header. */
  readonly write: (value?: string) => string;
  readonly quoted: (text: string) => string;
  /** Branches of one `if`, by their conditions. */
  readonly branches: (conditions: readonly string[]) => string;
  /** Cases of one choice over the origin, by their texts. */
  readonly cases?: (texts: readonly string[]) => string;
  readonly equals: (text: string) => string;
  /** One block in the other, each with its condition. */
  readonly nested: (conditions: readonly string[]) => string;
  /** A check against a list. */
  readonly listed: (texts: readonly string[]) => string;
  /** Constants, one after the other, and the last one's name. */
  readonly constants: (names: readonly string[]) => { readonly beside: string; readonly last: string };
  /** Functions with a handler in each. */
  readonly handlers: (names: readonly string[]) => string;
  /** One long chain of calls on the response, the header at its end. */
  readonly chain: (names: readonly string[]) => string;
}

export const star = 'Access-Control-Allow-Origin';
export const single = (text: string): string => `'${text}'`;
export const double = (text: string): string => `"${text}"`;
