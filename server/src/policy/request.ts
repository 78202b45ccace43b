/** One HTTP request as far as a CORS policy can look at it. */
export interface CorsRequest {
  /** The `Origin` header; null when the request carries none. */
  readonly origin: string | null;
  /** `OPTIONS` for a preflight. */
  readonly method: string;
  /** Set for a CORS-preflight request: what `Access-Control-Request-Method` and `-Headers` ask for. */
  readonly preflight?: {
    readonly method: string;
    /** Lower case, sorted, as browsers send them. */ readonly headers: readonly string[];
  };
  /** Whether the request carries a `Cookie` header. A preflight never does. */
  readonly cookie: boolean;
  /** What the application answers where the policy leaves the status to it, for example 404; a request that succeeds without it. */
  readonly status?: number;
  /** The application fails by an exception, so that the framework answers in its place. */
  readonly throws?: boolean;
  /** What is known of the circumstances that conditions ask for; the others are undecided. */
  readonly circumstances?: Circumstances;
}

/** By subject: the value that it has, true where it only has to be truthy, false where it is nothing that is asked for. */
export type Circumstances = ReadonlyMap<string, string | boolean>;

/** What a server sends back. A value is null where the policy's text does not decide it. */
export interface Answer {
  readonly status: number | null;
  /** Lower-case header name → its field lines in order; null where unknown. Only CORS headers and Vary. */
  readonly headers: ReadonlyMap<string, readonly string[] | null>;
}
